// Of several statements that stand over the same words, one: each with who says what, and what kind of act it is.
import { gettext } from "../text/say.js";
import { shorten } from "../text/shorten.js";
import { choose } from "./chooser.js";

const TALL = 200; // pixels: of a mark that is taller the menu stands at its first line

// `height` is where in the window the mark was clicked, if it was.
export function chooseStatement(desk, mark, uids, pick, height) {
  const lines = [...mark.getClientRects()];
  const { left, top } = lines[0];
  const { bottom, height: tall } = mark.getBoundingClientRect();
  choose({
    desk,
    label: gettext("Which statement?"),
    items: uids.map((uid) => ({ ...told(desk, uid), pick: () => pick(uid) })),
    at:
      lines.find((line) => line.top <= height && height <= line.bottom) ??
      (tall < TALL ? { left, top, bottom } : lines[0]),
    back: mark.tabIndex < 0 ? document.activeElement : mark,
  });
}

// What the panel's row says; of a statement whose row is not shown, what its highlight says.
export function told(desk, uid) {
  const row = desk.querySelector(`[data-row="${CSS.escape(uid)}"]`);
  if (row) {
    const [who, words] = ["small", ".line"].map((part) => row.querySelector(part).textContent);
    return {
      words: shorten(words.trim(), 80),
      detail: [who.trim(), row.dataset.said].filter(Boolean).join(" · "),
      className: row.className.replace(/\b(hot|partner|row)\b/g, ""),
    };
  }
  const marks = [...desk.querySelectorAll(`mark[data-statements~="${CSS.escape(uid)}"]`)];
  const detail = marks.map((one) => one.dataset.spoken).find(Boolean) ?? "";
  return { words: shorten(marks.map((one) => one.textContent).join(""), 80), detail };
}
