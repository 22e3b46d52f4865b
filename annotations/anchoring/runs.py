"""Runs: stretches that follow one another in the old and in the new text, with no more than edits between."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.anchoring.stretches import Interval, Stretch, Texts

_EDITED = 64  # code points between two stretches, at most, that are no more than an edit
_BESIDE = 12  # code points on either side of an edit by which a look-alike's wording is known


@dataclass(frozen=True)
class Place:
    """From where to where in the old text, and in the new one."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def ends(self) -> Interval:
        """In the old text."""
        return self.start, self.end

    @property
    def turned(self) -> "Place":
        """As seen from the new text."""
        return Place(self.new_start, self.new_end, self.start, self.end)


@dataclass(frozen=True)
class Run:
    """Stretches that follow one another in both texts; whether others come between it and its neighbours."""

    stretches: tuple[Stretch, ...]
    is_cut_before: bool
    is_cut_after: bool

    @property
    def place(self) -> Place:
        first, last = self.stretches[0], self.stretches[-1]
        return Place(first.start, last.end, first.start + first.shift, last.end + last.shift)


def runs_of(texts: Texts, found: Sequence[Stretch]) -> list[Run]:
    """The runs of all stretches, in the order of the old text."""
    in_new = sorted(found, key=lambda one: (one.start + one.shift, one.end))
    next_in_new = dict(itertools.pairwise([None, *in_new, None]))
    runs: list[Run] = []
    held: list[Stretch] = []
    is_cut = False
    for one, after in itertools.pairwise([None, *found, None]):
        is_whole = next_in_new[one] == after and _is_edit(texts, one, after)
        if one is None:
            is_cut = not is_whole
            continue
        held.append(one)
        if not is_whole or after is None:
            runs.append(Run(tuple(held), is_cut, not is_whole))
            held, is_cut = [], True
    return runs


def between(texts: Texts, one: Stretch | None, after: Stretch | None) -> tuple[Interval, Interval]:
    """What stands between two stretches in the old and in the new text; less than nothing where they overlap."""
    old = one.end if one else 0, after.start if after else len(texts.old)
    new = (
        one.end + one.shift if one else 0,
        after.start + after.shift if after else len(texts.new),
    )
    return old, new


def _is_edit(texts: Texts, one: Stretch | None, after: Stretch | None) -> bool:
    old, new = (end - start for start, end in between(texts, one, after))
    return max(old, new, abs(new - old)) <= _EDITED  # less than nothing is text that came twice


def is_borrowed(texts: Texts, one: Stretch, after: Stretch) -> bool:
    """Whether the wording of an edit stands, with what is beside it, elsewhere in the old text.

    Then a look-alike's name or number may have come here, or the look-alike itself.
    """
    _, (start, end) = between(texts, one, after)
    low, high = max(0, min(start, end) - _BESIDE), max(start, end) + _BESIDE
    if start >= end:
        return texts.new[low:high] in texts.old
    # At either end of it: in between something may be mistyped.
    wordings = (
        texts.new[low : min(end, start + _BESIDE)],
        texts.new[max(start, end - _BESIDE) : high],
    )
    return any(wording in texts.old for wording in wordings)
