"""Words are cut out of other words: what goes, and what stays. Places are half-open, in code points."""

from collections.abc import Iterable

Place = tuple[int, int]


def cut(text: str, piece: Place, chosen: Iterable[Place]) -> tuple[list[Place], list[Place]]:
    """What of the piece goes, and what is left of it: without white space at the ends, in the order of the text.

    A stretch without a letter or digit, a full stop or a quotation mark by itself, is nothing.
    """
    start, end = piece
    goes, left, reached = [], [], start
    for place in sorted(chosen):
        first, last = max(place[0], reached), min(place[1], end)
        if first < last:
            goes.append((first, last))
            left.append((reached, first))
            reached = last
    left.append((reached, end))
    return _telling(text, goes), _telling(text, left)


def _telling(text: str, places: Iterable[Place]) -> list[Place]:
    bare = (_bare(text, *place) for place in places)
    return [place for place in bare if any(letter.isalnum() for letter in text[slice(*place)])]


def _bare(text: str, start: int, end: int) -> Place:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
