// Between a browser range and offsets in the article's text, or in the text that is open beside it.
import { readsFromRight } from "../text/direction.js";
import { whole } from "../text/graphemes.js";
import { toCodePoints, toUnits, trimmed } from "../text/offsets.js";

const TEXTS = "[data-article-text], [data-pane-text]";

export function articleText() {
  return document.querySelector("[data-article-text]");
}

// The text that a node stands in; null for what is in neither.
export function textAt(node) {
  return (node instanceof Element ? node : node?.parentElement)?.closest(TEXTS) ?? null;
}

let worked = null;

// The text that is worked in: the one in which something was selected or had the focus last.
export function workText() {
  return worked?.isConnected ? worked : articleText();
}

document.addEventListener("focusin", ({ target }) => {
  worked = textAt(target) ?? worked;
});
document.addEventListener("selectionchange", () => {
  worked = textAt(document.getSelection().anchorNode) ?? worked;
});

// The text of the article with this uid, where it is open on the page.
export function textOf(article) {
  const first = document.querySelector("article-desk")?.dataset.article;
  if (!article || article === first) return articleText();
  return document.querySelector(`[data-pane-text][data-article="${CSS.escape(article)}"]`);
}

// Which text it is: its article and the number of its revision.
export function nameOf(text) {
  const named = text.dataset.revision ? text : document.querySelector("article-desk");
  return { article: named.dataset.article, revision: named.dataset.revision };
}

// The words selected in a text, as {start, end, exact} in code points; null when there are none.
// `widened` where the selection cut a character in two, and the whole of it was taken.
export function selectedWords(root = workText()) {
  const selection = document.getSelection();
  if (!root || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const inside = range.cloneRange();
  if (!root.contains(inside.startContainer)) inside.setStart(root, 0);
  if (!root.contains(inside.endContainer)) inside.setEnd(root, root.childNodes.length);
  const from = unitsAt(inside.startContainer, inside.startOffset);
  const text = root.textContent;
  const to = from + inside.toString().length;
  const words = trimmed(text, from, to);
  if (!words) return null;
  const units = whole(text, ...words);
  return {
    ...selectionAt(root, ...units),
    widened: units[0] < from || units[1] > to,
    fromRight: isFromRight(...pointAt(root, units[0], false)),
  };
}

// [from, to) in units as the server wants it: {start, end, exact} in code points.
export function selectionAt(root, from, to) {
  const text = root.textContent;
  return {
    start: toCodePoints(text, from),
    end: toCodePoints(text, to),
    exact: text.slice(from, to),
  };
}

// How many units of the text stand before a point of it.
export function unitsAt(node, offset) {
  const before = document.createRange();
  before.selectNodeContents(textAt(node) ?? articleText());
  before.setEnd(node, offset);
  return before.toString().length;
}

// Whether the paragraph that a point of the article stands in reads from right to left.
export function isFromRight(node, offset) {
  return isTurned(node, offset) || beginsFromRight(node, offset);
}

// Whether the server has turned the paragraph (anchoring/direction.py): an empty element where it begins says so.
function isTurned(node, offset) {
  const walker = document.createTreeWalker(textAt(node));
  walker.currentNode = node;
  if (node.data?.slice(0, offset).includes("\n")) {
    const next = offset === node.length && node.data.endsWith("\n") ? walker.nextNode() : null;
    return Boolean(next?.matches?.("[data-from-right]"));
  }
  while (walker.previousNode()) {
    if (walker.currentNode.matches?.("[data-from-right]")) return true;
    if (walker.currentNode.data?.includes("\n")) return false;
  }
  return false;
}

function beginsFromRight(node, offset) {
  const walker = document.createTreeWalker(textAt(node), NodeFilter.SHOW_TEXT);
  walker.currentNode = node.childNodes[offset] ?? node;
  const here =
    walker.currentNode.nodeType === Node.TEXT_NODE ? walker.currentNode : walker.nextNode();
  if (!here) return false;
  let text = here.data;
  let at = here === node ? offset : 0;
  while (!text.includes("\n", at) && walker.nextNode()) text += walker.currentNode.data;
  walker.currentNode = here;
  while (!text.slice(0, at).includes("\n") && walker.previousNode()) {
    text = walker.currentNode.data + text;
    at += walker.currentNode.length;
  }
  return readsFromRight(text, at);
}

// The browser range of [start, end) in code points.
export function rangeOf(start, end, root = articleText()) {
  const text = root.textContent;
  return rangeOfUnits(toUnits(text, start), toUnits(text, end), root);
}

// The same, counted in UTF-16 units.
export function rangeOfUnits(from, to, root = workText()) {
  const range = document.createRange();
  range.setStart(...pointAt(root, from, false));
  range.setEnd(...pointAt(root, to, to > from));
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
