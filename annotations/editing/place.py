"""Spans come into a text and go out of it; the server checks the exact words on every write."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from annotations.anchoring.quotation import describe
from annotations.editing.change import store, take_out
from annotations.models import (
    Placement,
    ReplyRecord,
    Response,
    Revision,
    Span,
    Statement,
)


@dataclass(frozen=True)
class Selection:
    """Words that an editor chose: [start, end) in code points of the revision's text, and the words themselves.

    `uid` names the span that is there already, where there is one.
    """

    role: str
    start: int
    end: int
    exact: str
    uid: uuid.UUID | None = None


def place(
    owner: Statement | Response | ReplyRecord,
    revision: Revision,
    selections: Iterable[Selection],
) -> bool:
    """Make the owner's spans in the text these; True where anything changed.

    ValidationError where other words stand at a place than the ones chosen, or the same are chosen twice.
    """
    existing = {span.uid: span for span in owner.spans.filter(withdrawn_at__isnull=True)}
    chosen = list(selections)
    kept = {selection.uid for selection in chosen if selection.uid in existing}
    added = [selection for selection in chosen if selection.uid not in existing]
    for uid, span in existing.items():
        if uid not in kept:
            take_out(span)
    places = Placement.objects.filter(span__uid__in=kept, revision=revision)
    taken = set(places.values_list("span__role", "start", "end")) if added else set()
    for selection in added:
        where = (selection.role, selection.start, selection.end)
        if where in taken:
            raise ValidationError(
                {"spans": f"“{selection.exact}” is chosen as {selection.role} already."}
            )
        taken.add(where)
        _add(owner, revision, selection)
    return bool(added) or len(kept) < len(existing)


def _add(
    owner: Statement | Response | ReplyRecord, revision: Revision, selection: Selection
) -> Span:
    try:
        found = describe(revision.text, selection.start, selection.end)
    except ValueError as error:
        raise ValidationError({"spans": f"The {selection.role} is outside the text."}) from error
    if found.exact != selection.exact:
        raise ValidationError(
            {
                "spans": f"The {selection.role} “{selection.exact}” does not stand there; “{found.exact}” does."
            }
        )
    span = Span(role=selection.role)
    setattr(span, _owner_field(owner), owner)
    last = owner.spans.filter(role=selection.role).order_by("-ordinal").first()
    span.ordinal = last.ordinal + 1 if last else 1
    store(span)
    store(
        Placement(
            span=span,
            revision=revision,
            start=found.start,
            end=found.end,
            exact=found.exact,
            prefix=found.prefix,
            suffix=found.suffix,
        )
    )
    return span


def _owner_field(owner: Statement | Response | ReplyRecord) -> str:
    return {Statement: "statement", Response: "response", ReplyRecord: "reply_record"}[type(owner)]
