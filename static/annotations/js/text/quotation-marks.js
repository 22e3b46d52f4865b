// Where a selection begins or ends at quotation marks, these are taken in or left out, as its editor has set.
// Marks of any language; which side one stands for is told by what is around it, since “ closes in German and
// » opens in Danish. An apostrophe inside or at the end of a word is none. Places are UTF-16 units.

const OPENS = "「『《〈〝„‚‛‟"; // whatever is around them
const CLOSES = "」』》〉〞〟";
const PARTNERS = { "“": "„", "‘": "‚", "«": "»", "‹": "›" }; // close what these opened, else they open
const TURNED = { "”": "“„”", "»": "«»", "›": "‹›" }; // open after white space, unless one of these is open
const SPACED = "«»‹›"; // with a space between them and the words in French
const SPACE = /[ \u00a0\u2009\u202f]/;
const WORD = /[\p{L}\p{M}\p{N}]/u;
const FREE = /[\s([{–—\-/“”„«»‹›"‘‚「『《]/u; // what may stand before a mark that opens

// `how` is "in", "out" or "keep"; answers the new [from, to), never an empty one.
export function withMarks(text, [from, to], how) {
  if (how === "in") return [takenIn(text, from), takenInAtEnd(text, to)];
  if (how !== "out") return [from, to];
  const start = leftOut(text, from, to);
  const end = leftOutAtEnd(text, start, to);
  return start < end ? [start, end] : [from, to];
}

function takenIn(text, from) {
  const isSpaced = SPACE.test(text[from - 1] ?? "") && SPACED.includes(text[from - 2] ?? "x");
  const at = isSpaced ? from - 2 : from - 1;
  return at >= 0 && opensAt(text, at) ? takenIn(text, at) : from;
}

function takenInAtEnd(text, to) {
  const isSpaced = SPACE.test(text[to] ?? "") && SPACED.includes(text[to + 1] ?? "x");
  const at = isSpaced ? to + 1 : to;
  return at < text.length && closesAt(text, at) ? takenInAtEnd(text, at + 1) : to;
}

function leftOut(text, from, to) {
  if (from >= to) return from;
  const isBlank = /\s/.test(text[from]);
  return isBlank || opensAt(text, from) ? leftOut(text, from + 1, to) : from;
}

function leftOutAtEnd(text, from, to) {
  if (to <= from) return to;
  const isBlank = /\s/.test(text[to - 1]);
  return isBlank || closesAt(text, to - 1) ? leftOutAtEnd(text, from, to - 1) : to;
}

function opensAt(text, at) {
  const mark = text[at];
  const before = text[at - 1] ?? " ";
  if (OPENS.includes(mark)) return true;
  if (mark in PARTNERS) return !closesPartner(text, at);
  if (mark in TURNED) return FREE.test(before) && !isOpen(text, at, TURNED[mark]);
  if (mark === '"' || mark === "＂") return isEven(text, at, mark);
  return mark === "'" && FREE.test(before) && WORD.test(text[at + 1] ?? "");
}

function closesAt(text, at) {
  const mark = text[at];
  if (CLOSES.includes(mark)) return true;
  if (mark in PARTNERS) return closesPartner(text, at);
  if (mark in TURNED) return !opensAt(text, at);
  if (mark === '"' || mark === "＂") return !isEven(text, at, mark);
  if (mark !== "'" && mark !== "’") return false;
  return !WORD.test(text[at + 1] ?? "") && isOpen(text, at, mark === "'" ? "'" : "‘‚");
}

function closesPartner(text, at) {
  const mark = text[at];
  const opener = PARTNERS[mark];
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return line.lastIndexOf(opener) > line.lastIndexOf(mark);
}

// Whether one of the marks was opened in this paragraph before `at` and not closed since.
function isOpen(text, at, openers) {
  const opens = text.lastIndexOf("\n", at - 1) + 1;
  for (let place = at - 1; place >= opens; place -= 1) {
    const isCloser = text[place] === text[at] && !WORD.test(text[place + 1] ?? "");
    if (isCloser) return false;
    const isOpener = openers.includes(text[place]);
    if (isOpener && (openers !== "'" || FREE.test(text[place - 1] ?? " "))) return true;
  }
  return false;
}

function isEven(text, at, mark) {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return line.split(mark).length % 2 === 1;
}
