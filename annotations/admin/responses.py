"""Responses: this statement answers that claim."""

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.excerpts import quote, spans_of
from annotations.admin.filters import EditorFilter, JudgeFilter, ResponseArticleFilter, StateFilter
from annotations.admin.reviewing import NEVER_TYPED, REVIEW, ReviewAdmin
from annotations.models import Response, Span, Statement
from annotations.models.words import listed


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
    list_filter = (StateFilter, JudgeFilter, ResponseArticleFilter, EditorFilter, "relation")
    search_fields = ("claim__folded", "response__folded")
    search_help_text = _("Words of the claim or of the response")
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
        REVIEW,
    )
    readonly_fields = (
        "claimed",
        "responded",
        "marked",
        "for_parties",
        "for_points",
        *NEVER_TYPED,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        links = Response.objects.visible_to(request.user).for_display()
        return links.select_related("reviewed_by").prefetch_related(
            Prefetch("claim", Statement.objects.for_display()),
            Prefetch("response", Statement.objects.for_display()),
        )

    def quoted_spans(self, record: Response) -> list[Span]:
        return spans_of(record.claim, record.response)

    @admin.display(description=_("claim"))
    def claimed(self, response: Response) -> SafeString:
        return quote(response.claim)

    @admin.display(description=_("response"))
    def responded(self, response: Response) -> SafeString:
        return quote(response.response)

    @admin.display(description=_("words that mark it"))
    def marked(self, response: Response) -> str:
        return response.marker() or gettext("none")

    @admin.display(description=_("answers for"))
    def for_parties(self, response: Response) -> str:
        return listed(actor.name for actor in response.live_parties()) or gettext(
            "no accused party"
        )

    @admin.display(description=_("answers the points"))
    def for_points(self, response: Response) -> str:
        return "; ".join(str(point) for point in response.live_answers()) or gettext("none")
