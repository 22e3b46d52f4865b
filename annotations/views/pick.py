"""The first step of a link: choose the other statement, in the text, among those offered, or by searching."""

import uuid
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from annotations import permissions
from annotations.forms.filters import StatementFilters
from annotations.models import Article, Statement
from annotations.views.desk import open_article, panel, visible_statement
from annotations.views.guard import only
from annotations.views.offered import offers_for, ranked

MOST_FOUND = 20
SEARCHED = ("text", "actor", "said_from", "said_to", "published_from", "published_to")
QUESTIONS = {
    "response": _("What answers it?"),
    "claim": _("What does it answer?"),
    "by": _("Which statement says it again?"),
    "of": _("Which fuller wording does it restate?"),
}
OTHER = "OTHER"  # in an address, where the uid of the statement that is chosen comes


@require_GET
@only(permissions.may_annotate)
def link_pick(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Choose the other end of a link: a statement of this article, or one found in all articles."""
    statement = visible_statement(request, uid)
    article = open_article(request, statement.article)
    asked = request.GET.get("other_is", "")
    other_is = asked if asked in QUESTIONS else "response"
    address = address_of_choice(statement, other_is, article)
    filters = StatementFilters(request.GET, request=request)
    searched = any(request.GET.get(name) for name in SEARCHED)
    if searched:
        found = filters.qs.exclude(pk=statement.pk).for_display().order_by("-id")[:MOST_FOUND]
        offers = ranked(found, statement, request.user, other_is)
    else:
        offers = offers_for(statement, request.user, other_is, article.pk)
    context = {
        "statement": statement,
        "other_is": other_is,
        "question": QUESTIONS[other_is],
        "address": address,
        "offers": offers.at(address),
        "fields": [filters.form[name] for name in SEARCHED[1:]],
        "words": filters.form["text"],
        "searched": searched,
        "notices": filters.notices,
        "most": MOST_FOUND,
    }
    template = "_pick_results" if request.GET.get("only") == "results" else "_pick"
    return panel(request, f"annotations/partials/{template}.html", context, article)


def address_of_choice(statement: Statement, other_is: str, article: Article) -> str:
    """Where the next step is, once the other statement's uid stands in it for `OTHER`."""
    nobody = uuid.UUID(int=0)
    own_is_subject = other_is in ("response", "by")
    subject, other = (statement.uid, nobody) if own_is_subject else (nobody, statement.uid)
    name = "response" if other_is in ("response", "claim") else "by"
    view = "response_new" if name == "response" else "restatement_new"
    query = f"on={article.uid}&other_is={other_is}&{name}={other}"
    address = f"{reverse(view, args=[subject])}?{query}"
    return address.replace(str(nobody), OTHER)


def other_statement(request: HttpRequest, name: str) -> Statement:
    """The statement named by the parameter, or 404 as for one that is not there."""
    try:
        uid = uuid.UUID(request.GET.get(name) or request.POST.get(name) or "")
    except ValueError:
        uid = uuid.UUID(int=0)
    return visible_statement(request, uid)


def other_is_of(request: HttpRequest, among: Sequence[str]) -> str:
    """Which of the ends is the one being chosen; the first of them where the request does not say."""
    asked = request.GET.get("other_is") or request.POST.get("other_is") or ""
    return asked if asked in among else among[0]


urlpatterns = [path("statements/<uuid:uid>/link/", link_pick, name="link_pick")]
