"""Work is deleted, which withdraws it, and brought back."""

from typing import TypeVar

from django.core.exceptions import ValidationError

from annotations.editing.accuse import refuse_unaccused
from annotations.editing.change import change, send_back_to_review, store, take, take_editable
from annotations.editing.place import hold_texts, waits
from annotations.editing.record_reply import refuse_second
from annotations.editing.respond import refuse_circle
from annotations.models import ReplyRecord, Response, Restatement, ReviewState, Statement
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
        hold_texts(record)
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
        if waits(taken):  # the text was corrected while it was deleted
            send_back_to_review(taken)
        taken = store(taken)
        _refuse_unaccused(taken)
        return taken


def _refuse_unaccused(record: Reviewed) -> None:
    """ValidationError where a party was let go, or told apart, while what names it was deleted."""
    if isinstance(record, Statement):
        refuse_unaccused([record.pk])
    elif isinstance(record, Response | ReplyRecord):
        refuse_unaccused([record.claim_id])
