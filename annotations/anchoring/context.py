"""The one place in a new text where words certainly stand: the same words between the same surroundings.

What makes a place certain: the words with 32 code points on either side stand once in the old and
once in the new text, in a stretch that goes on alike; and no look-alike can have come to stand there
instead. For that, only whole sentences change places: what lies between the last end of a sentence
and a cut, where the texts stop going on alike, may as well be a look-alike's, given another name or
number. And a sentence that left an edited one behind, or stands where a look-alike of it is gone, may
be that other one.
"""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.anchoring.blocks import heaviest_chain
from annotations.anchoring.clock import Clock
from annotations.anchoring.look_alikes import SHARE, LookAlikes, share
from annotations.anchoring.quotation import CONTEXT
from annotations.anchoring.runs import Place, is_borrowed, runs_of
from annotations.anchoring.sentences import first_start, last_end
from annotations.anchoring.stretches import Interval, Texts, shared

_SHORT = 640  # code points: what is longer is no look-alike with a few details exchanged
_HELD = 0.7  # of a passage, found elsewhere, for it to have gone there
_BESIDE = 64  # code points by which a look-alike may be longer
_CONTEXT_IS_CHECKED = True  # the tests' control run switches it off, and is seen to fail


@dataclass(frozen=True)
class Certain:
    """Where words start in the new text, and whether they kept their order there."""

    start: int
    is_in_order: bool


@dataclass(frozen=True)
class _Told:
    """What of a stretch can be nothing else's: `sure`, and `alone` where its sentences have no look-alike."""

    sure: Interval
    alone: Interval


