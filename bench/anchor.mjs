// Finds quotes in a text as the Hypothesis client's users see it done: the quote by approximate
// search with up to half of it wrong, every candidate ranked by quote, prefix, suffix and position
// (50 : 20 : 20 : 2). Written from that public behaviour; the search is npm's approx-string-match.
// stdin: {new, quotes: [{exact, prefix, suffix, start}]}; argv[2]: the package's folder.
// stdout: {milliseconds, places: [[start, end] | null]}; offsets are UTF-16 units.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const entry = join(process.argv[2], "node_modules/approx-string-match/build/src/index.js");
const { default: search } = await import(pathToFileURL(entry).href);
const MOST_ERRORS = 256;

function likeness(text, wanted) {
  if (wanted === "" || text === "") {
    return 0;
  }
  const [best] = candidates(text, wanted, wanted.length);
  return best ? 1 - best.errors / wanted.length : 0;
}

function candidates(text, exact, mostErrors) {
  const found = [];
  for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
    found.push({ start: at, end: at + exact.length, errors: 0 });
  }
  return found.length > 0
    ? found
    : search(text, exact, mostErrors);
}

function score(text, quote, match) {
  const before = text.slice(Math.max(0, match.start - quote.prefix.length), match.start);
  const after = text.slice(match.end, match.end + quote.suffix.length);
  const near = 1 - Math.abs(match.start - quote.start) / text.length;
  return (
    50 * (1 - match.errors / quote.exact.length) +
    20 * (quote.prefix ? likeness(before, quote.prefix) : 1) +
    20 * (quote.suffix ? likeness(after, quote.suffix) : 1) +
    2 * near
  );
}

function place(text, quote) {
  let best = null;
  const mostErrors = Math.min(MOST_ERRORS, quote.exact.length / 2);
  for (const match of candidates(text, quote.exact, mostErrors)) {
    const points = score(text, quote, match);
    if (best === null || points > best.points) {
      best = { points, match };
    }
  }
  return best && [best.match.start, best.match.end];
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const began = performance.now();
const places = asked.quotes.map((quote) => place(asked.new, quote));
const milliseconds = performance.now() - began;
process.stdout.write(JSON.stringify({ milliseconds, places }));
