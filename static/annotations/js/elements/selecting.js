// Selecting by sentence, and growing and shrinking what is selected.
import { fill, gettext } from "../text/say.js";
import { grown, sentenceAfter, sentenceAt, sentenceBefore } from "../text/sentences.js";
import { shorten } from "../text/shorten.js";
import { announce } from "./announce.js";
import { caretAt, goTo, select } from "./caret.js";
import { onCommand } from "./keys.js";
import { unitsAt, workText } from "./text-range.js";

let steps = []; // the ranges that the selection grew through, the last one selected now

// What is selected in the article as [from, to) in units; else the caret.
function chosen() {
  const root = workText();
  const selection = document.getSelection();
  const range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
  if (range && root.contains(range.startContainer) && root.contains(range.endContainer))
    return [
      unitsAt(range.startContainer, range.startOffset),
      unitsAt(range.endContainer, range.endOffset),
    ];
  const mark = document.activeElement?.closest("mark[data-statements]");
  const at = mark ? unitsAt(mark, 0) : (caretAt() ?? 0);
  return [at, at];
}

// `widen(text, [from, to], language)` answers what to select instead, or null.
function command(change, nothing) {
  return () => {
    const root = workText();
    if (!root || root.tabIndex < 0) return false;
    const text = root.textContent;
    const next = change(text, chosen(), root.lang);
    if (!next) return announce(nothing);
    const [from, to] = next;
    if (from === to) goTo(from, to);
    else select(from, to);
    announce(fill(gettext("Selected: {words}"), { words: shorten(text.slice(from, to), 200) }));
  };
}

function withSentence(text, [from, to], language) {
  const here = sentenceAt(text, Math.max(from, to - 1), language);
  if (!here) return null;
  if (from === to) return here;
  if (here[1] > to) return [from, here[1]];
  const next = sentenceAfter(text, to - 1, language);
  return next && [from, next[1]];
}

function withoutSentence(text, [from, to], language) {
  const here = from < to && sentenceAt(text, to - 1, language);
  const before = here && sentenceBefore(text, here[0], language);
  return before && before[1] > from ? [from, before[1]] : null;
}

function same(one, other) {
  return Boolean(one) && one[0] === other[0] && one[1] === other[1];
}

function grow(text, now, language) {
  if (!same(steps.at(-1), now)) steps = [now];
  const next = grown(text, now, language);
  if (next) steps.push(next);
  return next;
}

function shrink(_text, now) {
  if (!same(steps.at(-1), now)) steps = [now];
  if (steps.length < 2) return null;
  steps.pop();
  return steps.at(-1);
}

onCommand("sentence-select", command(withSentence, gettext("This is the last one.")));
onCommand("sentence-less", command(withoutSentence, gettext("This is the only sentence.")));
onCommand("grow", command(grow, gettext("The whole paragraph is selected.")));
onCommand("shrink", command(shrink, gettext("It grew from here.")));
