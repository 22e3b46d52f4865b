"""Responses: this statement answers that claim."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from annotations.admin.excerpts import quote, spans_of
from annotations.admin.filters import EditorFilter, ResponseArticleFilter, StateFilter
from annotations.admin.records import visible
from annotations.admin.reviewing import ReviewAdmin
from annotations.anchoring.fold import fold
from annotations.models import Response, Span, Statement


@admin.register(Response)
class ResponseAdmin(ReviewAdmin):
    list_display = (
        "relation",
        "claimed",
        "responded",
        "link_basis",
        "review_state",
        "author",
        "age",
    )
    list_display_links = ("relation",)
    list_filter = (StateFilter, ResponseArticleFilter, EditorFilter, "relation")
    search_fields = ("claim__folded",)
    search_help_text = "Words of the claim or of the response"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "relation",
                    "link_basis",
                    "claimed",
                    "responded",
                    "marked",
                    "for_parties",
                    "for_points",
                    "note",
                )
            },
        ),
        (
            "Review",
            {
                "fields": (
                    "review_state",
                    "author",
                    "age",
                    "review_reason",
                    "judgement",
                    "version",
                )
            },
        ),
    )
    readonly_fields = (
        "claimed",
        "responded",
        "marked",
        "for_parties",
        "for_points",
        "review_state",
        "author",
        "age",
        "judgement",
        "version",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        links = visible(Response.objects.all(), request).for_display()  # type: ignore[attr-defined]
        found: QuerySet[Response] = links.select_related("reviewed_by").prefetch_related(
            Prefetch("claim", Statement.objects.for_display()),
            Prefetch("response", Statement.objects.for_display()),
        )
        return found

    def quoted_spans(self, record: Any) -> list[Span]:
        return spans_of(record.claim, record.response)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in fold(search_term).split():
            queryset = queryset.filter(
                Q(claim__folded__contains=word) | Q(response__folded__contains=word)
            )
        return queryset, False

    @admin.display(description="claim")
    def claimed(self, response: Response) -> SafeString:
        return quote(response.claim)

    @admin.display(description="response")
    def responded(self, response: Response) -> SafeString:
        return quote(response.response)

    @admin.display(description="words that mark it", empty_value="none")
    def marked(self, response: Response) -> str:
        return response.marker()

    @admin.display(description="answers for")
    def for_parties(self, response: Response) -> str:
        return ", ".join(actor.name for actor in response.live_parties()) or "no accused party"

    @admin.display(description="answers the points")
    def for_points(self, response: Response) -> str:
        return "; ".join(str(point) for point in response.live_answers()) or "none"
