"""Articles, with the texts that were received."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.records import PartInline, RecordAdmin, link
from annotations.models import Article, Assignment, Revision, Zone
from annotations.models.record import LIVE


class RevisionInline(PartInline):
    """The texts as received; a correction adds one, and none is ever changed."""

    model = Revision
    fields = ("number", "begins", "length", "received_at", "receiver", "reason", "sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return (
            super()
            .get_queryset(request)
            .select_related("article", "received_by")
            .order_by("number")
        )

    @admin.display(description=_("begins"))
    def begins(self, revision: Revision) -> SafeString:
        address = reverse("revision", args=[revision.article.uid, revision.number])
        return format_html('<a href="{}">{}</a>', address, Revision.first_words(revision.text))

    @admin.display(description=_("characters"))
    def length(self, revision: Revision) -> str:
        return f"{len(revision.text):,}"

    @admin.display(description=_("received by"))
    def receiver(self, revision: Revision) -> str:
        return revision.received_by.get_username()


class AssignmentInline(PartInline):
    """Who had the article, and has it now; it is taken and given back on the site's pages."""

    model = Assignment
    fk_name = "article"
    fields = ("editor", "given_by", "taken_at", "released_at", "released_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("editor", "given_by", "released_by")
        return rows.order_by("-taken_at", "-id")


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    list_display = ("title", "outlet", "published_on", "language", "statements", "author")
    list_filter = ("language",)
    search_fields = ("headline", "url", "outlet__name")
    search_help_text = _("Words of the headline, the outlet or the address")
    ordering = ["-id"]
    inlines = (RevisionInline, AssignmentInline)
    fields = (
        "title",
        "outlet",
        "url",
        "byline",
        "dateline",
        "published_on",
        "language",
        "zones",
        "statements",
        "author",
        "version",
    )
    readonly_fields = ("title", "zones", "statements", "author", "version")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = Article.objects.visible_to(request.user)
        related = articles.select_related("current_revision", "outlet", "created_by")
        return related.defer("current_revision__text")

    @admin.display(description=_("article"), ordering="headline")
    def title(self, article: Article) -> str:
        return article.title

    @admin.display(description=_("statements"))
    def statements(self, article: Article) -> SafeString:
        address = reverse("admin:annotations_statement_changelist")
        return link(f"{address}?article={article.pk}&state=all", gettext("its statements"))

    @admin.display(description=_("received by"), ordering="created_by__username")
    def author(self, article: Article) -> str:
        return article.created_by.get_username()

    @admin.display(description=_("set apart in the text"))
    def zones(self, article: Article) -> str:
        zones = Zone.objects.filter(LIVE, revision=article.current_revision)
        return "; ".join(str(zone) for zone in zones) or gettext("nothing")
