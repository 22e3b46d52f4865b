// Which way a paragraph reads, by the rule that the page's `unicode-bidi: plaintext` follows: its first
// letter that has a direction (Unicode Bidirectional Algorithm, P2 and P3).

const STRONG = /[\p{L}\u200e\u200f\u061c]/u;
const RIGHT =
  /[\u0590-\u08ff\u200f\u061c\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const ISOLATED = /[\u2066-\u2068][^\u2066-\u2069]*\u2069/g;
const LONGEST = 1000; // units: no paragraph hides its first letter farther in

// Whether the paragraph around the unit `at` reads from right to left.
export function readsFromRight(text, at) {
  const opens = text.lastIndexOf("\n", at - 1) + 1;
  const first = text
    .slice(opens, opens + LONGEST)
    .split("\n", 1)[0]
    .replace(ISOLATED, "");
  return RIGHT.test(STRONG.exec(first)?.[0] ?? "");
}
