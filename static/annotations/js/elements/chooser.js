// A menu at its place in the article: arrows, Home, End, the number or the first letter choose, Escape leaves.
// Source: WAI-ARIA Authoring Practices, menu.
import { keyOf } from "../text/bindings.js";
import { placeAt } from "./place-at.js";

let open;

export function isChoosing() {
  return Boolean(open?.menu.isConnected);
}

// items: {words, detail, key, className, pick}; `at` is a box in the window; `back` gets the focus when nothing
// is chosen. The menu stands in the desk, and goes with it.
export function choose({ desk, label, items, at, back }) {
  leave();
  const menu = document.createElement("div");
  menu.className = "chooser";
  const title = Object.assign(document.createElement("p"), { textContent: label });
  Object.assign(title, { className: "overline", id: "chooser-title" });
  const list = document.createElement("ul");
  list.setAttribute("role", "menu");
  list.setAttribute("aria-labelledby", title.id);
  list.append(...items.map(row));
  menu.append(title, list);
  menu.addEventListener("keydown", (event) => key(event));
  menu.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  menu.addEventListener("click", (event) => pick(event.target.closest("[role=menuitem]")));
  menu.addEventListener("focusout", (event) => !menu.contains(event.relatedTarget) && close());
  open = { menu, items, back, rows: [...list.children] };
  desk.append(menu);
  placeAt(menu, desk, at);
  open.rows[0].focus({ preventScroll: true });
}

function row({ words, detail, key, className = "" }, index) {
  const item = document.createElement("li");
  item.setAttribute("role", "menuitem");
  Object.assign(item, { tabIndex: -1, className });
  const line = Object.assign(document.createElement("span"), { className: "line", dir: "auto" });
  line.textContent = words;
  const small = Object.assign(document.createElement("small"), { textContent: detail ?? "" });
  const shown = Object.assign(document.createElement("kbd"), { textContent: key ?? index + 1 });
  shown.setAttribute("aria-hidden", "true");
  item.setAttribute("aria-keyshortcuts", shown.textContent);
  item.append(shown, line, ...(detail ? [small] : []));
  return item;
}

function key(event) {
  const { rows } = open;
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + rows.length, Home: 0, End: rows.length - 1 };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in to) rows[to[event.key] % rows.length].focus();
  else if (event.key === "Enter" || event.key === " ") pick(rows[at]);
  else if (event.key === "Escape" || event.key === "Tab") leave();
  else if (event.key.length === 1) typed(event, at);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function typed(event, at) {
  const { rows, items } = open;
  const letter = event.key.toLowerCase();
  const key = keyOf(event).toLowerCase();
  const named = items.findIndex((item, index) => (item.key ?? String(index + 1)) === key);
  if (named >= 0) return pick(rows[named]);
  const turn = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  turn.find((one) => words(one).startsWith(letter))?.focus();
}

function words(row) {
  return row
    .querySelector(".line")
    .textContent.toLowerCase()
    .replace(/^\P{L}+/u, "");
}

function pick(row) {
  if (!row) return;
  const item = open.items[open.rows.indexOf(row)];
  leave();
  item.pick();
}

function leave() {
  const back = open?.back;
  if (!close()) return;
  if (back?.isConnected) back.focus({ preventScroll: true });
}

function close() {
  const was = open;
  open = undefined;
  const isThere = Boolean(was?.menu.isConnected);
  was?.menu.remove();
  return isThere;
}
