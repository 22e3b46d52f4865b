"""Posts: the titles that actors hold in organisations."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.actors import ActorShown, complete_actors
from annotations.api.v1.asking import Reference, Shown
from annotations.api.v1.fields import Day, text_of
from annotations.api.v1.filters import PostQuery
from annotations.api.v1.parsing import Body, typed_in
from annotations.api.v1.references import Existing, uid_of
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.schema import acts, lists
from annotations.editing.name import (
    PostDetails,
    bring_back_post,
    give_post,
    revise_post,
    withdraw_post,
)
from annotations.models import Actor, Post


@extend_schema_serializer(component_name="Post")
class PostShown(Shown):
    """A title that an actor holds in an organisation."""

    expansions = ("holder", "organisation")

    uid = serializers.UUIDField()
    version = serializers.IntegerField()
    holder = Reference(ActorShown, "holder")
    title = serializers.CharField()
    organisation = Reference(ActorShown, "organisation")
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    deleted = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()

    def get_deleted(self, post: Post) -> bool:
        return post.withdrawn_at is not None


class PostBody(Body):
    """A post as it is to be; its holder stays."""

    title = text_of(Post, "title", trim_whitespace=True)
    organisation = Existing(Actor)
    since = Day(allow_null=True, default=None)
    until = Day(allow_null=True, default=None)


class NewPostBody(PostBody):
    """A new post."""

    holder = Existing(Actor)


class Posts(Resource):
    """Posts."""

    shown_as = PostShown

    def visible(self) -> "QuerySet[Any]":
        return Post.objects.visible_to(self.request.user)

    def complete(self, rows: Any) -> Any:
        rows = rows.select_related("holder__merged_into", "organisation__merged_into")
        for end in sorted(self.asked.expand):
            rows = complete_actors(rows, self.request.user, f"{end}__")
        return rows


class PostList(Posts, Listing):
    """Posts, and new ones."""

    filtered_by = PostQuery
    tagged: tuple[str, ...] = ("POST",)

    @lists("posts", PostShown, PostQuery, "Post")
    def get(self, request: Request) -> Response:
        """Posts by holder and organisation, without deleted ones."""
        return self.page(request)

    @acts("create_post", PostShown, NewPostBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """A new post."""
        typed = typed_in(request, NewPostBody)
        post = give_post(user=request.user, holder=typed["holder"], details=_details(typed))
        return self.answer(post, status.HTTP_201_CREATED)


class PostDetail(Posts):
    """One post."""

    @acts("read_post", PostShown)
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """The post; a deleted one too."""
        return self.answer(self.found(uid))

    @acts("replace_post", PostShown, PostBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """The post as it is to be."""
        return self._revise(request, self.found(uid), {})

    @acts("change_post", PostShown, PostBody)
    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        """What is to be different about the post."""
        post = self.found(uid)
        return self._revise(request, post, _as_sent(post))

    @acts("delete_post", PostShown)
    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        """Delete the post; its row and history stay, and POST to `return/` brings it back."""
        post = self.found(uid)
        withdraw_post(user=request.user, post=post, version=self.version(post))
        return self.answer(post)

    def _revise(self, request: Request, post: Post, over: dict[str, Any]) -> Response:
        version = self.version(post)
        typed = typed_in(request, PostBody, over=over)
        revise_post(user=request.user, post=post, version=version, details=_details(typed))
        return self.answer(post)


class PostReturn(Posts):
    """The way back of a deleted post."""

    versioned = ("POST",)

    @acts("bring_back_post", PostShown)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Bring the deleted post back."""
        post = self.found(uid)
        bring_back_post(user=request.user, post=post, version=self.version(post))
        return self.answer(post)


def _details(typed: dict[str, Any]) -> PostDetails:
    return PostDetails(typed["title"], typed["organisation"], typed["since"], typed["until"])


def _as_sent(post: Post) -> dict[str, Any]:
    return {
        "title": post.title,
        "organisation": uid_of(post.organisation),
        "since": post.since and post.since.isoformat(),
        "until": post.until and post.until.isoformat(),
    }
