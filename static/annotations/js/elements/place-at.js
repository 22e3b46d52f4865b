// Puts a box into the desk at a place in the window, by the window's own sides.

const GAP = 6; // pixels

// `side`: "under", "over" where there is room, or "auto": under it where there is room.
export function placeAt(box, desk, at, side = "auto") {
  const frame = desk.getBoundingClientRect();
  const left = Math.min(at.left - frame.left, frame.width - box.offsetWidth);
  const hasRoomOver = at.top > box.offsetHeight + 2 * GAP;
  const hasRoomUnder = at.bottom + box.offsetHeight + 2 * GAP < innerHeight;
  const isOver = hasRoomOver && (side === "over" || (side === "auto" && !hasRoomUnder));
  const top = isOver ? at.top - box.offsetHeight - GAP : at.bottom + GAP;
  box.style.setProperty("left", `${Math.max(0, left)}px`);
  box.style.setProperty("top", `${top - frame.top}px`);
}
