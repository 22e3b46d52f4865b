"""Short windows of a text and the places where they stand, found for all of them in one walk."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.anchoring.clock import Clock

_STRIDE = 1_000_000  # windows walked between two looks at the clock


@dataclass(frozen=True)
class Shared:
    """What two texts have in common at both ends: code points."""

    start: int
    end: int


def places(
    text: str, wanted: Collection[str], clock: Clock, *, most: int, stretch: tuple[int, int]
) -> dict[str, list[int]]:
    """Where each wanted window begins within text[stretch], in order, at most `most` of each.

    All windows have one length. OutOfTime when the clock has run out.
    """
    found: dict[str, list[int]] = {}
    if not wanted:
        return found
    size = len(next(iter(wanted)))
    first, last = stretch[0], stretch[1] - size + 1
    for chunk in range(first, max(first, last), _STRIDE):
        clock.check()
        walked = range(chunk, min(chunk + _STRIDE, last))
        for at in [at for at in walked if text[at : at + size] in wanted]:
            held = found.setdefault(text[at : at + size], [])
            if len(held) < most:
                held.append(at)
    return found


def places_in_both(
    old: str, new: str, wanted: Collection[str], shared: Shared, clock: Clock, *, most: int
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """`places` in the old and in the new text; what the texts share is walked once."""
    if not wanted:
        return {}, {}
    size = len(next(iter(wanted)))
    before = places(old, wanted, clock, most=most, stretch=(0, len(old)))
    middle = (max(0, shared.start - size + 1), min(len(new), len(new) - shared.end + size - 1))
    after = places(new, wanted, clock, most=most, stretch=middle)
    if max(shared.start, shared.end) < size:
        return before, after
    for window, starts in before.items():
        also = [at for at in starts if at + size <= shared.start]
        tail = len(old) - shared.end
        also += [at + len(new) - len(old) for at in starts if at >= tail]
        if also:
            after[window] = sorted({*after.get(window, ()), *also})[:most]
    return before, after
