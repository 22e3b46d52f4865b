// A highlight under the pointer or the keyboard shows its statements beside it: what the panel's rows say.

const PAUSE = 180; // milliseconds: a pointer that only passes over shows nothing, and has time to go into the box

let box;
let shown;
let timer;

export function peek(mark, desk) {
  clearTimeout(timer);
  if (mark && mark === shown) return;
  timer = setTimeout(() => {
    hide();
    if (mark) show(mark, desk);
  }, PAUSE);
}

export function keepPeek() {
  clearTimeout(timer);
}

function hide() {
  clearTimeout(timer);
  box?.remove();
  box = shown = undefined;
}

// Escape takes the box away before it does anything else; a click or a selection beside it does too.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !box?.isConnected) return;
    hide();
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
document.addEventListener("pointerdown", ({ target }) => target.closest?.(".peek") || hide(), true);

function show(mark, desk) {
  if (!document.getSelection().isCollapsed) return;
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
  const line = mark.getClientRects()[0];
  const frame = desk.getBoundingClientRect();
  const left = Math.min(Math.max(line.left - frame.left, 0), frame.width - box.offsetWidth);
  const above = line.top - frame.top - box.offsetHeight - 6;
  const below = mark.getBoundingClientRect().bottom - frame.top + 6;
  box.style.setProperty("inset-inline-start", `${left}px`);
  box.style.setProperty(
    "inset-block-start",
    `${line.top > box.offsetHeight + 12 ? above : below}px`,
  );
}

function summary(row) {
  const part = document.createElement("div");
  part.className = row.className.replace(/\b(hot|partner|row)\b/g, "");
  for (const piece of row.querySelectorAll(".line, small, .count"))
    part.append(piece.cloneNode(true));
  return part;
}
