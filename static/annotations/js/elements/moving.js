// Moving in the article by sentence, paragraph and statement.
import { fill, gettext } from "../text/say.js";
import {
  paragraphAfter,
  paragraphAt,
  paragraphBefore,
  sentenceAfter,
  sentenceAt,
  sentenceBefore,
} from "../text/sentences.js";
import { announce } from "./announce.js";
import { caretAt, caretPoint, goTo, paint, putCaret } from "./caret.js";
import { onCommand } from "./keys.js";
import { articleText, unitsAt, workText } from "./text-range.js";

const words = {
  last: gettext("This is the last one."),
  first: gettext("This is the first one."),
};

// `find(text, at, language)` answers [from, to) or null; without a caret, `first` is asked at the beginning.
function by(find, first, atEnd) {
  return () => {
    const root = workText();
    if (!root || root.tabIndex < 0) return false;
    const text = root.textContent;
    const at = startOf(document.activeElement) ?? caretAt();
    const found = at === null ? first(text, 0, root.lang) : find(text, at, root.lang);
    if (!found) return announce(atEnd);
    goTo(...found);
    announce(text.slice(...found));
  };
}

// Of a highlight that has the focus, its beginning.
function startOf(element) {
  const mark = element?.closest("mark[data-statements]");
  return mark ? unitsAt(mark, 0) : null;
}

function paragraphBack(text, at) {
  const here = paragraphAt(text, at);
  return here && here[0] < at ? here : paragraphBefore(text, at);
}

onCommand("sentence-next", by(sentenceAfter, sentenceAt, words.last));
onCommand("sentence-previous", by(sentenceBefore, sentenceAt, words.first));
onCommand("paragraph-next", by(paragraphAfter, paragraphAt, words.last));
onCommand("paragraph-previous", by(paragraphBack, paragraphAt, words.first));

// The statements in the order of the text, those whose words have no place at the end.
function statements(desk) {
  const placed = [...desk.querySelectorAll('[data-article-text] span[id^="s-"]')];
  const listed = [...desk.querySelectorAll("[data-row]")].map((row) => row.dataset.row);
  return [...new Set([...placed.map((anchor) => anchor.id.slice(2)), ...listed])];
}

let reached = ""; // of several statements that begin at one highlight, the one that was moved to

// The index of the statement that has the focus; else, between two, that of the one before and a half.
function here(all) {
  const at = document.activeElement?.closest(
    "[data-article-text] mark[data-statements], [data-row]",
  );
  const uids = (at?.dataset.statements ?? at?.dataset.row)?.split(" ") ?? [];
  if (uids.length) return all.indexOf(uids.includes(reached) ? reached : uids[0]);
  const caret = caretPoint(articleText())?.[0];
  const before = (uid) =>
    caret &&
    document.getElementById(`s-${uid}`)?.compareDocumentPosition(caret) &
      Node.DOCUMENT_POSITION_FOLLOWING;
  return all.filter(before).length - 0.5;
}

function statement(step, { open = false } = {}) {
  return () => {
    const desk = document.querySelector("article-desk");
    if (!desk) return false;
    const all = statements(desk);
    const wanted = open ? all.filter((uid) => rowOf(desk, uid)?.matches("[data-open]")) : all;
    const from = here(all);
    const ahead = wanted.filter((uid) => (all.indexOf(uid) - from) * step > 0);
    const next = step > 0 ? ahead[0] : ahead.at(-1);
    if (next) return visit(desk, next, all);
    if (!wanted.length)
      announce(open ? gettext("There is no open claim.") : gettext("There is no statement yet."));
    else announce(step > 0 ? words.last : words.first);
  };
}

function visit(desk, uid, all) {
  const mark = document.getElementById(`s-${uid}`)?.closest("mark");
  const row = rowOf(desk, uid);
  const target = mark ?? row?.querySelector("a");
  if (!target) return;
  reached = uid;
  if (mark) putCaret(unitsAt(mark, 0), articleText());
  target.focus({ preventScroll: true });
  const range = document.createRange();
  range.selectNodeContents(target);
  paint(range);
  const told = row?.dataset.told ?? mark?.dataset.spoken ?? "";
  const place = { number: all.indexOf(uid) + 1, all: all.length, told };
  announce(fill(gettext("Statement {number} of {all}: {told}"), place));
  if (!desk.querySelector("#work form[data-form], #work [data-picking], #work by-hand"))
    desk.openCard(`/statements/${uid}/card/`, { stay: true });
}

function rowOf(desk, uid) {
  return desk.querySelector(`[data-row="${CSS.escape(uid)}"]`);
}

onCommand("statement-next", statement(1));
onCommand("statement-previous", statement(-1));
onCommand("open-next", statement(1, { open: true }));
onCommand("open-previous", statement(-1, { open: true }));

// Between the text and the open statement.
onCommand("card", () => {
  const work = document.querySelector("#work");
  const first = work?.querySelector("[data-focus], .card, h2");
  if (!first) return false;
  if (work.contains(document.activeElement)) return articleText().focus({ preventScroll: true });
  if (!first.matches("input, select, textarea")) first.tabIndex = -1;
  first.focus();
});
