// What selected words become: a statement of their own, or a piece of the one that is open.
import { gettext } from "../text/say.js";
import { act, isActing, versionFor } from "./acts.js";
import { announce } from "./announce.js";
import { articleText, nameOf, textOf, workText } from "./text-range.js";

const SENT = 80; // characters of the words that go with their place: an address has no room for all

export function isPicking() {
  return document.querySelector("#work [data-picking]:not([data-picking=merge])");
}

// The forms that selected words go into; a form that is on its way to the server takes no more.
export function openSpanList() {
  return isActing() ? null : document.querySelector("#work span-list");
}

export function openByHand() {
  return isActing() ? null : document.querySelector("#work by-hand");
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
export function newUrl(desk, text = workText()) {
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

// By their place in the text that they were chosen in: the server may have another one by now.
function placeOf({ start, end, exact }, { revision }) {
  const begins = [...exact].slice(0, SENT).join("");
  return new URLSearchParams({ start, end, begins, revision });
}

// `marks`: what became of the quotation marks, where something did. `from` names the text of the words.
export function openNew(desk, words, marks = "", from = nameOf(workText())) {
  const url = `${newUrl(desk, textOf(from.article) ?? workText())}&${placeOf(words, from)}`;
  act("GET", url, { target: "#work" });
  announce(`${gettext("The form for the new statement opens.")} ${marks}`.trim());
}

// The words of the open statement that become one of their own.
export function splitOff(desk, words, from = nameOf(workText())) {
  const { statement } = openCard().dataset;
  const asked = placeOf(words, from);
  asked.set("on", desk.dataset.article);
  act("GET", `/statements/${statement}/split/?${asked}`, { target: "#work" });
}

export function addToStatement(desk, words, { revision } = nameOf(workText())) {
  const { statement, version } = openCard().dataset;
  const named = versionFor({ statement, version });
  const chosen = { spans: JSON.stringify([words]), revision, on: desk.dataset.article };
  act("POST", `/statements/${statement}/spans/`, {
    target: "#desk",
    swap: "outerHTML",
    values: () => ({ ...chosen, version: named() }),
  });
}
