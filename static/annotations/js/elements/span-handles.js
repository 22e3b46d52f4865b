// Two handles at the ends of each piece of the open statement, or of the words chosen for a form, to be dragged
// with mouse, pen or finger. They stand beside the text, never in it: its offsets stay as they are. For keys see
// taken.js.
import { movedEnd } from "../text/span-ends.js";
import { paintOf, pieces, placeOf, rootOf, savePlace } from "./pieces.js";
import { isFromRight, rangeOfUnits, unitsAt } from "./text-range.js";

const EDGE = 48; // pixels from the window's edge where a drag scrolls
const painted = globalThis.CSS?.highlights;

let box = null;
let drag = null;

function draw() {
  drag = null;
  painted?.delete("resized");
  box?.remove();
  box = null;
  const rows = pieces();
  if (!rows.length) return;
  const root = rootOf(rows[0]);
  box = Object.assign(document.createElement("div"), { className: "handles" });
  box.setAttribute("aria-hidden", "true");
  root.parentElement.append(box);
  watch.disconnect();
  watch.observe(root);
  box.append(...rows.flatMap((row) => ["start", "end"].map((edge) => handle(row, edge))));
  place();
}

function handle(row, edge) {
  const made = Object.assign(document.createElement("div"), { className: `handle ${edge}` });
  Object.assign(made.dataset, { edge, role: row.dataset.role });
  made.row = row;
  made.addEventListener("pointerdown", (event) => begin(event, made));
  made.addEventListener("pointermove", move);
  made.addEventListener("pointerup", end);
  made.addEventListener("pointercancel", draw);
  return made;
}

const watch = new ResizeObserver(() => place());

function place() {
  if (!box?.isConnected) return;
  const frame = box.getBoundingClientRect();
  for (const one of box.children) {
    if (!one.row.isConnected) return draw();
    const at = drag?.row === one.row ? drag.now : placeOf(one.row, rootOf(one.row).textContent);
    const { x, top, bottom } = edgeOf(rootOf(one.row), at, one.dataset.edge);
    one.style.setProperty("left", `${x - frame.left}px`);
    one.style.setProperty("top", `${(one.dataset.edge === "start" ? top : bottom) - frame.top}px`);
    one.style.setProperty("--line", `${bottom - top}px`);
  }
}

// The side of the first or last character, in the window.
function edgeOf(root, [from, to], edge) {
  const isStart = edge === "start";
  const range = isStart
    ? rangeOfUnits(from, from + 1, root)
    : rangeOfUnits(Math.max(from, to - 1), to, root);
  const { left, right, top, bottom } = range.getBoundingClientRect();
  const isTurned = isFromRight(range.startContainer, range.startOffset);
  return { x: isStart === isTurned ? right : left, top, bottom };
}

function begin(event, one) {
  if (event.button) return;
  event.preventDefault();
  event.stopPropagation();
  one.setPointerCapture(event.pointerId);
  box.classList.add("dragging");
  const root = rootOf(one.row);
  const was = placeOf(one.row, root.textContent);
  const { x, top, bottom } = edgeOf(root, was, one.dataset.edge);
  const away = [x - event.clientX, (top + bottom) / 2 - event.clientY];
  drag = { row: one.row, edge: one.dataset.edge, root, was, now: was, away };
  painted?.set("resized", paintOf(root, was));
}

function move(event) {
  if (!drag) return;
  const at = unitsUnder(drag, event);
  if (at !== null) {
    const how = { language: drag.root.lang, byLetter: event.altKey };
    drag.now = movedEnd(drag.root.textContent, drag.now, drag.edge, at, how);
    painted?.set("resized", paintOf(drag.root, drag.now));
    place();
  }
  const away = Math.min(event.clientY - EDGE, 0) || Math.max(event.clientY - innerHeight + EDGE, 0);
  if (away) (drag.root.closest("[data-scrolls]") ?? globalThis).scrollBy(0, away / 3);
}

// The unit of the text that is under the end which the pointer drags along; null beside the text.
function unitsUnder({ root, away }, { clientX, clientY }) {
  const frame = root.getBoundingClientRect();
  const x = Math.min(Math.max(clientX + away[0], frame.left + 1), frame.right - 1);
  const found = pointUnder(x, clientY + away[1]);
  return found && root.contains(found[0]) ? unitsAt(...found) : null;
}

function pointUnder(x, y) {
  if (document.caretPositionFromPoint) {
    const at = document.caretPositionFromPoint(x, y);
    return at && [at.offsetNode, at.offset];
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range && [range.startContainer, range.startOffset];
}

function end() {
  const { row, was, now } = drag ?? {};
  if (!row) return;
  box.classList.remove("dragging");
  if (was.join() === now.join()) return draw();
  drag = null; // what is painted stays until the page has the answer
  savePlace(row, now);
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !drag) return;
    event.preventDefault();
    event.stopPropagation();
    draw();
  },
  true,
);
// What comes while an end is dragged, such as somebody else's highlights, does not let it go.
for (const event of ["htmx:afterSettle", "htmx:responseError", "htmx:sendError"])
  document.addEventListener(event, () => (drag?.row.isConnected ? place() : draw()));
document.addEventListener("newsroom:chosen", draw);
addEventListener("resize", place);
document.fonts?.ready.then(place);
draw();
