// The article page brought up to date with a page of the same article that was fetched just now: highlights,
// rows, counts, the open card. Not what somebody is at: an open form, a card or filter that has the focus.
import { isChoosing } from "./chooser.js";
import { pane } from "./link-pane.js";
import { patchText } from "./patch-text.js";
import { keepInPlace } from "./scrolling.js";
import { taken } from "./taken.js";
import { articleText } from "./text-range.js";

// False where its text is another one: then nothing is changed.
export function patchDesk(desk, fresh) {
  const text = articleText();
  if (!patchText(text, fresh.querySelector("[data-article-text]"))) return false;
  keepInPlace(text, () => patchHead(desk, fresh));
  patchRows(desk, fresh);
  patchCard(desk, fresh);
  drawAnew(desk, fresh);
  return true;
}

function patchHead(desk, fresh) {
  for (const old of desk.querySelectorAll("[data-fresh]"))
    swap(old, fresh.querySelector(`[data-fresh="${old.dataset.fresh}"]`));
}

function patchRows(desk, fresh) {
  const old = desk.querySelector("#rows");
  const rows = fresh.querySelector("#rows");
  if (!rows || (old && (has(old.querySelector("row-filters")) || isOtherPage(old, rows)))) return;
  const empty = desk.querySelector(".panel > .card.empty, #work > .card.empty");
  empty?.remove();
  if (!old) return settle(desk.querySelector(".panel").appendChild(document.adoptNode(rows)));
  const focused = document.activeElement?.closest("[data-row]")?.dataset.row;
  const row = [...old.querySelectorAll("[data-row]")].find(inSight);
  const top = row?.getBoundingClientRect().top;
  for (const [index, folded] of [...old.querySelectorAll("details")].entries())
    rows.querySelectorAll("details")[index]?.toggleAttribute("open", folded.open);
  swap(old, rows);
  const again = row && desk.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`);
  if (again) scrollPanel(desk, again.getBoundingClientRect().top - top);
  if (focused)
    desk.querySelector(`[data-row="${CSS.escape(focused)}"] > a`)?.focus({ preventScroll: true });
}

// Of many rows, others are shown than those that the page begins with.
function isOtherPage(old, rows) {
  const first = old.querySelector("nav.pages") && old.querySelector("[data-row]");
  return Boolean(first) && !rows.querySelector(`[data-row="${CSS.escape(first.dataset.row)}"]`);
}

function inSight(row) {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function scrollPanel(desk, by) {
  const panel = desk.querySelector(".panel");
  if (by && panel.scrollHeight > panel.clientHeight) panel.scrollTop += by;
}

// The card of the same statement, where nobody is in it, nor at one of its pieces in the text.
function patchCard(desk, fresh) {
  if (taken() || isChoosing()) return;
  const old = desk.querySelector("#work > .card[data-statement]");
  const card = fresh.querySelector("#work > .card[data-statement]");
  if (!old || old.dataset.statement !== card?.dataset.statement) return;
  if (!has(old) && !old.querySelector("details[open]")) swap(old, card);
}

function drawAnew(desk, fresh) {
  const map = desk.querySelector("article-map");
  map.dataset.unplaced = fresh.querySelector("article-map").dataset.unplaced;
  desk.showSelected();
  pane()?.show({ scroll: false });
  map.lay?.();
  desk.querySelector("article-arcs").lay?.();
  desk.querySelector("#work span-list")?.paint();
}

function has(element) {
  return Boolean(element?.contains(document.activeElement));
}

function swap(old, fresh) {
  if (!fresh || old.isEqualNode(fresh) || (has(old) && old.id !== "rows")) return;
  const come = document.adoptNode(fresh);
  old.replaceWith(come);
  settle(come);
}

function settle(element) {
  globalThis.htmx.process(element);
  globalThis.htmx.trigger(element, "htmx:load");
}
