"""The article page; receiving an article; changing what is known of it."""

import uuid
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.receive import describe, receive, same_text
from annotations.editing.review import submit_article
from annotations.forms.article import ArticleDetailsForm, NewArticleForm
from annotations.forms.errors import show
from annotations.models import Article, Statement
from annotations.views.arriving import arrives, arriving
from annotations.views.by_hand import by_hand
from annotations.views.card import card_of
from annotations.views.desk import desk, is_partial, visible_article
from annotations.views.done import done_in, remember
from annotations.views.guard import only
from annotations.views.pane import pane_of
from annotations.views.reading import read
from annotations.views.row_filters import filters_of
from annotations.views.stale import stale_save
from annotations.views.work import CHANGED


@require_GET
def article(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The text with its highlights, and the statements beside it; with ?on= as it read on that day."""
    found = visible_article(request, uid)
    if "on" in request.GET:
        return redirect(f"{reverse('revisions', args=[uid])}?{request.GET.urlencode()}")
    around = {
        "article": found,
        "done": done_in(request, found),
        "pane": pane_of(request, found),
        **by_hand(request, found),
    }
    shown = partial(_shown, request, found, around)
    if is_partial(request) and request.headers.get("HX-Target") == "rows":
        return render(request, "annotations/partials/_rows.html", shown(with_text=False))
    if arrives(found):
        panel = partial(shown, with_text=False)
        return arriving(request, found, partial(shown, rows_may_come_later=True), panel)
    return render(request, "annotations/article.html", shown())


def _shown(
    request: HttpRequest, article: Article, around: dict[str, Any], **how: bool
) -> dict[str, Any]:
    """What the page shows; `how` as `read` is told."""
    filters, selected = filters_of(request, article), _selected(request, article)
    reading = read(article, request.user, selected, first_row=_row(request), filters=filters, **how)
    selected = reading.selected
    card = card_of(selected, reading.links, reading.scope) if selected else None
    return {"reading": reading, "card": card, **around}


@require_GET
@only(permissions.may_read)
def article_beside(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What the page's script puts into the pane; without it, the article's page with the pane open."""
    first = visible_article(request, uid)
    if not is_partial(request):
        return redirect(f"{first.get_absolute_url()}?{request.GET.urlencode()}")
    context = {"pane": pane_of(request, first)}
    return render(request, "annotations/partials/_pane.html", context)


def _row(request: HttpRequest) -> int:
    """The row of the panel that the address asks to begin with; the first where it is none."""
    asked = request.GET.get("row", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else 0


def _selected(request: HttpRequest, article: Article) -> Statement | None:
    try:
        uid = uuid.UUID(request.GET.get("statement", ""))
    except ValueError:
        return None
    return Statement.objects.visible_to(request.user).filter(article=article, uid=uid).first()


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def article_new(request: HttpRequest) -> HttpResponse:
    """Paste or upload a text; the same text twice is noticed and offered as the article that is there."""
    form = NewArticleForm(
        request.user, request.POST if request.method == "POST" else None, request.FILES or None
    )
    same = None
    if request.method == "POST" and form.is_valid():
        same = (
            None if form.cleaned_data["although_same"] else same_text(form.received(), request.user)
        )
        if same is None:
            try:
                received = receive(user=request.user, text=form.received(), details=form.details())
            except ValidationError as error:
                show(form, error)
            else:
                return redirect(received)
    status = 422 if form.errors else 409 if same else 200
    return render(
        request, "annotations/article_new.html", {"form": form, "same": same}, status=status
    )


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def article_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Headline, outlet, dates: what is known of the article beside its text."""
    found = visible_article(request, uid)
    form = ArticleDetailsForm(
        request.user,
        request.POST if request.method == "POST" else None,
        article=found,
        initial=_details(found),
    )
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            describe(user=request.user, article=found, version=version, details=form.details())
            remember(request, found)
        except Stale:
            found = visible_article(request, uid)
            stale = stale_save(found, form, _stored(found))
        except ValidationError as error:
            show(form, error)
        else:
            return redirect(found)
    status = 409 if stale else 422 if form.errors else 200
    context = {"form": form, "article": found, "stale": stale}
    return render(request, "annotations/article_edit.html", context, status=status)


def _details(article: Article) -> dict[str, object]:
    return {
        "version": article.version,
        "headline": article.headline,
        "outlet": article.outlet.uid if article.outlet else None,
        "outlet_name": article.outlet.name if article.outlet else "",
        "url": article.url,
        "byline": article.byline,
        "dateline": article.dateline,
        "published_on": article.published_on,
        "language": article.language,
    }


def _stored(article: Article) -> dict[str, object]:
    """The details as `stale_save` compares them: the outlet by itself, not by uid and name."""
    details = _details(article) | {"outlet": article.outlet}
    del details["outlet_name"]
    return details


@require_POST
@only(permissions.may_annotate)
def article_submit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The drafts in the article go to the reviewers: statements, links, reply records."""
    found = visible_article(request, uid)
    try:
        count = submit_article(user=request.user, article=found)
    except Stale:
        return desk(request, found, None, str(CHANGED), 409)
    said = ngettext(
        "%(number)s submitted for review: statements, links and reply records.",
        "%(number)s submitted for review: statements, links and reply records.",
        count,
    )
    return desk(request, found, None, said % {"number": count})


urlpatterns = [
    path("articles/new/", article_new, name="article_new"),
    path("articles/<uuid:uid>/", article, name="article"),
    path("articles/<uuid:uid>/beside/", article_beside, name="article_beside"),
    path("articles/<uuid:uid>/edit/", article_edit, name="article_edit"),
    path("articles/<uuid:uid>/submit/", article_submit, name="article_submit"),
]
