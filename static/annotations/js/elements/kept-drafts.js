// <kept-drafts>: the forms of this article that were left with something in them. Go on, or discard.
import { clock } from "../text/drafts.js";
import { fill, gettext } from "../text/say.js";
import { announce } from "./announce.js";
import { draftsIn, dropDraft } from "./draft-store.js";
import { openKeys, reopen } from "./drafts.js";
import { keepInPlace } from "./scrolling.js";
import { articleText } from "./text-range.js";

class KeptDrafts extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    const show = () => keepInPlace(articleText(), () => this.show());
    document.addEventListener("newsroom:drafts", show, { signal });
    addEventListener("storage", show, { signal });
    this.addEventListener("click", (event) => this.clicked(event.target), { signal });
    this.show();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get desk() {
    return this.closest("article-desk");
  }

  show() {
    const open = new Set(openKeys());
    const left = draftsIn(this.desk.dataset.article).filter(({ key }) => !open.has(key));
    this.hidden = !left.length;
    const list = make("ul");
    list.append(...left.map(row));
    const title = make("h2", { className: "overline" });
    title.textContent = gettext("You were writing");
    this.replaceChildren(...(left.length ? [title, list] : []));
  }

  clicked(target) {
    const { key, address } = target.closest("button")?.dataset ?? {};
    if (!key) return;
    if (address) return this.desk.hasOpenForm() || reopen(address);
    dropDraft(key);
    this.show();
    announce(gettext("Discarded."));
    (this.querySelector("button") ?? articleText()).focus({ preventScroll: true });
  }
}

function row({ key, at, address, title, words }) {
  const line = make("li");
  const what = make("span", { textContent: `${title} ` });
  const quote = make("q", { textContent: words, dir: "auto" });
  const when = make("span", { className: "sub" });
  when.textContent = ` ${clock(at, Date.now(), document.documentElement.lang)} · `;
  const on = button(gettext("Go on"), gettext("Go on with: {title} {words}"), { title, words });
  const off = button(gettext("Discard"), gettext("Discard: {title} {words}"), { title, words });
  Object.assign(on.dataset, { key, address });
  Object.assign(off.dataset, { key });
  line.append(what, ...(words ? [quote] : []), when, on, " · ", off);
  return line;
}

function button(textContent, label, values) {
  const made = make("button", { type: "button", className: "link", textContent });
  made.setAttribute("aria-label", fill(label, values));
  return made;
}

function make(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

customElements.define("kept-drafts", KeptDrafts);
