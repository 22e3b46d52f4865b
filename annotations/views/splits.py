"""A statement is split: the form says what will happen, saving does it."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.place import Selection
from annotations.editing.split import Link, Parted, split
from annotations.forms.errors import show
from annotations.forms.split import SplitForm
from annotations.models import Article, Span, Statement
from annotations.models.exchange import links_of
from annotations.views.chosen import Chosen, chosen
from annotations.views.desk import desk, open_article, panel, visible_article, visible_statement
from annotations.views.done import offer_undo
from annotations.views.guard import only
from annotations.views.reading import placement_in
from annotations.views.work import CHANGED

FORM = "annotations/partials/_split_form.html"
Named = dict[str, tuple[Link, str]]


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def statement_split(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Words of the statement, those at ?start=&end=, the piece ?span= or the last, become a statement of their own."""
    statement = visible_statement(request, uid)
    article = open_article(request, statement.article)
    named = _links_at(statement, request)
    if request.method == "GET":
        asked = chosen(visible_article(request, statement.article.uid), request.GET)
        form = SplitForm(named, initial=_initial(request, statement, asked))
        return _form(request, article, statement, form, complaint=asked.complaint)
    form = SplitForm(named, request.POST)
    if form.is_valid():
        try:
            parted = _split(request, statement, form)
            offer_undo(request, article, _said(visible_statement(request, parted.second.uid)))
            return desk(request, article, parted.second)
        except Stale:
            statement = visible_statement(request, uid)
            form = SplitForm(_links_at(statement, request), request.POST)
            form.add_error(None, CHANGED)
            form.name_versions(statement.version)
            return _form(request, article, statement, form, 409)
        except ValidationError as error:
            show(form, error)
    return _form(request, article, statement, form, 422)


def _split(request: HttpRequest, statement: Statement, form: SplitForm) -> Parted:
    typed = form.cleaned_data
    return split(
        user=request.user,
        statement=statement,
        version=typed["version"],
        selections=typed["spans"],
        revision_number=typed["revision"],
        links=form.chosen_links(),
    )


def _said(second: Statement) -> str:
    words = Truncator(second.quote()).chars(80)
    return _("Split: “%(words)s” is a statement of its own now, a draft.") % {"words": words}


def _form(
    request: HttpRequest,
    article: Article,
    statement: Statement,
    form: SplitForm,
    status: int = 200,
    complaint: str = "",
) -> HttpResponse:
    has_words = (
        bool(form.initial.get("spans")) and not form.errors
    )  # or words are to be selected first
    context = {
        "form": form,
        "statement": statement,
        "chosen": has_words,
        "complaint": complaint,
    }
    return panel(request, FORM, context, article, status)


def _initial(request: HttpRequest, statement: Statement, asked: Chosen) -> dict[str, Any]:
    """The words chosen; where none were, a piece as it stands in the newest text."""
    revision, words = asked.revision, asked.words
    spans: list[Selection] = []
    if words:
        spans = [Selection("content", words.start, words.end, words.exact)]
    elif not asked.complaint:
        spans = _piece(statement, request.GET.get("span", ""))
        revision = statement.article.revision if spans else revision
    return {"version": statement.version, "revision": revision.number, "spans": spans}


def _piece(statement: Statement, named: str) -> list[Selection]:
    """The piece of this uid, else the last of several; none where there is one only."""
    spans = statement.live_spans(Span.Role.CONTENT)
    piece = next((s for s in spans if str(s.uid) == named), spans[-1] if len(spans) > 1 else None)
    place = placement_in(piece, statement.article.revision) if piece else None
    if place is None or place.start is None or place.end is None:
        return []
    return [Selection("content", place.start, place.end, place.exact)]


def _links_at(statement: Statement, request: HttpRequest) -> Named:
    """What stands at the statement, by kind and uid, in words."""
    links, key = links_of([statement], request.user), statement.pk
    named: Named = {}
    for link in links.responses[key]:
        named[f"response:{link.uid}"] = (link, _told(_("Answered by %s"), link.response))
    for link in links.answers_to[key]:
        named[f"response:{link.uid}"] = (link, _told(_("It answers %s"), link.claim))
    for row in links.restates[key]:
        named[f"restatement:{row.uid}"] = (row, _told(_("It restates %s"), row.of))
    for row in links.restated_by[key]:
        named[f"restatement:{row.uid}"] = (row, _told(_("Said again by %s"), row.by))
    for record in links.records[key]:
        words = f"{record.party.resolved}: {record.get_status_display()}"
        named[f"reply:{record.uid}"] = (record, words)
    return named


def _told(words: str, other: Statement) -> str:
    return words % f"{other.speakers_line()}: “{Truncator(other.quote()).chars(60)}”"


urlpatterns = [path("statements/<uuid:uid>/split/", statement_split, name="statement_split")]
