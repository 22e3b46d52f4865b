"""Actors: who speaks, is spoken for, passes on or is accused; merged and told apart again, never deleted."""

import uuid
from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.asking import Shown
from annotations.api.v1.fields import Flag, Text, choices_of, text_of
from annotations.api.v1.filters import ActorQuery
from annotations.api.v1.parsing import Body, Rows, typed_in
from annotations.api.v1.references import Existing
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.schema import acts, lists
from annotations.editing.merge import merge, unmerge
from annotations.editing.name import name_actor, rename_actor
from annotations.models import Actor, ActorAlias, Post
from annotations.models.record import LIVE

MOST_NAMES = 200


@extend_schema_serializer(component_name="ActorPost")
class ActorPostShown(serializers.Serializer[Post]):
    """A post of an actor."""

    uid = serializers.UUIDField()
    title = serializers.CharField()
    organisation = serializers.UUIDField(source="organisation.uid")
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


@extend_schema_serializer(component_name="Actor")
class ActorShown(Shown):
    """An actor. `merged_into` is the one that reads resolve it to."""

    uid = serializers.UUIDField()
    version = serializers.IntegerField()
    page = serializers.CharField(source="get_absolute_url")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Actor.Kind.values)
    aliases = serializers.SerializerMethodField()
    wikidata = serializers.CharField()
    note = serializers.CharField()
    merged_into = serializers.UUIDField(source="merged_into.uid", allow_null=True)
    posts = ActorPostShown(many=True)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()

    def get_aliases(self, actor: Actor) -> list[str]:
        return [alias.name for alias in actor.live_aliases()]


class ActorBody(Body):
    """An actor as it is to be."""

    name = text_of(Actor, "name", trim_whitespace=True)
    kind = choices_of(Actor.Kind)
    aliases = Rows(
        child=Text(max_length=ActorAlias._meta.get_field("name").max_length, trim_whitespace=True),
        max_length=MOST_NAMES,
        default=list,
    )
    wikidata = text_of(Actor, "wikidata")
    note = text_of(Actor, "note")


class NewActorBody(ActorBody):
    """A new actor. One of nearly the name of another is created only where `although_near` says so."""

    although_near = Flag(default=False)


class MergeBody(Body):
    """Into whom the actor is merged."""

    into = Existing(Actor)


def complete_actors(rows: "QuerySet[Any]", user: Any, at: str = "") -> "QuerySet[Any]":
    """The rows with what is shown of the actors that they have at this path."""
    posts = Post.objects.visible_to(user).filter(LIVE).select_related("organisation")
    return rows.prefetch_related(
        Prefetch(f"{at}aliases", ActorAlias.objects.filter(LIVE).order_by("id")),
        Prefetch(f"{at}posts", posts.order_by("id")),
    )


class Actors(Resource):
    """Actors, those merged into others too."""

    shown_as = ActorShown

    def visible(self) -> "QuerySet[Any]":
        return Actor.objects.visible_to(self.request.user)

    def complete(self, rows: Any) -> Any:
        return complete_actors(rows.select_related("merged_into"), self.request.user)


class ActorList(Actors, Listing):
    """The actors that stand, and new ones."""

    filtered_by = ActorQuery
    tagged: tuple[str, ...] = ("POST",)

    @lists("actors", ActorShown, ActorQuery, "Actor")
    def get(self, request: Request) -> Response:
        """Actors by the words of their names and by kind; those merged into another by `merged`."""
        return self.page(request)

    @acts("create_actor", ActorShown, NewActorBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """A new actor; 409 with `candidates` where one of nearly the name is there."""
        typed = typed_in(request, NewActorBody)
        near = typed.pop("although_near")
        return self.answer(name_actor(user=request.user, although_near=near, **_named(typed)), 201)


class ActorDetail(Actors):
    """One actor."""

    @acts("read_actor", ActorShown)
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """The actor."""
        return self.answer(self.found(uid))

    @acts("replace_actor", ActorShown, ActorBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """The actor as it is to be, other names included."""
        return self._rename(request, self.found(uid), {})

    @acts("change_actor", ActorShown, ActorBody)
    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        """What is to be different about the actor."""
        actor = self.found(uid)
        return self._rename(request, actor, _as_sent(actor))

    def _rename(self, request: Request, actor: Actor, over: dict[str, Any]) -> Response:
        version = self.version(actor)
        typed = typed_in(request, ActorBody, over=over)
        rename_actor(user=request.user, actor=actor, version=version, **_named(typed))
        return self.answer(actor)


class ActorMerge(Actors):
    """Whether an actor is one with another."""

    versioned = ("POST", "DELETE")

    @acts("merge_actor", ActorShown, MergeBody)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Merge the actor into another: reads resolve it to that one, and nothing it is named in changes."""
        actor = self.found(uid)
        version, typed = self.version(actor), typed_in(request, MergeBody)
        merge(user=request.user, actor=actor, version=version, into=typed["into"])
        return self.answer(actor)

    @acts("unmerge_actor", ActorShown)
    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        """Tell the two apart again."""
        actor = self.found(uid)
        unmerge(user=request.user, actor=actor, version=self.version(actor))
        return self.answer(actor)


def _named(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: typed[name] for name in ("name", "kind", "aliases", "wikidata", "note")}


def _as_sent(actor: Actor) -> dict[str, Any]:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "aliases": [alias.name for alias in actor.live_aliases()],
        "wikidata": actor.wikidata,
        "note": actor.note,
    }