class Carrier:
    """Knows what two texts share; OutOfTime at the start when that can't be found in time."""

    def __init__(self, texts: Texts, asked: Sequence[Interval], clock: Clock) -> None:
        self._texts = texts
        self._clock = clock
        found = shared(texts, asked, clock)
        self._found, self._lines, self._windows = found.stretches, found.lines, found.windows
        self._line_starts = [start for start, _ in self._lines]
        self._starts = [one.start for one in self._found]
        self._reach: list[int] = []  # how far the stretches up to each one go
        for one in self._found:
            self._reach.append(max(one.end, self._reach[-1] if self._reach else 0))
        self._in_order = set(
            heaviest_chain(
                [(one.start, one.start + one.shift, one.end - one.start) for one in self._found]
            )
        )
        self._runs = runs_of(texts, self._found)
        self._places = [run.place for run in self._runs]
        self._run_starts = [place.start for place in self._places]
        in_new = sorted(range(len(self._runs)), key=lambda at: self._places[at].turned.ends)
        self._turned = [self._places[at].turned for at in in_new]
        self._rank = {at: rank for rank, at in enumerate(in_new)}
        self._run_of = [  # by stretch, its run and its place in it
            (at, place) for at, run in enumerate(self._runs) for place in range(len(run.stretches))
        ]
        self._told: dict[int, _Told] = {}  # by stretch
        self._look_alikes = LookAlikes(texts.old, clock)

    def place(self, start: int, end: int) -> Certain | None:
        """Where old[start:end] certainly stands; None where that isn't certain. OutOfTime."""
        if not _CONTEXT_IS_CHECKED:
            at = self._texts.new.find(self._texts.old[start:end])
            return None if at < 0 else Certain(at, True)
        holding = self._holding(start, end)
        if len(holding) != 1 or not self._is_told(holding[0], start, end):
            return None
        there = start + self._found[holding[0]].shift
        if not self._is_bounded((start, end), there):
            return None
        return Certain(there, holding[0] in self._in_order)

    def _is_bounded(self, words: Interval, there: int) -> bool:
        """Whether, where the old text began or ended within the context, a line does so in the new one."""
        if words[0] >= CONTEXT and words[1] + CONTEXT <= len(self._texts.old):
            return True
        new = self._texts.new
        first = there - min(CONTEXT, words[0])
        last = there + min(len(self._texts.old), words[1] + CONTEXT) - words[0]
        begins = words[0] >= CONTEXT or first == 0 or new[first - 1] == "\n"
        stops = words[1] + CONTEXT <= len(self._texts.old) or last == len(new) or new[last] == "\n"
        return begins and stops

    def is_alike(self, start: int, end: int) -> bool:
        """Whether old[start:end] is there with what is around it, but twice, or as a look-alike could be."""
        holding = self._holding(start, end)
        if len(holding) != 1:
            return bool(holding)
        low, high = self._told_of(holding[0], start, end)
        if low <= start and end <= high:
            return not self._is_told(holding[0], start, end)
        words = self._texts.old[start:end]
        return low > high or any(
            text.find(words) != text.rfind(words) for text in (self._texts.old, self._texts.new)
        )

    def is_there(self, start: int, end: int) -> bool:
        """Whether old[start:end] stands somewhere with what is around it, certain or not."""
        return bool(self._holding(start, end))

    def image(self, start: int, end: int) -> Interval | None:
        """Where what became of old[start:end] stands, when it was edited within a run that goes on."""
        index = bisect.bisect_right(self._run_starts, start) - 1
        if index < 0 or self._places[index].end < end:
            return None
        before = self._found[bisect.bisect_right(self._starts, start) - 1]
        following = bisect.bisect_left(self._starts, end)
        after = self._found[following - 1]
        low = start + before.shift
        if end > after.end and following < len(self._found):
            after = self._found[following]
        return low, end + after.shift

    def _around(self, start: int, end: int) -> Interval:
        return max(0, start - CONTEXT), min(len(self._texts.old), end + CONTEXT)

    def _holding(self, start: int, end: int) -> list[int]:
        """Which stretches hold the words in their context: of two, nobody knows which."""
        start, end = self._around(start, end)
        holding = []
        index = bisect.bisect_right(self._starts, start) - 1
        while index >= 0 and self._reach[index] >= end:
            if self._found[index].end >= end:
                holding.append(index)
            index -= 1
        return holding

    def _is_told(self, index: int, start: int, end: int) -> bool:
        """Whether what is told of the stretch holds the words, and enough around them to be unique."""
        low, high = self._told_of(index, start, end)
        if not low <= start < end <= high:
            return False
        if self._is_in_line(start) and self._is_in_line(end - 1):
            return True
        first, last = self._around(start, end)
        shift = self._found[index].shift
        return self._stands_once(max(low, first), min(high, last), shift) and not (
            self._has_new_twin(first, end, shift) or self._has_new_twin(start, last, shift)
        )

    def _is_in_line(self, at: int) -> bool:
        """Whether the code point is in a line that stands once in both texts."""
        index = bisect.bisect_right(self._line_starts, at) - 1
        return index >= 0 and at < self._lines[index][1]

    def _stands_once(self, first: int, last: int, shift: int) -> bool:
        """Whether old[first:last], which stands at the shift in the new text, stands once in both."""
        if self._has_anchor(first, last):
            return True
        self._clock.check()
        passage = self._texts.old[first:last]
        return _is_only(self._texts.old, passage, first) and _is_only(
            self._texts.new, passage, first + shift
        )

    def _has_new_twin(self, first: int, last: int, shift: int) -> bool:
        """Whether old[first:last] stands more often now: which of them came, nobody knows."""
        if last - first < CONTEXT or self._has_anchor(first, last):
            return False  # at an end of the text no more is known of that side
        passage = self._texts.old[first:last]
        if _is_only(self._texts.new, passage, first + shift):
            return False
        return self._texts.old.count(passage) < self._texts.new.count(passage)

    def _has_anchor(self, first: int, last: int) -> bool:
        """Whether a window in it is known to stand once in both texts."""
        index = bisect.bisect_left(self._windows, first)
        return index < len(self._windows) and self._windows[index] + CONTEXT <= last

    def _is_short(self, at: int) -> bool:
        """Whether the run stands between cuts and is no longer than a few sentences."""
        run, place = self._runs[at], self._places[at]
        return run.is_cut_before and run.is_cut_after and place.end - place.start <= _SHORT

    def _told_of(self, index: int, start: int, end: int) -> Interval:
        """What of a stretch can be nothing else's than old[start:end]; less than nothing where none of it can."""
        told = self._told.get(index)
        if told is None:
            self._clock.check()
            told = self._told[index] = self._told_by_sentences(index)
        low, high = told.sure
        if told.alone[0] <= start < low and not self._look_alikes.has(told.alone[0], low):
            low = told.alone[0]
        if high < end <= told.alone[1] and not self._look_alikes.has(high, told.alone[1]):
            high = told.alone[1]
        return low, high

    def _told_by_sentences(self, index: int) -> _Told:
        """The stretch from the first start of a sentence after a cut to the last end before one.

        Where signs tell of none (Thai, a transcript), a sentence is taken to be short.
        """
        at, place = self._run_of[index]
        one, run = self._found[index], self._runs[at]
        if self._is_instead(at):
            return _Told((one.end, one.start), (one.end, one.start))
        before = run.stretches[place - 1] if place else None
        after = run.stretches[place + 1] if place + 1 < len(run.stretches) else None
        low, high = first, last = self._held_once(index)
        if run.is_cut_before if before is None else is_borrowed(self._texts, before, one):
            low = self._first_start(low, min(high, low + _SHORT), one.shift)
            first = low if before else first
        if run.is_cut_after if after is None else is_borrowed(self._texts, one, after):
            high = self._last_end(max(low, high - _SHORT), high, one.shift)
            last = high if after else last
        return _Told((low, high), (first, last))

    # A sentence begins or ends where it does so in both texts: at a cut, what is beside it differs.
    def _first_start(self, low: int, high: int, shift: int) -> int:
        """From where on old[low:high], which stands at the shift in the new text, begins with whole sentences."""
        start = first_start(self._texts.old, low, high)
        there = first_start(self._texts.new, low + shift, high + shift)
        return high if start is None or there is None else max(start, there - shift)

    def _last_end(self, low: int, high: int, shift: int) -> int:
        """The same of where it ends."""
        end = last_end(self._texts.old, low, high)
        there = last_end(self._texts.new, low + shift, high + shift)
        return low if end is None or there is None else min(end, there - shift)

    def _held_once(self, index: int) -> Interval:
        """The stretch without what another holds too: that stands twice now."""
        low, high = self._found[index].start, self._found[index].end
        if index and self._reach[index - 1] - low >= CONTEXT:
            low = self._reach[index - 1]
        if index + 1 < len(self._found) and high - self._found[index + 1].start >= CONTEXT:
            high = self._found[index + 1].start
        return low, high

    def _is_instead(self, at: int) -> bool:
        """Whether a run between cuts reads like what is gone from where it stands, or came where it stood.

        Then that may have been edited into it, or it into that.
        """
        if not self._is_short(at):
            return False
        place = self._places[at]
        words = self._texts.old[place.start : place.end].split()
        old, new = self._texts.old, self._texts.new
        is_edited = len(self._runs[at].stretches) > 1
        return any(
            share(words, text[start:end].split()) >= SHARE and text[start:end] not in other
            for text, other, places, rank in (
                (old, new, self._turned, self._rank[at]),
                (new, old, self._places, at),
            )
            for start, end in _free(places, rank, len(text), is_edited)
        )


