// What the pointer or the keyboard is at, and what is linked to it, shown in the text, in the panel and by lines.
import { keepPeek, peek } from "./peek.js";

export function point(desk, target) {
  if (target?.closest?.(".peek")) return keepPeek();
  const at = target?.closest?.("mark[data-statements]");
  const uids = at?.dataset.statements.split(" ") ?? [target?.closest?.("[data-row]")?.dataset.row];
  const own = uids.filter(Boolean);
  const partners = new Set(own.flatMap((uid) => partnersOf(desk, uid)));
  show(desk, "hot", own);
  show(desk, "partner", [...partners]);
  peek(at, desk);
  drawSoon(desk, own[0]);
}

let due;

// The lines after the words: hundreds of them change.
function drawSoon(desk, uid) {
  clearTimeout(due);
  const draw = () => desk.querySelector("article-arcs")?.draw?.(uid ?? desk.dataset.selected);
  requestAnimationFrame(() => {
    clearTimeout(due);
    due = setTimeout(draw);
  });
}

// As its row says; of a statement whose row is not shown, as the lines do.
function partnersOf(desk, uid) {
  const row = desk.querySelector(`[data-row="${CSS.escape(uid)}"]`);
  if (row) return row.dataset.partners.split(" ").filter(Boolean);
  return desk.querySelector("article-arcs")?.partnersOf?.(uid) ?? [];
}

// Only what changes is touched: an article may have thousands of highlights, and the pointer crosses many.
function show(desk, name, uids) {
  const lit = new Set(uids.flatMap((uid) => [...placesOf(desk, uid)]));
  for (const one of desk.querySelectorAll(`mark.${name}, [data-row].${name}`))
    if (!lit.has(one)) one.classList.remove(name);
  for (const one of lit) one.classList.add(name);
}

// The highlights and the row of a statement.
export function placesOf(desk, uid) {
  const is = CSS.escape(uid);
  return desk.querySelectorAll(`mark[data-statements~="${is}"], [data-row="${is}"]`);
}
