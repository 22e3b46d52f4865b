// <link-pane>: what stands beside the article. Links with data-beside open it: with an article's uid (and the
// statement to show in data-at), with “search”, with “last” for where it was, with “” to close it.
import { besideOf, withBeside } from "../text/beside.js";
import { fill, gettext } from "../text/say.js";
import { announce } from "./announce.js";
import { lastBeside, rememberBeside, rememberScroll, scrolledTo } from "./pane-memory.js";
import { keepInPlace, showIn } from "./scrolling.js";

const NOTHING = { beside: "", at: "", q: "" };
const REST = 200; // milliseconds without scrolling after which its place is remembered

class LinkPane extends HTMLElement {
  connectedCallback() {
    if (this.state || !this.desk) return this.connectedMoveCallback();
    this.state = this.hidden ? NOTHING : besideOf(location.search);
    this.addEventListener("scroll", () => this.scrolled(), { capture: true });
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("input", ({ target }) => this.typed(target));
    addEventListener("scroll", () => this.fit(), { passive: true });
    if (!this.hidden) this.opened({ restore: true });
  }

  // After a save the desk is new, but this stays: what it shows may have changed.
  connectedMoveCallback() {
    if (!this.desk || this.hidden) return;
    this.body.scrollTop = this.top; // moving it scrolled it back
    this.load({ restore: true });
  }

  // `take`: the keyboard goes there. `restore`: it is scrolled to where it was.
  async open(state, { take = true, restore = false } = {}) {
    const wasOpen = !this.hidden;
    if (!wasOpen) this.from = document.activeElement;
    const isThere = wasOpen && state.beside === this.state.beside && !state.q;
    this.state = { ...NOTHING, ...state };
    rememberBeside(this.state);
    setAddress(this.state, !wasOpen);
    if (isThere) this.show();
    else await this.load({ restore });
    if (!take || this.hidden) return;
    const title = this.querySelector("#pane-title");
    (this.querySelector("input[type=search]") ?? title).focus({ preventScroll: true });
    announce(fill(gettext("Opened beside: {title}"), { title: title.lastChild.textContent }));
  }

  async load(how) {
    this.keepScroll();
    const asked = this.state;
    await globalThis.htmx.ajax("GET", this.url, { target: this, source: this, swap: "innerHTML" });
    if (asked !== this.state || !this.querySelector("#pane-title")) return;
    this.toggle(true);
    this.opened(how);
  }

  opened({ restore }) {
    this.fit();
    const top = scrolledTo(this.body.dataset.scrolls);
    const isRestored = restore && top !== undefined;
    if (isRestored) this.body.scrollTop = top;
    this.show({ scroll: !isRestored || Boolean(this.chosen) });
    this.top = this.body.scrollTop;
    const pick = this.desk.querySelector("#work [data-picking]");
    const line = this.querySelector("[data-asked]");
    line.hidden = !pick;
    if (pick) line.textContent = `${pick.querySelector("h2").textContent} ${quoteIn(pick)}`;
  }

  // The statement chosen as a link's other end, else the one that it was opened for, is marked and comes into view.
  show({ scroll = true } = {}) {
    const at = this.chosen ?? this.state.at;
    for (const mark of this.desk.querySelectorAll("mark"))
      mark.classList.toggle("asked", Boolean(at) && mark.dataset.statements.includes(at));
    if (scroll) showIn(this.body, this.querySelector("mark.asked:not(.source, .cue)"));
  }

  // `back`: the keyboard goes to where it came from.
  close({ back = true } = {}) {
    this.keepScroll();
    this.state = NOTHING;
    this.toggle(false);
    this.replaceChildren();
    setAddress(NOTHING);
    if (!back) return;
    const home = this.from?.isConnected && this.from !== document.body ? this.from : null;
    (home ?? document.querySelector("[data-article-text]")).focus({ preventScroll: true });
    announce(gettext("Closed what stood beside."));
  }

  get url() {
    return this.desk.dataset.besideUrl + withBeside("", this.state);
  }

  get chosen() {
    return this.desk.querySelector("#work [data-other]")?.dataset.other;
  }

  get body() {
    return this.querySelector("[data-scrolls]");
  }

  get desk() {
    return this.closest("article-desk");
  }

  // The claim stays where it stands; while something is linked to it, it is in sight.
  toggle(open) {
    if (open !== this.hidden) return;
    const claim = this.desk.querySelector("[data-article-text] mark.on");
    const change = () => {
      this.hidden = !open;
    };
    keepInPlace(claim, change, Boolean(this.desk.querySelector("#work [data-picking]")));
  }

  // It ends where the window ends, however much of the page's head stands above it.
  fit() {
    const side = this.hidden || this.parentElement;
    if (side?.style) side.style.setProperty("--above", `${side.getBoundingClientRect().top}px`);
  }

  key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    this.close();
  }

  // What is searched for stands in the address too.
  typed(field) {
    if (field.name !== "q") return;
    this.state = { ...this.state, q: field.value };
    rememberBeside(this.state);
    setAddress(this.state);
  }

  scrolled() {
    this.top = this.body?.scrollTop ?? 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepScroll(), REST);
  }

  keepScroll() {
    clearTimeout(this.timer);
    if (this.body && !this.hidden) rememberScroll(this.body.dataset.scrolls, this.top);
  }
}

function quoteIn(pick) {
  return `“${pick.querySelector(".quote").firstChild.textContent.trim()}”`;
}

function setAddress(state, isNew = false) {
  const url = location.pathname + withBeside(location.search, state) + location.hash;
  if (isNew) history.pushState({ beside: true }, "", url);
  else history.replaceState(history.state, "", url);
}

export function pane() {
  return document.querySelector("article-desk link-pane");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("article-desk a[data-beside]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const { beside, at = "" } = link.dataset;
  if (!beside) pane().close();
  else if (beside === "last") pane().open(lastBeside(), { restore: true });
  else pane().open({ beside, at });
});

// After a save the address is the article's own: what stands beside goes into it again.
document.addEventListener("htmx:replacedInHistory", () => {
  if (pane()?.state) setAddress(pane().state);
});

// Back and forward within one article open and close the pane; only beyond it htmx has work.
addEventListener("popstate", (event) => {
  if (!pane() || !location.pathname.includes(pane().desk.dataset.article)) return;
  event.stopImmediatePropagation();
  const state = besideOf(location.search);
  if (!state.beside) return pane().hidden || pane().close();
  if (state.beside !== pane().state.beside) pane().open(state, { restore: true });
});

addEventListener("pagehide", () => pane()?.keepScroll());

customElements.define("link-pane", LinkPane);
