"""The columns of actors.csv."""

from collections.abc import Callable, Iterator

from annotations.exports import closed_sets
from annotations.exports.actor_rows import ActorRow
from annotations.exports.cells import Value
from annotations.exports.columns import Column, Shape
from annotations.exports.part_columns import WHO, Part
from annotations.models import Post

ActorColumn = Column[ActorRow]


def _post(
    name: str, meaning: str, source: str, value: Callable[[Post], Value], shape: Shape = Shape.TEXT
) -> ActorColumn:
    return Column(
        f"post_{name}",
        meaning,
        shape,
        source,
        lambda row: tuple(value(post) for post in row.posts),
        several=True,
    )


_NAMES: tuple[ActorColumn, ...] = (
    Column(
        "id",
        "The actor's identifier; it stays the same in every export.",
        Shape.IDENTIFIER,
        "Actor.uid",
        lambda row: row.actor.uid,
    ),
    Column(
        "address",
        "The address of the actor's page.",
        Shape.ADDRESS,
        "Actor.uid",
        lambda row: row.site + row.actor.get_absolute_url(),
    ),
    Column(
        "name",
        "The name that the actor is kept by.",
        Shape.TEXT,
        "Actor.name",
        lambda row: row.actor.name,
    ),
    Column(
        "kind",
        "What kind of actor it is.",
        Shape.TEXT,
        "Actor.kind",
        lambda row: row.actor.kind,
        closed_set=closed_sets.KIND,
    ),
    Column(
        "other_name",
        "Each other name of the actor.",
        Shape.TEXT,
        "ActorAlias.name",
        lambda row: tuple(alias.name for alias in row.actor.live_aliases()),
        several=True,
    ),
    Column(
        "wikidata",
        "The actor's item in Wikidata.",
        Shape.IDENTIFIER,
        "Actor.wikidata",
        lambda row: row.actor.wikidata,
    ),
)
_POSTS: tuple[ActorColumn, ...] = (
    _post("title", "The title of each post on record.", "Post.title", lambda post: post.title),
    _post(
        "organisation",
        "The organisation in which each post is held.",
        "Post.organisation",
        lambda post: post.organisation.resolved.name,
    ),
    _post(
        "organisation_id",
        "The identifier of the organisation in which each post is held.",
        "Post.organisation",
        lambda post: post.organisation.resolved.uid,
        Shape.IDENTIFIER,
    ),
    _post("since", "The day since which it is held.", "Post.since", lambda p: p.since, Shape.DAY),
    _post("until", "The day until which it was held.", "Post.until", lambda p: p.until, Shape.DAY),
)
_MERGED: tuple[ActorColumn, ...] = (
    Column(
        "merged_id",
        "The identifier of each actor that was merged into this one; older files may have it.",
        Shape.IDENTIFIER,
        "Actor.merged_into",
        lambda row: tuple(actor.uid for actor in row.merged),
        several=True,
    ),
    Column(
        "merged_name",
        "The name of each actor that was merged into this one.",
        Shape.TEXT,
        "Actor.merged_into",
        lambda row: tuple(actor.name for actor in row.merged),
        several=True,
    ),
    Column(
        "note",
        "An editor's note; empty in files for reporters.",
        Shape.TEXT,
        "Actor.note",
        lambda row: row.note,
    ),
)


def _one(who: str) -> str:
    """“an actor to whom it was said” for “each actor to whom it was said”."""
    noun = who.removeprefix("each ")
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}".replace(", in order", "")


def _counts() -> Iterator[ActorColumn]:
    def count_of(part: Part) -> Callable[[ActorRow], int]:
        return lambda row: row.counts.get(part, 0)

    for part, who in WHO.items():
        yield Column(
            f"{part}_count",
            f"In how many statements of this export it is {_one(who)}.",
            Shape.INTEGER,
            "computed from Attribution",
            count_of(part),
        )


ACTOR_COLUMNS: tuple[ActorColumn, ...] = (*_NAMES, *_POSTS, *_counts(), *_MERGED)
