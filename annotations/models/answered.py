"""How far each accused party answered a claim, as far as a user may be told: computed, never stored."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models.accused import resolved
from annotations.models.actor import Actor
from annotations.models.attribution import Point
from annotations.models.record import LIVE
from annotations.models.reply import ReplyRecord
from annotations.models.response import CLOSING, GROUP_OF, Response, ResponseParty
from annotations.models.review import COUNTS_AS_ANSWER, PENDING, ReviewState
from annotations.models.statement import Statement


class Answered(models.TextChoices):
    """How far an accused party's answer is on record; computed from links, never stored."""

    NONE_ON_RECORD = "none_on_record", _("no reply on record")
    STANDING_POSITION_ONLY = "standing_position_only", _("standing position only")
    PARTLY_ANSWERED = "partly_answered", _("partly answered")
    ANSWERED = "answered", _("answered")


@dataclass(frozen=True)
class Undisclosed:
    """What a user who sees approved work only is not told of: answers and reply records in review.

    Each by the key of the claim and of the party, merges resolved.
    """

    approved_only: bool = False
    answers: frozenset[tuple[int, int]] = frozenset()
    records: frozenset[tuple[int, int]] = frozenset()


def undisclosed_at(
    claims: Collection[int], user: permissions.User, using: str | None = None
) -> Undisclosed:
    """What waits at the claims; without a query for those who see everything."""
    if permissions.sees_everything(user):
        return Undisclosed()
    answers = (
        ResponseParty.objects.using(using)
        .filter(
            LIVE,
            response__claim__in=claims,
            response__state__in=COUNTS_AS_ANSWER,
            response__response__state__in=COUNTS_AS_ANSWER,
            response__relation__in=CLOSING,
        )
        .exclude(
            response__state=ReviewState.APPROVED, response__response__state=ReviewState.APPROVED
        )
    )
    records = ReplyRecord.objects.using(using).filter(claim__in=claims, state__in=PENDING)
    return Undisclosed(
        approved_only=True,
        answers=frozenset(answers.values_list("response__claim", resolved("party"))),
        records=frozenset(records.values_list("claim", resolved("party"))),
    )


@dataclass(frozen=True)
class PartyStatus:
    """One accused party's answer to one claim: what the links say, and what is known of its silence.

    `undisclosed`: an answer waits in review that the user does not see, so nothing is said of what is
    missing; `record_undisclosed`: so does a reply record. `approved_only`: the user sees nothing else.
    """

    party: Actor
    answered: Answered
    answered_points: tuple[Point, ...] = ()
    open_points: tuple[Point, ...] = ()
    record: ReplyRecord | None = None
    approved_only: bool = False
    undisclosed: bool = False
    record_undisclosed: bool = False

    @property
    def is_open(self) -> bool:
        """No response denies, counters or accepts the claim for this party, nor does one wait in review."""
        return not self.undisclosed and self._lacks_answer

    @property
    def _lacks_answer(self) -> bool:
        return self.answered in (Answered.NONE_ON_RECORD, Answered.STANDING_POSITION_ONLY)

    @property
    def answer(self) -> Answered | None:
        """How far it answered, as far as the user may be told; None for not settled yet."""
        return None if self.undisclosed and self._lacks_answer else self.answered

    @property
    def is_silent(self) -> bool:
        """The user is told that no reply is on record: only with the scope and the day."""
        return self.answer == Answered.NONE_ON_RECORD

    @property
    def label(self) -> str:
        """The answer in words."""
        if self.answer is None:
            return gettext("not settled yet")
        if self.is_silent and self.approved_only:
            return gettext("no approved reply on record")
        return str(self.answer.label)

    @property
    def sought(self) -> str:
        """The stored status, or not_sought; empty where a record or an answer waits undisclosed."""
        if self.record:
            return self.record.status
        return "" if self.undisclosed or self.record_undisclosed else "not_sought"

    @property
    def sought_label(self) -> str:
        """The same in words."""
        if self.record:
            return str(self.record.get_status_display())
        return gettext("not sought") if self.sought else ""


def party_statuses(
    claim: Statement,
    responses: list[Response],
    records: list[ReplyRecord],
    waiting: Undisclosed,
) -> list[PartyStatus]:
    """For each accused party of the claim, how far it answered.

    `responses` are those to the claim, with their parties and points prefetched; `waiting` is what
    the user who is told is not to learn.
    """
    points = claim.live_points()
    statuses = []
    for party in claim.accused():
        own = [
            link
            for link in responses
            if link.state in COUNTS_AS_ANSWER
            and link.response.state in COUNTS_AS_ANSWER
            and party.pk in {actor.resolved_id for actor in link.live_parties()}
        ]
        closing = [link for link in own if link.relation in CLOSING]
        covered = {point.pk for link in closing for point in link.live_answers()}
        record = next((row for row in records if row.party.resolved_id == party.pk), None)
        answered = _answered(own, closing, points, covered)
        here = (claim.pk, party.pk)
        hidden = here in waiting.answers and answered != Answered.ANSWERED
        statuses.append(
            PartyStatus(
                party,
                answered,
                tuple(point for point in points if point.pk in covered),
                () if hidden else tuple(point for point in points if point.pk not in covered),
                record,
                approved_only=waiting.approved_only,
                undisclosed=hidden,
                record_undisclosed=here in waiting.records,
            )
        )
    return statuses


def _answered(
    own: list[Response], closing: list[Response], points: list[Point], covered: set[int]
) -> Answered:
    if closing:
        return Answered.ANSWERED if len(covered) >= len(points) else Answered.PARTLY_ANSWERED
    if any(GROUP_OF[link.relation] == "prior" for link in own):
        return Answered.STANDING_POSITION_ONLY
    return Answered.NONE_ON_RECORD
