"""Two texts side by side, as a page shows them: what is the same is folded, what is too long is cut."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from annotations.anchoring.difference import Row, side_by_side
from annotations.anchoring.wording import Piece
from annotations.views.changes import Run, runs

ROWS = 200  # changed paragraphs shown of one diff
CHARACTERS = 200_000  # code points shown of one diff


@dataclass(frozen=True)
class Line:
    """A row of the diff: a paragraph in its old and its new form, or how many unchanged ones are folded."""

    old: tuple[Run, ...] = ()
    new: tuple[Run, ...] = ()
    folded: int = 0
    is_same: bool = False
    is_added: bool = False
    is_removed: bool = False

    @property
    def old_words(self) -> str:
        return "".join(run.text for run in self.old)

    @property
    def new_words(self) -> str:
        return "".join(run.text for run in self.new)

    @property
    def length(self) -> int:
        return len(self.old_words) + len(self.new_words)


@dataclass(frozen=True)
class Beside:
    """The lines shown; `more` changed paragraphs are left out."""

    lines: list[Line]
    more: int
    only_blank: bool


def beside(old: str, new: str) -> Beside:
    """The difference of the two texts as a page shows it."""
    rows = [row for row in side_by_side(old, new) if _has_words(row)]
    stretches = [(same, list(group)) for same, group in groupby(rows, key=lambda row: row.is_same)]
    changed = sum(len(stretch) for same, stretch in stretches if not same)
    lines: list[Line] = []
    shown = length = 0
    for at, (is_same, stretch) in enumerate(stretches):
        if is_same:
            lines += _folded(stretch, after=at > 0, before=at + 1 < len(stretches))
            continue
        for row in stretch:
            if shown >= ROWS or length >= CHARACTERS:
                return Beside(lines, changed - shown, only_blank=False)
            lines.append(_line(row))
            shown, length = shown + 1, length + lines[-1].length
    return Beside(lines, 0, only_blank=not changed)


def _has_words(row: Row) -> bool:
    return bool((row.old or "").strip() or (row.new or "").strip())


def _folded(same: list[Row], *, after: bool, before: bool) -> Iterable[Line]:
    """An unchanged stretch: what stands next to a change, to see where one is, and how many are between."""
    first = same[:1] if after else []
    last = same[len(first) :][-1:] if before else []
    between = len(same) - len(first) - len(last)
    yield from (_line(row) for row in first)
    if between:
        yield Line(folded=between)
    yield from (_line(row) for row in last)


def _line(row: Row) -> Line:
    if row.is_same:
        same = tuple(runs([Piece("same", row.old or "")]))
        return Line(same, same, is_same=True)
    pieces = row.pieces or (Piece("removed", row.old or ""), Piece("added", row.new or ""))
    cut = runs(piece for piece in pieces if piece.text)
    return Line(
        tuple(run for run in cut if run.kind != "added"),
        tuple(run for run in cut if run.kind != "removed"),
        is_added=row.old is None,
        is_removed=row.new is None,
    )
