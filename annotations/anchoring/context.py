"""The one place in a new text where words certainly stand: the same words between the same surroundings.

Why a place is certain: the 32 code points before the words and the 32 after them each stand once
in the old and once in the new text, and all between them is the same. Whoever swaps two names, two
numbers or two sentences makes one side either differ or stand twice, so that the words are left to
a person; `look_alikes` refuses what is left, places that differ in several such details at once.
Where a side stands twice, the next 32 code points out may do, as long as the words stand once with
either side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.anchoring.blocks import shared_end, shared_start
from annotations.anchoring.clock import Clock
from annotations.anchoring.quotation import CONTEXT
from annotations.anchoring.windows import Shared, places_in_both

_OUTWARD = 5 * CONTEXT  # how far out a window is looked for that stands once
_CONTEXT_IS_CHECKED = True  # the tests' control run switches it off, and is seen to fail


@dataclass(frozen=True)
class Texts:
    """An old text, a new one, and how many code points they share at both ends.

    `is_whole` says whether `old` is all that was there, or only what is known of it.
    """

    old: str
    new: str
    shared: Shared
    is_whole: bool = True

    @classmethod
    def of(cls, old: str, new: str, *, is_whole: bool = True) -> "Texts":
        start = shared_start(old, new)
        return cls(old, new, Shared(start, shared_end(old, new, start)), is_whole)


@dataclass(frozen=True)
class Surroundings:
    """Words at [start, end) of the old text with what is kept around them.

    `first` and `last` bound the prefix and suffix. `openings` are windows of 32 code points before
    the words, by their starts, the nearest first; `closings` those after them. Near an end of the
    text the nearest one is what stands there, and reaches into the words.
    """

    start: int
    end: int
    first: int
    last: int
    openings: tuple[int, ...]
    closings: tuple[int, ...]

    @classmethod
    def of(cls, old: str, start: int, end: int) -> "Surroundings":
        first, last = max(0, start - CONTEXT), min(len(old), end + CONTEXT)
        closing = max(0, last - CONTEXT)
        furthest = len(old) - CONTEXT
        return cls(
            start,
            end,
            first,
            last,
            tuple(range(first, max(-1, first - _OUTWARD), -CONTEXT)),
            (closing, *range(closing + CONTEXT, min(closing + _OUTWARD, furthest + 1), CONTEXT)),
        )


def certain_places(texts: Texts, asked: Sequence[Surroundings], clock: Clock) -> list[int | None]:
    """Where each of the asked words starts in the new text; None where that isn't certain.

    OutOfTime when the clock has run out.
    """
    if not _CONTEXT_IS_CHECKED:
        return [_anywhere(texts, words) for words in asked]
    starts = {at for words in asked for at in (*words.openings, *words.closings)}
    once = _once_in_both(texts, {_window(texts.old, at) for at in starts}, clock)
    places = []
    for words in asked:
        clock.check()
        places.append(_place(texts, words, once))
    return places


def _window(text: str, start: int) -> str:
    return text[start : start + CONTEXT]


def _once_in_both(texts: Texts, wanted: set[str], clock: Clock) -> dict[str, int]:
    """The windows that stand once in the old and once in the new text, and where in the new."""
    once: dict[str, int] = {}
    for size in {len(window) for window in wanted}:  # shorter only where the whole text is
        alike = {window for window in wanted if len(window) == size}
        before, after = places_in_both(texts.old, texts.new, alike, texts.shared, clock, most=2)
        once |= {
            window: after[window][0]
            for window, starts in before.items()
            if len(starts) == 1 == len(after.get(window, ()))
        }
    return once


def _place(texts: Texts, words: Surroundings, once: dict[str, int]) -> int | None:
    opening = next((at for at in words.openings if _window(texts.old, at) in once), None)
    closing = next((at for at in words.closings if _window(texts.old, at) in once), None)
    if opening is None or closing is None:
        return None
    shift = once[_window(texts.old, opening)] - opening
    start, end = min(opening, words.first), max(closing + CONTEXT, words.last)
    if texts.new[start + shift : end + shift] != texts.old[start:end]:
        return None
    if words.start < CONTEXT and not _starts_a_line(texts.new, words.first + shift):
        return None
    if len(texts.old) - words.end < CONTEXT and not _ends_a_line(texts.new, words.last + shift):
        return None
    is_nearest = (opening, closing) == (words.openings[0], words.closings[0])
    return words.start + shift if is_nearest or _stands_once(texts, words) else None


def _stands_once(texts: Texts, words: Surroundings) -> bool:
    """Whether the words with either side stand once, and what stands several times, as often as before.

    Of twins one of which came or went nobody knows which.
    """
    sides = (texts.old[words.first : words.end], texts.old[words.start : words.last])
    nearest = (_window(texts.old, at) for at in (words.openings[0], words.closings[0]))
    return all(
        text.find(side) == text.rfind(side) for side in sides for text in (texts.old, texts.new)
    ) and all(texts.old.count(window) == texts.new.count(window) for window in nearest)


def _starts_a_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _ends_a_line(text: str, at: int) -> bool:
    return at == len(text) or text[at] == "\n"


def _anywhere(texts: Texts, words: Surroundings) -> int | None:
    """The control run's way, which is wrong: the words, wherever they stand first."""
    at = texts.new.find(texts.old[words.start : words.end])
    return None if at < 0 else at


def extent(texts: Texts, words: Surroundings, place: int, most: int) -> tuple[int, int]:
    """How many code points before and after the words go on alike at their place, up to `most`."""
    new_end = place + words.end - words.start
    before = shared_end(
        texts.old[max(0, words.start - most) : words.start],
        texts.new[max(0, place - most) : place],
    )
    after = shared_start(
        texts.old[words.end : words.end + most], texts.new[new_end : new_end + most]
    )
    return before, after
