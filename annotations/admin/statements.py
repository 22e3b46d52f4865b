"""Statements, with everything that is read beside them."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.excerpts import quote, spans_of
from annotations.admin.filters import (
    ActorFilter,
    ArticleFilter,
    EditorFilter,
    JudgeFilter,
    StateFilter,
)
from annotations.admin.records import PartInline, link
from annotations.admin.reviewing import NEVER_TYPED, REVIEW, ReviewAdmin
from annotations.admin.verdicts import waiting_links
from annotations.models import (
    Attribution,
    Point,
    ReplyRecord,
    Response,
    Restatement,
    Revision,
    Span,
    Statement,
)
from annotations.models.record import LIVE
from annotations.models.statement import StatementQuerySet


class SpanInline(PartInline):
    model = Span
    fields = ("role", "ordinal", "words", "place")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        spans = super().get_queryset(request).filter(LIVE)
        return spans.prefetch_related(
            Prefetch("placements__revision", Revision.objects.defer("text"))
        ).order_by("role", "ordinal")

    @admin.display(description=_("words"))
    def words(self, span: Span) -> str:
        return span.exact()

    @admin.display(description=_("place"))
    def place(self, span: Span) -> str:
        placement = span.placement()
        if placement is None or placement.start is None:
            return gettext("needs placing")
        told = {"start": placement.start, "end": placement.end}
        told["number"] = placement.revision.number
        return gettext("%(start)s–%(end)s, revision %(number)s") % told


class AttributionInline(PartInline):
    model = Attribution
    fields = ("part", "actor", "as_printed", "title_as_printed", "speaker_basis")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).filter(LIVE)
        return rows.select_related("actor__merged_into").order_by("part", "ordinal")


class PointInline(PartInline):
    model = Point
    fields = ("ordinal", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(LIVE).order_by("ordinal")


class LinkInline(PartInline):
    """Links at the statement; `other` is the field that holds the statement at the other end."""

    model: type[Response | Restatement]
    show_change_link = True
    other = ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.model.objects.visible_to(request.user).live()
        others = Prefetch(self.other, Statement.objects.for_display())
        return rows.prefetch_related(others).order_by("id")

    @admin.display(description=_("statement"))
    def other_end(self, row: Response | Restatement) -> str:
        return str(getattr(row, self.other))


class AnsweredByInline(LinkInline):
    model = Response
    fk_name = "claim"
    other = "response"
    verbose_name_plural = _("answered by")
    fields = ("relation", "link_basis", "other_end", "state")


class AnswersInline(LinkInline):
    model = Response
    fk_name = "response"
    other = "claim"
    verbose_name_plural = _("answers")
    fields = ("relation", "link_basis", "other_end", "state")


class RestatedByInline(LinkInline):
    model = Restatement
    fk_name = "of"
    other = "by"
    verbose_name_plural = _("restated by")
    fields = ("scope", "other_end", "state")


class RestatesInline(LinkInline):
    model = Restatement
    fk_name = "by"
    other = "of"
    verbose_name_plural = _("restates")
    fields = ("scope", "other_end", "state")


class ReplyRecordInline(PartInline):
    model = ReplyRecord
    show_change_link = True
    fields = ("party", "status", "as_of", "state")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            ReplyRecord.objects.visible_to(request.user)
            .live()
            .select_related("party")
            .order_by("id")
        )


@admin.register(Statement)
class StatementAdmin(ReviewAdmin):
    actions = ("approve", "approve_with_links", "request_changes", "reject")
    list_display = (
        "speaker",
        "quoted",
        "article_title",
        "form",
        "review_state",
        "waiting",
        "author",
        "age",
    )
    list_display_links = ("speaker",)
    list_filter = (StateFilter, JudgeFilter, ArticleFilter, EditorFilter, "form", ActorFilter)
    search_fields = ("folded",)
    search_help_text = _("Words of the quote, the gist or the speaker's name")
    inlines = (
        SpanInline,
        AttributionInline,
        PointInline,
        AnsweredByInline,
        AnswersInline,
        RestatedByInline,
        RestatesInline,
        ReplyRecordInline,
    )
    fieldsets = (
        (None, {"fields": ("quoted", "speaker", "article_title", "form", "act", "gist")}),
        (
            _("When and where"),
            {
                "fields": (
                    "said_on",
                    "said_on_precision",
                    "said_on_as_printed",
                    "venue",
                    "note",
                )
            },
        ),
        REVIEW,
    )
    readonly_fields = (
        "quoted",
        "speaker",
        "article_title",
        *NEVER_TYPED,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        statements = Statement.objects.visible_to(request.user).for_display()
        return statements.prefetch_related(*_waiting())

    def quoted_spans(self, record: Statement) -> list[Span]:
        return spans_of(record)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        assert isinstance(queryset, StatementQuerySet)
        return queryset.saying(search_term), False

    @admin.display(description=_("speaker"))
    def speaker(self, statement: Statement) -> str:
        return statement.speakers_line()

    @admin.display(description=_("quote"))
    def quoted(self, statement: Statement) -> SafeString:
        return quote(statement)

    @admin.display(description=_("article"), ordering="article")
    def article_title(self, statement: Statement) -> SafeString:
        """Its title, which leads to the rest of its statements here."""
        listed = reverse("admin:annotations_statement_changelist")
        address = f"{listed}?article={statement.article_id}"
        return link(address, statement.article.title)

    @admin.display(description=_("links waiting"))
    def waiting(self, statement: Statement) -> int:
        return len(waiting_links(statement))


def _waiting() -> list[Any]:
    """The links that an approval may take along; their versions stand on the page."""
    responses = Response.objects.live().awaiting_review()
    restatements = Restatement.objects.live().awaiting_review()
    replies = ReplyRecord.objects.live().awaiting_review()
    return [
        Prefetch("responses", responses, "waiting_responses"),
        Prefetch("answers_to", responses, "waiting_answers"),
        Prefetch("restated_by", restatements, "waiting_of"),
        Prefetch("restates", restatements, "waiting_by"),
        Prefetch("reply_records", replies, "waiting_replies"),
    ]
