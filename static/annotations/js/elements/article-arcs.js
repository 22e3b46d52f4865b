// Lines in the gutter from the statement in view to those it answers and is answered by. For the eye only:
// the cards say the same in words.

const SVG = "http://www.w3.org/2000/svg";

class ArticleArcs extends HTMLElement {
  connectedCallback() {
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.parentElement);
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  draw(uid) {
    const desk = this.closest("article-desk");
    const shown = uid ?? desk?.dataset.selected;
    const row = shown && desk.querySelector(`[data-row="${CSS.escape(shown)}"]`);
    const from = row && this.heightOf(shown);
    if (!row || from === null) return this.replaceChildren();
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", "56");
    svg.setAttribute("height", String(this.offsetHeight));
    for (const partner of row.dataset.partners.split(" ").filter(Boolean)) {
      const to = this.heightOf(partner);
      if (to !== null) svg.append(this.arc(from, to));
    }
    if (!svg.childElementCount) return this.replaceChildren();
    const dot = document.createElementNS(SVG, "circle");
    for (const [name, value] of [
      ["cx", 53],
      ["cy", from],
      ["r", 4],
    ])
      dot.setAttribute(name, String(value));
    svg.append(dot);
    this.replaceChildren(svg);
  }

  arc(from, to) {
    const bulge = Math.max(2, 44 - Math.abs(to - from) / 8);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", `M53 ${from} C ${bulge} ${from}, ${bulge} ${to}, 53 ${to}`);
    return path;
  }

  heightOf(uid) {
    const mark = document.getElementById(`s-${uid}`)?.closest("mark");
    if (!mark) return null;
    const line = mark.getClientRects()[0];
    return line.top + line.height / 2 - this.getBoundingClientRect().top;
  }
}

customElements.define("article-arcs", ArticleArcs);
