// Where two ways to cut one text into pieces differ. A piece is {length, key}; equal keys are drawn alike.

// The runs to be replaced, as [from, to, freshFrom, freshTo) in pieces: each as short as the cuts allow. What
// stands between them is the same in both. null where the texts are not of one length.
export function runs(old, fresh) {
  const found = [];
  let one = 0;
  let other = 0;
  while (one < old.length || other < fresh.length) {
    if (old[one] && old[one].key === fresh[other]?.key) {
      one += 1;
      other += 1;
      continue;
    }
    const end = nextCut(old, one, fresh, other);
    if (!end) return null;
    found.push([one, end[0], other, end[1]]);
    [one, other] = end;
  }
  return found;
}

// After these pieces, the first place at which both are cut.
function nextCut(old, one, fresh, other) {
  let ahead = 0; // by how much the old pieces reach farther than the fresh ones
  let from = one;
  let to = other;
  do {
    const takesOld = ahead < 0 || (ahead === 0 && from < old.length);
    const piece = takesOld ? old[from] : fresh[to];
    if (!piece) return null;
    ahead += takesOld ? piece.length : -piece.length;
    if (takesOld) from += 1;
    else to += 1;
  } while (ahead !== 0);
  return [from, to];
}

// How long to wait before one asks again: milliseconds.
export function pause({ isVisible, failures }) {
  const [often, seldom, longest] = [3000, 30_000, 60_000];
  if (failures) return Math.min(often * 2 ** failures, longest);
  return isVisible ? often : seldom;
}
