// Every failed request is shown to the editor and can be sent once more; what was typed stays in its form.
import { explain, mayPass } from "../text/explain.js";
import { gettext } from "../text/say.js";
import { hold, inTurn, isHeld } from "./acts.js";
import { notice } from "./announce.js";
import { signInAgain } from "./session.js";
import { renewToken, token } from "./token.js";

const asked = new WeakMap(); // what each element asked for last: how to ask it again, by which button

document.addEventListener("htmx:confirm", ({ detail }) => {
  const { elt, verb, issueRequest, triggeringEvent } = detail;
  asked.set(elt, { verb, issue: issueRequest, button: triggeringEvent?.submitter });
});

const lost = new Set(); // what the notice offers to send once more: the elements of the writes that failed

// By the button that it was sent with: a form may have several. What left the page is sent from out of sight.
function send(element) {
  const { issue, button } = asked.get(element) ?? {};
  if (!element.isConnected) hold(element);
  if (button?.isConnected && !isHeld(button)) return button.click();
  if (isHeld(element)) fill(element, button);
  issue?.(true);
}

// Its button counts no more, and its token may be one of before.
function fill(element, button) {
  if (button?.name) element.append(hidden(button));
  const stamp = element.querySelector("[name=csrfmiddlewaretoken]");
  if (stamp) stamp.value = token();
}

function hidden({ name, value }) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

function offersAgain() {
  return Boolean(document.querySelector("[data-notice] button"));
}

function failed(status, element) {
  const held = document.activeElement;
  if (!offersAgain()) lost.clear();
  const mayGo = mayPass(status) && asked.has(element);
  if (mayGo && asked.get(element).verb !== "get") lost.add(element);
  const all = new Set(mayGo ? [...lost, element] : lost);
  const again = () => {
    if (held?.isConnected) held.focus({ preventScroll: true });
    for (const each of all) inTurn(() => send(each));
  };
  notice(explain(status), all.size ? again : null);
}

async function goOn(element) {
  if (await signInAgain()) send(element);
  else if (offersAgain() || document.querySelector("[data-notice]").hidden) failed(401, element);
}

// Signed in elsewhere meanwhile: the token is another one. Renewed once, then it is no matter of the token.
const renewed = new WeakSet();

async function renew(element) {
  if (renewed.has(element)) return failed(403, element);
  renewed.add(element);
  await renewToken().catch(() => {});
  await goOn(element);
}

function answered(xhr, element, isError) {
  if (xhr.status < 400) renewed.delete(element);
  if (!isError) return;
  if (xhr.status === 401) goOn(element);
  else if (xhr.getResponseHeader("X-Refused") === "token") renew(element);
  else failed(xhr.status, element);
}

// Heard on the request itself: its element may have left the page. What failed is shown until it is sent again.
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const { elt } = detail.requestConfig;
  lost.delete(elt);
  if (!lost.size || !offersAgain()) notice("");
  detail.xhr.addEventListener("load", () => answered(detail.xhr, elt, detail.failed));
  for (const type of ["error", "timeout"]) detail.xhr.addEventListener(type, () => failed(0, elt));
});
document.addEventListener("click", ({ target }) => {
  lost.delete(target.closest?.("[data-cancel]")?.closest("form")); // given up
});
addEventListener("offline", () =>
  notice(gettext("You are offline. What you type is kept here; save once you are back online.")),
);
addEventListener("online", () => {
  if (!offersAgain()) notice("");
});

// A page that came back with errors: the first field that is wrong has the focus, else what says so.
const wrong = ["[aria-invalid=true]", "[role=alert]"]
  .map((sign) => document.querySelector(`main form[data-form] ${sign}`))
  .find((found) => found && !found.closest("article-desk"));
if (wrong && document.activeElement === document.body) {
  if (wrong.matches("[role=alert]")) wrong.tabIndex = -1;
  wrong.focus();
}
