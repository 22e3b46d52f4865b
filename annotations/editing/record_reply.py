"""What is known of one accused party's silence, or sought reply, on one claim."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from annotations.editing.change import change, send_back_to_review, store, take_editable
from annotations.editing.place import Selection, place
from annotations.models import Actor, Article, ContactAttempt, ReplyRecord, Statement
from annotations.models.history import Verb


@dataclass(frozen=True)
class ReplyDetails:
    """What a reply record holds beside its claim, party and evidence."""

    status: str
    as_of: date | None = None
    due_on: date | None = None
    claimant: Actor | None = None
    claimant_as_printed: str = ""
    title_as_printed: str = ""
    note: str = ""


def record_reply(
    *,
    user: Any,
    claim: Statement,
    party: Actor,
    details: ReplyDetails,
    evidence: Sequence[Selection] = (),
    evidence_in: Article | None = None,
    uid: uuid.UUID | None = None,
) -> ReplyRecord:
    """The new reply record, a draft; ValidationError where the party is not accused or has a record already.

    `evidence_in` is the article that the evidence stands in: the claim's where none is given.
    """
    with change(Verb.REPLY_RECORDED, user):
        if claim.is_withdrawn:
            raise ValidationError("A deleted statement gets no reply record; bring it back first.")
        if party.resolved_id not in {actor.resolved_id for actor in claim.accused()}:
            raise ValidationError({"party": f"{party.name} is not accused in this claim."})
        _refuse_second(claim, party)
        record = ReplyRecord(uid=uid or uuid.uuid4(), claim=claim, party=party, created_by=user)
        _set(record, details)
        store(record)
        place(record, (evidence_in or claim.article).revision, evidence)
        return record


def _refuse_second(claim: Statement, party: Actor) -> None:
    """The database refuses a second record for the same actor; merged ones are the same actor too."""
    others = ReplyRecord.objects.live().filter(claim=claim).select_related("party")
    if any(record.party.resolved_id == party.resolved_id for record in others):
        raise ValidationError(
            {
                "party": f"{party.resolved.name} has a reply record on this claim already; change that one."
            }
        )


def revise_reply(
    *,
    user: Any,
    record: ReplyRecord,
    version: int,
    details: ReplyDetails,
    evidence: Sequence[Selection],
    evidence_in: Article | None = None,
) -> ReplyRecord:
    """The reply record as it is now to be; approved work goes back to submitted. Stale, ValidationError."""
    with change(Verb.REVISED, user):
        record = take_editable(record, version, user)
        changed = [
            _set(record, details),
            place(record, (evidence_in or record.claim.article).revision, evidence),
        ]
        if any(changed):
            send_back_to_review(record)
        return store(record)


def attempt_contact(
    *,
    user: Any,
    record: ReplyRecord,
    version: int,
    attempted_at: datetime,
    means: str,
    outcome: str = "",
) -> ReplyRecord:
    """The reply record with one more attempt to get a reply. Stale, ValidationError."""
    with change(Verb.REVISED, user):
        record = take_editable(record, version, user)
        store(
            ContactAttempt(
                reply_record=record,
                attempted_at=attempted_at,
                means=means,
                outcome=outcome,
                attempted_by=user,
            )
        )
        send_back_to_review(record)
        return store(record)


def mend_attempt(
    *,
    user: Any,
    attempt: ContactAttempt,
    version: int,
    attempted_at: datetime,
    means: str,
    outcome: str = "",
) -> ReplyRecord:
    """The reply record, with its attempt as it is now to be; approved work goes back to submitted.

    `version` is the reply record's. Who made the attempt stays. Stale, ValidationError.
    """
    with change(Verb.REVISED, user):
        record = take_editable(attempt.reply_record, version, user)
        mended = record.attempts.get(pk=attempt.pk)
        before = (mended.attempted_at, mended.means, mended.outcome)
        mended.attempted_at, mended.means, mended.outcome = attempted_at, means, outcome
        if before != (attempted_at, means, outcome):
            store(mended)
            send_back_to_review(record)
        return store(record)


def _set(record: ReplyRecord, details: ReplyDetails) -> bool:
    changed = False
    for field in fields(details):
        value = getattr(details, field.name)
        changed |= getattr(record, field.name) != value
        setattr(record, field.name, value)
    return changed
