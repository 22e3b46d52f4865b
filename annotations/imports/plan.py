"""What a file that comes in will make, shown before anything is stored; afterwards, each row's fate.

How an importer plugs in:

1. `parse(file: Incoming, user: User) -> Plan` reads the bytes and the database (`visible_to(user)`) and
   writes nothing. A row says in `makes` what it will make in an editor's words (translated); what is wrong
   with it stands in its `errors`, what to look at in its `warnings`, both in plain sentences: `file` and
   `line` say where. `payload` is whatever `carry_out` needs; it is never shown. If the file as a whole
   cannot be read, raise ValidationError (its message names the file and, where it can, the line): the page
   answers 422 and keeps nothing.
2. `carry_out(plan: Plan, user: User, *, whole: bool) -> Plan` writes through `annotations.editing` and
   gives the plan back with `fate` and `made` (links) of each row. `whole`: all rows or none; else rows that
   are refused are left out and the others come in. It leaves rows with `errors` and those not `is_chosen`
   alone. Where one row does not need another, `carry.row_by_row(act)` is all of it.
3. Add an `Importer` to `registry.IMPORTERS`. The pages under /imports/ do the rest: upload or address,
   preview, what changed meanwhile, carrying out once, links to what was made.

Both are plain functions: a command calls them with the same `Incoming`.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.permissions import User

LARGEST = 50 * 1024 * 1024  # bytes of a file that comes in by the pages
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Fate(TextChoices):
    """What became of a row."""

    PLANNED = "planned", _("not carried out yet")
    MADE = "made", _("made")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("as it was")
    LEFT_OUT = "left_out", _("left out")
    REFUSED = "refused", _("refused")
    NOT_DONE = "not_done", _("not carried out, because another line was refused")


@dataclass(frozen=True)
class Incoming:
    """A file as it came: from an upload, an address or a command's path.

    `content_type` is what the server said, with its charset; empty for an upload. `settings` holds the
    answers to the importer's `settings`, by name.
    """

    name: str
    data: bytes
    address: str = ""
    content_type: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def ending(self) -> str:
        """The end of the name, small, with its dot: “.txt”; empty where there is none."""
        stem, dot, end = self.name.rpartition(".")
        return f".{end.lower()}" if dot and stem else ""


@dataclass(frozen=True)
class Made:
    """A link to what a row made or changed."""

    label: str
    address: str


@dataclass(frozen=True)
class CellChange:
    """One value that a row changes; `now` is set where somebody else changed it, too."""

    name: str
    old: str
    new: str
    now: str = ""


@dataclass(frozen=True)
class Row:
    """One thing that will be made or changed. `line` is counted from 1; 0 where there are no lines.

    `facts` are (label, value) to show beside it. `seen` is whatever else of the database the row stands
    on, such as a version: where it differs at carrying out, the new preview is shown first.
    """

    makes: str
    file: str = ""
    line: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    changes: tuple[CellChange, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    links: tuple[Made, ...] = ()  # what is here already: the article with the same text
    is_chosen: bool = True
    seen: str = ""
    payload: Any = field(default=None, compare=False, repr=False)
    fate: Fate = Fate.PLANNED
    made: tuple[Made, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it is to be carried out."""
        return self.is_chosen and not self.errors

    @property
    def can_be_chosen(self) -> bool:
        """Whether there is anything to carry out in it."""
        return not self.errors and bool(self.is_chosen or self.facts or self.changes)

    def refused(self, *errors: str) -> "Row":
        """The row, of which nothing was made, and why."""
        return replace(self, fate=Fate.REFUSED, errors=(*self.errors, *errors), made=())


@dataclass(frozen=True)
class Plan:
    """All rows of a file; `warnings` are of the file as a whole."""

    rows: tuple[Row, ...]
    warnings: tuple[str, ...] = ()

    @property
    def ready(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_ready)

    @property
    def faulty(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.errors)

    def digest(self) -> str:
        """SHA-256 of everything that the preview stands on: equal means that the same would be made."""
        shown = json.dumps(shown_of(self), sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()

    def choose(self, numbers: Iterable[int]) -> "Plan":
        """The plan with the rows of these numbers (from 0) chosen and no others."""
        chosen = set(numbers)
        rows = [replace(row, is_chosen=number in chosen) for number, row in enumerate(self.rows)]
        return replace(self, rows=tuple(rows))


def shown_of(plan: Plan) -> dict[str, Any]:
    """The plan as JSON keeps it, without payloads; what no database stores is replaced."""
    rows = [{**_bare(row), "fate": str(row.fate)} for row in plan.rows]
    return {"rows": rows, "warnings": [_storable(text) for text in plan.warnings]}


def plan_of(shown: Mapping[str, Any]) -> Plan:
    """The plan from what `shown_of` gave."""
    return Plan(tuple(_row(row) for row in shown["rows"]), tuple(shown["warnings"]))


def _bare(row: Row) -> dict[str, Any]:
    bare = asdict(replace(row, payload=None))
    del bare["payload"]
    cleaned: dict[str, Any] = _clean(bare)
    return cleaned


def _clean(value: Any) -> Any:
    match value:
        case str():
            return _storable(value)
        case dict():
            return {key: _clean(each) for key, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
        case _:
            return value


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", str(text))


def _row(shown: Mapping[str, Any]) -> Row:
    return Row(
        makes=shown["makes"],
        file=shown["file"],
        line=shown["line"],
        facts=tuple((label, value) for label, value in shown["facts"]),
        changes=tuple(CellChange(**change) for change in shown["changes"]),
        errors=tuple(shown["errors"]),
        warnings=tuple(shown["warnings"]),
        links=tuple(Made(**link) for link in shown["links"]),
        is_chosen=shown["is_chosen"],
        seen=shown["seen"],
        fate=Fate(shown["fate"]),
        made=tuple(Made(**link) for link in shown["made"]),
    )


@dataclass(frozen=True)
class Setting:
    """Something to say beside the file, such as its language: one line of text."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    initial: str = ""


class Parse(Protocol):
    """Reads a file, writes nothing."""

    def __call__(self, file: Incoming, user: User) -> Plan: ...


class CarryOut(Protocol):
    """Carries a plan out; the plan with each row's fate comes back."""

    def __call__(self, plan: Plan, user: User, *, whole: bool) -> Plan: ...


@dataclass(frozen=True)
class Importer:
    """A kind of file that can be brought in.

    `accepts` are endings with their dot; `media` the content types that an address may answer with, and
    where it has any, an address can be pasted. `largest` is in bytes.
    """

    name: str
    label: str | Promise
    help: str | Promise
    accepts: tuple[str, ...]
    parse: Parse
    carry_out: CarryOut
    media: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    largest: int = LARGEST


Act = Callable[[Row, User], Row]
