"""Where sentences end and start, as far as a text's own signs tell."""

import re
from collections.abc import Iterable

_STOP = re.compile(r"[.!?…؟۔।॥።።៕၊။]+[\"'”’»)\]]*(?=\s)|[。！？｡]+[」』”’）]*|(?=\n)")
_SHORT = re.compile(
    r"(?<!\w)(?:[A-Z]|Dr|Mr|Mrs|Ms|St|Jr|Sr|Lt|Col|Gen|Maj|Capt|Sgt|Prof|Rev|Sen|Rep|Gov)\.\Z"
)
_SIGNS = 4  # code points of a stop with its closing marks, and of blanks, that are looked back over
_NEAR = 256  # code points: the last sentence is looked for from behind


def ends(text: str, low: int, high: int) -> Iterable[int]:
    """Where sentences end from `low` to `high`, both included, in order: before the blanks that follow."""
    found = -1
    for stop in _STOP.finditer(text, max(0, low - _SIGNS), high + 1):
        if stop.end() < low or stop.end() == found:
            continue
        found = stop.end()
        if not _SHORT.search(text[max(0, found - 6) : found]):
            yield found
    if high >= len(text):
        yield len(text)


def last_end(text: str, low: int, high: int) -> int | None:
    """The last place where a sentence ends, or None."""
    reach = _NEAR
    while high - reach > low:
        if (found := max(ends(text, high - reach, high), default=None)) is not None:
            return found
        reach *= 8
    return max(ends(text, low, high), default=None)


def first_start(text: str, low: int, high: int) -> int | None:
    """The first place where a sentence starts, or the one before it ends; or None."""
    at = low
    while at > max(0, low - _SIGNS) and text[at - 1].isspace():
        at -= 1
    if at == 0 or (at < low and at in ends(text, at, at)):
        return low
    return next(iter(ends(text, low, high)), None)
