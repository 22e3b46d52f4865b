"""Where words could be another's that reads alike, a few names and numbers exchanged.

“Team Alpha reported 5 dead in Herat” and “Team Beta reported 7 dead in Kabul” may have changed
places, or their names and figures may have: both leave the same text. Nothing tells the two stories
apart at an edge where the texts stop going on alike. So what reads there, up to such an edge, like
what stands at another such edge, or like text that stands in one of the texts only, is doubtful.
What is unchanged on both sides of a look-alike, and in order, leaves nothing to doubt.
"""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from annotations.anchoring.clock import Clock, OutOfTime
from annotations.anchoring.runs import Run
from annotations.anchoring.stretches import Interval, Stretch, Texts, gaps

_REACH = 320  # code points from an edge, more than exchanged details explain
_SMALL = 32  # code points of new text that are no more than an edit
_GRAM = 8  # code points of what is looked up, from the start of a word
_WORD = re.compile(r"(?<!\S)\S|[\u3040-\u30ff\u3400-\u9fff]")
_MOST = 40  # places kept of one gram
_BAND = 32  # code points by which names of other lengths shift what follows
_ALIKE = 0.4  # of the grams from the edge on, for two places to read alike
_SHARE = 0.3  # of the words, in order, for what took a place to be an exchange
_NEAR = 4  # runs that may overlap
_LEAST = 3  # grams that are no chance
_MARGIN = 48  # code points around a look-alike that tell whose it is
_COMPARED = 8_000_000  # code points that are looked up at most


@dataclass(frozen=True)
class Doubt:
    """old[start:end] could be another's: wherever it went, or at this shift."""

    start: int
    end: int
    shift: int | None


_Part = list[tuple[int, int]]


def doubtful(
    texts: Texts, found: Sequence[Stretch], runs: Sequence[Run], clock: Clock
) -> list[Doubt]:
    """What of the old text could be another's, in order.

    OutOfTime when the clock has run out, or more has moved than can be compared.
    """
    loose = [run for run in runs if run.is_cut_before or run.is_cut_after]
    alike: list[Doubt] = []
    if loose:
        places = _places(texts, runs, found)
        for run in loose:
            clock.check()
            alike += [Doubt(*one, None) for one in _alike(texts.old, runs, run, places)]
        alike += [Doubt(run.start, run.end, None) for run in _instead(texts, runs)]
    return sorted([*alike, *_twice(found)], key=lambda one: (one.start, one.end))


def _twice(found: Sequence[Stretch]) -> Iterable[Doubt]:
    """What became one in the new text, as twins do of which one is gone."""
    last: Stretch | None = None
    for one in sorted(found, key=lambda one: one.start + one.shift):
        if last is not None and one.start + one.shift < last.end + last.shift:
            end = min(one.end + one.shift, last.end + last.shift)
            yield Doubt(one.start, end - one.shift, one.shift)
            yield Doubt(one.start + one.shift - last.shift, end - last.shift, last.shift)
        if last is None or one.end + one.shift > last.end + last.shift:
            last = one


def _places(texts: Texts, runs: Sequence[Run], found: Sequence[Stretch]) -> dict[str, list[int]]:
    """Where grams stand at edges and in text of one side only; places in the new text lie beyond the old."""
    old = _joined(
        [
            *((run.start, min(run.start + _REACH, run.end)) for run in runs if run.is_cut_before),
            *((max(run.start, run.end - _REACH), run.end) for run in runs if run.is_cut_after),
            *gaps([run.place for run in runs], len(texts.old)),
        ]
    )
    held = sorted((one.start + one.shift, one.end + one.shift) for one in found)
    new = [gap for gap in gaps(held, len(texts.new)) if gap[1] - gap[0] > _SMALL]
    if sum(end - start for start, end in [*old, *new]) > _COMPARED:
        raise OutOfTime
    places: dict[str, list[int]] = defaultdict(list)
    beyond = len(texts.old) + _REACH
    for text, stretch, shift in [(texts.old, old, 0), (texts.new, new, beyond)]:
        for start, end in stretch:
            for at in _words(text, start, end):
                places[text[at : at + _GRAM]].append(at + shift)
    return places


def _joined(intervals: Iterable[Interval]) -> list[Interval]:
    whole: list[Interval] = []
    for start, end in sorted(intervals):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _alike(
    old: str, runs: Sequence[Run], run: Run, places: dict[str, list[int]]
) -> Iterable[Interval]:
    """The run, where all of it reads like other places that are no more told by what is around them.

    Else, from each edge on, what reads like a place it went past, or that stands in one text only.
    """
    edges = list(_edges(run))
    parts = [
        (part[0][0], part[-1][0] + _GRAM, part[0][1])
        for start, end in edges
        for part in _reads_like(old, start, end, places)
        if not _is_inner(runs, part)
    ]
    if edges == [run.place]:
        own = gaps(_joined((start, end) for start, end, _ in parts), run.end)
        if all(end - max(start, run.start) < _MARGIN for start, end in own):
            yield run.start, run.end
            return
    for start, end, place in parts:
        if run.is_cut_before and start <= run.start + _MARGIN and _is_past(runs, run, place):
            yield run.start, end + _MARGIN
        if run.is_cut_after and end + _MARGIN >= run.end and _is_past(runs, run, place):
            yield start - _MARGIN, run.end


