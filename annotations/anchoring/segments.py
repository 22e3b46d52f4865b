"""Cutting a text into flat pieces, each with the spans that cover it: what highlights are drawn from."""

import itertools
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Segment(Generic[K]):
    """A piece [start, end) of the text; `keys` are those of the spans over it, `opening` those that begin here."""

    start: int
    end: int
    text: str
    keys: tuple[K, ...]
    opening: tuple[K, ...]
    closing: tuple[K, ...]


def segments(text: str, spans: Iterable[tuple[K, int, int]]) -> list[Segment[K]]:
    """Flat pieces that join to the text again, cut wherever one of the (key, start, end) begins or ends.

    Keys are in the order of the spans' starts, longer ones first. ValueError for a span outside the text.
    """
    ordered = sorted(spans, key=lambda span: (span[1], -span[2]))
    for key, start, end in ordered:
        if not 0 <= start < end <= len(text):
            raise ValueError(
                f"span {key!r}: {start} to {end} is not a place in a text of {len(text)} characters"
            )
    cuts = sorted({0, len(text), *(s for _, s, _ in ordered), *(e for _, _, e in ordered)})
    pieces: list[Segment[K]] = []
    open_spans: list[tuple[K, int, int]] = []
    waiting = iter(ordered)
    following = next(waiting, None)
    for start, end in itertools.pairwise(cuts):
        open_spans = [span for span in open_spans if span[2] > start]
        while following is not None and following[1] == start:
            open_spans.append(following)
            following = next(waiting, None)
        pieces.append(
            Segment(
                start,
                end,
                text[start:end],
                tuple(key for key, _, _ in open_spans),
                tuple(key for key, begins, _ in open_spans if begins == start),
                tuple(key for key, _, ends in open_spans if ends == end),
            )
        )
    return pieces
