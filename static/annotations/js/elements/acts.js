// What is on its way to the server, and what waits for it. Acts go one behind the other, each sent by an element of
// its own: none takes the place of another, and each can be sent once more. Heard on the request itself: its element
// may have left the page by the time it ends.
import { mayPass } from "../text/explain.js";

const running = new Map(); // request → whether it brings a new desk
const waiting = []; // acts and commands that came while an act before them was on its way
const own = new Map(); // statement → its version after what was saved last on this page

let holder = null; // out of sight, what is sent from where no button or form stands any more

export function isSending() {
  return running.size > 0;
}

export function isActing() {
  return [...running.values()].includes(true);
}

// Now, or once what is on its way has ended.
export function inTurn(run) {
  if (isActing()) waiting.push(run);
  else run();
  return true;
}

// `values()` is asked when the act is sent, and again when it is sent once more.
export function act(verb, address, { target, swap, values = () => ({}) }) {
  const source = document.createElement("span");
  source.addEventListener("htmx:configRequest", ({ detail }) =>
    Object.assign(detail.parameters, values()),
  );
  inTurn(() => {
    hold(source);
    const before = running.size;
    globalThis.htmx.ajax(verb, address, { source, target, swap }).catch(() => {});
    if (running.size === before) source.remove(); // an open form forbade it
  });
}

// The version that an act names: the one that was seen when it was chosen, or what one's own acts made of it since.
export function versionFor({ statement, version }) {
  return () => String(Math.max(Number(version), own.get(statement) ?? 0));
}

// htmx sends nothing from an element outside the page, and swaps an answer to it into the wrong place.
export function hold(element) {
  holder ??= Object.assign(document.createElement("div"), { hidden: true });
  if (!holder.isConnected) document.body.append(holder);
  holder.append(element);
}

export function isHeld(element) {
  return Boolean(holder?.contains(element));
}

function ended(xhr, { elt, verb }) {
  const isSaved = running.get(xhr) && verb === "post" && xhr.status === 200;
  running.delete(xhr);
  if (isHeld(elt) && !mayPass(xhr.status)) elt.remove();
  const { statement, version } = document.querySelector("#work > .card")?.dataset ?? {};
  if (isSaved && statement) own.set(statement, Number(version));
  while (waiting.length && !isActing()) waiting.shift()();
}

document.addEventListener("htmx:beforeSend", ({ detail: { xhr, target, requestConfig } }) => {
  const { elt } = requestConfig;
  running.set(xhr, target.id === "desk");
  // Before htmx does anything with the answer.
  xhr.addEventListener("readystatechange", () => {
    if (xhr.readyState === XMLHttpRequest.DONE && !elt.isConnected) hold(elt);
  });
  xhr.addEventListener("loadend", () => ended(xhr, requestConfig));
});

// A button of the card, pressed while an act before it is on its way, is sent behind that as it was pressed: the
// answer brings another card, and its version would be one of before.
document.addEventListener("htmx:confirm", (event) => {
  const { elt, target, verb, path, triggeringEvent } = event.detail;
  if (!isActing() || target?.id !== "desk" || verb !== "post" || isHeld(elt)) return;
  if (!elt.matches("form:not([data-form])")) return;
  event.preventDefault();
  const typed = Object.fromEntries(new FormData(elt, triggeringEvent?.submitter));
  const card = elt.closest("#work > .card")?.dataset;
  const ofStatement = [`/statements/${card?.statement}/`, "/spans/"];
  const isVersioned = typed.version && ofStatement.some((start) => path.startsWith(start));
  const named = isVersioned
    ? versionFor({ statement: card.statement, version: typed.version })
    : () => typed.version;
  act("POST", path, {
    target: "#desk",
    swap: "outerHTML",
    values: () => ("version" in typed ? { ...typed, version: named() } : typed),
  });
});
