"""What changed in words, as it is shown: the pieces of a word diff, cut where they are too long to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from annotations.anchoring.wording import Change, Kind, Piece

AROUND = 160  # code points shown of a long stretch that is the same, at either end
LONGEST = 2_000  # code points shown of a stretch that stands in one text only
WORDS = {  # in the order in which an editor looks at them
    Change.NEGATION: _("a negation changed"),
    Change.NUMBER: _("a number changed"),
    Change.NAME: _("a name changed"),
    Change.QUOTATION_MARKS: _("the quotation marks changed"),
    Change.OTHER: _("other words changed"),
}


@dataclass(frozen=True)
class Run:
    """A stretch as it is shown; `left_out` says how many code points follow it that are not."""

    kind: Kind
    text: str
    left_out: int = 0

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def runs(pieces: Iterable[Piece]) -> list[Run]:
    """The pieces, long ones cut: what is the same in its middle, the rest at its end."""
    return [run for piece in pieces for run in _cut(piece)]


def _cut(piece: Piece) -> list[Run]:
    text = piece.text
    if piece.kind != "same":
        return [Run(piece.kind, text[:LONGEST], max(0, len(text) - LONGEST))]
    if len(text) <= 3 * AROUND:
        return [Run("same", text)]
    return [Run("same", text[:AROUND], len(text) - 2 * AROUND), Run("same", text[-AROUND:])]


def called_out(changes: Iterable[Change]) -> list[str]:
    """The kinds of changes in words, the gravest first."""
    found = set(changes)
    return [str(words) for change, words in WORDS.items() if change in found]
