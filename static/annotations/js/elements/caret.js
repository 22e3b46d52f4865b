// Where the keyboard stands in the article's text. Browsers show no caret outside of editable text, and forget
// it when the text is replaced or its selection taken away: it is kept and painted here.
import { showIn } from "./scrolling.js";
import { rangeOfUnits, textAt, unitsAt, workText } from "./text-range.js";

const painted = globalThis.CSS?.highlights;
const MARGIN = 72; // pixels: what is moved to stands at least so far from the window's edges

let last = null; // [node, offset] of the browser's own, as long as they are in the page

document.addEventListener("selectionchange", keepCaret);
document.addEventListener("focusout", (event) => {
  if (event.target === textAt(event.target)) painted?.delete("cursor");
});

// Before the selection is taken away: the browser tells of it later.
export function keepCaret() {
  const { focusNode, focusOffset } = document.getSelection();
  if (textAt(focusNode)) last = [focusNode, focusOffset];
}

// The caret as [node, offset]; null where nobody has been in this text yet.
export function caretPoint(root = workText()) {
  keepCaret(); // a busy browser tells of a selection some time after it was made
  return last && root?.contains(last[0]) ? last : null;
}

// The same in units from the beginning of the text.
export function caretAt(root) {
  const point = caretPoint(root);
  return point && unitsAt(...point);
}

export function putCaret(units, root) {
  const { startContainer, startOffset } = rangeOfUnits(units, units, root);
  last = [startContainer, startOffset];
  document.getSelection().collapse(startContainer, startOffset);
}

// Select [from, to) of the text, as a drag would.
export function select(from, to) {
  const range = rangeOfUnits(from, to);
  workText().focus({ preventScroll: true });
  document
    .getSelection()
    .setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  reveal(range);
}

// Move to [from, to) and paint it.
export function goTo(from, to) {
  workText().focus({ preventScroll: true });
  putCaret(from);
  paint(rangeOfUnits(from, to));
}

export function paint(range) {
  painted?.set("cursor", new globalThis.Highlight(range));
  reveal(range);
}

export function unpaint() {
  painted?.delete("cursor");
}

// Scrolls no more than it must.
export function reveal(range) {
  const box = textAt(range.startContainer)?.closest("[data-scrolls]");
  if (box) return showIn(box, range);
  const { top, bottom, height } = range.getBoundingClientRect();
  const far = innerHeight - MARGIN;
  if (top >= MARGIN && (bottom <= far || (height > far && top < innerHeight / 2))) return;
  scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
}
