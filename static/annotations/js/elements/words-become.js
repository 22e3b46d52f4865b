// What selected words become: a statement of their own, or a piece of the one that is open.
import { gettext } from "../text/say.js";
import { announce } from "./announce.js";
import { articleText, textOf, workText } from "./text-range.js";

export function isPicking() {
  return document.querySelector("#work [data-picking]:not([data-picking=merge])");
}

function openCard() {
  return document.querySelector("#work .card[data-statement]");
}

// The text that the open statement stands in; undefined where none is open.
export function openCardArticle() {
  const card = openCard();
  return card ? textOf(card.dataset.article) : undefined;
}

// Where words become a new statement; while a link's other end is chosen, they become that.
export function newUrl(desk) {
  const text = workText();
  const url = text === articleText() ? desk.dataset.newUrl : text.dataset.newUrl;
  if (!url) return "";
  const asked = new URLSearchParams({ on: desk.dataset.article });
  const { not, picking } = isPicking()?.dataset ?? {};
  if (picking) {
    asked.set("link", not);
    asked.set("other_is", picking);
  }
  return `${url}?${asked}`;
}

// `marks`: what became of the quotation marks, where something did.
export function openNew(desk, { start, end }, marks = "") {
  const url = `${newUrl(desk)}&start=${start}&end=${end}`;
  globalThis.htmx.ajax("GET", url, { target: "#work" });
  announce(`${gettext("The form for the new statement opens.")} ${marks}`.trim());
}

// The words of the open statement that become one of their own; without words, it is asked for them.
export function splitOff(desk, words) {
  const { statement } = openCard().dataset;
  const asked = new URLSearchParams({ on: desk.dataset.article });
  for (const name of words ? ["start", "end"] : []) asked.set(name, words[name]);
  globalThis.htmx.ajax("GET", `/statements/${statement}/split/?${asked}`, { target: "#work" });
}

export function addToStatement(desk, words) {
  const card = openCard();
  globalThis.htmx.ajax("POST", `/statements/${card.dataset.statement}/spans/`, {
    target: "#desk",
    swap: "outerHTML",
    values: {
      spans: JSON.stringify([words]),
      version: card.dataset.version,
      revision: workText().dataset.revision ?? desk.dataset.revision,
      on: desk.dataset.article,
    },
  });
}
