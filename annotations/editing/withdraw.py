"""Work is deleted, which withdraws it, and brought back."""

from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.editing.accuse import (
    claims_answered_by,
    hold_claim,
    hold_ends,
    refuse_unaccused,
)
from annotations.editing.change import change, send_back_to_review, store, take, take_editable
from annotations.editing.place import hold_texts, waits
from annotations.editing.record_reply import refuse_second
from annotations.editing.respond import refuse_circle
from annotations.editing.trace import called, told
from annotations.models import ReplyRecord, Response, Restatement, ReviewState, Statement
from annotations.models.history import Verb
from annotations.models.record import Record
from annotations.models.review import Reviewed
from annotations.permissions import User

R = TypeVar("R", bound=Reviewed)
# The records that stand at a statement, by the columns that name it.
AT_A_STATEMENT: dict[type[Any], tuple[str, ...]] = {
    Response: ("claim", "response"),
    Restatement: ("of", "by"),
    ReplyRecord: ("claim",),
}


def withdraw(*, user: User, record: R, version: int) -> R:
    """The record, deleted as the page calls it: out of every list, its row and history kept. Stale."""
    with change(Verb.WITHDRAWN, user):
        taken = take_editable(record, version, user)
        taken.state = ReviewState.WITHDRAWN
        return store(taken)


def bring_back(*, user: User, record: R, version: int) -> R:
    """The record in the state it had before it was deleted.

    Stale; ValidationError where another took its place, or a statement that it stands at is deleted.
    """
    with change(Verb.BROUGHT_BACK, user):
        hold_texts(record)
        hold_ends(*ends_of(record))
        claims = [hold_claim(claim).pk for claim in _claims(record)]
        taken = take(record, version)
        if not taken.is_withdrawn:
            raise ValidationError(_("It is not deleted."))
        refuse_return(taken)
        refuse_deleted_end(taken, user)
        states = taken.history.exclude(state=ReviewState.WITHDRAWN).order_by("-history_id")
        earlier = states.first()
        taken.state = earlier.state if earlier else ReviewState.DRAFT
        if waits(taken):  # the text was corrected while it was deleted
            send_back_to_review(taken)
        taken = store(taken)
        refuse_unaccused(claims)  # let go, or told apart, while what names them was deleted
        return taken


def refuse_return(record: Reviewed) -> None:
    """ValidationError where another record took the place of a deleted one that comes back."""
    if isinstance(record, Restatement):
        refuse_circle(record.of, record.by)
    if isinstance(record, ReplyRecord):
        refuse_second(record.claim, record.party)


def refuse_deleted_end(record: Reviewed, user: User, since: datetime | None = None) -> None:
    """ValidationError where the link or reply record would come back at a statement that is deleted.

    `since`: only where it was deleted later than that. To be asked while the statements are held.
    `user` is who asks: a refusal calls them “you”.
    """
    for statement in ends_of(record):
        row = statement.history.select_related("history_user").latest("history_id")
        if not statement.is_withdrawn or (since and row.history_date <= since):
            continue
        what = {"what": called(type(record)), "quote": statement.quote()[:80], **told(row, user)}
        raise ValidationError(
            _(
                "The %(what)s stays deleted: its statement “%(quote)s” was deleted, too "
                "(%(who)s %(did)s it, %(when)s). Bring the statement back first; on its page "
                "the %(what)s can then be brought back."
            ),
            params=what,
        )


def ends_of(record: Record) -> list[Statement]:
    """The statements that a link or reply record stands at, as stored; none for a statement."""
    columns = AT_A_STATEMENT.get(type(record), ())
    keys = [getattr(record, f"{column}_id") for column in columns]
    return list(Statement.objects.filter(pk__in=keys).order_by("pk"))


def _claims(record: Reviewed) -> "QuerySet[Statement]":
    """The claims whose parties the record names, in the order of their keys."""
    keys: list[int] = []
    if isinstance(record, Statement):
        keys = [record.pk, *claims_answered_by([record.pk])]
    elif isinstance(record, Response | ReplyRecord):
        keys = [record.claim_id]
    return Statement.objects.filter(pk__in=keys).order_by("pk")
