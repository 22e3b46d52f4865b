// <pane-now>: keeps what stands beside the article up to date with what others do there, and moves nothing.
import { isSending } from "./acts.js";
import { announce } from "./announce.js";
import { patchText } from "./patch-text.js";
import { get, repeat } from "./repeat.js";

class PaneNow extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    this.known = { marks: this.dataset.marks, people: "" };
    this.shown = this.dataset.marks; // what the highlights show
    this.news = []; // not said yet
    repeat(() => this.look(), this.stop.signal);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  async look() {
    const pane = this.closest("link-pane");
    if (pane.hidden) return;
    const url = `${this.dataset.nowUrl}?${new URLSearchParams(this.known)}`;
    const answer = await get(url, this.stop.signal);
    if (answer.status === 200) this.heard(await answer.json());
    if (this.shown !== this.known.marks && !isSending()) await this.refresh(pane);
  }

  heard({ marks, people, at, news }) {
    if (marks !== this.known.marks) this.news.push(...news.map(({ words }) => words));
    this.known = { marks, people, at };
  }

  // A corrected text comes in whole, but not from under somebody who is in it.
  async refresh(pane) {
    const answer = await get(pane.url, this.stop.signal);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-pane-text]");
    if (isSending() || !fresh || !this.isConnected) return;
    if (patchText(pane.querySelector("[data-pane-text]"), fresh)) pane.show({ scroll: false });
    else if (pane.contains(document.activeElement)) return;
    else await pane.load({ restore: true });
    this.shown = page.querySelector("pane-now").dataset.marks;
    this.known.marks = this.shown;
    const words = new Set(this.news.splice(0));
    if (words.size) announce([...words].join(". "));
  }
}

customElements.define("pane-now", PaneNow);
