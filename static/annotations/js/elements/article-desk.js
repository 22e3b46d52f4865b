// The article page: highlights, rows and cards that point at each other, and the choice of a link's other end.
import "./after-swap.js";
import "./article-arcs.js";
import { gettext } from "../text/say.js";
import { notice } from "./announce.js";
import { hidePeek } from "./peek.js";
import { placesOf, point } from "./point.js";
import { chooseStatement } from "./statement-chooser.js";
import { articleText, workText } from "./text-range.js";

class ArticleDesk extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.waiting = [];
    this.work = this.querySelector("#work");
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("keydown", (event) => this.key(event), { signal });
    for (const type of ["mouseover", "focusin"])
      this.addEventListener(type, (event) => point(this, event.target), { signal });
    for (const type of ["mouseleave", "focusout"])
      this.addEventListener(type, () => point(this, null), { signal });
    this.addEventListener(
      "htmx:afterSwap",
      (event) => event.target === this.work && this.opened(),
      { signal },
    );
    // Only now do the new links do what they say.
    this.work.addEventListener("htmx:afterSettle", () => this.arrived(this.shown), { signal });
    for (const type of ["htmx:responseError", "htmx:sendError"])
      this.work.addEventListener(type, () => this.arrived(null), { signal });
    this.work.addEventListener("htmx:beforeSwap", (event) => this.keepForm(event), { signal });
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
      return this.openCard(link.dataset.card, { jumpTo: uid });
    }
    if (event.target.closest("[data-cancel]")) return this.cancel(event);
    const mark = event.target.closest("mark[data-statements]");
    if (mark && document.getSelection().isCollapsed) this.openMark(mark, event.clientY);
  }

  key(event) {
    if (event.key === "Escape" && !event.defaultPrevented)
      this.work.querySelector("[data-cancel]")?.click();
    if (event.key !== "Enter" || event.defaultPrevented) return;
    const mark = this.markAt(event.target);
    if (!mark || !document.getSelection().isCollapsed) return;
    event.preventDefault();
    this.openMark(mark);
  }

  // The highlight that has the focus, or that the caret stands in.
  markAt(target) {
    const caret = target === workText() ? document.getSelection().focusNode : null;
    return (caret?.parentElement ?? target).closest?.("mark[data-statements]");
  }

  // Of several statements over these words, the one that is chosen from a menu.
  openMark(mark, height) {
    hidePeek();
    const pick = this.work.querySelector("[data-picking]");
    if (!pick && this.hasOpenForm()) return;
    const uids = mark.dataset.statements.split(" ");
    const others = uids.filter((uid) => uid !== pick?.dataset.not);
    if (others.length < 2) this.take(others[0] ?? uids[0]);
    else chooseStatement(this, mark, others, (uid) => this.take(uid), height);
  }

  take(uid) {
    if (!this.pickIfAsked(uid) && !this.hasOpenForm()) this.openCard(this.cardOf(uid));
  }

  // A card never takes the place of what somebody is typing.
  hasOpenForm() {
    const form = this.work.querySelector("form[data-form]");
    if (form) notice(gettext("Save or cancel the open form first."));
    return Boolean(form);
  }

  // `stay`: the keyboard stays where it is, on the highlight that was moved to.
  openCard(url, { jumpTo, stay = false } = {}) {
    const uid = url.split("/").at(-3);
    this.dataset.selected = uid;
    this.showSelected();
    this.stays = stay ? document.activeElement : null;
    this.loading = true;
    this.replaces = this.work.querySelector("form[data-form]");
    // By itself: of several cards asked for at once the last one comes, and nothing else waits for it.
    globalThis.htmx.ajax("GET", url, { target: "#work", source: this.work });
    const mark = jumpTo && document.getElementById(`s-${jumpTo}`)?.closest("mark");
    mark?.scrollIntoView({ block: "center" });
  }

  // Do something with the open card; where another statement has the focus, with that one's.
  withCard(run) {
    const here = document.activeElement?.closest?.(
      "[data-article-text] mark[data-statements], [data-row]",
    );
    const uids = (here?.dataset.statements ?? here?.dataset.row)?.split(" ") ?? [];
    const isBusy = this.work.querySelector("form[data-form], [data-picking]");
    const open = this.loading ? this.dataset.selected : this.shown;
    const isOther = uids.length > 0 && !uids.includes(open) && !isBusy;
    if (isOther && uids.length > 1) return this.openMark(here);
    if (isOther) this.openCard(this.cardOf(uids[0]), { stay: true });
    if (this.loading) this.waiting.push(run);
    else run();
  }

  // Of a statement in the text beside, too: what is done with it leads back to this page.
  cardOf(uid) {
    return `/statements/${uid}/card/?on=${this.dataset.article}`;
  }

  get shown() {
    return this.work.querySelector("[data-statement]")?.dataset.statement;
  }

  arrived(uid) {
    if (uid && uid !== this.dataset.selected) return;
    const runs = this.waiting.splice(0);
    this.loading = false;
    if (uid) for (const run of runs) run();
  }

  // A card that comes late takes no form away that came meanwhile.
  keepForm(event) {
    const form = this.work.querySelector("form[data-form]");
    if (event.detail.requestConfig.elt === this.work && form && form !== this.replaces)
      event.detail.shouldSwap = false;
  }

  // While the other end of a link is being chosen, a click on a statement chooses it.
  pickIfAsked(uid) {
    const pick = this.work.querySelector("[data-picking]");
    if (!pick) return false;
    if (uid === pick.dataset.not) notice(gettext("A statement is not linked to itself."));
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
    hidePeek();
    const wrong = this.work.querySelector("[role=alert], [aria-invalid=true]");
    const stays = this.shown && !wrong && document.activeElement === this.stays;
    const first =
      wrong ?? this.work.querySelector("[data-focus]") ?? this.work.querySelector("h2, .card");
    if (first && !first.matches("input, select, textarea, a, button")) first.tabIndex = -1;
    if (!stays) first?.focus({ preventScroll: true });
    wrong?.scrollIntoView({ block: "nearest" });
    this.showSelected();
  }

  showSelected() {
    const isWorking = this.work.querySelector("form[data-form], [data-picking]");
    this.classList.toggle("working", Boolean(isWorking));
    const uid = this.dataset.selected;
    const own = uid ? [...placesOf(this, uid)] : [];
    for (const mark of this.querySelectorAll("mark.on"))
      if (!own.includes(mark)) mark.classList.remove("on");
    for (const link of this.querySelectorAll("[data-row] > [aria-current]"))
      if (!own.includes(link.parentElement)) link.removeAttribute("aria-current");
    for (const one of own) {
      if (one.matches("mark")) one.classList.add("on");
      else one.querySelector(":scope > a").setAttribute("aria-current", "true");
    }
    this.querySelector("article-arcs")?.draw?.();
  }
}

customElements.define("article-desk", ArticleDesk);
