"""A record's history in words: its own columns, and the parts that changed with it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Model
from simple_history.template_utils import HistoricalRecordContextHelper

from annotations.models import (
    Actor,
    ActorAlias,
    Attribution,
    ContactAttempt,
    Placement,
    Point,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Span,
    Statement,
)

# Columns whose change tells a reader nothing that the row does not say already.
UNTOLD = ("version", "changed_at", "folded", "reviewed_at", "reviewed_by")


@dataclass(frozen=True)
class Parts:
    """Rows kept beside a record: their model, the column that names the record, what a row says.

    `prepare` is given all the rows first, to fetch what they say together.
    """

    model: type[Model]
    owner: str
    says: Callable[[Any], str]
    related: tuple[str, ...] = ()
    prepare: Callable[[list[Any]], None] = lambda _: None


class Wording(HistoricalRecordContextHelper):
    """Says “nothing” where simple-history would print None or a deleted object without a key."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        prepared = super().prepare_delta_change_value(change, value)
        empty = prepared in (None, "") or (hasattr(prepared, "pk") and prepared.pk is None)
        return "nothing" if empty else prepared


def tell(model: type[Model], rows: Iterable[Any]) -> list[Any]:
    """The history rows, newest first, with `columns` and `parts`, without the mute ones."""
    rows = list(rows)
    parts = _parts(model, rows)
    for later, earlier in pairwise(rows):
        untold = [name for name in UNTOLD if hasattr(later, name)]
        delta = later.diff_against(earlier, excluded_fields=untold, foreign_keys_are_objs=True)
        later.columns = Wording(model, later).context_for_delta_changes(delta)
    told = []
    for row, earlier in zip(rows, [*rows[1:], None], strict=True):
        same_change = earlier is not None and earlier.change_id == row.change_id
        if same_change and not getattr(row, "columns", None):
            continue  # one act saved the record twice
        row.parts = parts.pop(row.change_id, [])
        told.append(row)
    return told


def _parts(model: type[Model], rows: list[Any]) -> dict[UUID, list[str]]:
    """What each change did to the record's parts, in words, by change id."""
    changes = {row.change_id for row in rows}
    said: dict[UUID, list[str]] = defaultdict(list)
    if not rows:
        return said
    for parts in PARTS.get(model, ()):
        history = parts.model.history.filter(change_id__in=changes)  # type: ignore[attr-defined]
        found = history.filter((parts.owner, rows[0].id)).select_related(*parts.related)
        own = list(found.order_by("history_id"))
        parts.prepare(own)
        for row in own:
            said[row.change_id].append(f"{_act(row)} {parts.says(row)}")
    return said


def _act(row: Any) -> str:
    if row.history_type == "+":
        return "added"
    return "took out" if row.withdrawn_at else "changed"


def _place(rows: list[Any]) -> None:
    """Give each span's history row the words that the span has in the newest revision it stands in."""
    placements = Placement.objects.filter(span_id__in={row.id for row in rows})
    exact = dict(placements.order_by("revision__number").values_list("span_id", "exact"))
    for row in rows:
        row.exact = exact.get(row.id, "")


def _words(row: Any) -> str:
    return f"{row.role} “{row.exact}”"


def _part(row: Any) -> str:
    printed = f" (printed “{row.as_printed}”)" if row.as_printed else ""
    return f"{row.get_part_display()} {row.actor}{printed}"


PARTS: dict[type[Model], tuple[Parts, ...]] = {
    Statement: (
        Parts(Span, "statement_id", _words, prepare=_place),
        Parts(
            Attribution,
            "statement_id",
            _part,
            ("actor",),
        ),
        Parts(Point, "statement_id", lambda row: f"point “{row.text}”"),
    ),
    Response: (
        Parts(Span, "response_id", _words, prepare=_place),
        Parts(ResponseParty, "response_id", lambda row: f"answer for {row.party}", ("party",)),
        Parts(ResponsePoint, "response_id", lambda row: f"answer to “{row.point}”", ("point",)),
    ),
    ReplyRecord: (
        Parts(Span, "reply_record_id", _words, prepare=_place),
        Parts(ContactAttempt, "reply_record_id", lambda row: f"attempt “{row.outcome}”"),
    ),
    Actor: (Parts(ActorAlias, "actor_id", lambda row: f"other name “{row.name}”"),),
}
