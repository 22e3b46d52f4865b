"""What an actor's page shows: the newest statements of each part it has, posts, other names."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models import Actor, Attribution, Post, Statement
from annotations.models.keyset import Count, count_of
from annotations.models.response import Response
from annotations.models.statement import StatementQuerySet
from annotations.permissions import User
from annotations.views.statement_list import Row, row_of

NEWEST = 5
SECTIONS = (
    (Attribution.Kind.SPEAKER, _("Said")),
    (Attribution.Kind.ACTING_FOR, _("Said on their behalf")),
    (Attribution.Kind.VIA, _("Passed on")),
    (Attribution.Kind.ADDRESSEE, _("Addressed to them")),
    (Attribution.Kind.ABOUT, _("About them")),
)


@dataclass(frozen=True)
class Section:
    """The newest statements of one kind, how many there are, and the query that lists them all.

    The list reads a merged actor as the one it was merged into, so no query lists its own; then it is empty.
    """

    title: str
    rows: list[Row]
    count: Count
    query: str


@dataclass(frozen=True)
class ActorPage:
    """An actor with what the user sees of it; sections without a statement are left out."""

    actor: Actor
    sections: list[Section]
    posts: list[Post]
    holders: list[Post]
    merged: list[Actor]


def page_of_actor(actor: Actor, user: User) -> ActorPage:
    """The page, in a number of queries that does not depend on how much there is."""
    visible = Statement.objects.visible_to(user).live()
    asked = [
        (str(title), visible.with_actor(actor, part), f"actor={actor.uid}&part={part}")
        for part, title in SECTIONS
    ]
    links = Response.objects.visible_to(user).live().for_any_party([actor.pk])
    answers = visible.filter(pk__in=links.values("response"))
    asked.append(
        (gettext("Answers by them or on their behalf"), answers, f"answers_for={actor.uid}")
    )
    posts = Post.objects.visible_to(user).live()
    return ActorPage(
        actor=actor,
        sections=_sections(asked, user, listed=actor.merged_into_id is None),
        posts=list(posts.of("holder", [actor.pk])),
        holders=list(posts.of("organisation", [actor.pk])[:50]),
        merged=list(Actor.objects.visible_to(user).filter(merged_into=actor).order_by("id")),
    )


def _sections(
    asked: list[tuple[str, StatementQuerySet, str]], user: User, *, listed: bool
) -> list[Section]:
    """The sections; the statements of all of them are fetched together."""
    newest = {title: _newest(rows) for title, rows, _ in asked}
    keys = {key for found in newest.values() for key in found}
    shown = Statement.objects.visible_to(user).filter(pk__in=keys)
    everything = permissions.sees_everything(user)
    dressed = shown.with_reply_counts(user).for_display()
    by_key = {row.pk: row_of(row, everything) for row in dressed}
    return [
        Section(title, [by_key[key] for key in newest[title]], count, query if listed else "")
        for title, rows, query in asked
        if (count := count_of(rows)).number
    ]


def _newest(rows: StatementQuerySet) -> list[int]:
    return list(rows.order_by("-id").values_list("pk", flat=True)[:NEWEST])
