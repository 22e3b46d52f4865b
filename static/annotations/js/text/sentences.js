// Where words, sentences and paragraphs begin and end, in UTF-16 units. A paragraph is a line that is not
// empty; a sentence is what Intl.Segmenter takes for one within it, in the article's language.

const FAR = 10_000; // units looked at on one side: no sentence is longer, but a text may be one paragraph
const NEAR = 240; // units looked at for the nearest word
const segmenters = new Map();

function segmenter(language, granularity) {
  const key = `${granularity} ${language}`;
  if (!segmenters.has(key)) segmenters.set(key, made(language, granularity));
  return segmenters.get(key);
}

function made(language, granularity) {
  if (!globalThis.Intl?.Segmenter) return null;
  try {
    return new Intl.Segmenter(language || "en", { granularity });
  } catch {
    return new Intl.Segmenter("en", { granularity }); // a tag that the browser does not take
  }
}

// [from, to) without the white space at its ends; null when nothing is left.
function bare(text, from, to) {
  const words = text.slice(from, to);
  const start = from + (words.length - words.trimStart().length);
  const end = to - (words.length - words.trimEnd().length);
  return start < end ? [start, end] : null;
}

function lineStart(text, at) {
  return at > 0 ? text.lastIndexOf("\n", at - 1) + 1 : 0;
}

function line(text, at) {
  const closes = text.indexOf("\n", at);
  return bare(text, lineStart(text, at), closes < 0 ? text.length : closes);
}

// The paragraph that `at` stands in; between two, the one after; at the end, the last. Null in an empty text.
export function paragraphAt(text, at) {
  return line(text, at) ?? paragraphAfter(text, at) ?? paragraphBefore(text, at);
}

export function paragraphAfter(text, at) {
  for (let next = text.indexOf("\n", at); next >= 0; next = text.indexOf("\n", next + 1)) {
    const found = line(text, next + 1);
    if (found) return found;
  }
  return null;
}

export function paragraphBefore(text, at) {
  for (let start = lineStart(text, at); start > 0; start = lineStart(text, start - 1)) {
    const found = line(text, start - 1);
    if (found) return found;
  }
  return null;
}

function pieces(text, from, to, by) {
  if (!by) return [[from, to, true]];
  const found = [];
  for (const { index, segment, isWordLike } of by.segment(text.slice(from, to))) {
    const piece = bare(text, from + index, from + index + segment.length);
    if (piece) found.push([...piece, isWordLike]);
  }
  return found;
}

// The words and signs near `at`, each [from, to), in the paragraphs around it.
export function stretchesNear(text, at, language) {
  const from = Math.max(0, at - NEAR);
  const found = pieces(text, from, at + NEAR, segmenter(language, "word"));
  return found.map(([start, end]) => [start, end]);
}

// The sentences of the paragraph, as far as they are near `at`.
function sentencesOf(text, [opens, closes], at, language) {
  const from = Math.max(opens, at - FAR);
  const to = Math.min(closes, Math.max(at, opens) + FAR);
  const found = pieces(text, from, to, segmenter(language, "sentence"));
  return found.map(([start, end]) => [start, end]);
}

// The sentence that `at` stands in; between two, the one after; at the end of a paragraph, its last.
export function sentenceAt(text, at, language) {
  const paragraph = paragraphAt(text, at);
  if (!paragraph) return null;
  const sentences = sentencesOf(text, paragraph, at, language);
  return sentences.find(([, end]) => at < end) ?? sentences.at(-1);
}

export function sentenceAfter(text, at, language) {
  const paragraph = paragraphAt(text, at);
  if (!paragraph) return null;
  const next = sentencesOf(text, paragraph, at, language).find(([start]) => start > at);
  if (next) return next;
  const after = paragraphAfter(text, Math.max(at, paragraph[0]));
  return after && sentencesOf(text, after, after[0], language)[0];
}

// The nearest sentence that begins before `at`: inside a sentence, that one.
export function sentenceBefore(text, at, language) {
  const paragraph = paragraphAt(text, at);
  if (!paragraph) return null;
  const before = sentencesOf(text, paragraph, at, language).filter(([start]) => start < at);
  if (before.length) return before.at(-1);
  const earlier = paragraphBefore(text, Math.min(at, paragraph[0]));
  return earlier && sentencesOf(text, earlier, earlier[1], language).at(-1);
}

// The word that `at` stands in or at the end of; else the next one of its sentence; null where there is none.
function wordAt(text, at, language) {
  const words = wordsAround(text, at, language);
  const [start, end] = words.find(([, end]) => at <= end) ?? words.at(-1) ?? [];
  return end === undefined ? null : [start, end];
}

function wordsAround(text, at, language) {
  const sentence = sentenceAt(text, at, language);
  if (!sentence) return [];
  const found = pieces(text, ...sentence, segmenter(language, "word"));
  return found.filter(([, , isWordLike]) => isWordLike);
}

function words(text, from, to, language) {
  const around = (at) =>
    wordsAround(text, at, language).find(([start, end]) => start <= at && at < end);
  return [around(from)?.[0] ?? from, around(to - 1)?.[1] ?? to];
}

// The next larger stretch around [from, to): whole words, whole sentences, whole paragraphs; null where none is.
export function grown(text, chosen, language) {
  const [from, to] = bare(text, ...chosen) ?? [chosen[1], chosen[1]];
  if (from === to) return wordAt(text, from, language);
  const last = to - 1;
  const steps = [
    () => words(text, from, to, language),
    () => [sentenceAt(text, from, language)?.[0], sentenceAt(text, last, language)?.[1]],
    () => [paragraphAt(text, from)?.[0], paragraphAt(text, last)?.[1]],
  ];
  for (const step of steps) {
    const [start, end] = step() ?? [];
    if (start < from || end > to) return [Math.min(from, start), Math.max(to, end)];
  }
  return null;
}
