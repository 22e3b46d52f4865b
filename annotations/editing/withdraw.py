"""Work is deleted, which withdraws it, and brought back."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.editing.accuse import claims_answered_by, hold_claim, refuse_unaccused
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
        claims = [hold_claim(claim).pk for claim in _claims(record)]
        taken = take(record, version)
        if not taken.is_withdrawn:
            raise ValidationError(_("It is not deleted."))
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
        refuse_unaccused(claims)  # let go, or told apart, while what names them was deleted
        return taken


def _claims(record: Reviewed) -> "QuerySet[Statement]":
    """The claims whose parties the record names, in the order of their keys."""
    keys: list[int] = []
    if isinstance(record, Statement):
        keys = [record.pk, *claims_answered_by([record.pk])]
    elif isinstance(record, Response | ReplyRecord):
        keys = [record.claim_id]
    return Statement.objects.filter(pk__in=keys).order_by("pk")
