// Every failed request is shown to the editor and can be sent once more; what was typed stays in its form.
import { explain, mayPass } from "../text/explain.js";
import { gettext } from "../text/say.js";
import { notice } from "./announce.js";
import { signInAgain } from "./session.js";
import { renewToken } from "./token.js";

const asked = new WeakMap(); // what each element asked for last: how to ask it again, by which button

document.addEventListener("htmx:confirm", ({ detail }) => {
  asked.set(detail.elt, { issue: detail.issueRequest, button: detail.triggeringEvent?.submitter });
});

// By the button that it was sent with: a form may have several.
function send(element) {
  const { issue, button } = asked.get(element) ?? {};
  if (button?.isConnected) button.click();
  else issue?.(true);
}

function failed(status, element) {
  const held = document.activeElement;
  const again = () => {
    if (held?.isConnected) held.focus({ preventScroll: true });
    send(element);
  };
  notice(explain(status), mayPass(status) && asked.has(element) ? again : null);
}

async function goOn(element) {
  if (await signInAgain()) send(element);
  else if (document.querySelector("[data-notice]").hidden) failed(401, element);
}

// Signed in elsewhere meanwhile: the token is another one. Renewed once, then it is no matter of the token.
const renewed = new WeakSet();

async function renew(element) {
  if (renewed.has(element)) return failed(403, element);
  renewed.add(element);
  await renewToken().catch(() => {});
  await goOn(element);
}

document.addEventListener("htmx:responseError", ({ detail }) => {
  const element = detail.requestConfig.elt;
  const { status } = detail.xhr;
  if (status === 401) goOn(element);
  else if (detail.xhr.getResponseHeader("X-Refused") === "token") renew(element);
  else failed(status, element);
});
for (const type of ["htmx:sendError", "htmx:timeout"])
  document.addEventListener(type, ({ detail }) => failed(0, detail.requestConfig.elt));
document.addEventListener("htmx:beforeRequest", () => notice(""));
document.addEventListener("htmx:afterOnLoad", ({ detail }) => {
  if (detail.xhr.status < 400) renewed.delete(detail.requestConfig.elt);
});
addEventListener("offline", () =>
  notice(gettext("You are offline. What you type is kept here; save once you are back online.")),
);
addEventListener("online", () => {
  if (!document.querySelector("[data-notice] button")) notice("");
});

// A page that came back with errors: the first field that is wrong has the focus, else what says so.
const wrong = ["[aria-invalid=true]", "[role=alert]"]
  .map((sign) => document.querySelector(`main form[data-form] ${sign}`))
  .find((found) => found && !found.closest("article-desk"));
if (wrong && document.activeElement === document.body) {
  if (wrong.matches("[role=alert]")) wrong.tabIndex = -1;
  wrong.focus();
}
