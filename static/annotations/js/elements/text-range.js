// Between a browser range and offsets in the article's text.
import { toCodePoints, toUnits, trimmed } from "../text/offsets.js";

export function articleText() {
  return document.querySelector("[data-article-text]");
}

// The words selected in the article, as {start, end, exact} in code points; null when there are none.
export function selectedWords() {
  const root = articleText();
  const selection = document.getSelection();
  if (!root || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const inside = range.cloneRange();
  if (!root.contains(inside.startContainer)) inside.setStart(root, 0);
  if (!root.contains(inside.endContainer)) inside.setEnd(root, root.childNodes.length);
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(inside.startContainer, inside.startOffset);
  const from = before.toString().length;
  const text = root.textContent;
  const units = trimmed(text, from, from + inside.toString().length);
  if (!units) return null;
  return {
    start: toCodePoints(text, units[0]),
    end: toCodePoints(text, units[1]),
    exact: text.slice(...units),
  };
}

// The browser range of [start, end) in code points.
export function rangeOf(start, end) {
  const root = articleText();
  const text = root.textContent;
  const range = document.createRange();
  range.setStart(...pointAt(root, toUnits(text, start), false));
  range.setEnd(...pointAt(root, toUnits(text, end), true));
  return range;
}

function pointAt(root, units, asEnd) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const reached = passed + node.length;
    if (units < reached || (asEnd && units === reached)) return [node, units - passed];
    passed = reached;
  }
  return [root, root.childNodes.length];
}
