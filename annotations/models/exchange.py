"""An exchange: a claim with everything reachable from it through responses and restatements. It has no row."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from annotations import permissions
from annotations.models.answered import PartyStatus, Undisclosed, party_statuses, undisclosed_at
from annotations.models.reply import ReplyRecord
from annotations.models.response import Response, Restatement
from annotations.models.statement import Statement

LARGEST = 200  # statements walked to from one claim: more is no exchange that a page could show
STEPS = 4  # links gone along for what is near a statement


@dataclass
class Links:
    """What stands at a set of statements, each list by statement key, all of it visible to one user."""

    responses: dict[int, list[Response]] = field(default_factory=lambda: defaultdict(list))
    answers_to: dict[int, list[Response]] = field(default_factory=lambda: defaultdict(list))
    restated_by: dict[int, list[Restatement]] = field(default_factory=lambda: defaultdict(list))
    restates: dict[int, list[Restatement]] = field(default_factory=lambda: defaultdict(list))
    records: dict[int, list[ReplyRecord]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[int, Statement] = field(default_factory=dict)
    undisclosed: Undisclosed = field(default_factory=Undisclosed)

    def statuses(self, claim: Statement) -> list[PartyStatus]:
        """How far each accused party of the claim answered it."""
        responses, records = self.responses[claim.pk], self.records[claim.pk]
        return party_statuses(claim, responses, records, self.undisclosed)


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
    links = Links(
        statements={statement.pk: statement for statement in statements},
        undisclosed=undisclosed_at(keys, user),
    )
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
class Reached:
    """The keys of the statements that links lead to from one, in whichever direction; its own is not among them."""

    keys: set[int] = field(default_factory=set)
    responses: set[int] = field(default_factory=set)  # of the statement itself
    claims: set[int] = field(default_factory=set)  # that it answers itself
    restated: set[int] = field(default_factory=set)  # linked to it as said again, either way


def reached_from(statement: Statement, user: permissions.User) -> Reached:
    """What the statement's exchange holds, as keys: two queries for each step away from it, `STEPS` at most."""
    found, ahead, own = Reached(), {statement.pk}, statement.pk
    responses = Response.objects.visible_to(user).live().order_by()
    restatements = Restatement.objects.visible_to(user).live().order_by()
    for step in range(STEPS):
        answers = _ends(responses, "claim", "response", ahead)
        again = _ends(restatements, "of", "by", ahead)
        if step == 0:
            found.responses = {answer for claim, answer in answers if claim == own}
            found.claims = {claim for claim, answer in answers if answer == own}
            found.restated = {key for pair in again for key in pair} - {own}
        ahead = {key for pair in answers + again for key in pair} - found.keys - {own}
        found.keys |= ahead
        if not ahead or len(found.keys) >= LARGEST:
            break
    return found


def _ends(
    links: "models.QuerySet[Any, Any]", start: str, end: str, keys: set[int]
) -> list[tuple[int, int]]:
    at = models.Q((f"{start}__in", keys)) | models.Q((f"{end}__in", keys))
    return list(links.filter(at).values_list(f"{start}_id", f"{end}_id")[:LARGEST])


@dataclass
class Turn:
    """One statement in an exchange, with what led to it and the turns that answer it or say it again."""

    statement: Statement
    link: Response | None = None
    restatement: Restatement | None = None
    answers: list["Turn"] = field(default_factory=list)
    seen_above: bool = False

    @property
    def is_fuller(self) -> bool:
        """It is the fuller wording of what the turn above it says again."""
        return bool(self.restatement and self.restatement.of_id == self.statement.pk)

    @property
    def is_answered(self) -> bool:
        """A response stands somewhere below it."""
        return any(turn.link or turn.is_answered for turn in self.answers)


def exchange(claim: Statement, user: permissions.User, known: Links | None = None) -> Turn:
    """The claim with what answers it or says it again, nested.

    A statement that was met already is named and not walked again.

    One round of queries for each level; at most `LARGEST` statements are walked to. `known` are the
    claim's own links, where they were read before.
    """
    root = Turn(claim)
    seen = {claim.pk}
    walked: set[int] = set()  # restatements lead both ways: each is gone along once
    level = [root]
    while level and len(seen) < LARGEST:
        links = known or links_of([turn.statement for turn in level], user)
        known = None
        following = []
        for turn in level:
            for next_turn in _turns_at(turn.statement, links):
                if next_turn.restatement:
                    if next_turn.restatement.pk in walked:
                        continue
                    walked.add(next_turn.restatement.pk)
                next_turn.seen_above = next_turn.statement.pk in seen
                turn.answers.append(next_turn)
                if not next_turn.seen_above:
                    seen.add(next_turn.statement.pk)
                    following.append(next_turn)
        level = following
    return root


def _turns_at(statement: Statement, links: Links) -> list[Turn]:
    """What answers the statement, then where it is said again or more fully."""
    key = statement.pk
    return [
        *(Turn(link.response, link=link) for link in links.responses[key]),
        *(Turn(row.by, restatement=row) for row in links.restated_by[key]),
        *(Turn(row.of, restatement=row) for row in links.restates[key]),
    ]
