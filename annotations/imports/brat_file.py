"""Reads one .ann file of brat standoff (https://brat.nlplab.org/standoff.html) and checks it against its text.

Offsets are half-open, in Unicode code points of the .txt file as it is, byte order mark and CR counted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

LONGEST_ANN = 16 * 1024 * 1024  # characters
MOST_LINES = 200_000
_IDED = re.compile(r"^([TREAMN#*][^\t\n]{0,40})\t")
_PIECE = re.compile(r"([0-9]{1,9}) ([0-9]{1,9})\Z")

Piece = tuple[int, int]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line; where it `refuses`, nothing of the file is imported, else what it says is left out."""

    line: int
    what: str
    refuses: bool = False


@dataclass(frozen=True)
class Entity:
    """T: words at one or, discontinuous, several places."""

    id: str
    type: str
    pieces: tuple[Piece, ...]
    exact: str
    line: int


@dataclass(frozen=True)
class Relation:
    """R or E: arguments by role. An event's first one is its type with the trigger."""

    id: str
    type: str
    args: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True)
class Remark:
    """A, M, N or #: a type, whom it is about, and a value or text (empty for a binary attribute)."""

    id: str
    type: str
    target: str
    value: str
    line: int


@dataclass
class Standoff:
    """All that a file says."""

    entities: dict[str, Entity] = field(default_factory=dict)
    events: dict[str, Relation] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)


def read(ann: str, text: str) -> Standoff:
    """What the file says of the text, every entity's words compared with it; never raises."""
    found = Standoff()
    if len(ann) > LONGEST_ANN or ann.count("\n") > MOST_LINES:
        found.problems.append(Problem(1, _("The file is too long."), refuses=True))
        return found
    for number, line in _lines(ann, found):
        try:
            _take(line, number, found)
        except _Unreadable as why:
            found.problems.append(Problem(number, str(why), refuses=True))
    for entity in found.entities.values():
        _compare(entity, text, found)
    return found


class _Unreadable(ValueError):
    """A line that is not as brat writes it."""


def _lines(ann: str, found: Standoff) -> Iterator[tuple[int, str]]:
    """Each annotation with its line number; one whose words hold line breaks is put together again."""
    held, began = "", 0
    for number, ended in enumerate(ann.removeprefix("\ufeff").split("\n"), start=1):
        line = ended.removesuffix("\r")
        if _IDED.match(line):
            if held:
                yield began, held.rstrip("\n")
            held, began = line, number
        elif held.startswith("T") and not line.isspace() | (not line):
            found.problems.append(Problem(number, _("The words go on in a new line.")))
            held += f"\n{line}"
        elif held.startswith("T"):
            held += "\n"
        elif line.strip():
            found.problems.append(
                Problem(
                    number, _("The line cannot be read: “%(line)s”.") % {"line": line[:60]}, True
                )
            )
    if held:
        yield began, held.rstrip("\n")


def _take(line: str, number: int, found: Standoff) -> None:
    name, rest = line.split("\t", 1)
    if name[0] != "*" and _is_taken(name, found):
        raise _Unreadable(_("%(id)s stands twice.") % {"id": name})
    match name[0]:
        case "T":
            found.entities[name] = _entity(name, rest, number)
        case "E":
            found.events[name] = _event(name, rest, number)
        case "R":
            found.relations[name] = _relation(name, rest, number)
        case "*":
            said = _("What is marked as equivalent (*) is not imported.")
            found.problems.append(Problem(number, said))
        case _:
            found.remarks.append(_remark(name, rest, number))


def _is_taken(name: str, found: Standoff) -> bool:
    return name in found.entities or name in found.events or name in found.relations


def _entity(name: str, rest: str, number: int) -> Entity:
    head, tab, exact = rest.partition("\t")
    kind, space, places = head.partition(" ")
    if not tab or not space:
        raise _unlike("T1⇥Content 0 5⇥words")
    pieces = []
    for place in places.split(";"):
        numbers = _PIECE.match(place)
        if numbers is None:
            raise _unlike("T1⇥Content 0 5;10 20⇥words")
        pieces.append((int(numbers[1]), int(numbers[2])))
    return Entity(name, kind, tuple(pieces), exact, number)


def _event(name: str, rest: str, number: int) -> Relation:
    args = _arguments(rest.split())
    if not args:
        raise _unlike("E1⇥Attribution:T4 Content:T3")
    return Relation(name, args[0][0], args, number)


def _relation(name: str, rest: str, number: int) -> Relation:
    kind, *others = rest.split() or [""]
    args = _arguments(others)
    if len(args) < 2:
        raise _unlike("R1⇥denies Arg1:E2 Arg2:E1")
    return Relation(name, kind, args, number)


def _arguments(words: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = [word.partition(":") for word in words]
    if not all(role and colon and target for role, colon, target in pairs):
        raise _unlike("Content:T3")
    return tuple((role, target) for role, _colon, target in pairs)


def _remark(name: str, rest: str, number: int) -> Remark:
    head, tab, text = rest.partition("\t")
    kind, _space, others = head.partition(" ")
    target, _space, value = others.partition(" ")
    if not kind or not target:
        raise _unlike("A1⇥Form E1 direct")
    return Remark(name, kind, target, text if tab else value.strip(), number)


def _unlike(example: str) -> _Unreadable:
    return _Unreadable(_("The line is not like “%(example)s”.") % {"example": example})


SLACK = 1000  # characters, for line breaks and blanks that a file's words lost


def _compare(entity: Entity, text: str, found: Standoff) -> None:
    """Refuse words that do not stand where the entity says."""
    length = sum(end - start for start, end in entity.pieces)
    is_far_longer = length > 2 * len(entity.exact) + SLACK  # and is not put together
    if not all(0 <= start < end <= len(text) for start, end in entity.pieces):
        said = _("%(id)s is not a place in the text.") % {"id": entity.id}
    else:
        pieces = entity.pieces[:1] if is_far_longer else entity.pieces
        there = " ".join(text[start:end] for start, end in pieces)
        if not is_far_longer and _bare(there) == _bare(entity.exact):
            return
        said = _("%(id)s: “%(there)s” stands there, not “%(words)s”.") % {
            "id": entity.id, "there": there[:80], "words": entity.exact[:80],
        }  # fmt: skip
    found.problems.append(Problem(entity.line, said, refuses=True))


def _bare(words: str) -> str:
    """Without line breaks, which brat writes as spaces, and what a file's last words lost at their end."""
    return words.replace("\r\n", "\n").replace("\n", " ").rstrip()


@dataclass(frozen=True)
class Shift:
    """From places in a text as received to places in it as it is stored: without BOM, with LF line ends."""

    mark: int
    returns: tuple[int, ...]

    @classmethod
    def of(cls, received: str) -> "Shift":
        dropped = tuple(found.start() for found in re.finditer("\r\n", received))
        return cls(int(received.startswith("\ufeff")), dropped)

    def __call__(self, at: int) -> int:
        return at - min(self.mark, at) - bisect_left(self.returns, at)
