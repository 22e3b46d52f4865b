"""The text of an article cut into marked pieces: what its highlights are drawn from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from annotations.anchoring.direction import turned
from annotations.anchoring.segments import Segment, segments
from annotations.models import Span, Zone
from annotations.views.marks import Mark

PARTED = (
    20_000  # code points from which a text is drawn in parts: a change lays out only its own part
)
PART = 2_500  # code points in such a part
LONG = 200_000  # code points from which a part is laid out only when it comes near the screen
CHUNK = 40_000  # code points in a part of such a text


@dataclass(frozen=True)
class Piece:
    """A stretch of text with one set of marks over it."""

    text: str
    marks: tuple[Mark, ...]
    opening: tuple[Mark, ...]
    closing: tuple[Mark, ...]
    is_turned: bool = (
        False  # where a paragraph begins that reads from the right against its first letter
    )

    @property
    def classes(self) -> str:
        """The kinds of the statements whose content it is, and the other roles it has."""
        kinds = {mark.kind for mark in self.marks if mark.role == Span.Role.CONTENT}
        if {"claim", "response"} <= kinds:
            kinds = kinds - {"claim", "response"} | {"both"}
        dimmed = ["dimmed"] if all(mark.is_dimmed for mark in self.marks) else []
        return " ".join([*sorted(kinds | {mark.role for mark in self.marks}), *dimmed])

    @property
    def statements(self) -> str:
        """The uids of the statements it belongs to, content first, separated by spaces."""
        ordered = sorted(self.marks, key=lambda mark: mark.role != Span.Role.CONTENT)
        return " ".join(dict.fromkeys(str(mark.statement) for mark in ordered))

    @property
    def spoken(self) -> str:
        return "".join(dict.fromkeys(mark.spoken for mark in self.opening))

    @property
    def closes_content(self) -> bool:
        return any(mark.role == Span.Role.CONTENT for mark in self.closing)

    @property
    def is_stop(self) -> bool:
        """Whether the keyboard stops here: where a statement's words begin."""
        return any(mark.role == Span.Role.CONTENT for mark in self.opening)

    @property
    def anchors(self) -> list[str]:
        """The ids that jumps lead to: one for each statement whose first words begin here."""
        return [f"s-{mark.statement}" for mark in self.opening if mark.is_first]


@dataclass(frozen=True)
class Block:
    """The pieces of one zone, or of the text between zones; of a long text, of one part of it."""

    zone: str
    pieces: tuple[Piece, ...]
    opens_part: bool = False
    closes_part: bool = False
    is_late: bool = False  # its part is laid out when it comes near the screen


@dataclass(frozen=True)
class Turn:
    """A paragraph that is laid out from the right against its first letter."""

    start: int


Key = Mark | Zone | Turn | int


def blocks_of(
    text: str, marks: Iterable[Mark], zones: Iterable[Zone], language: str
) -> Iterator[Block]:
    """The pieces, grouped by the zone they stand in; of overlapping zones the first one counts."""
    spans: list[tuple[Key, int, int]] = [(m, m.start, m.end) for m in marks]
    spans += [(Turn(start), start, end) for start, end in turned(text, language)]
    reached = 0
    for zone in zones:
        if reached <= zone.start < zone.end <= len(text):
            spans.append((zone, zone.start, zone.end))
            reached = zone.end
    spans += [(number, start, end) for number, (start, end) in enumerate(parts_of(text))]
    blocks = [
        (place, tuple(_piece(segment) for segment in group))
        for place, group in groupby(segments(text, spans), key=_place)
    ]
    for at, ((zone_kind, _key, part), pieces) in enumerate(blocks):
        is_first = at == 0 or blocks[at - 1][0][2] != part
        is_last = at + 1 == len(blocks) or blocks[at + 1][0][2] != part
        is_late = len(text) >= LONG
        yield Block(zone_kind, pieces, part >= 0 and is_first, part >= 0 and is_last, is_late)


def parts_of(text: str) -> list[tuple[int, int]]:
    """[start, end) of the parts of a long text, each ending with an empty line; none of a short one."""
    if len(text) < min(PARTED, LONG):
        return []
    size = CHUNK if len(text) >= LONG else PART
    cuts = [0]
    while len(text) - cuts[-1] > size:
        at = text.find("\n\n", cuts[-1] + size)
        if at < 0 or at + 2 >= len(text):
            break
        cuts.append(at + 2)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _place(segment: Segment[Key]) -> tuple[str, int, int]:
    """The zone's kind and key, and the part's number (-1 where the text is in one)."""
    zone = next((key for key in segment.keys if isinstance(key, Zone)), None)
    part = next((key for key in segment.keys if isinstance(key, int)), -1)
    return (zone.kind, zone.pk, part) if zone else ("", 0, part)


def _piece(segment: Segment[Key]) -> Piece:
    covering, opening, closing = (
        tuple(key for key in keys if isinstance(key, Mark))
        for keys in (segment.keys, segment.opening, segment.closing)
    )
    is_turned = any(isinstance(key, Turn) for key in segment.opening)
    return Piece(segment.text, covering, opening, closing, is_turned)
