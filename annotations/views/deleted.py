"""What was deleted of what stands at a statement, for the page that brings it back."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from annotations import permissions
from annotations.models import ReplyRecord, Response, Restatement, ReviewState, Statement
from annotations.permissions import User

SHOWN = 50


@dataclass(frozen=True)
class Deleted:
    """A deleted link, restatement or reply record, and the statement at a link's other end."""

    record: Response | Restatement | ReplyRecord
    kind: str
    other: Statement | None


def deleted_at(statement: Statement, user: User) -> list[Deleted]:
    """What was deleted at the statement, the latest first; nothing for those who cannot bring it back."""
    if not permissions.may_annotate(user):
        return []
    kinds: Any = (
        ("responses", Response, Q(claim=statement) | Q(response=statement), ()),
        ("restatements", Restatement, Q(of=statement) | Q(by=statement), ()),
        ("replies", ReplyRecord, Q(claim=statement), ("party",)),
    )
    found = [
        (record, kind, _other_end(record, statement.pk))
        for kind, model, at, related in kinds
        for record in model.objects.visible_to(user)
        .filter(at, state=ReviewState.WITHDRAWN)
        .select_related(*related, "created_by")
        .order_by("-changed_at")[:SHOWN]
    ]
    keys = {key for _, _, key in found if key}
    others = Statement.objects.visible_to(user).filter(pk__in=keys).for_display()
    by_key = {other.pk: other for other in others}
    rows = [Deleted(record, kind, by_key.get(key)) for record, kind, key in found]
    return sorted(rows, key=lambda row: row.record.changed_at, reverse=True)


def _other_end(record: Response | Restatement | ReplyRecord, key: int) -> int:
    """The key of the statement at the link's other end; 0 for a reply record, which has none."""
    if isinstance(record, ReplyRecord):
        return 0
    if isinstance(record, Response):
        return record.response_id if record.claim_id == key else record.claim_id
    return record.by_id if record.of_id == key else record.of_id
