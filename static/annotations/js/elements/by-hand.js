// On the article page, the mode in which words that wait get their place: selecting in the text is the answer.
import { announce } from "./announce.js";
import { articleText, rangeOf } from "./text-range.js";

class ByHand extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("keydown", (event) => this.key(event), { signal });
    this.look();
    announce(this.querySelector("h2").textContent);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    this.querySelector("[data-leave]").click();
  }

  // About where the words stood comes into view, and the keyboard begins there.
  look() {
    const text = articleText();
    const near = Number(this.dataset.near);
    const range = rangeOf(near, near + 1);
    const { top } = range.getBoundingClientRect();
    text.focus({ preventScroll: true });
    document.getSelection().collapse(range.startContainer, range.startOffset);
    if (top > innerHeight * 0.6) scrollBy({ top: top - innerHeight * 0.4, behavior: "instant" });
  }

  settle({ start, end, exact }) {
    const words = { role: this.dataset.role, start, end, exact, uid: "" };
    this.querySelector("[name=spans]").value = JSON.stringify([words]);
    this.querySelector("form").requestSubmit();
  }
}

customElements.define("by-hand", ByHand);