def _is_only(text: str, passage: str, at: int) -> bool:
    """Whether the passage, which stands at the offset, stands nowhere else in the text."""
    return text.find(passage) == at and text.find(passage, at + 1) < 0


def _free(ordered: Sequence[Place], at: int, size: int, held_too: bool) -> Iterable[Interval]:
    """What stands, in the other text, beside the neighbours of a place, where it isn't itself nor others."""
    run = ordered[at]
    before = ordered[at - 1] if at else None
    after = ordered[at + 1] if at + 1 < len(ordered) else None
    low, high = before.new_end if before else 0, after.new_start if after else size
    length = run.end - run.start + _BESIDE
    start = max(0, low - (max(0, before.end - run.start) if before else 0))
    end = min(size, high + (max(0, run.end - after.start) if after else 0))
    rooms = [(start, end)]
    if 2 * (min(end, run.new_end) - max(start, run.new_start)) > run.new_end - run.new_start:
        rooms, held_too = [(start, run.new_start), (run.new_end, end)], False  # it never left
    others = [*ordered[: max(0, at - 1)], *ordered[at + 2 :]]
    for first, last in rooms:
        for passage in {(first, min(last, first + length)), (max(first, last - length), last)}:
            is_short = 2 * (passage[1] - passage[0]) < run.end - run.start
            if not is_short and (held_too or not _is_held(others, passage, (low, high))):
                yield passage


def _is_held(others: Sequence[Place], passage: Interval, free: Interval) -> bool:
    low, high = max(passage[0], free[0]), min(passage[1], free[1])
    held = sum(
        min(one.new_end, high) - max(one.new_start, low)
        for one in others
        if one.new_start < high and low < one.new_end
    )
    return held >= _HELD * (high - low)
