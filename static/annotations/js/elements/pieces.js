// The pieces of the open statement: its card lists them, with their places in its article's text.
import { toUnits } from "../text/offsets.js";
import { act, versionFor } from "./acts.js";
import { nameOf, rangeOfUnits, selectionAt, textOf } from "./text-range.js";

const CARD = "#work > .card[data-statement]";

// The rows of the pieces that have a place, in the order of the text; none while a form is open.
export function pieces() {
  return [...document.querySelectorAll(`${CARD} [data-span][data-start]`)].filter(rootOf);
}

export function rootOf(row) {
  return textOf(row.closest(CARD).dataset.article);
}

// [from, to) of the piece in units.
export function placeOf({ dataset: { start, end } }, text) {
  return [toUnits(text, Number(start)), toUnits(text, Number(end))];
}

export function paintOf(root, place) {
  return new globalThis.Highlight(rangeOfUnits(...place, root));
}

// Save where the piece reaches from now on: [from, to) in units of its text.
export function savePlace(row, place) {
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
