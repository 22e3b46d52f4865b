"""Whom a claim accuses, and which of them no counting response answers for: conditions that queries are made of."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from annotations import permissions
from annotations.models.attribution import Attribution
from annotations.models.record import LIVE
from annotations.models.review import COUNTS_AS_ANSWER, ReviewState


def resolved(path: str) -> Coalesce:
    """The actor at the end of `path`, or the one it was merged into."""
    return Coalesce(F(f"{path}__merged_into"), F(path))


def is_accused_in(claim: str) -> Exists:
    """Whether the outer query's `resolved_party` is accused in the statement at this path; merged actors are one."""
    about = Attribution.objects.filter(LIVE, statement=OuterRef(claim), part=Attribution.Kind.ABOUT)
    accused = about.annotate(resolved_actor=resolved("actor"))
    return Exists(accused.filter(resolved_actor=OuterRef("resolved_party")))


def answering_states(user: permissions.User) -> Collection[str]:
    """The review states in which a response is an answer that the user may be told of."""
    return COUNTS_AS_ANSWER if permissions.sees_everything(user) else (ReviewState.APPROVED,)


def unanswered_parties(
    states: Collection[str] = COUNTS_AS_ANSWER,
) -> "QuerySet[Attribution]":
    """The about-attributions of the outer query's statement that no counting response answers for."""
    from annotations.models.response import CLOSING, ResponseParty

    answers = ResponseParty.objects.filter(
        LIVE,
        response__claim=OuterRef("statement"),
        response__state__in=states,
        response__response__state__in=states,
        response__relation__in=CLOSING,
    ).annotate(resolved_party=resolved("party"))
    return (
        Attribution.objects.filter(LIVE, statement=OuterRef("pk"), part=Attribution.Kind.ABOUT)
        .annotate(resolved_actor=resolved("actor"))
        .exclude(Exists(answers.filter(resolved_party=OuterRef("resolved_actor"))))
    )


def kind_of(*, is_claim: bool, is_answer: bool) -> str:
    """What a statement is in the exchanges: claim, response, both or plain."""
    if is_claim:
        return "both" if is_answer else "claim"
    return "response" if is_answer else "plain"
