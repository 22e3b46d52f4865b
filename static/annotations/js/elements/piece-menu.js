// What the words of the open statement carry, by key: choose a piece, then what becomes of it. The menu presses
// the buttons of the card.
import { gettext } from "../text/say.js";
import { shorten } from "../text/shorten.js";
import { choose } from "./chooser.js";
import { onCommand } from "./keys.js";
import { rootOf } from "./pieces.js";
import { take, taken } from "./taken.js";
import { rangeOf, workText } from "./text-range.js";

const KEYS = { content: "c", source: "s", cue: "q" };

function change() {
  const rows = [...document.querySelectorAll("#work > .card [data-span]")];
  if (!rows.length) return false;
  const known = taken() ?? (rows.length === 1 ? rows[0] : null);
  if (known) return acts(known);
  const items = rows.map((row) => ({ words: wordsOf(row), pick: () => acts(row) }));
  menu(gettext("Which of its words?"), items, rows[0]);
}

function acts(row) {
  const roles = [...row.querySelectorAll("[name=role]")].map((button) => ({
    words: button.textContent,
    key: KEYS[button.value],
    pick: () => button.click(),
  }));
  const ends = row.querySelector("[data-take]");
  const split = row.querySelector("[data-split]");
  const remove = row.querySelector("[data-remove]");
  const items = [...roles];
  if (ends) items.push({ words: ends.textContent, key: "w", pick: () => take(row) });
  if (split) items.push({ words: split.textContent, key: "m", pick: () => split.click() });
  items.push({ words: remove.textContent, key: "d", pick: () => remove.click() });
  menu(shorten(wordsOf(row), 60), items, row);
}

function menu(label, items, row) {
  const desk = document.querySelector("article-desk");
  choose({ desk, label, items, at: boxOf(row), back: workText() });
}

// Where it stands in the text, if that is in sight; else its row.
function boxOf(row) {
  const root = row.dataset.start && rootOf(row);
  const range = root && rangeOf(Number(row.dataset.start), Number(row.dataset.end), root);
  const box = range?.getClientRects()[0];
  return box && box.top >= 0 && box.bottom <= innerHeight ? box : row.getBoundingClientRect();
}

function wordsOf(row) {
  return row.querySelector("summary").textContent.trim();
}

onCommand("recast", change);
