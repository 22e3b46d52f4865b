"""What one change wrote, from the history; and whether anything came on top of it since."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models import (
    Article,
    Attribution,
    ContactAttempt,
    Placement,
    Point,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
    Span,
    Statement,
    Zone,
)
from annotations.permissions import User

# In the order in which they are held: whoever writes several of them takes them so.
RECORDS: tuple[type[Any], ...] = (Article, Statement, Response, Restatement, ReplyRecord)
PARTS: tuple[type[Any], ...] = (
    Zone, Span, Placement, Attribution, Point, ResponseParty, ResponsePoint, ContactAttempt,
)  # fmt: skip

# What an editor calls the rows that have another name in the code.
CALLED: dict[str, Any] = {
    "placement": _("place of the words"),
    "span": _("highlighted words"),
    "zone": _("part of the article"),
    "attribution": _("person or body in a statement"),
    "responseparty": _("party that a response answers for"),
    "responsepoint": _("point that a response answers"),
}


class ChangedSince(ValidationError):
    """Another change came on top of the one that is to be undone; `row` is the newest of its history rows."""

    def __init__(self, row: Any, what: str, user: User) -> None:
        self.row = row
        super().__init__(
            _(
                "This cannot be undone any more: %(who)s changed the %(what)s since (%(did)s, %(when)s)."
            ),
            params={"what": what, **told(row, user)},
        )


@dataclass(frozen=True)
class Trace:
    """A row that a change wrote: its history rows as the change left it, and as it was before.

    `before` is None where the change made it.
    """

    model: type[Any]
    left: Any
    before: Any

    @property
    def pk(self) -> int:
        return int(self.left.id)


def traces_of(change_id: uuid.UUID) -> list[Trace]:
    """A trace for each row that the change wrote, records first, each model's in the order of their keys."""
    return [trace for model in (*RECORDS, *PARTS) for trace in _of_model(model, change_id)]


def _of_model(model: type[Any], change_id: uuid.UUID) -> list[Trace]:
    history = model.history.model.objects
    earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    newest = earlier.exclude(change_id=change_id).order_by("-history_id").values("history_id")[:1]
    rows = history.filter(change_id=change_id).annotate(earlier=Subquery(newest))
    left = {row.id: row for row in rows.order_by("id", "history_id")}  # an act may save a row twice
    before = history.in_bulk([row.earlier for row in left.values() if row.earlier])
    return [Trace(model, row, before.get(row.earlier)) for row in left.values()]


def refuse_changed_since(traces: Iterable[Trace], user: User) -> None:
    """ChangedSince where another change wrote one of the rows later, and was not undone itself.

    To be asked while the records are held. `user` is who asks: a refusal calls them “you”.
    """
    left: dict[type[Any], dict[int, int]] = defaultdict(dict)
    for trace in traces:
        left[trace.model][trace.pk] = trace.left.history_id
    for model, last in left.items():
        rows = model.history.filter(id__in=last, history_id__gt=min(last.values()))
        for row in standing(rows, after=last):
            raise ChangedSince(row, called(model), user)


def standing(rows: Any, after: Mapping[int, int] = MappingProxyType({})) -> list[Any]:
    """For each record, of these rows of its history, the newest that no undo took back.

    Undoing goes backwards step by step, so an undo takes back what came right before it. `after` names
    for a record the key of a history row; only later ones count.
    """
    acts: dict[int, dict[uuid.UUID, Any]] = defaultdict(dict)
    for row in rows.select_related("history_user").order_by("history_id"):
        if row.history_id > after.get(row.id, 0):
            acts[row.id][row.change_id] = row  # an act may save a row twice
    left = [_not_taken_back(of_record.values()) for of_record in acts.values()]
    return [rows[-1] for rows in left if rows]


def _not_taken_back(rows: Iterable[Any]) -> list[Any]:
    left: list[Any] = []
    for row in rows:
        if left and row.undoes and left[-1].change_id == row.undoes:
            left.pop()
        else:
            left.append(row)
    return left


def called(model: type[Any]) -> str:
    """What an editor calls a row of the model."""
    return str(CALLED.get(model._meta.model_name or "", model._meta.verbose_name))


def told(row: Any, user: User) -> dict[str, str]:
    """Who wrote the history row, what they did and when, as a refusal says it."""
    by = row.history_user
    when = gettext("%(day)s at %(time)s UTC")
    return {
        "who": gettext("you") if by == user else by.get_username() if by else gettext("the system"),
        "did": str(row.get_verb_display()),
        "when": when
        % {"day": date_format(row.history_date, "j F Y"), "time": f"{row.history_date:%H:%M}"},
    }
