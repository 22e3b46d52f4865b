"""What is known of one accused party's silence, or sought reply, on one claim."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.editing.accuse import hold_claim
from annotations.editing.change import assign, change, send_back_to_review, store, take_editable
from annotations.editing.place import Selection, hold, place
from annotations.models import Actor, Article, ContactAttempt, ReplyRecord, Statement
from annotations.models.history import Verb
from annotations.permissions import User


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
    user: User,
    claim: Statement,
    party: Actor,
    details: ReplyDetails,
    evidence: Sequence[Selection] = (),
    evidence_in: Article | None = None,
    evidence_revision: int | None = None,
    uid: uuid.UUID | None = None,
) -> ReplyRecord:
    """The new reply record, a draft; ValidationError where the party is not accused or has a record already.

    `evidence_in` is the article that the evidence stands in, the claim's where none is given, and
    `evidence_revision` the number of the text it was chosen in.
    """
    with change(Verb.REPLY_RECORDED, user) as act:
        hold(evidence_in or claim.article)
        claim = hold_claim(claim)
        if claim.is_withdrawn:
            raise ValidationError(
                _("A deleted statement gets no reply record; bring it back first.")
            )
        if party.resolved_id not in {actor.resolved_id for actor in claim.accused()}:
            raise ValidationError(
                {"party": _("%(party)s is not accused in this claim.") % {"party": party.name}}
            )
        refuse_second(claim, party)
        record = ReplyRecord(uid=uid or uuid.uuid4(), claim=claim, party=party, created_by=act.user)
        assign(record, details)
        store(record)
        place(record, evidence_in or claim.article, evidence, chosen_in=evidence_revision)
        return record


def refuse_second(claim: Statement, party: Actor) -> None:
    """ValidationError where the party has a record on this claim that isn't deleted.

    The database refuses a second one for the same actor; merged ones are the same actor too.
    """
    others = ReplyRecord.objects.undeleted().filter(claim=claim)
    if any(
        record.party.resolved_id == party.resolved_id for record in others.select_related("party")
    ):
        raise ValidationError(
            {
                "party": _("%(party)s has a reply record on this claim already; change that one.")
                % {"party": party.resolved.name}
            }
        )


def revise_reply(
    *,
    user: User,
    record: ReplyRecord,
    version: int,
    details: ReplyDetails,
    evidence: Sequence[Selection],
    evidence_in: Article | None = None,
    evidence_revision: int | None = None,
) -> ReplyRecord:
    """The reply record as it is now to be; approved work goes back to submitted. Stale, ValidationError."""
    with change(Verb.REVISED, user):
        hold(evidence_in or record.claim.article)
        record = take_editable(record, version, user)
        changed = [
            assign(record, details),
            place(
                record,
                evidence_in or record.claim.article,
                evidence,
                chosen_in=evidence_revision,
            ),
        ]
        if any(changed):
            send_back_to_review(record)
        return store(record)


def attempt_contact(
    *,
    user: User,
    record: ReplyRecord,
    version: int,
    attempted_at: datetime,
    means: str,
    outcome: str = "",
) -> ReplyRecord:
    """The reply record with one more attempt to get a reply. Stale, ValidationError."""
    with change(Verb.REVISED, user) as act:
        record = take_editable(record, version, user)
        store(
            ContactAttempt(
                reply_record=record,
                attempted_at=attempted_at,
                means=means,
                outcome=outcome,
                attempted_by=act.user,
            )
        )
        send_back_to_review(record)
        return store(record)


def mend_attempt(
    *,
    user: User,
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
