"""The one place in a new text where words certainly stand: the same words between the same surroundings.

Why a place is certain: the words with 32 code points on either side lie in a stretch that goes on
alike, between (or within) anchors that stand once in both texts, and no look-alike could have come
to stand there instead. Whoever swaps two names, two numbers or two sentences makes one side either
differ, stand twice or be doubtful, so that the words are left to a person.
"""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.anchoring.blocks import heaviest_chain
from annotations.anchoring.clock import Clock
from annotations.anchoring.look_alikes import doubtful
from annotations.anchoring.quotation import CONTEXT, Quotation, describe
from annotations.anchoring.runs import runs_of
from annotations.anchoring.stretches import Interval, Stretch, Texts, is_within, stretches

_MOST = 40  # places of repeated text that are looked at
_CONTEXT_IS_CHECKED = True  # the tests' control run switches it off, and is seen to fail


@dataclass(frozen=True)
class Certain:
    """Where words start in the new text, and whether they kept their order there."""

    start: int
    is_in_order: bool


class Carrier:
    """Knows what two texts share; OutOfTime at the start when that can't be found in time."""

    def __init__(self, texts: Texts, asked: Sequence[Interval], clock: Clock) -> None:
        self._texts = texts
        self._clock = clock
        self._found, self._lines, windows = stretches(texts, asked, clock)
        self._windows = {start for start, _ in windows}
        self._starts = [one.start for one in self._found]
        self._reach: list[int] = []  # how far the stretches up to each one go
        for one in self._found:
            self._reach.append(max(one.end, self._reach[-1] if self._reach else 0))
        chain = heaviest_chain(
            [(one.start, one.start + one.shift, one.end - one.start) for one in self._found]
        )
        self._in_order = {self._found[index] for index in chain}
        runs = self._runs = runs_of(texts, self._found)
        self._doubtful = doubtful(texts, self._found, runs, clock)
        self._doubt_reach: list[int] = []
        for doubt in self._doubtful:
            reach = max(doubt.end, self._doubt_reach[-1] if self._doubt_reach else 0)
            self._doubt_reach.append(reach)

    def place(self, start: int, end: int) -> Certain | None:
        """Where old[start:end] certainly stands; None where that isn't certain."""
        if not _CONTEXT_IS_CHECKED:
            at = self._texts.new.find(self._texts.old[start:end])
            return None if at < 0 else Certain(at, True)
        first, last = max(0, start - CONTEXT), min(len(self._texts.old), end + CONTEXT)
        one = self.stretch(first, last)
        if one is None or self._is_doubtful(one, start, end) or not self._is_told(one, start, end):
            return None
        return Certain(start + one.shift, one in self._in_order)

    def is_alike(self, start: int, end: int) -> bool:
        """Whether old[start:end] and what is around it is all there, and still not certain."""
        first, last = max(0, start - CONTEXT), min(len(self._texts.old), end + CONTEXT)
        one = self.stretch(first, last)
        return one is not None and self._is_doubtful(one, start, end)

    def _is_doubtful(self, one: Stretch, start: int, end: int) -> bool:
        index = bisect.bisect_left(self._doubtful, end, key=lambda doubt: doubt.start) - 1
        while index >= 0 and self._doubt_reach[index] > start:
            doubt = self._doubtful[index]
            if doubt.end > start and doubt.shift in (None, one.shift):
                return True
            index -= 1
        return False

    def image(self, start: int, end: int) -> Interval | None:
        """Where what became of old[start:end] stands, when it was edited within a run that goes on."""
        index = bisect.bisect_right(self._runs, start, key=lambda run: run.start) - 1
        if index < 0 or self._runs[index].end < end:
            return None
        before = self._found[bisect.bisect_right(self._starts, start) - 1]
        following = bisect.bisect_left(self._starts, end)
        after = self._found[following - 1]
        low = start + before.shift
        if end > after.end and following < len(self._found):
            after = self._found[following]
        return low, end + after.shift

    def stretch(self, start: int, end: int) -> Stretch | None:
        """The only one that holds old[start:end] whole; None where two do, for the words now stand twice."""
        holding = None
        index = bisect.bisect_right(self._starts, start) - 1
        while index >= 0 and self._reach[index] >= end:
            if self._found[index].end >= end:
                if holding is not None:
                    return None
                holding = self._found[index]
            index -= 1
        return holding

    def _is_told(self, one: Stretch, start: int, end: int) -> bool:
        """Whether anchors on both sides, or in the words, tell this place from every other."""
        if one.first_end > start and not self._goes_on_elsewhere(
            one, start - CONTEXT, one.start - start
        ):
            return False
        if one.last_start < end and not self._goes_on_elsewhere(one, end, one.end - end):
            return False
        if not self._stands_once(start, end):
            return False
        return is_bounded(
            self._texts.new,
            describe(self._texts.old, start, end),
            describe(self._texts.new, start + one.shift, end + one.shift),
        )

    def _stands_once(self, start: int, end: int) -> bool:
        """Whether old[start:end] in its context stands once in both texts, or in lines that do.

        What stands several times with one side must do so as often as before: of twins one of which
        came or went nobody knows which.
        """
        if is_within(self._lines, start, start + 1) and is_within(self._lines, end - 1, end):
            return True
        if start - CONTEXT in self._windows and end in self._windows:
            return True
        self._clock.check()
        old, new = self._texts.old, self._texts.new
        first, last = max(0, start - CONTEXT), min(len(old), end + CONTEXT)
        if (
            old.find(old[first:last]) != old.rfind(old[first:last])
            or new.count(old[first:last]) > 1
        ):
            return False
        sides = (old[first:end], old[start:last])
        return all(old.count(side) == new.count(side) for side in sides)

    def _goes_on_elsewhere(self, one: Stretch, at: int, reach: int) -> bool:
        """Whether repeated text beside words goes on, at its other places, past where it is cut here."""
        window = self._texts.old[max(0, at) : at + CONTEXT]
        low, high = at + min(0, reach), at + CONTEXT + max(0, reach)
        for text, is_old in ((self._texts.old, True), (self._texts.new, False)):
            own = max(0, at) + (0 if is_old else one.shift)
            for place in _places(text, window):
                shift = place - own
                if shift and not self._is_held(low + shift, high + shift, is_old, one.shift):
                    return False
        return True

    def _is_held(self, low: int, high: int, is_old: bool, moved: int) -> bool:
        """Whether one stretch holds [low, high) of the old text, or of the new, and more at its ends."""
        for other in self._found:
            shift = 0 if is_old else other.shift - moved
            if other.start + shift <= low - CONTEXT and high + CONTEXT <= other.end + shift:
                return True
        return False


def _places(text: str, window: str) -> Iterable[int]:
    at = text.find(window)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = text.find(window, at + 1)


def is_bounded(new: str, asked: Quotation, place: Quotation) -> bool:
    """Whether, where the old text began or ended within the context, a line does so in the new one."""
    first, last = place.start - len(asked.prefix), place.end + len(asked.suffix)
    return (len(asked.prefix) == CONTEXT or _starts_a_line(new, first)) and (
        len(asked.suffix) == CONTEXT or _ends_a_line(new, last)
    )


def _starts_a_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _ends_a_line(text: str, at: int) -> bool:
    return at == len(text) or text[at] == "\n"
