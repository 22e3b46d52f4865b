"""The article page's answers: the whole desk after a save, a fragment of the panel, or a page without JavaScript."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import replace_url, reswap, retarget

from annotations.models import Article, Statement
from annotations.models.exchange import links_of
from annotations.views.card import card_of
from annotations.views.done import done_in, remember
from annotations.views.pane import pane_of
from annotations.views.reading import read
from annotations.views.row_filters import filter_query, filters_of
from annotations.views.scope import scope_of

IN_PLACE = "in-place"  # how the page's script puts the desk into its place (elements/in-place.js)


@dataclass(frozen=True)
class Step:
    """What the panel goes on with after a save, and its address for a page without the script."""

    template: str
    context: dict[str, Any]
    address: str


def visible_article(request: HttpRequest, uid: uuid.UUID | str) -> Article:
    """The article, or 404 where the user does not see it."""
    articles = Article.objects.visible_to(request.user).select_related(
        "current_revision", "outlet__merged_into"
    )
    return get_object_or_404(articles, uid=uid)


def visible_statement(request: HttpRequest, uid: uuid.UUID | str) -> Statement:
    """The statement ready for display, or 404 where the user does not see it."""
    return get_object_or_404(Statement.objects.visible_to(request.user).for_display(), uid=uid)


def open_article(request: HttpRequest, otherwise: Article) -> Article:
    """The article that the desk shows: the one named by `on`, or the statement's own."""
    try:
        on = uuid.UUID(request.POST.get("on") or request.GET.get("on") or "")
    except ValueError:
        return otherwise
    return (
        Article.objects.visible_to(request.user)
        .select_related("current_revision", "outlet")
        .filter(uid=on)
        .first()
        or otherwise
    )


def is_partial(request: HttpRequest) -> bool:
    """Whether the page's script asks for a fragment."""
    return bool(getattr(request, "htmx", False))


def address(article: Article, selected: Statement | None, filters: str = "") -> str:
    """The article page, with a statement's card open, and its rows filtered as this query says."""
    shown = [f"statement={selected.uid}"] if selected else []
    query = "&".join([*shown, *([filters] if filters else [])])
    at = f"#s-{selected.uid}" if selected else ""
    return reverse("article", args=[article.uid]) + (f"?{query}" if query else "") + at


def desk(
    request: HttpRequest,
    article: Article,
    selected: Statement | None,
    said: str = "",
    status: int = 200,
    step: Step | None = None,
) -> HttpResponse:
    """After a save: the whole desk as it is now, or a way back to it without the script.

    With a step the panel goes on with that, not with the statement's card. With another status nothing
    was saved, and `said` says why. What was done can be undone on this article's page from now on.
    """
    done = remember(request, article)
    if said:
        messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    if not is_partial(request):
        return back(request, step.address if step else address(article, selected))
    article = visible_article(request, article.uid)
    filters = filters_of(request, article)
    has = frozenset(request.headers.get("X-Has", "").split())
    reading = read(
        article, request.user, selected, filters=filters, rows_may_come_later="rows" in has
    )
    context = {
        "reading": reading,
        "has": has,
        "card": card_of(reading.selected, reading.links, reading.scope)
        if reading.selected
        else None,
        "done": done,
        "article": article,
        **({"work": step.template, **step.context} if step else {}),
    }
    html = render_to_string("annotations/partials/_desk.html", context, request)
    html += render_to_string(
        "annotations/partials/_messages_oob.html",
        {"messages": messages.get_messages(request)},
        request,
    )
    shown_at = address(article, reading.selected, filter_query(request))
    answer = replace_url(HttpResponse(html, status=status), shown_at)
    if IN_PLACE in has:
        answer["HX-Reswap"] = IN_PLACE
    return answer


def back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """To the page named by `next` where it is one of ours, else to the fallback."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if wanted and ours else fallback)


def panel(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    article: Article,
    status: int = 200,
) -> HttpResponse:
    """A form or card: alone for the script, in the article page without it.

    A form that was sent is to be answered by the whole desk; refused, it goes back to its own place.
    """
    if is_partial(request):
        alone = render(request, template, {**context, "article": article}, status=status)
        return alone if status == 200 else reswap(retarget(alone, "#work"), "innerHTML")
    reading = read(visible_article(request, article.uid), request.user, context.get("statement"))
    around = {"done": done_in(request, article), "pane": pane_of(request, article)}
    whole = {**context, **around, "article": article, "reading": reading, "work": template}
    return render(request, "annotations/article.html", whole, status=status)


def card(request: HttpRequest, statement: Statement, article: Article) -> HttpResponse:
    """A statement's card."""
    links = links_of([statement], request.user)
    shown = card_of(statement, links, scope_of(request.user))
    context = {"card": shown, "statement": statement}
    return panel(request, "annotations/partials/_card.html", context, article)
