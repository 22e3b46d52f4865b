"""The history of a statement in plain words: who did what, when, and what changed by it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotations.models.attribution import Attribution, Point
from annotations.models.history import Verb
from annotations.models.review import SENT_BACK
from annotations.models.span import Placement, Span
from annotations.models.statement import Statement

FIELDS = {
    "form": "form",
    "act": "act",
    "gist": "gist",
    "said_on": "date",
    "said_on_precision": "precision of the date",
    "said_on_as_printed": "date as printed",
    "venue": "venue",
    "note": "note",
    "state": "review",
}
MOST = 200  # changes told; the rows before them stay in the database


@dataclass(frozen=True)
class Entry:
    """One change: a save, a judgement, a deletion."""

    at: datetime
    by: str
    verb: str
    details: tuple[str, ...]
    reason: str = ""


def chronicle(statement: Statement) -> list[Entry]:
    """The statement's changes, newest first, in a fixed number of queries; at most `MOST`."""
    rows = list(_rows(statement.history.all(), "-history_id")[:MOST])[::-1]
    parts = _parts(statement)
    entries = []
    before: Any = None
    for row in {row.change_id: row for row in rows}.values():  # the last row of each change
        details = () if before is None else (*_changed(before, row), *parts[row.change_id])
        reason = row.review_reason if row.verb in SENT_BACK else ""
        by = row.history_user.get_username() if row.history_user else "the system"
        entries.append(Entry(row.history_date, by, str(Verb(row.verb).label), details, reason))
        before = row
    return entries[::-1]


def _rows(history: Any, order: str = "history_id") -> Any:
    return history.select_related("history_user").order_by(order)


def _changed(before: Any, after: Any) -> Iterator[str]:
    for name, words in FIELDS.items():
        old, new = _shown(before, name), _shown(after, name)
        if old != new:
            yield f"{words}: {old or 'nothing'} → {new or 'nothing'}"


def _shown(row: Any, name: str) -> str:
    value = getattr(row, name)
    choices = dict(getattr(Statement._meta.get_field(name), "choices", None) or [])
    return str(choices.get(value, value) or "")


def _parts(statement: Statement) -> dict[uuid.UUID, list[str]]:
    """What each change did to the statement's words, actors and points, by change id."""
    told: dict[uuid.UUID, list[str]] = defaultdict(list)
    words = dict(
        Placement.objects.filter(span__statement=statement).values_list("span_id", "exact")
    )
    kept: Any = (
        (Span, lambda row: f"{row.role} “{words.get(row.id, '')}”"),
        (Attribution, lambda row: f"{row.get_part_display()} {row.actor.name}{_printed(row)}"),
        (Point, lambda row: f"point “{row.text}”"),
    )
    for model, name in kept:
        history = model.history.filter(statement_id=statement.pk)
        if model is Attribution:
            history = history.select_related("actor")
        for change_id, line in _told(_rows(history), name):
            told[change_id].append(line)
    return told


def _printed(row: Any) -> str:
    printed = [f"“{text}”" for text in (row.as_printed, row.title_as_printed) if text]
    return f" ({', '.join(printed)})" if printed else ""


def _told(rows: Iterable[Any], name: Any) -> Iterator[tuple[uuid.UUID, str]]:
    """For each row of a part's history, what happened to the part."""
    before: dict[int, Any] = {}
    for row in rows:
        old = before.get(row.id)
        before[row.id] = row
        if old is None:
            yield row.change_id, f"added {name(row)}"
        elif row.withdrawn_at and not old.withdrawn_at:
            yield row.change_id, f"removed {name(row)}"
        elif name(old) != name(row):
            yield row.change_id, f"{name(old)} → {name(row)}"
        else:
            yield row.change_id, f"moved or reordered {name(row)}"
