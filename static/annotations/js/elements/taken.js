// A piece of the open statement whose ends are being moved by keys: its words are selected, selecting anew
// changes where it reaches, Enter saves that, Escape leaves it as it was.
import { fill, gettext } from "../text/say.js";
import { shorten } from "../text/shorten.js";
import { announce, notice } from "./announce.js";
import { select } from "./caret.js";
import { onCommand } from "./keys.js";
import { pieces, placeOf, rootOf, savePlace } from "./pieces.js";
import { selectedWords, textAt } from "./text-range.js";

let row = null;

// The row of the piece that is taken; null when none is.
export function taken() {
  if (row && !row.isConnected) row = null;
  return row;
}

export function take(next) {
  const all = pieces();
  const root = rootOf(next);
  const text = root.textContent;
  const place = placeOf(next, text);
  root.focus({ preventScroll: true });
  select(...place);
  row = next;
  const said = gettext(
    "{role}, {number} of {all}: “{words}”. Select where it reaches; Enter saves, Escape leaves it.",
  );
  const role = next.querySelector("summary > span, :scope > .tag");
  announce(
    fill(said, {
      role: role.textContent,
      number: all.indexOf(next) + 1,
      all: all.length,
      words: shorten(text.slice(...place), 120),
    }),
  );
}

function takeNext() {
  const all = pieces();
  if (!all.length) return false;
  take(all[(all.indexOf(taken()) + 1) % all.length]);
}

export function letGo() {
  row = null;
  const selection = document.getSelection();
  if (selection.rangeCount) selection.collapseToStart();
  announce(gettext("Left as it was."));
}

// Save the words that are selected now; what was taken keeps its place where they are the same.
export function saveTaken(words) {
  const { dataset } = taken();
  const kept = row;
  if (words.start === Number(dataset.start) && words.end === Number(dataset.end)) return letGo();
  row = null;
  savePlace(kept, placeOf({ dataset: words }, rootOf(kept).textContent));
}

function key(event) {
  if (!taken() || event.defaultPrevented) return;
  const isHere = textAt(event.target) || event.target.closest?.("selection-toolbar");
  if (!isHere) return;
  if (event.key === "Escape") letGo();
  else if (event.key === "Enter" && !selectedWords(rootOf(row)))
    notice(gettext("Select where it reaches first."));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// Go on selecting at the other end.
function turn() {
  const selection = document.getSelection();
  if (!selectedWords()) return false;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  selection.setBaseAndExtent(focusNode, focusOffset, anchorNode, anchorOffset);
  const { startContainer, startOffset } = selection.getRangeAt(0);
  const atStart = startContainer === selection.focusNode && startOffset === selection.focusOffset;
  announce(atStart ? gettext("At the beginning.") : gettext("At the end."));
}

document.addEventListener("keydown", key, true);
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-take]");
  if (button) return take(button.closest("[data-span]"));
  // A click that selects nothing is about something else.
  if (taken() && textAt(target) && document.getSelection().isCollapsed) letGo();
});
onCommand("words", takeNext);
onCommand("other-end", turn);
