// <link-pick>: the statements offered as a link's other end. Arrow keys go from one to the next; up from the
// first is the search, down from the search the first. Enter in the search takes the first that was found.
// The statement that it is about comes into sight where the text stands beside.

class LinkPick extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("input[type=search]");
    this.asked = this.words.value;
    const mark = document.getElementById(`s-${this.dataset.not}`)?.parentElement;
    if (matchMedia("(width >= 60rem)").matches)
      mark?.scrollIntoView({ block: "nearest", behavior: "instant" });
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("keydown", (event) => this.key(event), { signal });
    this.addEventListener(
      "htmx:beforeRequest",
      ({ target }) => {
        if (target.matches("form")) this.asking = this.words.value;
      },
      { signal },
    );
    this.addEventListener(
      "htmx:afterSwap",
      ({ target }) => {
        if (target.id === "found") this.asked = this.asking;
      },
      { signal },
    );
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get offers() {
    return [...this.querySelectorAll("[data-offer] > a")];
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Enter" && event.target === this.words) return this.takeFirst(event);
    const at = this.offers.indexOf(event.target);
    if (at < 0 && event.target !== this.words) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to === undefined || (at < 0 && to < 0)) return;
    event.preventDefault();
    (to < 0 ? this.words : (this.offers[to] ?? event.target)).focus();
  }

  // Where other words stand in the field by now, Enter searches for those first.
  takeFirst(event) {
    if (this.words.value !== this.asked || !this.offers.length) return;
    event.preventDefault();
    this.offers[0].click();
  }
}

customElements.define("link-pick", LinkPick);
