// The pieces of the open statement, which its card lists with their places in its article's text; while a form is
// open, the words chosen for that: a link's marker, a record's evidence, a statement's words.
import { toUnits } from "../text/offsets.js";
import { act, versionFor } from "./acts.js";
import { nameOf, rangeOfUnits, selectionAt, textOf } from "./text-range.js";

const CARD = "#work > .card[data-statement]";
const CHOSEN = "#work span-list [data-spans] > [data-start]";

// The rows of the pieces that have a place in a text that is open.
export function pieces() {
  return [...document.querySelectorAll(`${CARD} [data-span][data-start], ${CHOSEN}`)].filter(
    rootOf,
  );
}

export function rootOf(row) {
  return textOf(row.closest(`${CARD}, form`).dataset.article);
}

// [from, to) of the piece in units.
export function placeOf({ dataset: { start, end } }, text) {
  return [toUnits(text, Number(start)), toUnits(text, Number(end))];
}

export function paintOf(root, place) {
  return new globalThis.Highlight(rangeOfUnits(...place, root));
}

// Save where the piece reaches from now on: [from, to) in units of its text. What is chosen for a form is saved
// with that.
export function savePlace(row, place) {
  const list = row.closest("span-list");
  if (list) return list.move(row, selectionAt(rootOf(row), ...place));
  const { statement, version } = row.closest(CARD).dataset;
  const named = versionFor({ statement, version });
  const root = rootOf(row);
  const desk = document.querySelector("article-desk");
  const words = selectionAt(root, ...place);
  const chosen = {
    spans: JSON.stringify([{ ...words, role: row.dataset.role, uid: "" }]),
    revision: nameOf(root).revision,
    on: desk.dataset.article,
  };
  act("POST", `/spans/${row.dataset.span}/place/`, {
    target: "#desk",
    swap: "outerHTML",
    values: () => ({ ...chosen, version: named() }),
  });
}
