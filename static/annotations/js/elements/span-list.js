// The words chosen for a form: kept as JSON in its hidden input, listed, painted in the text.
import { toUnits } from "../text/offsets.js";
import { fill, gettext } from "../text/say.js";
import { shorten } from "../text/shorten.js";
import { announce } from "./announce.js";
import { roleWords } from "./roles.js";
import { rangeOf, textOf } from "./text-range.js";

const painted = globalThis.CSS?.highlights;

class SpanList extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=hidden]");
    this.roles = this.dataset.roles.split(" ");
    this.list = this.querySelector("[data-spans]");
    this.list.addEventListener("click", (event) => this.drop(event.target.closest("button")));
    const form = this.closest("form");
    form.addEventListener("htmx:beforeSend", () => this.paint("saving"));
    form.addEventListener("htmx:afterRequest", () => painted?.delete("saving"));
    this.use();
  }

  // The words that the input names by now.
  use() {
    this.spans = JSON.parse(this.input.value || "[]");
    this.show();
  }

  get text() {
    return textOf(this.closest("form").dataset.article);
  }

  disconnectedCallback() {
    painted?.delete("chosen");
    painted?.delete("saving");
  }

  // `more` is said after it.
  add(span, more = "") {
    this.spans.push(span);
    this.show();
    const told = { role: roleWords(span.role), words: shorten(span.exact) };
    announce(`${fill(gettext("Added as {role}: {words}"), told)} ${more}`.trim());
  }

  // It reaches from here to there from now on.
  move(row, { start, end, exact }) {
    const span = this.spans[[...this.list.children].indexOf(row)];
    Object.assign(span, { start, end, exact, uid: "" }); // one that is there already stays where it is
    this.show();
    const told = { role: roleWords(span.role), words: shorten(exact, 120) };
    announce(fill(gettext("The {role} is now “{words}”."), told));
    this.dispatchEvent(new Event("change", { bubbles: true })); // kept as a draft
  }

  drop(button) {
    if (!button) return;
    const [gone] = this.spans.splice(Number(button.dataset.index), 1);
    this.show();
    announce(fill(gettext("Removed the {role}."), { role: roleWords(gone.role) }));
    (
      this.list.querySelector("button") ?? this.closest("form").querySelector("button.main")
    )?.focus();
  }

  show() {
    this.input.value = JSON.stringify(this.spans);
    this.list.replaceChildren(...this.spans.map((span, index) => this.row(span, index)));
    this.paint();
    this.dispatchEvent(new Event("newsroom:chosen", { bubbles: true }));
  }

  row(span, index) {
    const row = document.createElement("li");
    const role = Object.assign(document.createElement("span"), {
      className: "tag",
      textContent: roleWords(span.role),
    });
    const words = Object.assign(document.createElement("span"), {
      dir: "auto",
      textContent: shorten(span.exact),
    });
    words.className = `words ${span.role}`;
    const drop = Object.assign(document.createElement("button"), {
      type: "button",
      className: "link drop",
      textContent: "✕",
    });
    drop.dataset.index = index;
    const told = { role: roleWords(span.role), words: shorten(span.exact, 40) };
    drop.setAttribute("aria-label", fill(gettext("Remove the {role} “{words}”"), told));
    row.append(role, words, drop);
    Object.assign(row.dataset, { role: span.role });
    if (isIn(this.text, span)) Object.assign(row.dataset, { start: span.start, end: span.end });
    if (isWaiting(span)) row.append(waitingTag());
    return row;
  }

  // While they are on their way to the server they are drawn as a statement already.
  paint(name = "chosen") {
    const { text } = this;
    if (!painted || !text) return;
    const drawn = (span) => name === "chosen" || span.role === "content";
    const placed = this.spans.filter((span) => isIn(text, span) && drawn(span));
    painted.set(
      name,
      new globalThis.Highlight(...placed.map((span) => rangeOf(span.start, span.end, text))),
    );
  }
}

// Whether they stand there in this text: a record's evidence may stand in another article's.
function isIn(text, span) {
  if (!text || isWaiting(span)) return false;
  const words = text.textContent;
  return words.slice(toUnits(words, span.start), toUnits(words, span.end)) === span.exact;
}

// Words that a correction left without a place: they come from the server with none.
function isWaiting(span) {
  return span.start === span.end;
}

function waitingTag() {
  return Object.assign(document.createElement("span"), {
    className: "tag needs",
    textContent: gettext("needs placing"),
  });
}

customElements.define("span-list", SpanList);
