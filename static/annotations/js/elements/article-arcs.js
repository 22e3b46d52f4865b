// Lines in the gutter between claims and what answers them, each link in the lane that the server gave it.
// For the eye only: the cards say the same in words.
import { branch, EDGE, laneAt, spread, tip } from "../text/arcs.js";

const SVG = "http://www.w3.org/2000/svg";
const HALF = 0.5;
const NONE = '{"near":[],"far":[],"lanes":0}';

class ArticleArcs extends HTMLElement {
  connectedCallback() {
    this.watch = new ResizeObserver(() => this.lay());
    this.watch.observe(this.parentElement);
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }

  // Shows the links of one statement before all others: of that one, or of the one whose card is open.
  draw(uid) {
    this.shown = uid ?? this.closest("article-desk")?.dataset.selected;
    this.read();
    if (!this.picture || this.isLong || this.hasUndrawn()) return this.lay();
    this.light();
  }

  // The links come with the rows, and anew with other rows.
  read() {
    const rows = document.querySelector("#rows");
    if (this.links && rows === this.rows) return;
    this.rows = rows;
    this.picture = null;
    this.links = JSON.parse(rows?.dataset.links || NONE);
  }

  // What is linked to a statement within the text.
  partnersOf(uid) {
    this.read();
    const at = this.links.near.filter((link) => link[0] === uid || link[1] === uid);
    return at.map((link) => (link[0] === uid ? link[1] : link[0]));
  }

  // Of a text that is laid out in parts, only what is asked for is measured.
  get isLong() {
    return Boolean(this.parentElement.querySelector(".text > .late"));
  }

  hasUndrawn() {
    const rest = (link) => link[3] < 0 && (this.isAbout(link) || this.drawnFor === link[0]);
    return this.shown !== this.drawnFor && this.links.near.some(rest);
  }

  isAbout([claim, response]) {
    return claim === this.shown || response === this.shown;
  }

  lay() {
    this.read();
    if (!this.offsetWidth) return this.replaceChildren();
    this.drawnFor = this.shown;
    this.top = this.getBoundingClientRect().top;
    const drawn = (link) => this.isAbout(link) || (!this.isLong && link[3] >= 0);
    const near = this.links.near.filter(drawn);
    const far = this.links.far.filter(([uid]) => !this.isLong || uid === this.shown);
    this.ends = spread([...this.endsOf(near, far)], (uid) => this.heightOf(uid));
    this.picture = node("svg", { width: EDGE, height: this.offsetHeight });
    for (const link of near) this.picture.append(...this.line(link));
    for (const stub of far) this.picture.append(...this.stub(stub));
    this.replaceChildren(this.picture);
    this.light();
  }

  *endsOf(near, far) {
    for (const [claim, response] of near) {
      yield `${claim} claim`;
      yield `${response} response`;
    }
    for (const [uid, , , , end] of far) yield `${uid} far ${end}`;
  }

  *line([claim, response, group, lane]) {
    const from = this.ends.get(`${claim} claim`);
    const to = this.ends.get(`${response} response`);
    if (from === undefined || to === undefined) return;
    const x = laneAt(lane, this.links.lanes);
    const of = { "data-of": `${claim} ${response}` };
    yield node("path", { ...of, class: `line ${group}`, d: branch(from, to, x) });
    yield node("path", { ...of, class: `answer ${group}`, d: tip(to) });
    yield node("circle", { ...of, class: "asked", cx: EDGE - 4, cy: from, r: 3 });
  }

  *stub([uid, group, address, words, end]) {
    const y = this.ends.get(`${uid} far ${end}`);
    if (y === undefined) return;
    const link = node("a", { href: address, tabindex: -1, "data-of": uid });
    const title = node("title", {});
    title.textContent = words;
    link.append(
      title,
      node("rect", { class: "reach", x: EDGE - 24, y: y - 6, width: 24, height: 12 }),
    );
    link.append(node("path", { class: `line ${group}`, d: `M${EDGE - 2} ${y} H${EDGE - 18}` }));
    const corner = `M${EDGE - 17} ${y - 4} L${EDGE - 22} ${y} L${EDGE - 17} ${y + 4}`;
    link.append(node("path", { class: `line far ${group}`, d: corner }));
    yield link;
  }

  light() {
    if (!this.picture) return;
    let any = false;
    for (const each of [...this.picture.children]) {
      const isHot = Boolean(this.shown) && each.dataset.of.split(" ").includes(this.shown);
      each.classList.toggle("hot", isHot);
      if (isHot) this.picture.append(each); // before the others
      any ||= isHot;
    }
    this.picture.classList.toggle("chosen", any);
  }

  heightOf(uid) {
    const line = document.getElementById(`s-${uid}`)?.closest("mark")?.getClientRects()[0];
    return line ? Math.round(line.top + line.height / 2 - this.top) + HALF : undefined;
  }
}

function node(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

customElements.define("article-arcs", ArticleArcs);
