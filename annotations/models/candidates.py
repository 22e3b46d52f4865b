"""The statements that may stand at the other end of a link with one: found by index, then ranked.

Each way to find some asks an index for a bounded number: of the statements nearest by their keys (the
order in which they were recorded) or days. So it costs the same among a million as among a thousand,
and what lies farther away than that is found by searching.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.models.accused import resolved
from annotations.models.actor import Actor
from annotations.models.article import EARLIEST
from annotations.models.attribution import Attribution
from annotations.models.exchange import Reached, reached_from
from annotations.models.post import Post
from annotations.models.record import LIVE, NEWEST
from annotations.models.statement import Statement, StatementQuerySet
from annotations.suggestions.candidates import Candidate, Said, Search, rank, rare, stems

IN_ARTICLE = 100  # on each side of the statement, by key
WITH_ACTORS = 120  # on each side, for all actors looked for together
NEAREST = 20  # on each side, by day
HOLDING = 40  # for each rare word
LOOKED_FOR = 4  # rare words
ACTORS = 12  # keys looked for, those merged into others and post holders among them
SPEAKING = (Attribution.Kind.SPEAKER, Attribution.Kind.ACTING_FOR)


@dataclass(frozen=True)
class Found:
    """The candidates, best first, and the names of the actors that their reasons tell of."""

    candidates: list[Candidate]
    names: dict[int, str]


@dataclass(frozen=True)
class _Posts:
    """For whom else the holders of posts speak: the organisations by holder; merges resolved."""

    organisations: dict[int, frozenset[int]]

    def with_organisations(self, actors: Iterable[int]) -> frozenset[int]:
        own = frozenset(actors)
        return own.union(*(self.organisations.get(key, frozenset()) for key in own))

    def holders_in(self, organisations: Collection[int]) -> set[int]:
        return {holder for holder, held in self.organisations.items() if held & set(organisations)}


def candidates_for(
    statement: Statement,
    user: permissions.User,
    other_is: str,
    among: Collection[int] | None = None,
) -> Found:
    """What may be the response, the claim, the restatement (`by`) or its original (`of`), best first.

    `among`, where given, are the keys of the statements to rank; else they are looked for. Of the
    statements the user sees, without deleted ones; a fixed number of queries, and two more for each
    step of the exchange.
    """
    seen = Statement.objects.visible_to(user).live().exclude(pk=statement.pk)
    posts = _posts_of(statement, user)
    said = _said_of(statement, posts)
    newest = seen.order_by("-pk").values_list("folded", flat=True)[:NEWEST]
    sample = [stems(folded) for folded in newest]
    counted = Counter(word for words in sample for word in words)
    own = _words_of(statement)
    telling = rare(own, counted, len(sample))
    said = replace(said, words=frozenset(telling))
    reached = reached_from(statement, user)
    if among is None:
        among = _looked_for(statement, said, seen, posts, telling[:LOOKED_FOR]) | reached.keys
    others, names = _others(seen.filter(pk__in=among), posts)
    search = Search(said, other_is, reached.keys, _linked(reached, other_is), own)
    return Found(rank(search, others), names | _names_of(statement))


def _linked(reached: Reached, other_is: str) -> Collection[int]:
    return {
        "response": reached.responses,
        "claim": reached.claims,
        "by": reached.restated,
        "of": reached.restated,
    }[other_is]


def _said_of(statement: Statement, posts: _Posts) -> Said:
    rows = [row for part in SPEAKING for row in statement.live_attributions(part)]
    return Said(
        key=statement.pk,
        article=statement.article_id,
        speaking=posts.with_organisations(row.actor.resolved_id for row in rows),
        about=frozenset(actor.resolved_id for actor in statement.accused()),
        day=_day(statement.said_on, statement.article_day),
    )


def _words_of(statement: Statement) -> dict[str, str]:
    """Its words by stem, without the names of its actors: those are compared as actors."""
    named: set[str] = set()
    for row in statement.live_attributions():
        named |= stems(fold(f"{row.as_printed} {row.actor.name} {row.actor.resolved.name}")).keys()
    found = stems(statement.folded)
    return {stem: word for stem, word in found.items() if stem not in named}


def _names_of(statement: Statement) -> dict[int, str]:
    return {row.actor.resolved_id: row.actor.resolved.name for row in statement.live_attributions()}


def _day(said_on: date | None, article_day: date) -> date | None:
    return said_on or (article_day if article_day != EARLIEST else None)


def _posts_of(statement: Statement, user: permissions.User) -> _Posts:
    """The posts that the statement's speakers hold, and those held in whom it accuses; two queries."""
    rows = [row for part in SPEAKING for row in statement.live_attributions(part)]
    speaking = {row.actor.resolved_id for row in rows}
    accused = {actor.resolved_id for actor in statement.accused()}
    posts = Post.objects.visible_to(user).live()
    found: defaultdict[int, set[int]] = defaultdict(set)
    for end, actors in (("holder", speaking), ("organisation", accused)):
        for post in posts.of(end, actors)[:ACTORS] if actors else ():
            found[post.holder.resolved_id].add(post.organisation.resolved_id)
    return _Posts({holder: frozenset(held) for holder, held in found.items()})


