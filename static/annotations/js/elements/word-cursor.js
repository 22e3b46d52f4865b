// The article's text by keyboard: arrows go from word to word, with Ctrl by character, with Shift they select. In a
// paragraph that reads from right to left, the left arrow goes on.
import { fill, gettext } from "../text/say.js";
import { shorten } from "../text/shorten.js";
import { announce } from "./announce.js";
import { caretPoint, paint, reveal, unpaint } from "./caret.js";
import { isFromRight, textAt } from "./text-range.js";

const steps = {
  ArrowRight: ["forward", "word"],
  ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
  End: ["forward", "lineboundary"],
  Home: ["backward", "lineboundary"],
};
const turned = { forward: "backward", backward: "forward" };

// The browser itself goes by the text's direction as a whole, not by the paragraph's.
function isTurned(key, { focusNode, focusOffset }) {
  return /Left|Right/.test(key) && isFromRight(focusNode, focusOffset);
}

function move(event) {
  const root = textAt(event.target);
  if (!root || event.defaultPrevented || event.altKey || event.metaKey) return;
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const selection = enter(root, event.target);
  const [ahead, unit] = step;
  const direction = isTurned(event.key, selection) ? turned[ahead] : ahead;
  const by = event.ctrlKey && unit === "word" ? "character" : unit;
  selection.modify(event.shiftKey ? "extend" : "move", direction, by);
  tell(selection, event.shiftKey);
}

// From a highlight that had the focus, or from where the caret was.
function enter(root, target) {
  const selection = document.getSelection();
  const isOn = selection.anchorNode && root.contains(selection.anchorNode);
  if (target !== root) root.focus({ preventScroll: true });
  if (target !== root && selection.isCollapsed) selection.collapse(target, 0);
  else if (!isOn) selection.collapse(...(caretPoint(root) ?? [root, 0]));
  return selection;
}

// A screen reader follows no caret outside of editable text: the words are said.
function tell(selection, isSelecting) {
  if (!selection.focusNode) return;
  const caret = document.createRange();
  caret.setStart(selection.focusNode, selection.focusOffset);
  if (isSelecting) {
    reveal(caret);
    const chosen = selection.toString().trim();
    return announce(fill(gettext("Selected: {words}"), { words: shorten(chosen, 120) }));
  }
  const word = wordAt(selection);
  if (!word) return unpaint();
  paint(word);
  announce(word.toString());
}

// A caret is not painted outside of editable text: the word at it is painted instead.
function wordAt({ focusNode, focusOffset }) {
  if (focusNode.nodeType !== Node.TEXT_NODE) return null;
  const text = focusNode.textContent;
  let end = focusOffset;
  while (end < text.length && !/\s/.test(text[end])) end += 1;
  let start = focusOffset;
  if (start === end) while (start > 0 && !/\s/.test(text[start - 1])) start -= 1;
  if (start === end) return null;
  const word = document.createRange();
  word.setStart(focusNode, start);
  word.setEnd(focusNode, end);
  return word;
}

document.addEventListener("keydown", move);
