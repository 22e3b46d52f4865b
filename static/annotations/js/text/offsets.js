// Browsers count UTF-16 units, the server counts Unicode code points. This is the one place that converts.

// The number of code points in the first `units` UTF-16 units of the text.
export function toCodePoints(text, units) {
  let count = 0;
  for (let at = 0; at < units; at += text.codePointAt(at) > 0xffff ? 2 : 1) count += 1;
  return count;
}

// The number of UTF-16 units that the first `points` code points of the text take.
export function toUnits(text, points) {
  let at = 0;
  for (let count = 0; count < points && at < text.length; count += 1)
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

// The selected [from, to) in UTF-16 units without the white space at its ends; null when nothing is left.
export function trimmed(text, from, to) {
  const words = text.slice(from, to);
  const start = from + (words.length - words.trimStart().length);
  const end = to - (words.length - words.trimEnd().length);
  return start < end ? [start, end] : null;
}
