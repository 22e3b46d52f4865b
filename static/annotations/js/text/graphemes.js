// What readers see as one character may be many units: an emoji with its skin, a flag, a letter with its marks.
//
// A selection is never sent that cuts one in two: it is widened here, and the server refuses what is not
// (anchoring/graphemes.py). The two may know different versions of Unicode. Where the page takes more for
// one character than the server does, its ends are the server's as well, and nothing happens. Where the
// server takes more, it refuses, naming the whole of what it takes for one character; to this page those
// are several, so Ctrl+Shift+arrow or the mouse can select exactly them. A browser that knows no
// characters at all widens nothing, and its editor is helped by the same words.

const characters =
  globalThis.Intl?.Segmenter && new Intl.Segmenter("en", { granularity: "grapheme" });
const REACH = 1000; // units looked at on one side: a text of 10 MB costs no more than a short one

// [from, to) in UTF-16 units, widened where an end of it cuts a character to the whole of that character.
export function whole(text, from, to) {
  if (!characters) return [from, to];
  return [wholeStart(text, from), wholeEnd(text, to)];
}

function wholeStart(text, from) {
  const [start] = character(text, from);
  return start === from ? from : wholeStart(text, start);
}

function wholeEnd(text, to) {
  const [start, end] = character(text, to);
  return start === to ? to : end;
}

// Where the character begins and ends that the unit at `at` belongs to; at an end of the text, [at, at].
function character(text, at) {
  if (at <= 0 || at >= text.length) return [at, at];
  const opens = opening(text, at);
  for (let reach = REACH; ; reach *= 2) {
    const near = text.slice(opens, at + reach);
    const { index, segment } = characters.segment(near).containing(at - opens);
    const end = index + segment.length;
    if (end < near.length || at + reach >= text.length) return [opens + index, opens + end];
  }
}

// Where to begin to read: at an ASCII character, which is never the inside of an emoji, a flag or a
// conjunct; else `REACH` back, or where a row of flags begins that stands there: they are paired off from
// its beginning.
function opening(text, at) {
  let nearest = Math.max(0, at - REACH);
  for (let place = at - 1; place > nearest; place -= 1)
    if (text.charCodeAt(place) < 0x80) return place;
  if (isLow(text, nearest)) nearest -= 1;
  while (nearest > 0 && isFlag(text, nearest)) nearest -= isLow(text, nearest - 1) ? 2 : 1;
  return nearest;
}

function isLow(text, at) {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

function isFlag(text, at) {
  const point = text.codePointAt(at);
  return point >= 0x1f1e6 && point <= 0x1f1ff;
}
