"""Restatements: the same thing said again."""

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.admin.excerpts import quote, spans_of
from annotations.admin.filters import (
    EditorFilter,
    JudgeFilter,
    RestatementArticleFilter,
    StateFilter,
)
from annotations.admin.reviewing import NEVER_TYPED, REVIEW, ReviewAdmin
from annotations.models import Restatement, Span, Statement


@admin.register(Restatement)
class RestatementAdmin(ReviewAdmin):
    list_display = ("restates", "first", "again", "review_state", "author", "age")
    list_display_links = ("restates",)
    list_filter = (StateFilter, JudgeFilter, RestatementArticleFilter, EditorFilter, "scope")
    search_fields = ("of__folded", "by__folded")
    search_help_text = _("Words of either statement")
    fieldsets = (
        (None, {"fields": ("restates", "first", "again", "note")}),
        REVIEW,
    )
    readonly_fields = (
        "restates",
        "first",
        "again",
        *NEVER_TYPED,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Restatement]:
        links = Restatement.objects.visible_to(request.user).select_related(
            "created_by", "reviewed_by"
        )
        return links.prefetch_related(
            Prefetch("of", Statement.objects.for_display()),
            Prefetch("by", Statement.objects.for_display()),
        )

    def quoted_spans(self, record: Restatement) -> list[Span]:
        return spans_of(record.of, record.by)

    @admin.display(description=_("restates"), ordering="scope")
    def restates(self, restatement: Restatement) -> str:
        return str(restatement.get_scope_display())

    @admin.display(description=_("the fullest wording"))
    def first(self, restatement: Restatement) -> SafeString:
        return quote(restatement.of)

    @admin.display(description=_("said again"))
    def again(self, restatement: Restatement) -> SafeString:
        return quote(restatement.by)
