"""The stretches of a text that are shown around some places in it: whole paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass

AROUND = 800  # code points shown at most on either side: a paragraph may be the whole text


@dataclass(frozen=True)
class Passage:
    """text[start:end]; `is_cut_before` and `is_cut_after` say where the paragraph goes on."""

    start: int
    end: int
    is_cut_before: bool = False
    is_cut_after: bool = False


def passages(text: str, places: Iterable[tuple[int, int]]) -> list[Passage]:
    """The paragraphs around the [start, end) places, in their order; those that touch are one."""
    found: list[Passage] = []
    for start, end in sorted(places):
        around = _around(text, start, end)
        if found and around.start <= found[-1].end:
            last = found.pop()
            later = max(last, around, key=lambda passage: passage.end)
            around = Passage(last.start, later.end, last.is_cut_before, later.is_cut_after)
        found.append(around)
    return found


def _around(text: str, start: int, end: int) -> Passage:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    cut_first, cut_last = max(first, start - AROUND), min(last, end + AROUND)
    return Passage(cut_first, cut_last, cut_first > first, cut_last < last)
