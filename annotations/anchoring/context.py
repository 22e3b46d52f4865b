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

from rapidfuzz.distance import LCSseq

from annotations.anchoring.blocks import heaviest_chain
from annotations.anchoring.clock import Clock
from annotations.anchoring.quotation import CONTEXT
from annotations.anchoring.runs import Place, is_borrowed, runs_of
from annotations.anchoring.sentences import first_start, last_end
from annotations.anchoring.stretches import Interval, Stretch, Texts, is_within, stretches

_SHORT = 640  # code points: what is longer is no look-alike with a few details exchanged
_SHARE = 0.3  # of the words, in order, for two passages to be look-alikes
_HELD = 0.7  # of a passage, found elsewhere, for it to have gone there
_BESIDE = 64  # code points by which a look-alike may be longer
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
        self._windows = [start for start, _ in windows]
        self._starts = [one.start for one in self._found]
        self._reach: list[int] = []  # how far the stretches up to each one go
        for one in self._found:
            self._reach.append(max(one.end, self._reach[-1] if self._reach else 0))
        chain = heaviest_chain(
            [(one.start, one.start + one.shift, one.end - one.start) for one in self._found]
        )
        self._in_order = {self._found[index] for index in chain}
        self._runs = runs_of(texts, self._found)
        self._places = [run.place for run in self._runs]
        self._run_starts = [place.start for place in self._places]
        in_new = sorted(range(len(self._runs)), key=lambda at: self._places[at].turned.ends)
        self._turned = [self._places[at].turned for at in in_new]
        self._rank = {at: rank for rank, at in enumerate(in_new)}
        self._run_of = {
            one: (at, place)
            for at, run in enumerate(self._runs)
            for place, one in enumerate(run.stretches)
        }
        self._told: dict[Stretch, Interval] = {}

    def place(self, start: int, end: int) -> Certain | None:
        """Where old[start:end] certainly stands; None where that isn't certain. OutOfTime."""
        if not _CONTEXT_IS_CHECKED:
            at = self._texts.new.find(self._texts.old[start:end])
            return None if at < 0 else Certain(at, True)
        holding = self._holding(start, end)
        if len(holding) != 1 or not self._is_told(holding[0], start, end):
            return None
        there = start + holding[0].shift
        if not self._is_bounded((start, end), there):
            return None
        return Certain(there, holding[0] in self._in_order)

    def _is_bounded(self, words: Interval, there: int) -> bool:
        """Whether, where the old text began or ended within the context, a line does so in the new one."""
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
        low, high = self._told_of(holding[0])
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

    def _holding(self, start: int, end: int) -> list[Stretch]:
        """The stretches that hold the words in their context: of two, nobody knows which."""
        start, end = self._around(start, end)
        holding = []
        index = bisect.bisect_right(self._starts, start) - 1
        while index >= 0 and self._reach[index] >= end:
            if self._found[index].end >= end:
                holding.append(self._found[index])
            index -= 1
        return holding

    def _is_told(self, one: Stretch, start: int, end: int) -> bool:
        """Whether what is told of the stretch holds the words, and enough around them to be unique."""
        low, high = self._told_of(one)
        if not low <= start < end <= high:
            return False
        if all(is_within(self._lines, at, at + 1) for at in (start, end - 1)):
            return True
        first, last = self._around(start, end)
        return self._stands_once(max(low, first), min(high, last)) and not (
            self._has_new_twin(first, end) or self._has_new_twin(start, last)
        )

    def _stands_once(self, first: int, last: int) -> bool:
        """Whether old[first:last] stands once in both texts."""
        if self._has_anchor(first, last):
            return True
        self._clock.check()
        passage = self._texts.old[first:last]
        return all(
            text.find(passage) == text.rfind(passage) for text in (self._texts.old, self._texts.new)
        )

    def _has_new_twin(self, first: int, last: int) -> bool:
        """Whether old[first:last] stands more often now: which of them came, nobody knows."""
        if last - first < CONTEXT or self._has_anchor(first, last):
            return False  # at an end of the text no more is known of that side
        passage = self._texts.old[first:last]
        return self._texts.old.count(passage) < self._texts.new.count(passage)

    def _has_anchor(self, first: int, last: int) -> bool:
        """Whether a window in it stands once in both texts; windows were not looked for in matched lines."""
        if self._lines:
            return False
        index = bisect.bisect_left(self._windows, first)
        return index < len(self._windows) and self._windows[index] + CONTEXT <= last

    def _is_short(self, at: int) -> bool:
        """Whether the run stands between cuts and is no longer than a few sentences."""
        run, place = self._runs[at], self._places[at]
        return run.is_cut_before and run.is_cut_after and place.end - place.start <= _SHORT

    def _told_of(self, one: Stretch) -> Interval:
        """What of a stretch can be nothing else's; less than nothing where that is none of it."""
        if one not in self._told:
            self._clock.check()
            nothing = (one.end, one.start)
            is_instead = self._is_instead(self._run_of[one][0])
            self._told[one] = nothing if is_instead else self._whole_sentences(one)
        return self._told[one]

    def _whole_sentences(self, one: Stretch) -> Interval:
        """The stretch from the first start of a sentence after a cut to the last end before one.

        Where signs tell of none (Thai, a transcript), a sentence is taken to be short.
        """
        at, place = self._run_of[one]
        run = self._runs[at]
        before = run.stretches[place - 1] if place else None
        after = run.stretches[place + 1] if place + 1 < len(run.stretches) else None
        low, high = self._held_once(one)
        if run.is_cut_before if before is None else is_borrowed(self._texts, before, one):
            start = first_start(self._texts.old, low, min(high, low + _SHORT))
            low = min(high, low + _SHORT) if start is None else start
        if run.is_cut_after if after is None else is_borrowed(self._texts, one, after):
            end = last_end(self._texts.old, max(low, high - _SHORT), high)
            high = max(low, high - _SHORT) if end is None else end
        return low, high

    def _held_once(self, one: Stretch) -> Interval:
        """The stretch without what another holds too: that stands twice now."""
        index = bisect.bisect_left(
            self._found, (one.start, one.end), key=lambda it: (it.start, it.end)
        )
        low, high = one.start, one.end
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
            _share(words, text[start:end]) >= _SHARE and text[start:end] not in other
            for text, other, places, rank in (
                (old, new, self._turned, self._rank[at]),
                (new, old, self._places, at),
            )
            for start, end in _free(places, rank, len(text), is_edited)
        )


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


def _share(words: Sequence[str], passage: str) -> float:
    others = passage.split()
    return LCSseq.normalized_similarity(words, others) if words and others else 0.0
