"""Actors for the page's scripts: found as their names are typed, created in place."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.anchoring.fold import fold
from annotations.api.requests import ReadsOrAnnotates, refuse_unknown
from annotations.editing.name import NearDuplicate, name_actor
from annotations.models import Actor, Post
from annotations.models.validators import refuse_unstorable

OFFERED = 12  # as many as fit under a field without scrolling


class NewActor(serializers.Serializer[Actor]):
    """What an editor types for a new actor."""

    name = serializers.CharField(max_length=300, validators=[refuse_unstorable])
    kind = serializers.ChoiceField(
        choices=Actor.Kind.choices,
        # The usual words repeat what was sent, and half a surrogate pair cannot be sent back.
        error_messages={"invalid_choice": "There is no such kind of actor."},
    )
    although_near = serializers.BooleanField(default=False)


class Words(serializers.Serializer[Actor]):
    """What is typed to find an actor by."""

    q = serializers.CharField(max_length=300, allow_blank=True, validators=[refuse_unstorable])


@extend_schema(exclude=True)
class ActorList(APIView):
    """`?q=` finds up to 12 actors by the words of their names; POST creates one."""

    permission_classes = (ReadsOrAnnotates,)

    def get(self, request: Request) -> Response:
        refuse_unknown(request, ["q"])
        typed = Words(data={"q": request.query_params.get("q", "")})
        typed.is_valid(raise_exception=True)
        words = fold(typed.validated_data["q"])
        found = list(Actor.objects.visible_to(request.user).offered_for(words)[:OFFERED])
        posts = Post.objects.visible_to(request.user).live().by_holder([a.pk for a in found])
        return Response({"results": [_offer(actor, posts[actor.pk], words) for actor in found]})

    def post(self, request: Request) -> Response:
        typed = NewActor(data=request.data)
        typed.is_valid(raise_exception=True)
        try:
            actor = name_actor(user=request.user, **_fields(typed.validated_data))
        except NearDuplicate as near:
            candidates = [_named(actor) for actor in near.candidates]
            message = {"name": near.message_dict["name"], "candidates": candidates}
            return Response(message, status.HTTP_409_CONFLICT)
        except ValidationError as error:
            return Response(error.message_dict, status.HTTP_400_BAD_REQUEST)
        return Response(_offer(actor, [], ""), status.HTTP_201_CREATED)


def _fields(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: typed[name] for name in ("name", "kind", "although_near")}


def _named(actor: Actor) -> dict[str, Any]:
    return {"uid": str(actor.uid), "name": actor.name, "kind": actor.kind}


def _offer(actor: Actor, posts: list[Post], words: str) -> dict[str, Any]:
    """The actor as a choice under a field; `matched` is the other name that the words were found in."""
    aliases = actor.live_aliases()
    return {
        **_named(actor),
        "kind_label": actor.get_kind_display(),
        "aliases": [alias.name for alias in aliases],
        "matched": _matched(actor, words),
        "posts": [
            {"title": post.title, "organisation": _named(post.organisation.resolved)}
            for post in posts
            if post.is_current
        ],
    }


def _matched(actor: Actor, words: str) -> str | None:
    if not words or all(word in actor.folded for word in words.split()):
        return None
    for alias in actor.live_aliases():
        if all(word in alias.folded for word in words.split()):
            return alias.name
    return None
