"""Short windows of a text and the places where they stand, found for all of them in one walk."""

from collections.abc import Collection, Iterable

from annotations.anchoring.clock import Clock

_STRIDE = 1_000_000  # windows walked between two looks at the clock


def places(
    text: str,
    wanted: Collection[str],
    clock: Clock,
    *,
    most: int,
    stretches: Iterable[tuple[int, int]],
) -> dict[str, list[int]]:
    """Where each wanted window begins within the stretches, in order, at most `most` of each.

    All windows have one length; the stretches are ordered. OutOfTime when the clock has run out.
    """
    found: dict[str, list[int]] = {}
    if not wanted:
        return found
    size = len(next(iter(wanted)))
    reach = 0  # what was walked is not walked again where stretches overlap
    for start, end in stretches:
        clock.check()
        last = min(end, len(text)) - size + 1
        for chunk in range(max(start, reach), last, _STRIDE):
            clock.check()
            walked = range(chunk, min(chunk + _STRIDE, last))
            for at in [at for at in walked if text[at : at + size] in wanted]:
                held = found.setdefault(text[at : at + size], [])
                if len(held) < most:
                    held.append(at)
        reach = max(reach, last)
    return found
