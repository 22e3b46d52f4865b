// Where the window and the keyboard stand after a part of the article page was replaced. What had the focus
// gives it to what stands in its place: the card after an act on the card, the same highlight, the same row,
// else the text, where the caret stood.
import { caretAt, putCaret } from "./caret.js";
import { articleText } from "./text-range.js";

let stood = null; // where the text began in the window
let caret = null; // in units
let held = null; // finds what is to have the focus; null where nothing is to be moved

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isDesk = detail.target.id === "desk" && detail.shouldSwap;
  stood = isDesk ? topOfText() : null;
  caret = isDesk ? caretAt(articleText()) : null;
  const nobody = detail.target.id === "rows" && document.activeElement === document.body;
  held = nobody ? null : heirOf(document.activeElement, detail.target);
});
document.addEventListener("htmx:afterSwap", () => {
  if (stood !== null) scrollBy({ top: topOfText() - stood, behavior: "instant" });
  stood = null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (caret !== null && document.getSelection().isCollapsed) putCaret(caret, articleText());
  caret = null;
  if (!held || document.activeElement !== document.body) return;
  const heir = held() ?? articleText();
  if (heir && heir !== articleText() && heir.tabIndex < 0) heir.tabIndex = -1;
  heir?.focus({ preventScroll: true });
});

function heirOf(active, target) {
  const named = (selector) => () => document.querySelector(selector);
  const row = active?.closest("[data-row]");
  const sameRow = row && named(`[data-row="${row.dataset.row}"] > a`);
  if (target.id === "rows") return () => sameRow?.() ?? document.querySelector("#rows-title");
  const mark = active?.closest("[data-article-text] mark[data-statements]");
  if (mark)
    return named(
      `[data-article-text] mark[tabindex][data-statements~="${mark.dataset.statements.split(" ")[0]}"]`,
    );
  if (sameRow) return sameRow;
  if (active?.closest("[data-then=text]")) return articleText;
  if (!active?.closest("#work, #messages")) return articleText;
  return () =>
    document.querySelector("#work [data-focus]") ?? document.querySelector("#work > .card");
}

function topOfText() {
  return articleText()?.getBoundingClientRect().top ?? 0;
}

// What brings a new desk, such as an undo, would take the open form away.
document.addEventListener(
  "htmx:confirm",
  (event) => {
    if (event.detail.target?.id !== "desk" || event.target.matches("form[data-form]")) return;
    const isBeside = event.target.closest("#work"); // another form of the same card
    if (isBeside && !document.querySelector("#work form[data-form][data-typed]")) return;
    if (document.querySelector("#desk")?.hasOpenForm()) event.preventDefault();
  },
  true,
);
