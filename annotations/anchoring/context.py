"""The one place in a new text where words certainly stand: the same words between the same surroundings.

Why a place is certain: the 32 code points before the words and the 32 after them each stand once
in the old and once in the new text, and all between them is the same. Whoever swaps two names, two
numbers or two sentences makes one side either differ or stand twice, so that the words are left to
a person; `look_alikes` refuses what is left, places that differ in several such details at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.anchoring.blocks import shared_end, shared_start
from annotations.anchoring.clock import Clock
from annotations.anchoring.quotation import CONTEXT
from annotations.anchoring.windows import Shared, places_in_both

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

    `opening` is the window of 32 code points that begins at `first`, `closing` the one that ends at
    `last`: prefix and suffix, or, near an end of the text, what stands there.
    """

    start: int
    end: int
    first: int
    last: int
    opening: str
    closing: str

    @classmethod
    def of(cls, old: str, start: int, end: int) -> "Surroundings":
        first, last = max(0, start - CONTEXT), min(len(old), end + CONTEXT)
        opening = old[first : first + CONTEXT]
        return cls(start, end, first, last, opening, old[max(0, last - CONTEXT) : last])


def certain_places(texts: Texts, asked: Sequence[Surroundings], clock: Clock) -> list[int | None]:
    """Where each of the asked words starts in the new text; None where that isn't certain.

    OutOfTime when the clock has run out.
    """
    if not _CONTEXT_IS_CHECKED:
        return [_anywhere(texts, words) for words in asked]
    once = _once_in_both(
        texts, {w for words in asked for w in (words.opening, words.closing)}, clock
    )
    return [_place(texts, words, once) for words in asked]


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
    first = once.get(words.opening)
    if first is None or words.closing not in once:
        return None
    last = first + words.last - words.first
    if texts.new[first:last] != texts.old[words.first : words.last]:
        return None
    if words.start < CONTEXT and not _starts_a_line(texts.new, first):
        return None
    if len(texts.old) - words.end < CONTEXT and not _ends_a_line(texts.new, last):
        return None
    return first + words.start - words.first


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
