"""What annotations are made from, in chunks from one snapshot, in a fixed number of queries each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet

from annotations.exports.around import Around, in_chunks
from annotations.exports.w3c.annotations import of_reply, of_response, of_restatement, of_statement
from annotations.exports.w3c.bodies import Json, Names
from annotations.models import (
    Actor,
    Attribution,
    Placement,
    Point,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Span,
)
from annotations.models.record import LIVE
from annotations.models.statement import StatementQuerySet

M = TypeVar("M", bound=Model)


Make = Callable[[Any, Names], Iterable[Json]]


def annotations(around: Around) -> Iterator[Json]:
    """Statements first, then responses, restatements and reply records; by id, each with its other spans.

    What a link leads to is among them, unless the user may not see it; then the link is not, either.
    """
    return (each for made in by_record(around) for each in made)


def by_record(around: Around) -> Iterator[list[Json]]:
    """The same, the annotations of each record together: one, and one for each role of words beside it."""
    names = Names(around.reader.site, around.reader.user)
    for rows, make in kinds(around):
        for chunk in in_chunks(rows):
            yield from (list(make(row, names)) for row in chunk)


def kinds(around: Around) -> "tuple[tuple[QuerySet[Any], Make], ...]":
    """The records of each kind, in the order of a collection, and what makes annotations of one."""
    restated = around.restatements().select_related("created_by", "of", "by")
    return (
        (_statements(around.statements()), of_statement),
        (with_parties(around.responses()), of_response),
        (restated, of_restatement),
        (_replies(around), of_reply),
    )


def _statements(rows: StatementQuerySet) -> StatementQuerySet:
    return (
        rows.select_related("created_by")
        .defer("folded")
        .prefetch_related(
            *_spans(),
            Prefetch("attributions", Attribution.objects.filter(LIVE).order_by("part", "ordinal")),
            Prefetch("attributions__actor", _actors()),
            Prefetch("points", Point.objects.filter(LIVE).order_by("ordinal")),
        )
    )


def with_parties(rows: "QuerySet[Response]") -> "QuerySet[Response]":
    """The links with both ends, parties, points and marker."""
    return (
        rows.select_related("created_by", "claim", "response")
        .defer("claim__folded", "response__folded")
        .prefetch_related(
            Prefetch("parties", ResponseParty.objects.filter(LIVE).order_by("id")),
            Prefetch("parties__party", _actors()),
            Prefetch(
                "answers",
                ResponsePoint.objects.filter(LIVE)
                .select_related("point")
                .order_by("point__ordinal"),
            ),
            *_spans(),
        )
    )


def _replies(around: Around) -> "QuerySet[ReplyRecord]":
    rows = around.replies().select_related("created_by", "claim").defer("claim__folded")
    return rows.prefetch_related(*_spans(), Prefetch("party", _actors()))


def _actors() -> "QuerySet[Actor]":
    return Actor.objects.select_related("merged_into")


def _spans() -> "Sequence[Prefetch[Any, Any, Any]]":
    """Spans with their placements, and of the revisions all but the texts, which are large."""
    places = Placement.objects.select_related("revision__article").defer("revision__text")
    return (
        Prefetch("spans", Span.objects.filter(LIVE).order_by("role", "ordinal")),
        Prefetch("spans__placements", places),
    )
