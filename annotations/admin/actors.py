"""Actors with their other names and posts."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.admin.records import PartInline, RecordAdmin, link
from annotations.models import Actor, ActorAlias, Attribution, Post
from annotations.models.actor import ActorQuerySet
from annotations.models.record import LIVE


class AliasInline(PartInline):
    model = ActorAlias
    fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(LIVE)


class PostInline(PartInline):
    model = Post
    fk_name = "holder"
    fields = ("title", "organisation", "since", "until")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Post.objects.visible_to(request.user).live().select_related("organisation")


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    list_display = ("name", "kind", "also_called", "wikidata", "merged", "statements")
    list_filter = ("kind",)
    search_fields = ("folded",)
    search_help_text = _("The beginnings of words of a name")
    ordering = ["name", "id"]
    inlines = (AliasInline, PostInline)
    fields = ("name", "kind", "wikidata", "note", "merged", "statements", "version")
    readonly_fields = ("merged", "statements", "version")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        actors = Actor.objects.visible_to(request.user).annotate(statement_count=_statements())
        return actors.select_related("merged_into").prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        assert isinstance(queryset, ActorQuerySet)
        return queryset.named(search_term), False

    @admin.display(description=_("also called"))
    def also_called(self, actor: Actor) -> str:
        return ", ".join(alias.name for alias in actor.live_aliases())

    @admin.display(description=_("merged into"), ordering="merged_into")
    def merged(self, actor: Actor) -> SafeString:
        into = actor.merged_into
        if into is None:
            return SafeString("")
        return link(reverse("admin:annotations_actor_change", args=[into.pk]), into.name)

    @admin.display(description=_("statements"), ordering="statement_count")
    def statements(self, actor: Actor) -> SafeString:
        """How many statements the actor has a part in, which leads to them."""
        address = reverse("admin:annotations_statement_changelist")
        return link(f"{address}?actor={actor.pk}&state=all", f"{vars(actor)['statement_count']:,}")


@admin.register(Post)
class PostAdmin(RecordAdmin):
    list_display = ("title", "holder", "organisation", "since", "until")
    search_fields = ("title", "holder__name", "organisation__name")
    search_help_text = _("The title, or who holds it where")
    ordering = ["title", "id"]
    fields = ("holder", "title", "organisation", "since", "until", "version")
    readonly_fields = ("version",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return Post.objects.visible_to(request.user).live().select_related("holder", "organisation")


def _statements() -> Coalesce:
    """The number of statements in which the outer query's actor (merges included) has a part."""
    own = Q(actor=OuterRef("pk")) | Q(actor__merged_into=OuterRef("pk"))
    counted = (
        Attribution.objects.filter(LIVE, own)
        .order_by()
        .annotate(one=Value(1))
        .values("one")
        .annotate(number=Count(F("statement"), distinct=True))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
