"""An article's texts over time; a correction adds one, and can be tried out before."""

import uuid
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.articles import ArticleShown, ZoneShown, complete_articles
from annotations.api.v1.asking import Shown
from annotations.api.v1.fields import Text, choices_of, text_of
from annotations.api.v1.filters import RevisionQuery
from annotations.api.v1.parsing import Body, typed_in
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.schema import acts, lists
from annotations.api.v1.versions import etag_of, is_known, revision_tag
from annotations.editing.correct import Fate, correct, foresee, refuse_same
from annotations.editing.receive import LONGEST_TEXT, as_stored, refuse_unfit
from annotations.models import Article, Placement, Revision, Zone
from annotations.models.record import LIVE
from annotations.models.response import Response as Link


@extend_schema_serializer(component_name="RevisionRow")
class RevisionRow(Shown):
    """One text of an article, without the text."""

    uid = serializers.UUIDField()
    article = serializers.UUIDField(source="article.uid")
    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    received_at = serializers.DateTimeField()
    reason = serializers.ChoiceField(choices=["", *Revision.Reason.values])
    note = serializers.CharField()


@extend_schema_serializer(component_name="Revision")
class RevisionShown(RevisionRow):
    """One text of an article: immutable, as received. Offsets count its code points."""

    text = serializers.CharField()
    zones = ZoneShown(many=True)


@extend_schema_serializer(component_name="Fate")
class FateShown(serializers.Serializer[Fate]):
    """What a correction does to a span; start and end are null where it needs placing."""

    span = serializers.UUIDField(source="span.uid")
    role = serializers.CharField(source="span.role")
    owner = serializers.UUIDField(source="span.owner.uid")
    owner_kind = serializers.SerializerMethodField()
    exact = serializers.CharField(source="stood.exact")
    outcome = serializers.ChoiceField(choices=Placement.State.values, source="carried.outcome")
    reason = serializers.SerializerMethodField()
    start = serializers.IntegerField(source="carried.place.start", allow_null=True)
    end = serializers.IntegerField(source="carried.place.end", allow_null=True)

    def get_owner_kind(self, fate: Fate) -> str:
        if fate.span.statement_id:
            return "statement"
        return "response" if isinstance(fate.span.owner, Link) else "reply_record"

    def get_reason(self, fate: Fate) -> str:
        return str(fate.carried.reason or "")


@extend_schema_serializer(component_name="Correction")
class CorrectionShown(Shown):
    """What a correction does, or would do; `revision` is null in a preview."""

    revision = RevisionRow(allow_null=True)
    fates = FateShown(many=True)


class CorrectionBody(Body):
    """The text as it now reads, and why it changes."""

    text = Text(max_length=LONGEST_TEXT)
    reason = choices_of(Revision.Reason)
    note = text_of(Revision, "note")


class Revisions(Resource):
    """The texts of one article."""

    shown_as: ClassVar[type[Shown]] = RevisionRow
    tagged: tuple[str, ...] = ()

    def article(self) -> Article:
        """The article in the address; Http404."""
        articles = Article.objects.visible_to(self.request.user)
        found: Article = get_object_or_404(
            articles.select_related("current_revision"), uid=self.kwargs["uid"]
        )
        return found

    def shown(self, record: Any) -> dict[str, Any]:
        rows = complete_articles(Article.objects.visible_to(self.request.user), self.request.user)
        article: dict[str, Any] = ArticleShown(rows.get(pk=record.pk)).data
        return article

    def visible(self) -> "QuerySet[Any]":
        return Revision.objects.filter(article=self.article()).select_related("article")

    def complete(self, rows: Any) -> Any:
        return rows.select_related("article").defer("text")


class RevisionList(Revisions, Listing):
    """The texts of an article, newest first."""

    filtered_by = RevisionQuery

    @lists("revisions", RevisionRow, RevisionQuery, "Revision")
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """The texts of an article, newest first, without the texts themselves."""
        self.filters.queryset = self.visible()
        return self.page(request)


class RevisionDetail(Revisions):
    """One text."""

    shown_as = RevisionShown
    tagged = ("GET",)
    is_conditional = True

    def complete(self, rows: Any) -> Any:
        zones = Zone.objects.filter(LIVE).order_by("start", "id")
        return rows.defer("text").prefetch_related(
            Prefetch("zones", zones)
        )  # read where it is shown

    @acts("read_revision", RevisionShown)
    def get(self, request: Request, uid: uuid.UUID, number: int) -> Response:
        """The text of this number, with its zones."""
        found = get_object_or_404(self.rows(), number=number)
        headers = {"ETag": revision_tag(found)}
        if is_known(request, headers["ETag"]):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=headers)
        return Response(self._serialized(found), headers=headers)


class Corrections(Revisions):
    """The text of an article changes."""

    shown_as = CorrectionShown
    versioned = ("POST",)
    tagged = ("POST",)

    @acts("create_correction", CorrectionShown, CorrectionBody, 201)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """Correct, update or retract the text: what became of each span. None lands on other words."""
        article = self.article()
        version, typed = self.version(article), typed_in(request, CorrectionBody)
        fates = correct(
            user=request.user,
            article=article,
            version=version,
            text=typed["text"],
            reason=typed["reason"],
            note=typed["note"],
        )
        article = self.article()
        made = {"revision": article.revision, "fates": fates}
        place = reverse("v1_revision", args=[article.uid, article.revision.number])
        headers = {"ETag": etag_of(article), "Location": request.build_absolute_uri(place)}
        return Response(self._serialized(made), status.HTTP_201_CREATED, headers=headers)


class CorrectionPreview(Revisions):
    """What a correction would do."""

    shown_as = CorrectionShown

    @acts("preview_correction", CorrectionShown, CorrectionBody)
    @idempotent
    def post(self, request: Request, uid: uuid.UUID) -> Response:
        """What this text would do to each span; nothing is written."""
        article, typed = self.article(), typed_in(request, CorrectionBody)
        stored = as_stored(typed["text"])
        refuse_unfit(stored)
        refuse_same(article, stored, typed["reason"])
        return Response(self._serialized({"revision": None, "fates": foresee(article, stored)}))
