"""The history of a record in plain words: who did what, when, and what changed by it."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models.actor import Actor, ActorAlias
from annotations.models.attribution import Attribution, Point
from annotations.models.history import Verb
from annotations.models.record import Part
from annotations.models.reply import ContactAttempt, ReplyRecord
from annotations.models.response import Response, ResponseParty, ResponsePoint
from annotations.models.review import SENT_BACK
from annotations.models.span import Placement, Span, role_words
from annotations.models.statement import Statement
from annotations.models.words import listed

MOST = 200  # changes told; the rows before them stay in the database
WORDS = {
    "said_on": _("date"),
    "said_on_precision": _("precision of the date"),
    "said_on_as_printed": _("date as printed"),
    "state": _("review"),
}
# Columns whose change the entry itself tells.
UNTOLD = ("reviewed_at", "reviewed_by", "review_reason")


@dataclass(frozen=True)
class Column:
    """What a change did to one column."""

    name: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.name}: {self.old} → {self.new}"


@dataclass(frozen=True)
class Told:
    """One change of a record: the last history row it wrote, its columns, its parts in words."""

    row: Any
    columns: tuple[Column, ...]
    parts: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why a reviewer sent it back, or an empty string."""
        return str(self.row.review_reason) if self.row.verb in SENT_BACK else ""


@dataclass(frozen=True)
class Entry:
    """One change as a page shows it: a save, a judgement, a deletion."""

    at: datetime
    by: str
    verb: str
    details: tuple[str, ...]
    reason: str = ""


def chronicle(statement: Statement) -> list[Entry]:
    """The statement's changes, newest first, in a fixed number of queries; at most `MOST`.

    Of the first one told there are no details: all of it was new.
    """
    rows = statement.history.select_related("history_user").order_by("-history_id")[:MOST]
    changes = tell(Statement, rows)
    return [_entry(told, in_detail=told is not changes[-1]) for told in changes]


def _entry(told: Told, *, in_detail: bool) -> Entry:
    row = told.row
    by = row.history_user.get_username() if row.history_user else gettext("the system")
    details = (*map(str, told.columns), *told.parts) if in_detail else ()
    return Entry(row.history_date, by, str(Verb(row.verb).label), details, told.reason)


def tell(model: type[Model], rows: Iterable[Any], before: Any = None) -> list[Told]:
    """The changes that a record's history rows, newest first, tell of: each once, in that order.

    `before` is the row that the oldest of them took over from; without it, that one has no columns.
    """
    rows = list(rows)
    last = {row.change_id: row for row in reversed(rows)}  # one act may save the record twice
    parts = _parts(model, rows[0].id) if rows else {}
    changes = [
        Told(row, tuple(_columns(model, earlier, row)), tuple(parts.get(key, ())))
        for (key, row), earlier in zip(last.items(), [before, *last.values()], strict=False)
    ]
    return changes[::-1]


def _columns(model: type[Model], before: Any, after: Any) -> Iterator[Column]:
    """The columns that differ, of those that an editor sets and those that name another record."""
    if before is None:
        return
    for field in model._meta.concrete_fields:
        told = (field.editable or field.is_relation) and field.name not in UNTOLD
        if told and getattr(before, field.attname) != getattr(after, field.attname):
            name = str(WORDS.get(field.name, field.verbose_name))
            yield Column(name, _shown(before, field.name), _shown(after, field.name))


def _shown(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return gettext("nothing") if value in (None, "") else str(value)


@dataclass(frozen=True)
class Parts:
    """Rows kept beside a record: their model, the column that names the record, what a row says."""

    model: type[Part]
    owner: str
    says: Callable[[Any], str]
    related: tuple[str, ...] = ()


def _parts(model: type[Model], key: int) -> dict[uuid.UUID, list[str]]:
    """What each change did to the record's parts, in words, by change id."""
    told: dict[uuid.UUID, list[str]] = defaultdict(list)
    for parts in PARTS.get(model, ()):
        history = parts.model.history.filter((parts.owner, key)).select_related(*parts.related)
        rows = list(history.order_by("history_id"))
        if parts.model is Span:
            _place(rows)
        for change_id, line in _told(rows, parts.says):
            told[change_id].append(line)
    return told


def _told(rows: Iterable[Any], says: Callable[[Any], str]) -> Iterator[tuple[uuid.UUID, str]]:
    """For each row of the parts' history, what happened to the part."""
    before: dict[int, Any] = {}
    for row in rows:
        old = before.get(row.id)
        before[row.id] = row
        if old is None:
            yield row.change_id, gettext("added %(what)s") % {"what": says(row)}
        elif row.withdrawn_at and not old.withdrawn_at:
            yield row.change_id, gettext("removed %(what)s") % {"what": says(row)}
        elif old.withdrawn_at and not row.withdrawn_at:
            yield row.change_id, gettext("put back %(what)s") % {"what": says(row)}
        elif says(old) != says(row):
            yield row.change_id, f"{says(old)} → {says(row)}"
        else:
            yield row.change_id, gettext("moved or reordered %(what)s") % {"what": says(row)}


def _place(rows: list[Any]) -> None:
    """Give each span's history row the words that the span has in the newest revision it stands in."""
    placements = Placement.objects.filter(span_id__in={row.id for row in rows})
    exact = dict(placements.order_by("revision__number").values_list("span_id", "exact"))
    for row in rows:
        row.exact = exact.get(row.id, "")


def _words(row: Any) -> str:
    return f"{role_words(row.role)} “{row.exact}”"


def _part(row: Any) -> str:
    printed = [f"“{text}”" for text in (row.as_printed, row.title_as_printed) if text]
    as_printed = f" ({listed(printed)})" if printed else ""
    return f"{row.get_part_display()} {row.actor.name}{as_printed}"


def _attempt(row: Any) -> str:
    outcome = f": “{row.outcome}”" if row.outcome else ""
    at = row.attempted_at.astimezone(UTC)
    said = gettext("attempt (%(means)s, %(when)s UTC)")
    return said % {"means": row.get_means_display(), "when": f"{at:%Y-%m-%d %H:%M}"} + outcome


def _point(row: Any) -> str:
    return gettext("point “%(text)s”") % {"text": row.text}


def _answer_for(row: Any) -> str:
    return gettext("answer for %(party)s") % {"party": row.party}


def _answer_to(row: Any) -> str:
    return gettext("answer to “%(point)s”") % {"point": row.point}


def _other_name(row: Any) -> str:
    return gettext("other name “%(name)s”") % {"name": row.name}


PARTS: dict[type[Model], tuple[Parts, ...]] = {
    Statement: (
        Parts(Span, "statement_id", _words),
        Parts(Attribution, "statement_id", _part, ("actor",)),
        Parts(Point, "statement_id", _point),
    ),
    Response: (
        Parts(Span, "response_id", _words),
        Parts(ResponseParty, "response_id", _answer_for, ("party",)),
        Parts(ResponsePoint, "response_id", _answer_to, ("point",)),
    ),
    ReplyRecord: (
        Parts(Span, "reply_record_id", _words),
        Parts(ContactAttempt, "reply_record_id", _attempt),
    ),
    Actor: (Parts(ActorAlias, "actor_id", _other_name),),
}
