"""The lines of one file by the record they belong to, so that each record can be brought in by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from annotations.imports.lines_file import Row

# The records, in the order in which they are brought in, and what of a line names the record it is part of.
RECORDS = ("actor", "post", "article", "statement", "response", "restatement", "reply_record")
PARTS = {
    "actor_alias": ("actor",),
    "revision": ("article",),
    "point": ("statement",),
    "attribution": ("statement",),
    "response_party": ("response",),
    "response_point": ("response",),
    "contact_attempt": ("reply_record",),
    "span": ("statement", "response", "reply_record"),
}
OF_PARTS = {"placement": "span", "zone": "revision"}  # what hangs on a part

Values = dict[str, Any]


@dataclass
class Told:
    """A record as the file tells it: its line, and its parts by kind, in their order."""

    kind: str
    number: int
    values: Values
    parts: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))

    @property
    def uid(self) -> UUID:
        uid: UUID = self.values["uid"]
        return uid

    def live(self, kind: str) -> list[Values]:
        """The parts of the kind that were not taken out."""
        return [part for part in self.parts[kind] if part.get("withdrawn_at") is None]


@dataclass
class Lines:
    """All records of a file that are not deleted, those that others need first; and its revisions and points."""

    records: list[Told] = field(default_factory=list)
    revisions: dict[UUID, Values] = field(default_factory=dict)
    points: dict[UUID, Values] = field(default_factory=dict)

    def article_of(self, revision: Any) -> Any:
        """The uid of the article that the revision is a text of; None for an unknown one."""
        return self.revisions[revision]["article"] if revision in self.revisions else None


def gathered(rows: Iterable[Row]) -> Lines:
    """The rows by record; histories and what belongs to the program (accounts, notices) are passed over."""
    found: dict[UUID, Told] = {}
    lines = Lines()
    parts: list[Row] = []
    for row in rows:
        if row.kind.kept:
            continue
        if row.kind.name in RECORDS:
            found[row.values["uid"]] = Told(row.kind.name, row.number, row.values)
        elif row.kind.name in PARTS or row.kind.name in OF_PARTS:
            parts.append(row)
    owners = _hang(parts, found, lines)
    _hang_on_parts(parts, found, owners)
    lines.records = sorted((told for told in found.values() if _stands(told.values)), key=_place)
    return lines


def _hang(parts: Iterable[Row], found: dict[UUID, Told], lines: Lines) -> dict[Any, Any]:
    """Each part at its record; the record's uid by the part's."""
    owners: dict[Any, Any] = {}
    for row in parts:
        name = row.kind.name
        for key in PARTS.get(name, ()):
            owner = row.values[key]
            if owner in found:
                found[owner].parts[name].append(row.values)
                owners[row.values["uid"]] = owner
        if name == "revision":
            lines.revisions[row.values["uid"]] = row.values
        if name == "point":
            lines.points[row.values["uid"]] = row.values
    return owners


def _hang_on_parts(parts: Iterable[Row], found: dict[UUID, Told], owners: dict[Any, Any]) -> None:
    for row in parts:
        key = OF_PARTS.get(row.kind.name)
        owner = owners.get(row.values[key]) if key else None
        if owner is not None:
            found[owner].parts[row.kind.name].append(row.values)


def _stands(values: Values) -> bool:
    return values.get("state") != "withdrawn" and values.get("withdrawn_at") is None


def _place(told: Told) -> tuple[int, bool, int]:
    """Actors that were merged come after those that they were merged into."""
    return RECORDS.index(told.kind), bool(told.values.get("merged_into")), told.number


def texts_of(article: Told) -> Iterator[Values]:
    """The article's texts, the first one first."""
    yield from sorted(article.parts["revision"], key=lambda revision: revision["number"])
