// What the pointer or the keyboard is at, and what is linked to it, shown in the text, in the panel and by lines.
import { keepPeek, peek } from "./peek.js";

export function point(desk, target) {
  if (target?.closest?.(".peek")) return keepPeek();
  const at = target?.closest?.("mark[data-statements]");
  const uids = at?.dataset.statements.split(" ") ?? [target?.closest?.("[data-row]")?.dataset.row];
  const partners = new Set();
  for (const row of desk.querySelectorAll("[data-row]")) {
    const hot = uids.includes(row.dataset.row);
    row.classList.toggle("hot", hot);
    if (hot) for (const uid of row.dataset.partners.split(" ")) partners.add(uid);
  }
  for (const mark of desk.querySelectorAll("mark")) {
    const own = mark.dataset.statements.split(" ");
    const shows = (name, is) => mark.classList.toggle(name, own.some(is));
    shows("hot", (uid) => uids.includes(uid));
    shows("partner", (uid) => partners.has(uid));
  }
  for (const row of desk.querySelectorAll("[data-row]"))
    row.classList.toggle("partner", partners.has(row.dataset.row));
  peek(at, desk);
  desk.querySelector("article-arcs")?.draw?.(uids.find(Boolean) ?? desk.dataset.selected);
}
