// The shapes of the lines beside the text, in pixels; x grows towards the text.

export const EDGE = 56; // where the gutter ends and the text begins
const FIRST = 18; // from the text to the first lane
const ROOM = 54; // for the lanes after it; they may stand out over the page's edge a little
const APART = 7; // lanes at most
const BEND = 5;
const NEXT = 6; // between two ends in one line of text

// Where a lane runs; one without a number (-1) runs outermost.
export function laneAt(lane, lanes) {
  const step = lanes > 1 ? Math.min(APART, ROOM / (lanes - 1)) : 0;
  return EDGE - FIRST - step * (lane < 0 ? lanes : lane);
}

// From the claim out to the lane, along it, and back to the response.
export function branch(from, to, x) {
  const [left, right] = [EDGE - 7, EDGE - 8];
  if (Math.abs(to - from) < 2 * BEND) return `M${left} ${from} H${x} V${to} H${right}`;
  const bend = to > from ? BEND : -BEND;
  return `M${left} ${from} H${x + BEND} Q${x} ${from} ${x} ${from + bend} V${to - bend} Q${x} ${to} ${x + BEND} ${to} H${right}`;
}

// The arrow at the response.
export function tip(y) {
  return `M${EDGE - 8} ${y - 4} L${EDGE - 1} ${y} L${EDGE - 8} ${y + 4} Z`;
}

// The heights of the ends, by name; those that stand in the same line of text one under the other.
// A name is a statement's and then which end; `heightOf` says where a statement stands, undefined for nowhere.
export function spread(names, heightOf) {
  const lines = new Map();
  for (const name of new Set(names)) {
    const height = heightOf(name.split(" ", 1)[0]);
    if (height !== undefined) lines.set(height, [...(lines.get(height) ?? []), name]);
  }
  const heights = new Map();
  for (const [height, together] of lines) {
    const step = Math.min(NEXT, 20 / together.length);
    together.forEach((name, at) => {
      heights.set(name, height + Math.round((at - (together.length - 1) / 2) * step));
    });
  }
  return heights;
}
