"""Whom a claim accuses, and who is named as answering or silent at it, stay in step."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.models import Actor, Attribution, ReplyRecord, Response, ResponseParty, Statement
from annotations.models.accused import is_accused_in, resolved
from annotations.models.record import LIVE


def refuse_unaccused(claims: Collection[int]) -> None:
    """ValidationError where a link or reply record at these claims names a party that they do not accuse.

    To be asked after the write, inside its transaction. Merged actors are one.
    """
    links = (
        ResponseParty.objects.filter(
            LIVE, response__claim__in=claims, response__in=Response.objects.live()
        )
        .annotate(resolved_party=resolved("party"))
        .filter(~is_accused_in("response__claim"))
    )
    records = (
        ReplyRecord.objects.live()
        .filter(claim__in=claims)
        .annotate(resolved_party=resolved("party"))
        .filter(~is_accused_in("claim"))
    )
    answering = links.order_by("id").values_list("party__name", flat=True).first()
    silent = records.order_by("id").values_list("party__name", flat=True).first()
    if answering:
        raise ValidationError(
            {
                "parts": _(
                    "A response answers for %(party)s, whom the claim would no longer accuse. "
                    "Change the response first."
                )
                % {"party": answering}
            }
        )
    if silent:
        raise ValidationError(
            {
                "parts": _(
                    "A reply record is of %(party)s, whom the claim would no longer accuse. "
                    "Delete the record first."
                )
                % {"party": silent}
            }
        )


def hold_claim(claim: Statement) -> Statement:
    """The claim as stored, its row held to the end: whom it accuses cannot change meanwhile.

    Whoever holds an article too holds that first.
    """
    return Statement.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim.pk)


def hold_ends(*statements: Statement) -> list[Statement]:
    """The ends of a link as stored, their rows held to the end: none of them is deleted or merged meanwhile.

    In the order of their keys, whatever the order in which they are given and come back.
    """
    held = Statement.objects.select_for_update(no_key=True, of=("self",))
    found = {row.pk: row for row in held.filter(pk__in=[s.pk for s in statements]).order_by("pk")}
    return [found[statement.pk] for statement in statements]


def claims_answered_by(statements: Collection[int]) -> list[int]:
    """The keys of the claims that these statements answer: what the links name counts again when they come back."""
    links = Response.objects.undeleted().filter(response__in=statements)
    return list(links.order_by().values_list("claim", flat=True).distinct())


def claims_about(actors: Collection[int]) -> list[int]:
    """The keys of the statements that accuse one of these actors, or whose links and records name one."""
    about = Attribution.objects.filter(LIVE, actor__in=actors, part=Attribution.Kind.ABOUT)
    parties = ResponseParty.objects.filter(LIVE, party__in=actors)
    records = ReplyRecord.objects.filter(party__in=actors)
    found = Statement.objects.filter(
        Q(pk__in=about.values("statement"))
        | Q(pk__in=parties.values("response__claim"))
        | Q(pk__in=records.values("claim"))
    )
    return list(found.values_list("pk", flat=True))


def refuse_two_records(party: Actor) -> None:
    """ValidationError where a claim has two reply records of what is now one party."""
    records = ReplyRecord.objects.undeleted().annotate(resolved_party=resolved("party"))
    of_party = records.filter(resolved_party=party.pk).order_by("claim", "id")
    seen: set[int] = set()
    for record in of_party.select_related("claim"):
        if record.claim_id in seen:
            raise ValidationError(
                {
                    "into": _(
                        "Both have a reply record on the claim “%(quote)s”. "
                        "Delete one of the two first."
                    )
                    % {"quote": record.claim.quote()[:80]}
                }
            )
        seen.add(record.claim_id)