def _edges(run: Run) -> Iterable[Interval]:
    """What of the run lies near its cut ends; all of a short one."""
    if run.end - run.start <= 2 * _REACH:
        yield run.place
        return
    if run.is_cut_before:
        yield run.start, run.start + _REACH
    if run.is_cut_after:
        yield run.end - _REACH, run.end


def _instead(texts: Texts, runs: Sequence[Run]) -> Iterable[Run]:
    """The runs that read like what stood where they now stand, what stands where they stood, or a
    neighbour they changed places with.
    """
    turned = sorted(map(_turned, runs), key=_in_old)
    room = _between(turned, len(texts.old))
    there = dict(zip(sorted(runs, key=_in_new), room, strict=True))
    then = _between(runs, len(texts.new))
    for at, run in enumerate(runs):
        if not (run.is_cut_before and run.is_cut_after and run.end - run.start <= 2 * _REACH):
            continue
        others = [(texts.old, there[run]), (texts.new, then[at])]
        others += [
            (texts.old, other.place)
            for other in [*runs[max(0, at - 1) : at], *runs[at + 1 : at + 2]]
            if (other.start < run.start) != (other.new_start < run.new_start)
        ]
        words = texts.old[run.start : run.end].split()
        if any(
            end - start <= 4 * _REACH and _share(words, text[max(0, start) : max(0, end)]) >= _SHARE
            for text, (start, end) in others
        ):
            yield run


def _in_old(run: Run) -> tuple[int, int]:
    return run.start, run.end


def _in_new(run: Run) -> tuple[int, int]:
    return run.new_start, run.new_end


def _turned(run: Run) -> Run:
    """As seen from the new text."""
    return Run(run.new_start, run.new_end, run.start, run.end, run.is_cut_before, run.is_cut_after)


def _between(ordered: Sequence[Run], size: int) -> list[Interval]:
    """For each run, where in the other text its neighbours leave room; overlaps are room too."""
    found = []
    for at, run in enumerate(ordered):
        low, high = 0, size
        if at > 0:
            before = ordered[at - 1]
            low = before.new_end - max(0, before.end - run.start)
        if at + 1 < len(ordered):
            after = ordered[at + 1]
            high = after.new_start + max(0, run.end - after.start)
        found.append((low, high))
    return found


def _share(words: Sequence[str], stretch: str) -> float:
    others = stretch.split()
    return LCSseq.normalized_similarity(words, others) if words and others else 0.0


def _reads_like(old: str, start: int, end: int, places: dict[str, list[int]]) -> Iterable[_Part]:
    """The stretches of (place, other place) in which words stand so close that they read alike."""
    bands: dict[int, _Part] = defaultdict(list)
    words = _words(old, start, end)
    for at in words:
        for place in places.get(old[at : at + _GRAM], ())[:_MOST]:
            if place != at:
                bands[(place - at) // _BAND].append((at, place))
    for band in list(bands):
        found = [*bands[band], *bands.get(band + 1, ())]
        if len(found) >= _LEAST:
            yield from _parts(sorted(found), words)


def _words(text: str, start: int, end: int) -> list[int]:
    """Where words begin that have as many code points to their end, or beyond."""
    return [found.start() for found in _WORD.finditer(text, start, max(start, end - _GRAM + 1))]


def _is_past(runs: Sequence[Run], run: Run, place: int) -> bool:
    """Whether the place is in a run that stood before and stands behind, or the reverse, or in none."""
    others = _around(runs, place, place + 1)
    return not others or any(
        (other.start < run.start) != (other.new_start < run.new_start) for other in others
    )


def _around(runs: Sequence[Run], low: int, high: int) -> list[Run]:
    """The runs that hold [low, high) of the old text."""
    index = bisect.bisect_right(runs, low, key=lambda run: run.start)
    return [run for run in runs[max(0, index - _NEAR) : index] if run.end >= high]


def _parts(found: _Part, words: Sequence[int]) -> Iterable[_Part]:
    start = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or found[at][0] - found[at - 1][0] > _MARGIN:
            part = found[start:at]
            first, last = part[0][0], part[-1][0]
            size = bisect.bisect_right(words, last) - bisect.bisect_left(words, first)
            if len(part) >= _LEAST and len(part) >= _ALIKE * size:
                yield part
            start = at


def _is_inner(runs: Sequence[Run], alike: _Part) -> bool:
    """Whether the other place lies in a run that goes on around it, which tells whose it is."""
    low = min(place for _, place in alike)
    high = max(place for _, place in alike) + _GRAM
    others = _around(runs, low, high)
    return bool(others) and not any(
        (run.is_cut_before and low < run.start + _MARGIN)
        or (run.is_cut_after and run.end < high + _MARGIN)
        for run in others
    )
