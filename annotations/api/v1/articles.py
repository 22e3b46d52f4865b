"""Articles: received as text, described, sent to the reviewers with the drafts in them."""

import uuid
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.actors import ActorShown, complete_actors
from annotations.api.v1.asking import Reference, Shown
from annotations.api.v1.fields import Day, Flag, Text, Whole, choices_of, text_of
from annotations.api.v1.filters import ArticleQuery
from annotations.api.v1.parsing import Body, rows_of, typed_in
from annotations.api.v1.problems import Refused
from annotations.api.v1.references import Existing, uid_of
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.schema import acts, lists
from annotations.editing.receive import (
    LONGEST_TEXT,
    ArticleDetails,
    describe,
    mark_zones,
    receive,
    same_text,
)
from annotations.editing.review import submit_article
from annotations.models import Actor, Article, Zone
from annotations.models.record import LIVE

MOST_ZONES = 1000


@extend_schema_serializer(component_name="Zone")
class ZoneShown(serializers.Serializer[Zone]):
    """A stretch of a text that is set apart: [start, end) in code points."""

    kind = serializers.ChoiceField(choices=Zone.Kind.values)
    start = serializers.IntegerField()
    end = serializers.IntegerField()


@extend_schema_serializer(component_name="Article")
class ArticleShown(Shown):
    """An article without its text, which its revisions have; `revision` is the number of the newest."""

    expansions = ("outlet",)

    uid = serializers.UUIDField()
    version = serializers.IntegerField()
    page = serializers.CharField(source="get_absolute_url")
    title = serializers.CharField()
    headline = serializers.CharField()
    outlet = Reference(ActorShown, "outlet", allow_null=True)
    url = serializers.CharField()
    byline = serializers.CharField()
    dateline = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)
    language = serializers.CharField()
    revision = serializers.IntegerField(source="revision.number")
    sha256 = serializers.CharField(source="revision.sha256")
    zones = ZoneShown(many=True, source="revision.zones")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class ArticleBody(Body):
    """What is known of an article beside its text; empty or null where it is not."""

    headline = text_of(Article, "headline", trim_whitespace=True)
    outlet = Existing(Actor, allow_null=True, default=None)
    url = text_of(Article, "url", trim_whitespace=True)
    byline = text_of(Article, "byline", trim_whitespace=True)
    dateline = text_of(Article, "dateline", trim_whitespace=True)
    published_on = Day(allow_null=True, default=None)
    language = text_of(Article, "language", required=False, default="en")


class NewArticleBody(ArticleBody):
    """A new article. One with the text of another is received only where `although_same` says so."""

    text = Text(max_length=LONGEST_TEXT)
    although_same = Flag(default=False)


class ZoneBody(Body):
    """A stretch of the newest text."""

    kind = choices_of(Zone.Kind)
    start = Whole()
    end = Whole(min_value=1)


class ZonesBody(Body):
    """All zones of the newest text."""

    zones = rows_of(ZoneBody, MOST_ZONES)

    def validate_zones(self, zones: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if any(zone["start"] >= zone["end"] for zone in zones):
            raise serializers.ValidationError("A zone starts before it ends.", code="invalid")
        return zones


class Articles(Resource):
    """Articles."""

    shown_as: ClassVar[type[Shown]] = ArticleShown

    def visible(self) -> "QuerySet[Any]":
        return Article.objects.visible_to(self.request.user)

    def complete(self, rows: Any) -> Any:
        return complete_articles(rows, self.request.user, outlets="outlet" in self.asked.expand)


def complete_articles(
    rows: "QuerySet[Any]", user: Any, at: str = "", *, outlets: bool = False
) -> "QuerySet[Any]":
    """The rows with what is shown of the articles that they have at this path; without the texts."""
    live = Zone.objects.filter(LIVE).order_by("start", "id")
    rows = (
        rows.select_related(f"{at}current_revision", f"{at}outlet__merged_into")
        .defer(f"{at}current_revision__text")
        .prefetch_related(Prefetch(f"{at}current_revision__zones", live))
    )
    return complete_actors(rows, user, f"{at}outlet__") if outlets else rows


class ArticleList(Articles, Listing):
    """Articles, and new ones."""

    filtered_by = ArticleQuery
    tagged: tuple[str, ...] = ("POST",)

    @lists("articles", ArticleShown, ArticleQuery, "Article")
    def get(self, request: Request) -> Response:
        """Articles by their words, outlet, date, language and how far the work on them is."""
        return self.page(request)

    @acts("create_article", ArticleShown, NewArticleBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """Receive an article; 409 with `article` where one with this text is there."""
        typed = typed_in(request, NewArticleBody)
        same = None if typed["although_same"] else same_text(typed["text"], request.user)
        if same:
            detail = (
                f"The article {same.uid} has this text. Send although_same to receive it again."
            )
            raise Refused(409, "same_text", detail, article=str(same.uid))
        article = receive(user=request.user, text=typed["text"], details=_details(typed))
        return self.answer(article, status.HTTP_201_CREATED)


class ArticleDetail(Articles):
    """One article."""

    @acts("read_article", ArticleShown)
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """What is known of the article; its text is at `revisions/…/`."""
        return self.answer(self.found(uid))

    @acts("replace_article", ArticleShown, ArticleBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """What is known of the article, as it is to be; the text stays, corrections change it."""
        return self._describe(request, self.found(uid), {})

    @acts("change_article", ArticleShown, ArticleBody)
    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        """What is to be different about the article."""
        article = self.found(uid)
        return self._describe(request, article, _as_sent(article))

    def _describe(self, request: Request, article: Article, over: dict[str, Any]) -> Response:
        version = self.version(article)
        details = _details(typed_in(request, ArticleBody, over=over))
        describe(user=request.user, article=article, version=version, details=details)
        return self.answer(article)


class ArticleZones(Articles):
    """What is set apart in an article's newest text."""

    @acts("replace_zones", ArticleShown, ZonesBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """The zones of the newest text, all of them."""
        article = self.found(uid)
        version, typed = self.version(article), typed_in(request, ZonesBody)
        zones = [(zone["kind"], zone["start"], zone["end"]) for zone in typed["zones"]]
        mark_zones(user=request.user, article=article, version=version, zones=zones)
        return self.answer(article)


@extend_schema_serializer(component_name="Submitted")
class SubmittedShown(Shown):
    """How many drafts went to the reviewers."""

    submitted = serializers.IntegerField()


class ArticleSubmission(Articles):
    """The drafts in an article go to the reviewers."""

    shown_as = SubmittedShown
    versioned = ()
    tagged: tuple[str, ...] = ()

    @acts("submit_article", SubmittedShown)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Submit every draft in the article: statements, links and reply records."""
        count = submit_article(user=request.user, article=self.found(uid))
        return Response(self._serialized({"submitted": count}))


def _details(typed: dict[str, Any]) -> ArticleDetails:
    return ArticleDetails(
        headline=typed["headline"],
        outlet=typed["outlet"],
        url=typed["url"],
        byline=typed["byline"],
        dateline=typed["dateline"],
        published_on=typed["published_on"],
        language=typed["language"],
    )


def _as_sent(article: Article) -> dict[str, Any]:
    return {
        "headline": article.headline,
        "outlet": uid_of(article.outlet),
        "url": article.url,
        "byline": article.byline,
        "dateline": article.dateline,
        "published_on": article.published_on and article.published_on.isoformat(),
        "language": article.language,
    }
