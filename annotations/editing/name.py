"""Actors get their names, other names and posts."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.anchoring.fold import fold
from annotations.editing.change import change, store, take, take_out
from annotations.models import Actor, ActorAlias, Post
from annotations.models.history import Verb
from annotations.models.words import listed
from annotations.permissions import User


class NearDuplicate(ValidationError):
    """Actors of nearly this name are there already: `candidates`."""

    def __init__(self, candidates: list[Actor]) -> None:
        self.candidates = candidates
        names = listed(actor.name for actor in candidates)
        said = _("There is an actor of nearly this name already: %(names)s.") % {"names": names}
        super().__init__({"name": [said]}, code="near_duplicate")


@dataclass(frozen=True)
class PostDetails:
    """A title that an actor holds in an organisation."""

    title: str
    organisation: Actor
    since: date | None = None
    until: date | None = None


def name_actor(
    *,
    user: User,
    name: str,
    kind: str,
    aliases: Iterable[str] = (),
    wikidata: str = "",
    note: str = "",
    although_near: bool = False,
    uid: uuid.UUID | None = None,
) -> Actor:
    """The new actor; NearDuplicate unless `although_near`; ValidationError names the field."""
    with change(Verb.NAMED, user):
        actor = Actor(
            uid=uid or uuid.uuid4(),
            name=name,
            folded=fold(name),
            kind=kind,
            wikidata=wikidata,
            note=note,
        )
        actor.full_clean()  # before the name is looked for: PostgreSQL refuses a NUL in a query
        near = [] if although_near else Actor.objects.visible_to(user).nearly_named(name)
        if near:
            raise NearDuplicate(near)
        store(actor)
        _call(actor, aliases)
        return actor


def rename_actor(
    *,
    user: User,
    actor: Actor,
    version: int,
    name: str,
    kind: str,
    aliases: Iterable[str],
    wikidata: str = "",
    note: str = "",
) -> Actor:
    """The actor with this name, kind and other names. Stale; ValidationError names the field."""
    with change(Verb.NAMED, user):
        actor = take(actor, version)
        actor.name, actor.folded, actor.kind, actor.wikidata, actor.note = (
            name,
            fold(name),
            kind,
            wikidata,
            note,
        )
        store(actor)
        _call(actor, aliases)
        return actor


def _call(actor: Actor, names: Iterable[str]) -> None:
    """Make the actor's other names these."""
    wanted = dict.fromkeys(name for name in names if name)
    for alias in actor.aliases.filter(withdrawn_at__isnull=True):
        if alias.name in wanted:
            del wanted[alias.name]
        else:
            take_out(alias)
    for name in wanted:
        store(ActorAlias(actor=actor, name=name, folded=fold(name)))


def give_post(
    *, user: User, holder: Actor, details: PostDetails, uid: uuid.UUID | None = None
) -> Post:
    """The new post. ValidationError names the field."""
    with change(Verb.NAMED, user):
        return store(_set(Post(uid=uid or uuid.uuid4(), holder=holder), details))


def revise_post(*, user: User, post: Post, version: int, details: PostDetails) -> Post:
    """The post as it is now to be. Stale; ValidationError names the field."""
    with change(Verb.REVISED, user):
        return store(_set(take(post, version), details))


def withdraw_post(*, user: User, post: Post, version: int) -> Post:
    """The post, deleted as the page calls it. Stale."""
    with change(Verb.WITHDRAWN, user):
        post = take(post, version)
        post.withdrawn_at = timezone.now()
        return store(post)


def bring_back_post(*, user: User, post: Post, version: int) -> Post:
    """The post, no longer deleted. Stale; ValidationError where it is not deleted."""
    with change(Verb.BROUGHT_BACK, user):
        post = take(post, version)
        if post.withdrawn_at is None:
            raise ValidationError(_("It is not deleted."))
        post.withdrawn_at = None
        return store(post)


def _set(post: Post, details: PostDetails) -> Post:
    post.title, post.organisation = details.title, details.organisation
    post.since, post.until = details.since, details.until
    return post
