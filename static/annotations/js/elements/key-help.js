// The keys, listed over the page: from the same bindings that the page obeys. It prints by itself.
import { chordsOf } from "../text/bindings.js";
import { gettext } from "../text/say.js";
import { listed, onCommand } from "./keys.js";
import { articleText } from "./text-range.js";

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function show() {
  const before = document.activeElement;
  const close = button(gettext("Close"), "btn main", () => dialog.close());
  const heading = make("h2", { id: "keys-title", textContent: gettext("Keys") });
  const off = gettext("Single keys are switched off: only those with Alt or Ctrl act.");
  const dialog = make(
    "dialog",
    { className: "dialog key-help" },
    make("header", {}, heading, acts(close)),
    ...(listed.single ? [] : [make("p", { className: "sub", textContent: off })]),
    make("div", { className: "key-groups" }, ...listed.groups.map(section)),
  );
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // Escape closes the list and nothing under it
    if (chordsOf(event).includes("?")) dialog.close();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    (before?.isConnected && before !== document.body ? before : articleText())?.focus({
      preventScroll: true,
    });
  });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

function acts(close) {
  const change = make("a", { className: "btn", href: listed.page });
  change.textContent = gettext("Change them");
  const print = button(gettext("Print"), "btn", () => globalThis.print());
  return make("p", { className: "acts" }, close, print, change);
}

function button(words, className, act) {
  const made = make("button", { type: "button", className, textContent: words });
  made.addEventListener("click", act);
  return made;
}

function section({ name, words }) {
  const heading = make("h3", { className: "overline", textContent: words });
  const rows = [
    ...listed.commands.filter(({ group, key }) => group === name && key),
    ...listed.fixed.filter(({ group }) => group === name),
  ];
  return make("section", {}, heading, make("dl", { className: "key-list" }, ...rows.map(row)));
}

function row({ key, keys, words }) {
  const pressed = make("dt", {}, make("kbd", { textContent: key ?? keys, dir: "ltr" }));
  return make("div", {}, pressed, make("dd", { textContent: words }));
}

if (listed) {
  onCommand("keys", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-command=keys]")) return;
    event.preventDefault();
    show();
  });
}
