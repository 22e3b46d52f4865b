"""Responses, restatements and reply records: what they join, and whom they name."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Max

from annotations.doctor.constraints import broken
from annotations.doctor.found import CHUNK, Found, invariant
from annotations.models import (
    LinkBasis,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
)
from annotations.models.accused import is_accused_in, resolved
from annotations.models.record import LIVE


@invariant
def no_statement_answers_itself(using: str) -> Iterator[Found]:
    """Rule 5: no self-links."""
    return broken(using, "response_is_not_to_itself")


@invariant
def no_response_is_linked_twice(using: str) -> Iterator[Found]:
    """Rule 5: no duplicate (claim, response, relation) among links that aren't withdrawn."""
    return broken(using, "response_is_linked_once_for_a_relation")


@invariant
def no_statement_restates_itself(using: str) -> Iterator[Found]:
    """Rule 5: a restatement is never its own original."""
    return broken(using, "restatement_is_not_of_itself")


@invariant
def no_restatement_is_recorded_twice(using: str) -> Iterator[Found]:
    """Rule 5: the same restatement is recorded once among those that aren't withdrawn."""
    return broken(using, "restatement_is_recorded_once")


@invariant
def restatements_form_no_circle(using: str) -> Iterator[Found]:
    """Restatements form no cycle: each leads to a fuller wording, and that way ends."""
    rows = Restatement.objects.using(using).undeleted()
    links = {pk: (by, of) for pk, by, of in rows.values_list("pk", "by_id", "of_id") if by != of}
    for pk in sorted(_without_end(links)):
        yield Found(Restatement, pk, "It is part of a circle of restatements, or leads into one.")


def _without_end(links: dict[int, tuple[int, int]]) -> set[int]:
    """The keys of the links whose way never ends: those that do end are taken away, last ones first."""
    arriving: dict[int, list[int]] = defaultdict(list)
    leaving: dict[int, int] = defaultdict(int)
    for pk, (by, of) in links.items():
        arriving[of].append(pk)
        leaving[by] += 1
    ends = [of for of in arriving if not leaving[of]]
    left = set(links)
    while ends:
        for pk in arriving[ends.pop()]:
            left.discard(pk)
            by = links[pk][0]
            leaving[by] -= 1
            if not leaving[by]:
                ends.append(by)
    return left


@invariant
def a_response_answers_for_accused_parties(using: str) -> Iterator[Found]:
    """Whom a response answers for is accused in its claim; merged actors are one."""
    rows = (
        ResponseParty.objects.using(using)
        .filter(LIVE, response__in=Response.objects.live())
        .annotate(resolved_party=resolved("party"))
        .filter(~is_accused_in("response__claim"))
    )
    for pk, name in rows.values_list("pk", "party__name").iterator(CHUNK):
        yield Found(
            ResponseParty, pk, f"It answers for {name}, whom its claim does not accuse (any more)."
        )


@invariant
def a_reply_record_is_of_an_accused_party(using: str) -> Iterator[Found]:
    """What is known of a party's silence is kept for parties that the claim accuses; merged actors are one."""
    rows = (
        ReplyRecord.objects.using(using)
        .live()
        .annotate(resolved_party=resolved("party"))
        .filter(~is_accused_in("claim"))
    )
    for pk, name in rows.values_list("pk", "party__name").iterator(CHUNK):
        yield Found(ReplyRecord, pk, f"It is of {name}, whom its claim does not accuse (any more).")


@invariant
def a_party_has_one_reply_record_on_a_claim(using: str) -> Iterator[Found]:
    """A claim has one reply record for a party among those not withdrawn; merged actors are one."""
    rows = ReplyRecord.objects.using(using).undeleted().order_by()
    pairs = rows.annotate(resolved_party=resolved("party")).values("claim", "resolved_party")
    for row in pairs.annotate(rows=Count("pk"), newest=Max("pk")).filter(rows__gt=1).iterator():
        yield Found(
            ReplyRecord,
            row["newest"],
            f"Its claim has {row['rows']} reply records of this party; delete all but one.",
        )


@invariant
def answered_points_are_the_claims(using: str) -> Iterator[Found]:
    """The points that a response answers are points of the claim it answers."""
    rows = ResponsePoint.objects.using(using).filter(LIVE)
    others = rows.exclude(point__statement=F("response__claim"))
    for pk, text in others.values_list("pk", "point__text").iterator(CHUNK):
        yield Found(ResponsePoint, pk, f"It answers “{text}”, a point of another statement.")


@invariant
def same_article_links_stay_in_it(using: str) -> Iterator[Found]:
    """A link whose basis is “same article” joins two statements of one article."""
    rows = Response.objects.using(using).filter(link_basis=LinkBasis.SAME_ARTICLE)
    apart = rows.exclude(claim__article=F("response__article"))
    for pk in apart.values_list("pk", flat=True).iterator(CHUNK):
        yield Found(Response, pk, "Its basis is “same article”, and it joins two articles.")
