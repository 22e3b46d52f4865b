"""What rows are made from: one chunk of statements at a time, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Prefetch, Q, QuerySet

from annotations import permissions
from annotations.exports.records import StatementRow
from annotations.models import (
    Actor,
    Article,
    Attribution,
    Placement,
    Point,
    Post,
    ReplyRecord,
    Response,
    ResponseParty,
    ResponsePoint,
    Restatement,
    Revision,
    Span,
    Statement,
)
from annotations.models.answered import Undisclosed, party_statuses, undisclosed_at
from annotations.models.record import LIVE
from annotations.models.statement import StatementQuerySet

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True)
class Reader:
    """Whose view is exported, over which database connection, under which site address."""

    user: permissions.User
    site: str
    using: str

    def statements(self) -> StatementQuerySet:
        """What the user sees."""
        return Statement.objects.using(self.using).visible_to(self.user)

    def responses(self) -> "QuerySet[Response]":
        """The links that the user sees and nobody deleted."""
        return Response.objects.using(self.using).visible_to(self.user).live()


@dataclass
class _Links:
    """What stands at the statements of a chunk, by statement key."""

    responses: dict[int, list[Response]] = field(default_factory=lambda: defaultdict(list))
    restates: dict[int, list[Restatement]] = field(default_factory=lambda: defaultdict(list))
    restated_by: dict[int, list[Restatement]] = field(default_factory=lambda: defaultdict(list))
    replies: dict[int, list[ReplyRecord]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))
    undisclosed: Undisclosed = field(default_factory=Undisclosed)


def _actors() -> "QuerySet[Actor]":
    return Actor.objects.select_related("merged_into")


def _articles() -> "QuerySet[Article]":
    """Articles with their newest revision, but not its text, which is large."""
    found = Article.objects.select_related("outlet__merged_into", "current_revision")
    return found.defer("current_revision__text")


def _spans() -> "tuple[Prefetch[Any, Any, Any], ...]":
    """Spans with their placements; of the revisions, whose texts are large, only the number."""
    return (
        Prefetch("spans", Span.objects.filter(LIVE).order_by("role", "ordinal")),
        Prefetch("spans__placements", Placement.objects.defer("prefix", "suffix")),
        Prefetch("spans__placements__revision", Revision.objects.only("number")),
    )


def for_export(statements: StatementQuerySet, user: permissions.User) -> StatementQuerySet:
    """The statements with everything that their own columns show."""
    return (
        statements.with_answer_state(user)
        .defer("folded")
        .prefetch_related(
            Prefetch("article", _articles()),
            *_spans(),
            Prefetch("attributions", Attribution.objects.filter(LIVE).order_by("part", "ordinal")),
            Prefetch("attributions__actor", _actors()),
            Prefetch("points", Point.objects.filter(LIVE).order_by("ordinal")),
        )
    )


def statement_rows_of(statements: Sequence[Statement], reader: Reader) -> list[StatementRow]:
    """A row for each of the statements, which were fetched `for_export`."""
    links = _links_of(statements, reader)
    return [_row(statement, links, reader.site) for statement in statements]


def responses_to(keys: Iterable[int], reader: Reader) -> "QuerySet[Response]":
    """The responses that the user sees to these claims, with all that their columns show."""
    return (
        reader.responses()
        .filter(claim__in=keys)
        .select_related("response")
        .defer("response__folded", "response__note", "response__gist")
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
        .order_by("id")
    )


def _row(statement: Statement, links: _Links, site: str) -> StatementRow:
    key = statement.pk
    return StatementRow(
        statement=statement,
        words=_by(lambda span: span.role, statement.live_spans(), Span.exact),
        parts=_by(lambda row: row.part, statement.live_attributions(), lambda row: row),
        points=tuple(statement.live_points()),
        is_open=vars(statement)["is_open"],
        is_answered=vars(statement)["is_answered"],
        responses=tuple(links.responses[key]),
        parties=tuple(
            party_statuses(statement, links.responses[key], links.replies[key], links.undisclosed)
        ),
        replies=tuple(links.replies[key]),
        restates=tuple(links.restates[key]),
        restated_by=tuple(links.restated_by[key]),
        organisations=tuple(_organisations(statement, links)),
        site=site,
    )


def _by(
    key: Callable[[T], str], things: Iterable[T], value: Callable[[T], V]
) -> dict[str, tuple[V, ...]]:
    """The values of the things by their keys, each in the order of the things."""
    found: dict[str, list[V]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(value(thing))
    return {name: tuple(values) for name, values in found.items()}


def _links_of(statements: Sequence[Statement], reader: Reader) -> _Links:
    keys = [statement.pk for statement in statements]
    links = _Links(undisclosed=undisclosed_at(keys, reader.user, reader.using))
    for response in responses_to(keys, reader):
        links.responses[response.claim_id].append(response)
    for restatement in _restatements_at(keys, reader):
        links.restates[restatement.by_id].append(restatement)
        links.restated_by[restatement.of_id].append(restatement)
    for record in _replies_at(keys, reader):
        links.replies[record.claim_id].append(record)
    speakers = {row.actor.resolved_id for each in statements for row in each.speakers()}
    posts = Post.objects.using(reader.using).visible_to(reader.user).live()
    links.posts.update(posts.by_holder(speakers))
    return links


def _restatements_at(keys: Sequence[int], reader: Reader) -> "QuerySet[Restatement]":
    only = [f"{end}__{column}" for end in ("of", "by") for column in ("folded", "note", "gist")]
    return (
        Restatement.objects.using(reader.using)
        .visible_to(reader.user)
        .live()
        .filter(Q(of__in=keys) | Q(by__in=keys))
        .select_related("of", "by")
        .defer(*only)
        .order_by("id")
    )


def _replies_at(keys: Sequence[int], reader: Reader) -> "QuerySet[ReplyRecord]":
    return (
        ReplyRecord.objects.using(reader.using)
        .visible_to(reader.user)
        .live()
        .filter(claim__in=keys)
        .prefetch_related(Prefetch("party", _actors()), Prefetch("claimant", _actors()), *_spans())
        .order_by("id")
    )


def _organisations(statement: Statement, links: _Links) -> list[Actor]:
    day = _day_of(statement)
    held = [
        post.organisation.resolved
        for row in statement.speakers()
        for post in links.posts[row.actor.resolved_id]
        if day is None
        or ((post.since is None or post.since <= day) and (post.until is None or day <= post.until))
    ]
    return list({organisation.pk: organisation for organisation in held}.values())


def _day_of(statement: Statement) -> date | None:
    """The day it was said, else published; None where neither is known to the day."""
    if statement.said_on_precision == Statement.Precision.DAY:
        return statement.said_on
    return None if statement.said_on else statement.article.published_on
