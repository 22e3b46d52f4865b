"""Restatements: the same thing said again."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from annotations.admin.excerpts import quote, spans_of
from annotations.admin.filters import EditorFilter, RestatementArticleFilter, StateFilter
from annotations.admin.records import visible
from annotations.admin.reviewing import ReviewAdmin
from annotations.anchoring.fold import fold
from annotations.models import Restatement, Span, Statement


@admin.register(Restatement)
class RestatementAdmin(ReviewAdmin):
    list_display = ("restates", "first", "again", "review_state", "author", "age")
    list_display_links = ("restates",)
    list_filter = (StateFilter, RestatementArticleFilter, EditorFilter, "scope")
    search_fields = ("of__folded",)
    search_help_text = "Words of either statement"
    fieldsets = (
        (None, {"fields": ("restates", "first", "again", "note")}),
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
        "restates",
        "first",
        "again",
        "review_state",
        "author",
        "age",
        "judgement",
        "version",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Restatement]:
        links = visible(Restatement.objects.select_related("created_by", "reviewed_by"), request)
        return links.prefetch_related(
            Prefetch("of", Statement.objects.for_display()),
            Prefetch("by", Statement.objects.for_display()),
        )

    def quoted_spans(self, record: Any) -> list[Span]:
        return spans_of(record.of, record.by)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in fold(search_term).split():
            queryset = queryset.filter(Q(of__folded__contains=word) | Q(by__folded__contains=word))
        return queryset, False

    @admin.display(description="restates", ordering="scope")
    def restates(self, restatement: Restatement) -> str:
        return f"the {restatement.get_scope_display()}"

    @admin.display(description="the fullest wording")
    def first(self, restatement: Restatement) -> SafeString:
        return quote(restatement.of)

    @admin.display(description="said again")
    def again(self, restatement: Restatement) -> SafeString:
        return quote(restatement.by)
