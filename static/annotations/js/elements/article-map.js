// A strip beside the text that shows where in the whole article statements sit, and which part is in view. A
// click goes there. For the eye only: the rows of the panel lead to the same places.

import { bundled, nearest, STEP } from "../text/map.js";
import { shownStatements } from "./row-filters.js";

const SVG = "http://www.w3.org/2000/svg";
// Claims stand at the strip's beginning, responses at its end, others in the middle: x and width.
const PLACES = { claim: [0, 5], response: [9, 5], both: [0, 14], plain: [5, 4] };

class ArticleMap extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("click", (event) => this.go(event), { signal });
    const follow = () => {
      this.due ??= requestAnimationFrame(() => this.follow());
    };
    addEventListener("scroll", follow, { signal, passive: true });
    this.watch = new ResizeObserver(() => this.lay());
    for (const each of [this.text, this]) this.watch.observe(each);
  }

  disconnectedCallback() {
    this.stop?.abort();
    this.watch?.disconnect();
    this.due = cancelAnimationFrame(this.due);
  }

  // A save may have put another one there.
  get text() {
    return this.parentElement.querySelector("[data-article-text]");
  }

  lay() {
    const height = this.offsetHeight;
    if (!height || !this.offsetWidth) return this.replaceChildren();
    this.bundles = bundled([...this.stood()], height - (Number(this.dataset.unplaced) ? 14 : 0));
    const picture = node("svg", { width: 14, height });
    this.view = node("rect", { class: "view", x: 0, width: 14, rx: 2 });
    for (const each of this.bundles) picture.append(this.bar(each));
    if (Number(this.dataset.unplaced))
      picture.append(
        node("path", { class: "unplaced", d: `M7 ${height - 11} l5 5 l-5 5 l-5 -5 Z` }),
      );
    picture.append(this.view);
    this.replaceChildren(picture);
    this.dim(shownStatements());
    this.follow();
  }

  // What the filters leave out; null for nothing.
  dim(shown) {
    for (const bar of this.querySelectorAll("[data-of]")) {
      const isIn = !shown || bar.dataset.of.split(" ").some((uid) => shown.has(uid));
      bar.classList.toggle("out", !isIn);
    }
  }

  // Measured in the page; of a text that is laid out in parts, reckoned by its letters.
  *stood() {
    const box = this.text.getBoundingClientRect();
    const inParts = Boolean(this.text.querySelector(":scope > .late"));
    const offsets = inParts ? offsetsIn(this.text) : null;
    for (const place of this.text.querySelectorAll("mark > [id^='s-']")) {
      const mark = place.parentElement;
      const at = offsets
        ? offsets.get(place)
        : (mark.getClientRects()[0].top - box.top) / (box.height || 1);
      yield { at, kind: kindOf(mark), uid: place.id.slice(2) };
    }
  }

  bar({ y, kind, uids }) {
    const [x, width] = PLACES[kind];
    const of = { class: kind, "data-of": uids.join(" "), x, width, y };
    return node("rect", { ...of, height: Math.min(STEP, 1 + uids.length), rx: 0.5 });
  }

  follow() {
    this.due = null;
    if (!this.view) return;
    const box = this.text.getBoundingClientRect();
    const height = this.offsetHeight;
    const top = Math.max(0, -box.top / box.height) * height;
    const end = Math.min(1, (innerHeight - box.top) / box.height) * height;
    this.view.setAttribute("y", String(Math.min(top, height - 4)));
    this.view.setAttribute("height", String(Math.max(4, end - top)));
  }

  go(event) {
    const found = nearest(this.bundles ?? [], event.clientY - this.getBoundingClientRect().top);
    const mark = found && document.getElementById(`s-${found.uids[0]}`)?.closest("mark");
    mark?.scrollIntoView({ block: "center" });
    mark?.focus({ preventScroll: true });
  }
}

function kindOf(mark) {
  return ["both", "claim", "response"].find((kind) => mark.classList.contains(kind)) ?? "plain";
}

// How far into the text each place stands, from 0 to 1, without laying it out.
function offsetsIn(text) {
  const found = new Map();
  let units = 0;
  const walker = document.createTreeWalker(text);
  for (let each = walker.nextNode(); each; each = walker.nextNode()) {
    if (each.nodeType === Node.TEXT_NODE) units += each.length;
    else if (each.id) found.set(each, units);
  }
  for (const [place, at] of found) found.set(place, at / (units || 1));
  return found;
}

function node(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

customElements.define("article-map", ArticleMap);
