"""Runs: stretches that follow one another in the old and in the new text, with no more than edits between."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from annotations.anchoring.stretches import Interval, Stretch, Texts

_SMALL = 32  # code points between two stretches that are no more than an edit
_EDITED = 0.5  # of what stands between, alike, for it to be an edit however long
_LONGEST = 2_000  # code points of what is compared so


@dataclass(frozen=True)
class Run:
    """Stretches that follow one another in both texts, with edits between; which ends are edges."""

    start: int
    end: int
    new_start: int
    new_end: int
    is_cut_before: bool
    is_cut_after: bool

    @property
    def place(self) -> Interval:
        return self.start, self.end


def runs_of(texts: Texts, found: Sequence[Stretch]) -> list[Run]:
    in_new = sorted(found, key=lambda one: (one.start + one.shift, one.end))
    next_in_new = dict(itertools.pairwise([None, *in_new, None]))
    runs: list[Run] = []
    start, new_start, is_cut = 0, 0, True
    for one, after in itertools.pairwise([None, *found, None]):
        old = (one.end if one else 0, after.start if after else len(texts.old))
        new = (
            one.end + one.shift if one else 0,
            after.start + after.shift if after else len(texts.new),
        )
        is_whole = next_in_new[one] == after and _is_edit(texts, old, new)
        if one and not (is_whole and after):
            runs.append(Run(start, one.end, new_start, one.end + one.shift, is_cut, not is_whole))
        if after and not (is_whole and one):
            start, new_start, is_cut = after.start, after.start + after.shift, not is_whole
    return runs


def _is_edit(texts: Texts, old: Interval, new: Interval) -> bool:
    """Whether no more than an edit was made to what stood between."""
    longest = max(old[1] - old[0], new[1] - new[0])
    if longest <= _SMALL:
        return True
    return longest <= _LONGEST and (
        Indel.normalized_similarity(texts.old[slice(*old)], texts.new[slice(*new)]) >= _EDITED
    )
