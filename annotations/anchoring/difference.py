"""Two texts side by side: their paragraphs in rows, with what changed in each."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from annotations.anchoring.blocks import Block, blocks
from annotations.anchoring.clock import Clock
from annotations.anchoring.tokens import is_word, tokens
from annotations.anchoring.wording import Piece, word_diff

SECONDS = 3.0  # for the word diffs of one page
_PAIRED = 2_500  # old × new paragraphs between two that are kept; beyond, paired as they come
_ALIKE = 0.4  # of the words of the longer paragraph, in order, for two to be one row
_LONGEST = 200_000  # code points of a paragraph that is compared word by word


@dataclass(frozen=True)
class Row:
    """A paragraph (a line, without its break) of the old text beside its form in the new one.

    None where it stands in one text only. `pieces` is the word diff of a changed row; empty where
    the paragraph is the same, stands in one text only, or the seconds were spent. The starts are
    offsets in code points.
    """

    old: str | None
    new: str | None
    pieces: tuple[Piece, ...]
    old_start: int | None
    new_start: int | None

    @property
    def is_same(self) -> bool:
        return self.old == self.new


_Line = tuple[int, str]


def side_by_side(old: str, new: str, *, seconds: float = SECONDS) -> list[Row]:
    """The rows of both texts in order; the old (new) cells joined by line breaks are the old (new) text."""
    clock = Clock(seconds)
    before, after = _lines(old), _lines(new)
    found = blocks([text for _, text in before], [text for _, text in after])
    rows: list[Row] = []
    old_at = new_at = 0
    for block in [*found, Block(len(before), len(after), 0)]:
        rows += _changed(before[old_at : block.old_start], after[new_at : block.new_start], clock)
        old_at, new_at = block.old_start + block.size, block.new_start + block.size
        rows += [
            Row(mine[1], theirs[1], (), mine[0], theirs[0])
            for mine, theirs in zip(
                before[block.old_start : old_at], after[block.new_start : new_at], strict=True
            )
        ]
    return rows


def _lines(text: str) -> list[_Line]:
    found = []
    start = 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _changed(old: list[_Line], new: list[_Line], clock: Clock) -> Iterable[Row]:
    """The rows of a stretch in which no paragraph is the same."""
    old_at = new_at = 0
    for old_index, new_index in [*_pairs(old, new, clock), (len(old), len(new))]:
        yield from (Row(text, None, (), start, None) for start, text in old[old_at:old_index])
        yield from (Row(None, text, (), None, start) for start, text in new[new_at:new_index])
        if old_index < len(old) and new_index < len(new):
            yield _row(old[old_index], new[new_index], clock)
        old_at, new_at = old_index + 1, new_index + 1


def _row(old: _Line, new: _Line, clock: Clock) -> Row:
    is_long = max(len(old[1]), len(new[1])) > _LONGEST
    pieces = () if is_long or clock.is_over else word_diff(old[1], new[1])
    return Row(old[1], new[1], pieces, old[0], new[0])


def _pairs(old: list[_Line], new: list[_Line], clock: Clock) -> list[tuple[int, int]]:
    """Which old paragraph became which new one, in order: the pairs that read most alike."""
    if len(old) * len(new) > _PAIRED or clock.is_over:
        return [(at, at) for at in range(min(len(old), len(new))) if old[at][1] and new[at][1]]
    before, after = [_words(text) for _, text in old], [_words(text) for _, text in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of the paragraphs from here on
    likeness = [[_likeness(mine, theirs) for theirs in after] for mine in before]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_path(best, likeness))


def _path(best: list[list[float]], likeness: list[list[float]]) -> Iterable[tuple[int, int]]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _words(text: str) -> list[str]:
    return [token for token in tokens(text[:_LONGEST]) if is_word(token)]


def _likeness(old: list[str], new: list[str]) -> float:
    """The share of words in the same order, 0 where it's too small for the two to be one."""
    share = LCSseq.normalized_similarity(old, new) if old and new else 0.0
    return share if share >= _ALIKE else 0.0
