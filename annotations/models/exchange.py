"""An exchange: a claim with everything reachable from it through responses and restatements. It has no row."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models

from annotations import permissions
from annotations.models.actor import Actor
from annotations.models.attribution import Point
from annotations.models.reply import ReplyRecord
from annotations.models.response import CLOSING, GROUP_OF, Response, Restatement
from annotations.models.review import COUNTS_AS_ANSWER
from annotations.models.statement import Statement

LARGEST = 200  # statements walked to from one claim: more is no exchange that a page could show


class Answered(models.TextChoices):
    """How far an accused party's answer is on record; computed from links, never stored."""

    NONE_ON_RECORD = "none_on_record", "no reply on record"
    STANDING_POSITION_ONLY = "standing_position_only", "standing position only"
    PARTLY_ANSWERED = "partly_answered", "partly answered"
    ANSWERED = "answered", "answered"


@dataclass(frozen=True)
class PartyStatus:
    """One accused party's answer to one claim: what the links say, and what is known of its silence."""

    party: Actor
    answered: Answered
    answered_points: tuple[Point, ...] = ()
    open_points: tuple[Point, ...] = ()
    record: ReplyRecord | None = None

    @property
    def is_open(self) -> bool:
        """No response denies, counters or accepts the claim for this party."""
        return self.answered in (
            Answered.NONE_ON_RECORD,
            Answered.STANDING_POSITION_ONLY,
        )

    @property
    def sought_label(self) -> str:
        """The stored status, or that no reply was sought."""
        return self.record.get_status_display() if self.record else "not sought"


def party_statuses(
    claim: Statement, responses: list[Response], records: list[ReplyRecord]
) -> list[PartyStatus]:
    """For each accused party of the claim, how far it answered.

    `responses` are those to the claim, with their parties and points prefetched.
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
        statuses.append(
            PartyStatus(
                party,
                _answered(own, closing, points, covered),
                tuple(point for point in points if point.pk in covered),
                tuple(point for point in points if point.pk not in covered),
                record,
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


@dataclass
class Links:
    """What stands at a set of statements, each list by statement key, all of it visible to one user."""

    responses: dict[int, list[Response]] = field(default_factory=lambda: defaultdict(list))
    answers_to: dict[int, list[Response]] = field(default_factory=lambda: defaultdict(list))
    restated_by: dict[int, list[Restatement]] = field(default_factory=lambda: defaultdict(list))
    restates: dict[int, list[Restatement]] = field(default_factory=lambda: defaultdict(list))
    records: dict[int, list[ReplyRecord]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[int, Statement] = field(default_factory=dict)

    def statuses(self, claim: Statement) -> list[PartyStatus]:
        """How far each accused party of the claim answered it."""
        return party_statuses(claim, self.responses[claim.pk], self.records[claim.pk])


def links_of(statements: list[Statement], user: permissions.User) -> Links:
    """The links and reply records at the statements, in a fixed number of queries.

    Both ends of each link are in `statements` of the answer, ready for display, so no further query is needed.
    """
    keys = [statement.pk for statement in statements]
    at = models.Q
    responses = list(
        Response.objects.visible_to(user)
        .live()
        .filter(at(claim__in=keys) | at(response__in=keys))
        .for_display()
        .order_by("id")
    )
    restatements = list(
        Restatement.objects.visible_to(user)
        .live()
        .filter(at(of__in=keys) | at(by__in=keys))
        .order_by("id")
    )
    links = Links(statements={statement.pk: statement for statement in statements})
    others = {key for link in responses for key in (link.claim_id, link.response_id)}
    others |= {key for link in restatements for key in (link.of_id, link.by_id)}
    for statement in (
        Statement.objects.visible_to(user).filter(pk__in=others - set(keys)).for_display()
    ):
        links.statements[statement.pk] = statement
    for link in responses:
        link.claim, link.response = (
            links.statements[link.claim_id],
            links.statements[link.response_id],
        )
        links.responses[link.claim_id].append(link)
        links.answers_to[link.response_id].append(link)
    for row in restatements:
        row.of, row.by = links.statements[row.of_id], links.statements[row.by_id]
        links.restated_by[row.of_id].append(row)
        links.restates[row.by_id].append(row)
    for record in (
        ReplyRecord.objects.visible_to(user)
        .live()
        .filter(claim__in=keys)
        .for_display()
        .order_by("id")
    ):
        links.records[record.claim_id].append(record)
    return links


@dataclass
class Turn:
    """One statement in an exchange, with the link that led to it and the turns that answer it."""

    statement: Statement
    link: Response | None = None
    answers: list["Turn"] = field(default_factory=list)
    seen_above: bool = False


def exchange(claim: Statement, user: permissions.User, known: Links | None = None) -> Turn:
    """The claim with what answers it, nested; a statement that was met already is named and not walked again.

    One round of queries for each level; at most `LARGEST` statements are walked to. `known` are the
    claim's own links, where they were read before.
    """
    root = Turn(claim)
    seen = {claim.pk}
    level = [root]
    while level and len(seen) < LARGEST:
        links = known or links_of([turn.statement for turn in level], user)
        known = None
        following = []
        for turn in level:
            for link in links.responses[turn.statement.pk]:
                met = link.response_id in seen
                answer = Turn(link.response, link, seen_above=met)
                turn.answers.append(answer)
                if not met:
                    seen.add(link.response_id)
                    following.append(answer)
        level = following
    return root
