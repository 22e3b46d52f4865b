"""Work is deleted, which withdraws it, and brought back."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Q

from annotations.editing.change import change, send_back_to_review, store, take, take_editable
from annotations.editing.record_reply import refuse_second
from annotations.editing.respond import refuse_circle
from annotations.models import Placement, ReplyRecord, Response, Restatement, ReviewState, Statement
from annotations.models.history import Verb
from annotations.models.review import Reviewed
from annotations.permissions import User

R = TypeVar("R", bound=Reviewed)


def withdraw(*, user: User, record: R, version: int) -> R:
    """The record, deleted as the page calls it: out of every list, its row and history kept. Stale."""
    with change(Verb.WITHDRAWN, user):
        taken = take_editable(record, version, user)
        taken.state = ReviewState.WITHDRAWN
        return store(taken)


def bring_back(*, user: User, record: R, version: int) -> R:
    """The record in the state it had before it was deleted. Stale; ValidationError where another took its place."""
    with change(Verb.BROUGHT_BACK, user):
        taken = take(record, version)
        if not taken.is_withdrawn:
            raise ValidationError("It is not deleted.")
        if isinstance(taken, Restatement):
            refuse_circle(taken.of, taken.by)
        if isinstance(taken, ReplyRecord):
            refuse_second(taken.claim, taken.party)
        states = taken.history.exclude(state=ReviewState.WITHDRAWN).order_by("-history_id")
        earlier = states.first()
        taken.state = earlier.state if earlier else ReviewState.DRAFT
        if _waits(taken):  # the text was corrected while it was deleted
            send_back_to_review(taken)
        return store(taken)


def _waits(record: Reviewed) -> bool:
    """Whether words of the record need placing; asked of a deleted record, as if it were there."""
    owned = {Statement: "statement", Response: "response", ReplyRecord: "reply_record"}
    owner = owned.get(type(record))
    if owner is None:
        return False
    return Placement.objects.filter(
        Q((f"span__{owner}", record)),
        state=Placement.State.NEEDS_PLACING,
        span__withdrawn_at__isnull=True,
        revision=F("revision__article__current_revision"),
    ).exists()
