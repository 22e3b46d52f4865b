"""What a change did is told to the webhooks that listen: written down with the change, sent once it is whole."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from annotations.editing.deliver import deliver
from annotations.models import Article, ReplyRecord, Response, Restatement, ReviewState, Statement
from annotations.models.history import Change, Verb
from annotations.models.webhook import Delivery, Event, Webhook

REVIEWED = (Statement, Response, Restatement, ReplyRecord)
LINKS: dict[type[models.Model], tuple[str, str]] = {
    Response: ("claim", "response"),
    Restatement: ("of", "by"),
}
TOLD = {ReviewState.SUBMITTED: Event.SUBMITTED, ReviewState.APPROVED: Event.APPROVED}
Told = dict[str, list[dict[str, Any]]]  # by event, what is said of each record


def announce(made: Change) -> None:
    """A delivery for each listening webhook and event of the change; called inside its transaction, at its end."""
    hooks = [hook for hook in _active() if hook.is_listening]
    if not hooks:
        return
    told = _told(made)
    for hook in hooks:
        for event, records in told.items():
            if event in hook.events:
                _enqueue(hook, made, event, records)


def _active() -> "models.QuerySet[Webhook]":
    return Webhook.objects.filter(is_active=True).select_related("owner").order_by("pk")


def _enqueue(hook: Webhook, made: Change, event: str, records: list[dict[str, Any]]) -> None:
    now = timezone.now()
    name = uuid.uuid4()
    payload = {
        "id": str(name),
        "event": event,
        "at": now.isoformat(),
        "change": str(made.id),
        "by": made.user.get_username(),
        "records": records,
    }
    delivery = Delivery.objects.create(
        uid=name,
        webhook=hook,
        event=event,
        payload=json.dumps(payload, ensure_ascii=False),
        created_at=now,
        next_attempt_at=now,
    )
    # Whatever becomes of the sending, the change is whole and its answer must not fail for it.
    transaction.on_commit(partial(deliver.enqueue, delivery.pk), robust=True)


def _told(made: Change) -> Told:
    told: Told = defaultdict(list)
    for model in REVIEWED:
        if model in made.wrote:
            for event, record in _of_reviewed(model, made):
                told[event].append(record)
    if made.verb == Verb.CORRECTED:
        told[Event.CORRECTED] = [_corrected(row) for row in _written(Article, made)]
    return told


def _of_reviewed(model: Any, made: Change) -> Iterator[tuple[str, dict[str, Any]]]:
    """What became of each record of this kind: its state is another one now, or it is a new link."""
    for row in _written(model, made):
        said = _said(model, row)
        event = TOLD.get(row.state)
        if event and row.before != row.state:
            yield event, said
        if model in LINKS and row.before is None:
            yield Event.LINKED, said


def _written(model: Any, made: Change) -> list[Any]:
    """The last history row of each record that the change wrote, with the state `before`; None for a new one."""
    rows = model.history.filter(change_id=made.id).order_by("history_id")
    if model in REVIEWED:
        earlier = model.history.filter(id=OuterRef("id")).exclude(change_id=made.id)
        rows = rows.annotate(before=Subquery(earlier.order_by("-history_id").values("state")[:1]))
    if model in LINKS:
        rows = rows.select_related(*LINKS[model])
    return list({row.id: row for row in rows}.values())


def _said(model: Any, row: Any) -> dict[str, Any]:
    """Which record it is and how it stands: what it says is read by the API, with a reader's own rights."""
    ends = {name: str(getattr(row, name).uid) for name in LINKS.get(model, ())}
    kind = model._meta.model_name
    return {
        "type": "reply_record" if model is ReplyRecord else kind,
        "uid": str(row.uid),
        "version": row.version,
        "state": row.state,
        **ends,
    }


def _corrected(row: Any) -> dict[str, Any]:
    revision = row.current_revision
    return {
        "type": "article",
        "uid": str(row.uid),
        "version": row.version,
        "revision": revision.number,
        "reason": revision.reason,
    }
