// The article's text by keyboard: arrows go from word to word, with Shift they select. In a paragraph that
// reads from right to left, the left arrow goes on.
import { articleText, isFromRight } from "./text-range.js";

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
  const root = articleText();
  if (!root || event.target !== root || event.altKey || event.metaKey) return;
  const step = steps[event.key];
  if (!step) return;
  const selection = document.getSelection();
  if (!root.contains(selection.anchorNode)) selection.collapse(root, 0);
  const [ahead, unit] = step;
  const direction = isTurned(event.key, selection) ? turned[ahead] : ahead;
  if (event.shiftKey)
    selection.modify("extend", direction, event.ctrlKey && unit === "word" ? "character" : unit);
  else {
    selection.modify("move", direction, unit);
    showWord(selection);
  }
  event.preventDefault();
  selection.focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
}

// A caret is not painted outside of editable text: the word at it is painted instead.
function showWord(selection) {
  const painted = globalThis.CSS?.highlights;
  if (!painted || !selection.focusNode) return;
  const word = document.createRange();
  word.setStart(selection.focusNode, selection.focusOffset);
  word.setEnd(selection.focusNode, selection.focusOffset);
  const text = selection.focusNode.textContent;
  let end = selection.focusOffset;
  while (end < text.length && !/\s/.test(text[end])) end += 1;
  let start = selection.focusOffset;
  if (start === end) while (start > 0 && !/\s/.test(text[start - 1])) start -= 1;
  if (selection.focusNode.nodeType !== Node.TEXT_NODE || start === end)
    return painted.delete("cursor");
  word.setStart(selection.focusNode, start);
  word.setEnd(selection.focusNode, end);
  painted.set("cursor", new globalThis.Highlight(word));
}

document.addEventListener("keydown", move);
document.addEventListener("focusout", (event) => {
  if (event.target === articleText()) globalThis.CSS?.highlights?.delete("cursor");
});
