// The filters of the panel's rows: a choice shows at once, in the rows, the highlights, the lines, the strip and
// the address. Without this script the form's button does the same.
import { fill, gettext } from "../text/say.js";
import { announce } from "./announce.js";

const SOON = 250; // milliseconds: somebody may still be typing the name they choose
let asked = false; // by the editor, and not answered yet

// The statements that the filters leave; null for all.
export function shownStatements() {
  const only = document.querySelector("#rows")?.dataset.only;
  return only === undefined ? null : new Set(only.split(" ").filter(Boolean));
}

class RowFilters extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("change", () => this.soon(), { signal });
    this.addEventListener("submit", (event) => this.send(event), { signal });
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    if (asked) this.answered();
    else document.querySelector("article-arcs")?.draw?.(); // the lines of these rows
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearTimeout(this.due);
  }

  soon() {
    clearTimeout(this.due);
    this.due = setTimeout(() => this.ask(new FormData(this.querySelector("form"))), SOON);
  }

  send(event) {
    event.preventDefault();
    this.ask(new FormData(this.querySelector("form")));
  }

  clicked(event) {
    if (!event.target.closest("[data-all]")) return;
    event.preventDefault();
    this.ask(new FormData());
  }

  // The address keeps what else it says: the open card, what stands beside.
  ask(chosen) {
    const address = new URL(location.href);
    for (const field of this.querySelector("form").elements)
      address.searchParams.delete(field.name);
    address.searchParams.delete("row");
    for (const [name, value] of chosen) if (value) address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
    asked = true;
    const bare = new URL(address);
    bare.searchParams.delete("statement"); // from the first row on
    globalThis.htmx.ajax("GET", bare.pathname + bare.search, {
      target: "#rows",
      select: "#rows",
      swap: "outerHTML",
    });
  }

  answered() {
    asked = false;
    const desk = this.closest("article-desk");
    const shown = shownStatements();
    for (const mark of desk.querySelectorAll(".read mark")) {
      const isIn = !shown || mark.dataset.statements.split(" ").some((uid) => shown.has(uid));
      mark.classList.toggle("dimmed", !isIn);
    }
    desk.querySelector("article-map")?.dim?.(shown);
    desk.showSelected?.();
    const words = shown
      ? gettext("{number} of {all} statements shown.")
      : gettext("All statements are shown.");
    const { shown: number, of } = this.dataset;
    announce(fill(words, { number, all: of }));
  }
}

customElements.define("row-filters", RowFilters);
