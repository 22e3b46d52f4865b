// A highlight under the pointer or the keyboard shows its statements beside it: what the panel's rows say.
import { isChoosing } from "./chooser.js";
import { placeAt } from "./place-at.js";

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
  const rows = uids
    .map((uid) => desk.querySelector(`[data-row="${CSS.escape(uid)}"]`))
    .filter(Boolean);
  if (!rows.length) return;
  shown = mark;
  box = document.createElement("div");
  box.className = "peek";
  box.setAttribute("aria-hidden", "true");
  for (const row of rows) box.append(summary(row));
  desk.append(box);
  const { left, top } = mark.getClientRects()[0];
  placeAt(box, desk, { left, top, bottom: mark.getBoundingClientRect().bottom }, "over");
}

function summary(row) {
  const part = document.createElement("div");
  part.className = row.className.replace(/\b(hot|partner|row)\b/g, "");
  for (const piece of row.querySelectorAll(".line, small, .count"))
    part.append(piece.cloneNode(true));
  return part;
}
