// Where statements sit, as a strip shows it: marks that stand close are one, thicker.

export const STEP = 4; // pixels of the strip that one mark takes

// `stood` are {at, kind, uid} with `at` from 0 to 1; the answer has one {y, kind, uids} for each kind at each step.
export function bundled(stood, height) {
  const bundles = new Map();
  for (const { at, kind, uid } of stood) {
    const y = Math.min(Math.floor((at * height) / STEP) * STEP, height - STEP);
    const key = `${y} ${kind}`;
    if (!bundles.has(key)) bundles.set(key, { y, kind, uids: [] });
    bundles.get(key).uids.push(uid);
  }
  return [...bundles.values()];
}

// The bundle nearest to a height; undefined where there is none.
export function nearest(bundles, y) {
  return bundles.toSorted((a, b) => Math.abs(a.y - y) - Math.abs(b.y - y))[0];
}
