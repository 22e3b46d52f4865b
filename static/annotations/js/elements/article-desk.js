// The article page: highlights, rows and cards that point at each other, and the choice of a link's other end.
import "./article-arcs.js";
import { notice } from "./announce.js";
import { keepPeek, peek } from "./peek.js";
import { articleText } from "./text-range.js";

class ArticleDesk extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.work = this.querySelector("#work");
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("keydown", (event) => this.key(event), { signal });
    for (const type of ["mouseover", "focusin"])
      this.addEventListener(type, (event) => this.point(event.target), { signal });
    for (const type of ["mouseleave", "focusout"])
      this.addEventListener(type, () => this.point(null), { signal });
    this.addEventListener(
      "htmx:afterSwap",
      (event) => event.target === this.work && this.opened(),
      { signal },
    );
    this.showSelected();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  clicked(event) {
    const link = event.target.closest("a[data-card]");
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      const uid = link.dataset.jump ?? link.closest("[data-row]")?.dataset.row;
      if (uid && this.pickIfAsked(uid)) return;
      if (uid && this.hasOpenForm()) return;
      return this.openCard(link.dataset.card, uid);
    }
    if (event.target.closest("[data-cancel]")) return this.cancel(event);
    const mark = event.target.closest("mark[data-statements]");
    if (mark && document.getSelection().isCollapsed) this.openMark(mark);
  }

  key(event) {
    if (event.key === "Escape" && !event.defaultPrevented)
      this.work.querySelector("[data-cancel]")?.click();
    const mark = event.target.closest?.("mark[data-statements]");
    if (event.key === "Enter" && mark && document.getSelection().isCollapsed) {
      event.preventDefault();
      this.openMark(mark);
    }
  }

  // Of several statements over these words, the one after the one that is open.
  openMark(mark) {
    const uids = mark.dataset.statements.split(" ");
    const uid = uids[(uids.indexOf(this.dataset.selected) + 1) % uids.length];
    if (this.pickIfAsked(uid)) return;
    if (this.hasOpenForm()) return;
    this.openCard(`/statements/${uid}/card/`);
  }

  // A card never takes the place of what somebody is typing.
  hasOpenForm() {
    const form = this.work.querySelector("form[data-form]");
    if (form) notice("Save or cancel the open form first.");
    return Boolean(form);
  }

  openCard(url, jumpTo) {
    const uid = url.split("/").at(-3);
    this.dataset.selected = uid;
    this.showSelected();
    globalThis.htmx.ajax("GET", url, { target: "#work" });
    const mark = jumpTo && document.getElementById(`s-${jumpTo}`)?.closest("mark");
    mark?.scrollIntoView({ block: "center" });
  }

  // While the other end of a link is being chosen, a click on a statement chooses it.
  pickIfAsked(uid) {
    const pick = this.work.querySelector("[data-picking]");
    if (!pick) return false;
    if (uid === pick.dataset.not) notice("A statement is not linked to itself.");
    else {
      const url = pick.dataset.pickUrl;
      globalThis.htmx.ajax("GET", url.includes("OTHER") ? url.replace("OTHER", uid) : url + uid, {
        target: "#work",
      });
    }
    return true;
  }

  cancel(event) {
    event.preventDefault();
    const url = event.target.closest("[data-cancel]").dataset.card;
    if (url) return this.openCard(url);
    this.work.replaceChildren();
    notice("");
    articleText().focus({ preventScroll: true });
  }

  // What was refused comes into view with the reason; otherwise nothing moves.
  opened() {
    const wrong = this.work.querySelector("[role=alert], [aria-invalid=true]");
    const first =
      wrong ?? this.work.querySelector("[data-focus]") ?? this.work.querySelector("h2, .card");
    if (first && !first.matches("input, select, textarea, a")) first.tabIndex = -1;
    first?.focus({ preventScroll: true });
    wrong?.scrollIntoView({ block: "nearest" });
    this.classList.toggle(
      "working",
      Boolean(this.work.querySelector("form[data-form], [data-picking]")),
    );
    this.querySelector("article-arcs")?.draw?.();
  }

  showSelected() {
    const uid = this.dataset.selected;
    for (const mark of this.querySelectorAll("mark"))
      mark.classList.toggle("on", mark.dataset.statements.split(" ").includes(uid));
    for (const link of this.querySelectorAll("[data-row] > a")) {
      if (link.parentElement.dataset.row === uid) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    this.querySelector("article-arcs")?.draw?.();
  }

  point(target) {
    if (target?.closest?.(".peek")) return keepPeek();
    const uids = target?.closest?.("mark[data-statements]")?.dataset.statements.split(" ") ?? [
      target?.closest?.("[data-row]")?.dataset.row,
    ];
    const partners = new Set();
    for (const row of this.querySelectorAll("[data-row]")) {
      const hot = uids.includes(row.dataset.row);
      row.classList.toggle("hot", hot);
      if (hot) for (const uid of row.dataset.partners.split(" ")) partners.add(uid);
    }
    for (const mark of this.querySelectorAll("mark")) {
      const own = mark.dataset.statements.split(" ");
      mark.classList.toggle(
        "hot",
        own.some((uid) => uids.includes(uid)),
      );
      mark.classList.toggle(
        "partner",
        own.some((uid) => partners.has(uid)),
      );
    }
    for (const row of this.querySelectorAll("[data-row]"))
      row.classList.toggle("partner", partners.has(row.dataset.row));
    peek(target?.closest?.("mark[data-statements]"), this);
    const shown = uids.find(Boolean) ?? this.dataset.selected;
    this.querySelector("article-arcs")?.draw?.(shown);
  }
}

// After a save the whole desk is new: the text stays where it stood in the window, whatever came or went above it.
let stood = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  stood = event.detail.target.id === "desk" && event.detail.shouldSwap ? topOfText() : null;
});
document.addEventListener("htmx:afterSwap", () => {
  if (stood !== null) scrollBy({ top: topOfText() - stood, behavior: "instant" });
  stood = null;
});

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

function topOfText() {
  return articleText()?.getBoundingClientRect().top ?? 0;
}

// And the keyboard goes on from it.
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) articleText()?.focus({ preventScroll: true });
});

customElements.define("article-desk", ArticleDesk);
