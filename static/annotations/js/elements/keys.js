// One place that turns keys into commands. A command presses the button or link that does it by mouse, found by
// its data-command or data-act, or runs what an element has offered for it: page and keys cannot drift.
import { chordsOf, follow, tableOf } from "../text/bindings.js";
import { gettext } from "../text/say.js";
import { inTurn, isActing } from "./acts.js";
import { notice } from "./announce.js";
import { articleText } from "./text-range.js";

const PAUSE = 1500; // milliseconds in which the second key of “g h” is awaited
const OF_THE_CARD =
  "card edit submit delete words recast split merge link answers restates restated silence".split(
    " ",
  );
const NOT_TYPED = "[type=radio], [type=checkbox], [type=submit], [type=button]";

export const listed = JSON.parse(document.getElementById("key-bindings")?.textContent ?? "null");
const table = listed ? tableOf(listed) : new Map();
const offered = new Map();
let begun = "";
let timer;

// `run(event)` does the command; it answers false where the page has nothing to do it on.
export function onCommand(name, run) {
  offered.set(name, run);
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
  const meant = follow(new Map([...table, ...choicesHere()]), begun, chordsOf(event));
  clearTimeout(timer);
  begun = meant?.begun ?? "";
  if (begun) timer = setTimeout(forget, PAUSE);
  if (begun || (meant && (meant.found.name ? run(meant.found, event) : choose(meant.found.field))))
    event.preventDefault();
}

function forget() {
  begun = "";
}

function isTyping(target) {
  if (document.querySelector("dialog[open]")) return true;
  const field = target.closest?.("input, textarea, select, [contenteditable], [role=menu]");
  return Boolean(field) && !field.matches(NOT_TYPED);
}

// In the open form, what has its key printed beside it: before any command, but from the text by digits only.
function choicesHere() {
  const isInText = articleText()?.contains(document.activeElement);
  const keyed = listed.single ? [...document.querySelectorAll("#work [data-key]")] : [];
  return keyed
    .filter(({ dataset }) => !isInText || /^\d/.test(dataset.key))
    .map((field) => [field.dataset.key, { field }]);
}

function choose(field) {
  const folded = field.closest("details:not([open])");
  if (folded) folded.open = true;
  field.click();
  field.focus();
  return true;
}

// True when the key was taken, whether the command could be done or was refused.
function run(command, event) {
  const isHeld = event.repeat && command.group !== "moving" && command.group !== "selecting";
  if (isHeld) return true;
  return start(command, event);
}

function start(command, event) {
  const later = () => inTurn(() => start(command, event));
  if (isActing() && command.group !== "moving") return later();
  const desk = document.querySelector("article-desk");
  const isOfCard = OF_THE_CARD.includes(command.name) && desk;
  if (!isOfCard) return press(command.name, event);
  desk.withCard(() => (isActing() ? later() : press(command.name, event)));
  return true;
}

function press(name, event) {
  const own = offered.get(name);
  if (own) return own(event) !== false || refuse(name);
  const button = buttonFor(name);
  button?.click();
  return Boolean(button) || refuse(name);
}

// The one in the panel before the one in the bar; none that is out of sight, unless it is folded away.
export function buttonFor(name) {
  const found = [...document.querySelectorAll(`[data-command="${name}"], [data-act="${name}"]`)];
  const usable = found.filter(
    (one) => !one.disabled && (one.closest("details") || one.getClientRects().length),
  );
  return usable.find((one) => one.closest("#work")) ?? usable[0];
}

function refuse(name) {
  const desk = document.querySelector("article-desk[data-new-url]");
  if (desk) notice(why(name, desk));
  return Boolean(desk);
}

function why(name, desk) {
  if (name === "undo") return gettext("There is nothing to undo.");
  if (name === "redo") return gettext("There is nothing to redo.");
  if (["new", "add", "other-end"].includes(name)) return gettext("Select words first.");
  if (desk.querySelector("#work form[data-form], #work [data-picking]"))
    return gettext("Save or cancel the open form first.");
  if (name === "submit-all") return gettext("There is no draft to submit.");
  if (!desk.querySelector("#work [data-statement]")) return gettext("Open a statement first.");
  if (name === "words") return gettext("Its words have no place in a text that is open here.");
  if (name === "submit") return gettext("It is submitted already.");
  if (name === "silence") return gettext("It accuses nobody: add “about” to it first.");
  return gettext("That cannot be done here.");
}

// Beside each button its key, for the eye and for screen readers.
function showKeys() {
  const keys = new Map([...table].map(([key, { name }]) => [name, key]));
  for (const button of document.querySelectorAll("[data-command]:not([data-keyed])")) {
    const key = keys.get(button.dataset.command) ?? "";
    button.dataset.keyed = key;
    if (!key || key.includes(" ")) continue;
    button.setAttribute("aria-keyshortcuts", key);
    if (!button.matches(".btn")) continue;
    const shown = Object.assign(document.createElement("kbd"), { textContent: key });
    shown.setAttribute("aria-hidden", "true");
    button.append(shown);
  }
}

// From any field, and from the text where words were selected for the form, Ctrl+Enter saves.
function save(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = articleText()?.contains(event.target)
    ? document.querySelector("#work form[data-form]")
    : event.target.closest?.("main form[method=post]");
  const button = form?.querySelector("button.main");
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  form.requestSubmit(button);
}

onCommand("undo", () => {
  const button = buttonFor("undo") ?? document.querySelector("[data-messages] [data-undo]");
  button?.click();
  return Boolean(button);
});
onCommand("search", () => {
  const field = buttonFor("search");
  (field ?? buttonFor("go-statements"))?.[field ? "focus" : "click"]();
});

if (listed) {
  document.documentElement.toggleAttribute("data-keys", listed.single);
  document.addEventListener("keydown", save, true);
  document.addEventListener("keydown", pressed);
  for (const type of ["htmx:afterSettle", "htmx:load"]) document.addEventListener(type, showKeys);
  showKeys();
}
