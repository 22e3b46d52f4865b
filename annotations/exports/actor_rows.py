"""The actors that the exported statements name, with what is known of each, in chunks by keyset."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from annotations import permissions
from annotations.exports.fetch import Reader
from annotations.exports.rows import CHUNK, Narrow, live
from annotations.exports.snapshot import EXPORT
from annotations.models import (
    Actor,
    ActorAlias,
    Article,
    Attribution,
    Post,
    ReplyRecord,
    Response,
    ResponseParty,
)
from annotations.models.record import LIVE

RESOLVED = Coalesce("actor__merged_into", "actor")


@dataclass(frozen=True)
class ActorRow:
    """An actor with its posts, those merged into it, and in how many exported statements it has each part.

    `note` is empty for those who see approved work only.
    """

    actor: Actor
    posts: tuple[Post, ...]
    merged: tuple[Actor, ...]
    counts: Mapping[str, int]
    note: str
    site: str


def actor_rows(
    *,
    user: permissions.User,
    site: str,
    narrow: Narrow = live,
    using: str = EXPORT,
    chunk: int = CHUNK,
) -> Iterator[list[ActorRow]]:
    """Chunks of rows, by id: the actors whose identifiers stand in the other two files.

    Those with a part in a chosen statement, those that published its article, those for whom one of its
    responses answers, and those that its reply records name; merged ones as the one that was kept.
    """
    reader = Reader(user, site, using)
    chosen = narrow(reader.statements()).order_by().values("pk")
    named = _named(chosen, reader)
    actors = Actor.objects.using(using).visible_to(user).standing().filter(named)
    rows = actors.prefetch_related(
        Prefetch("aliases", ActorAlias.objects.filter(LIVE).order_by("id"))
    ).order_by("pk")
    found = list(rows[:chunk])
    while found:
        yield _rows_of(found, chosen, reader)
        found = list(rows.filter(pk__gt=found[-1].pk)[:chunk])


def _named(chosen: "QuerySet[Any, Any]", reader: Reader) -> Q:
    """That a chosen statement, its article or what stands at it names the actor, or one merged into it."""
    using, user = reader.using, reader.user
    parts = Attribution.objects.using(using).filter(LIVE, statement__in=chosen)
    articles = Article.objects.using(using).filter(statements__in=chosen)
    links: QuerySet[Response] = reader.responses().filter(
        Q(claim__in=chosen) | Q(response__in=chosen)
    )
    parties = ResponseParty.objects.using(using).filter(LIVE, response__in=links.values("pk"))
    replies = ReplyRecord.objects.using(using).visible_to(user).live().filter(claim__in=chosen)
    named = Q()
    for rows, column in (
        (parts, "actor"),
        (articles, "outlet"),
        (parties, "party"),
        (replies, "party"),
        (replies, "claimant"),
    ):
        keys = rows.filter((f"{column}__isnull", False)).order_by()
        named |= Q(pk__in=keys.values(kept=Coalesce(f"{column}__merged_into", column)))
    return named


def _rows_of(
    actors: Sequence[Actor], chosen: "QuerySet[Any, Any]", reader: Reader
) -> list[ActorRow]:
    keys = [actor.pk for actor in actors]
    posts = Post.objects.using(reader.using).visible_to(reader.user).live().by_holder(keys)
    merged = _merged_into(keys, reader)
    counts = _counts(keys, chosen, reader)
    noted = permissions.sees_everything(reader.user)
    return [
        ActorRow(
            actor,
            tuple(posts[actor.pk]),
            tuple(merged[actor.pk]),
            counts[actor.pk],
            actor.note if noted else "",
            reader.site,
        )
        for actor in actors
    ]


def _merged_into(keys: Sequence[int], reader: Reader) -> dict[int, list[Actor]]:
    found: dict[int, list[Actor]] = defaultdict(list)
    visible = Actor.objects.using(reader.using).visible_to(reader.user)
    for actor in visible.filter(merged_into__in=keys).order_by("pk"):
        found[actor.resolved_id].append(actor)
    return found


def _counts(
    keys: Sequence[int], chosen: "QuerySet[Any, Any]", reader: Reader
) -> dict[int, dict[str, int]]:
    """By actor and part, in how many of the chosen statements."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    parts = (
        Attribution.objects.using(reader.using)
        .filter(LIVE, statement__in=chosen)
        .annotate(kept=RESOLVED)
        .filter(kept__in=keys)
        .order_by()
        .values("kept", "part")
        .annotate(number=Count("statement", distinct=True))
    )
    for row in parts:
        counts[row["kept"]][row["part"]] = row["number"]
    return counts
