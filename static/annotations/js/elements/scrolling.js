// Scrolling that moves nothing which the editor looks at.

// Do what lays the page out anew; the element stays where it stood in the window. With `bring` it comes into
// view where it stood out of sight.
export function keepInPlace(element, change, bring) {
  const before = element?.getClientRects()[0]?.top;
  change();
  if (before === undefined) return;
  const inSight = before >= 0 && before < innerHeight;
  if (!inSight && !bring) return;
  const after = element.getClientRects()[0]?.top ?? before;
  scrollBy({ top: after - (inSight ? before : innerHeight / 3), behavior: "instant" });
}

// Scroll a box, and nothing else, until what is in it stands in its upper part; not where it is in sight.
export function showIn(box, element) {
  const inside = element?.getBoundingClientRect();
  if (!box || !inside) return;
  const frame = box.getBoundingClientRect();
  const edge = Math.min(frame.height / 6, 48);
  if (inside.top >= frame.top + edge && inside.bottom <= frame.bottom - edge) return;
  box.scrollTop += inside.top - frame.top - frame.height / 4;
}
