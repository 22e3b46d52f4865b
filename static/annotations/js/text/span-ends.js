// Where an end of marked words goes when it is dragged, in UTF-16 units: to the nearest end of a word or sign
// or, by letter, of a character. The words never turn around and never vanish.
import { whole } from "./graphemes.js";
import { stretchesNear } from "./sentences.js";

// `edge` is "start" or "end"; answers the new [from, to).
export function movedEnd(text, [from, to], edge, at, { language = "en", byLetter = false } = {}) {
  const isStart = edge === "start";
  const places = byLetter ? lettersAt(text, at) : stretchesNear(text, at, language);
  const fit = places
    .map(([start, end]) => (isStart ? start : end))
    .filter((place) => (isStart ? place < to : place > from));
  const nearest = closest(fit, at);
  if (nearest === undefined) return [from, to];
  return isStart ? [nearest, to] : [from, nearest];
}

function lettersAt(text, at) {
  const [start, end] = whole(text, at, at);
  return [
    [start, start],
    [end, end],
  ];
}

function closest(places, at) {
  return places.reduce(
    (best, place) =>
      best === undefined || Math.abs(place - at) < Math.abs(best - at) ? place : best,
    undefined,
  );
}
