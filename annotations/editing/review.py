"""Work is submitted, approved, sent back, rejected."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import permissions
from annotations.editing.change import Deleted, change, store, take
from annotations.editing.notify import tell_judged
from annotations.editing.place import hold_texts, waits
from annotations.models import (
    NEXT_STATES,
    Article,
    ReplyRecord,
    Response,
    Restatement,
    ReviewState,
    Statement,
)
from annotations.models.history import Verb
from annotations.models.review import Reviewed
from annotations.permissions import User

R = TypeVar("R", bound=Reviewed)

UNSENT = (ReviewState.DRAFT, ReviewState.CHANGES_REQUESTED, ReviewState.REJECTED)


class OwnWork(PermissionDenied):
    """Nobody approves what they wrote or changed since its last approval."""


def submit(*, user: User, record: R, version: int) -> R:
    """The record, waiting for a reviewer. Stale; ValidationError where its state does not allow it."""
    with change(Verb.SUBMITTED, user):
        record = take(record, version)
        if record.is_approved:
            raise ValidationError(_("It is approved already."))
        return _move(record, ReviewState.SUBMITTED)


def submit_with_links(*, user: User, statement: Statement, version: int) -> Statement:
    """The statement, waiting for a reviewer, and with it every unsent link and reply record at it.

    Stale; ValidationError where nothing of it is unsent.
    """
    with change(Verb.SUBMITTED, user):
        statement = take(statement, version)
        if statement.is_withdrawn:
            raise Deleted(statement)
        links = _links_at(
            Q(claim=statement) | Q(response=statement),
            Q(of=statement) | Q(by=statement),
            Q(claim=statement),
        )
        if statement.state in UNSENT:
            statement = _move(statement, ReviewState.SUBMITTED)
        elif not links:
            raise ValidationError(_("Nothing here waits to be submitted."))
        _submit_all(links)
        return statement


def submit_article(*, user: User, article: Article) -> int:
    """How many drafts of the article (statements, links, reply records) went to the reviewers.

    What was sent back is mended first and submitted by itself.
    """
    with change(Verb.SUBMITTED, user):
        drafts = [ReviewState.DRAFT]
        statements = Statement.objects.filter(article=article, state__in=drafts).order_by("pk")
        links = _links_at(
            Q(claim__article=article) | Q(response__article=article),
            Q(of__article=article) | Q(by__article=article),
            Q(claim__article=article),
            drafts,
        )
        return _submit_all([*statements, *links])


def _links_at(
    responses: Q, restatements: Q, replies: Q, states: Collection[ReviewState] = UNSENT
) -> list[Reviewed]:
    return [
        *Response.objects.live().filter(responses, state__in=states).order_by("pk"),
        *Restatement.objects.live().filter(restatements, state__in=states).order_by("pk"),
        *ReplyRecord.objects.live().filter(replies, state__in=states).order_by("pk"),
    ]


def _submit_all(records: Iterable[Reviewed]) -> int:
    """In the order of their kinds and keys: whoever holds several does so, and nobody waits for each other."""
    submitted = [_move(take(record, record.version), ReviewState.SUBMITTED) for record in records]
    return len(submitted)


def approve(*, user: User, record: R, version: int) -> R:
    """The record, approved. OwnWork; Stale; ValidationError where its state does not allow it."""
    return _judge(user, record, version, Verb.APPROVED, ReviewState.APPROVED, "")


def request_changes(*, user: User, record: R, version: int, reason: str) -> R:
    """The record, back with its author, who sees the reason. OwnWork; Stale; ValidationError without a reason."""
    return _judge(
        user,
        record,
        version,
        Verb.CHANGES_REQUESTED,
        ReviewState.CHANGES_REQUESTED,
        reason,
    )


def reject(*, user: User, record: R, version: int, reason: str) -> R:
    """The record, rejected; its author sees the reason. OwnWork; Stale; ValidationError without a reason."""
    return _judge(user, record, version, Verb.REJECTED, ReviewState.REJECTED, reason)


def _judge(user: User, record: R, version: int, verb: Verb, state: ReviewState, reason: str) -> R:
    with change(verb, user, permissions.may_review) as act:
        hold_texts(record)
        record = take(record, version)
        if record.is_withdrawn:
            raise Deleted(record)
        if state == ReviewState.APPROVED and waits(record):
            raise ValidationError(
                _(
                    "The text was corrected, and its words need placing. An editor places them first."
                )
            )
        if not permissions.may_approve(user, record):
            raise OwnWork(_("Somebody else has to judge this: you wrote it or changed it."))
        record.reviewed_by = act.user
        record.reviewed_at = timezone.now()
        record.review_reason = reason
        judged = _move(record, state)
        tell_judged(judged, act.user)
        return judged


def _move(record: R, state: ReviewState) -> R:
    if state not in NEXT_STATES[record.state]:
        raise ValidationError(
            _("This %(what)s is %(state)s; it cannot become %(other)s now.")
            % {
                "what": record._meta.verbose_name,
                "state": record.get_state_display(),
                "other": state.label,
            }
        )
    record.state = state
    return store(record)
