"""The list of articles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.forms.article_filters import ArticleFilters
from annotations.models import Article
from annotations.models.article import ArticleQuerySet
from annotations.models.assignment import with_holder
from annotations.views.guard import only
from annotations.views.listing import listing

NEWEST = ("-id",)


@require_safe
@only(permissions.may_read)
def articles(request: HttpRequest) -> HttpResponse:
    """Articles by their words, outlet, date, language and state of work; newest first."""
    filters = ArticleFilters(request.GET, request=request)
    found = listing(
        with_holder(listed(filters.qs), request.user),
        NEWEST,
        anchors=Article.objects.visible_to(request.user),
        asked=request.GET,
        query=filters.without(),
    )
    context = {"filters": filters, "chips": filters.chips(), "listing": found}
    return render(request, "annotations/article_list.html", context)


def listed(rows: ArticleQuerySet) -> ArticleQuerySet:
    """The articles with what a row of them shows."""
    return rows.select_related("current_revision", "outlet__merged_into").defer(
        "current_revision__text"
    )


urlpatterns = [path("articles/", articles, name="articles")]
