// A highlight under the pointer or the keyboard shows its statements beside it: what the panel's rows say.
import { isChoosing } from "./chooser.js";
import { placeAt } from "./place-at.js";
import { told } from "./statement-chooser.js";

const PAUSE = 180; // milliseconds: a pointer that only passes over shows nothing, and has time to go into the box

let box;
let shown;
let timer;

export function peek(mark, desk) {
  clearTimeout(timer);
  if (mark && mark === shown) return;
  timer = setTimeout(() => {
    hidePeek();
    if (mark) show(mark, desk);
  }, PAUSE);
}

export function keepPeek() {
  clearTimeout(timer);
}

export function hidePeek() {
  clearTimeout(timer);
  box?.remove();
  box = shown = undefined;
}

// Escape takes the box away before it does anything else; a click or a selection beside it does too.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !box?.isConnected) return;
    hidePeek();
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
document.addEventListener(
  "pointerdown",
  ({ target }) => target.closest?.(".peek") || hidePeek(),
  true,
);

function show(mark, desk) {
  if (isChoosing() || !document.getSelection().isCollapsed) return;
  const uids = mark.dataset.statements.split(" ");
  const isBeside = mark.closest("[data-pane-text]");
  if (isBeside && !uids.some((uid) => rowOf(desk, uid))) return;
  shown = mark;
  box = document.createElement("div");
  box.className = "peek";
  box.setAttribute("aria-hidden", "true");
  for (const uid of uids) {
    const row = rowOf(desk, uid);
    if (row || !isBeside) box.append(row ? summary(row) : unlisted(desk, uid));
  }
  desk.append(box);
  const { left, top } = mark.getClientRects()[0];
  placeAt(box, desk, { left, top, bottom: mark.getBoundingClientRect().bottom }, "over");
}

function rowOf(desk, uid) {
  return desk.querySelector(`[data-row="${CSS.escape(uid)}"]`);
}

function summary(row) {
  const part = document.createElement("div");
  part.className = row.className.replace(/\b(hot|partner|row)\b/g, "");
  for (const piece of row.querySelectorAll(".line, small, .count"))
    part.append(piece.cloneNode(true));
  return part;
}

// Of a statement whose row is not shown.
function unlisted(desk, uid) {
  const part = document.createElement("div");
  const { words, detail } = told(desk, uid);
  const line = Object.assign(document.createElement("span"), { className: "line", dir: "auto" });
  line.textContent = words;
  part.append(line, Object.assign(document.createElement("small"), { textContent: detail }));
  return part;
}