def _looked_for(
    statement: Statement, said: Said, seen: StatementQuerySet, posts: _Posts, words: list[str]
) -> set[int]:
    """The keys of the statements near it in any of the four ways; two queries."""
    rows = seen.order_by()
    here = rows.filter(article=statement.article_id).values("pk")
    parts: list[QuerySet[Any, Any]] = [*_beside(here, "pk", statement.pk, IN_ARTICLE)]
    parts += [rows.filter(folded__contains=word).values("pk")[:HOLDING] for word in words]
    parts += _near_in_time(rows, statement)
    parts += _with_actors(statement, said, posts)
    return _keys(parts, seen.db)


def _near_in_time(rows: StatementQuerySet, statement: Statement) -> Iterator[QuerySet[Any, Any]]:
    day = _day(statement.said_on, statement.article_day)
    if day is None:
        yield from _beside(rows.values("pk"), "pk", statement.pk, NEAREST)
        return
    for column in ("said_on", "article_day"):
        yield from _beside(rows.values("pk"), column, day, NEAREST)


def _with_actors(statement: Statement, said: Said, posts: _Posts) -> Iterator[QuerySet[Any, Any]]:
    """By those it accuses, about those who speak in it, and with the same speakers.

    Asked for each actor and part by itself, since the index holds their statements in order.
    """
    asked = [
        (_being(said.about | posts.holders_in(said.about)), SPEAKING),
        (_being(said.speaking), (*SPEAKING, Attribution.Kind.ABOUT)),
    ]
    pairs = [(actor, part) for actors, kinds in asked for actor in actors for part in kinds]
    for actor, part in dict.fromkeys(pairs):
        rows = Attribution.objects.filter(LIVE, actor=actor, part=part).values("statement_id")
        each = max(5, WITH_ACTORS // len(pairs))
        yield from _beside(rows, "statement_id", statement.pk, each)


def _being(actors: Collection[int]) -> list[int]:
    return (
        sorted(Actor.objects.being(actors).values_list("pk", flat=True)[:ACTORS]) if actors else []
    )


def _beside(
    rows: "QuerySet[Any, Any]", column: str, at: object, number: int
) -> Iterator["QuerySet[Any, Any]"]:
    """The nearest before and from a value on: two runs along an index."""
    beyond = "pk" if column in ("said_on", "article_day") else column
    back = [f"-{column}"] if beyond == column else [f"-{column}", "-pk"]
    ahead = [column] if beyond == column else [column, "pk"]
    yield rows.filter((f"{column}__lt", at)).order_by(*back)[:number]
    yield rows.filter((f"{column}__gte", at)).order_by(*ahead)[:number]


def _keys(parts: "Iterable[QuerySet[Any, Any]]", using: str) -> set[int]:
    """The one column of all of them, in one query: Django's union takes no limits on SQLite."""
    asked, values = [], []
    for number, part in enumerate(parts):
        try:
            sql, given = part.query.get_compiler(using).as_sql()
        except EmptyResultSet:
            continue
        asked.append(f"SELECT * FROM ({sql}) part_{number}")  # noqa: S608  compiled by Django
        values += given
    if not asked:
        return set()
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), values)
        return {key for (key,) in cursor.fetchall()}


def _others(rows: StatementQuerySet, posts: _Posts) -> tuple[list[Said], dict[int, str]]:
    """What is compared of the statements, and the names of their actors; two queries."""
    columns = ("pk", "article_id", "said_on", "article_day", "folded")
    found = {row[0]: row for row in rows.order_by("pk").values_list(*columns)}
    speaking: defaultdict[int, set[int]] = defaultdict(set)
    about: defaultdict[int, set[int]] = defaultdict(set)
    names: dict[int, str] = {}
    attributions = Attribution.objects.filter(
        LIVE, statement__in=list(found), part__in=[*SPEAKING, Attribution.Kind.ABOUT]
    ).annotate(resolved_actor=resolved("actor"))
    name = Coalesce(F("actor__merged_into__name"), F("actor__name"))
    for key, part, actor, called in attributions.values_list(
        "statement_id", "part", "resolved_actor", name
    ):
        (about if part == Attribution.Kind.ABOUT else speaking)[key].add(actor)
        names[actor] = called
    others = [
        Said(
            key=key,
            article=article,
            speaking=posts.with_organisations(speaking[key]),
            about=frozenset(about[key]),
            words=frozenset(stems(folded)),
            day=_day(said_on, article_day),
        )
        for key, article, said_on, article_day, folded in found.values()
    ]
    return others, names
