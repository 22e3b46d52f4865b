// The queue “Needs placing”: one key for each act on the entry that has the focus.
import { keyOf } from "../text/bindings.js";
import { fill, gettext } from "../text/say.js";
import { announce } from "./announce.js";
import { listed } from "./keys.js";

const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
let stood = -1; // which entry an act was done on: the next one comes in its place

class PlacingQueue extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("keydown", (event) => this.key(event), { signal });
    this.addEventListener("htmx:beforeRequest", (event) => this.leave(event.target), { signal });
    this.arrive();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get entries() {
    return [...this.querySelectorAll("[data-entry]")];
  }

  key(event) {
    if (listed?.single === false && event.key.length === 1) return; // switched off
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const entry = event.target.closest("[data-entry]");
    const key = keyOf(event);
    const step = steps[key];
    const digit = /^Digit([1-5])$/.exec(event.code)?.[1]; // with Shift, the key itself gives a sign
    if (step && entry) this.go(entry, step);
    else if (key === "u") this.undo();
    else if (entry && event.shiftKey && digit) this.act(entry, `all-${digit}`);
    else if (entry && /^[1-5hd]$/.test(key)) this.act(entry, key);
    else return;
    event.preventDefault();
  }

  go(entry, step) {
    const entries = this.entries;
    const next = entries[entries.indexOf(entry) + step];
    if (!next)
      return announce(
        step > 0 ? gettext("This is the last one here.") : gettext("This is the first one."),
      );
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  act(entry, key) {
    const button = entry.querySelector(`[data-key="${key}"]`);
    if (button) button.click();
    else if (entry.querySelector(`[data-key="${key.replace("all-", "")}"]`))
      announce(gettext("These words wait nowhere else."));
    else if (entry.querySelector("[data-key]"))
      announce(
        fill(gettext("There is no proposal {number} here."), { number: key.replace("all-", "") }),
      );
  }

  undo() {
    const button = document.querySelector("[data-messages] [data-undo]");
    if (button) button.click();
    else announce(gettext("There is nothing to undo."));
  }

  leave(form) {
    stood = this.entries.indexOf(form.closest("[data-entry]"));
  }

  // After an act: what was refused, else the entry that came in its place, else that nothing is left.
  arrive() {
    const entries = this.entries;
    const named = location.hash && this.querySelector(`#${CSS.escape(location.hash.slice(1))}`);
    const next =
      this.querySelector("[role=alert]")?.closest("[data-entry]") ??
      (stood >= 0 ? (entries[stood] ?? entries.at(-1)) : named || entries[0]) ??
      this.querySelector("[data-empty]");
    const isAct = stood >= 0;
    stood = -1;
    if (!isAct && document.activeElement !== document.body) return;
    next?.focus({ preventScroll: true });
    if (isAct || named) next?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("placing-queue", PlacingQueue);
