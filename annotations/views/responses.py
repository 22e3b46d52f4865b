"""Linking a claim to what answers it: say how it answers, save; change it."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods

from annotations import permissions
from annotations.editing.respond import respond, revise_response
from annotations.forms.errors import show
from annotations.forms.fields import selections_of
from annotations.forms.response import ResponseForm
from annotations.models import COMMON, Article, Relation, Response, Statement
from annotations.models.as_of import AsOf
from annotations.models.response import GROUPS, ResponseParty, ResponsePoint
from annotations.views.carried import said_of
from annotations.views.desk import desk, open_article, panel, visible_statement
from annotations.views.guard import only
from annotations.views.link_step import GROUP_WORDS, KEYS, guessed, linked_words, step_of, tell
from annotations.views.merged import Compared, Merged, settle
from annotations.views.pick import other_is_of, other_statement
from annotations.views.sheets import Sheet, earlier_spans, sheet

FORM = "annotations/partials/_response_form.html"


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def response_new(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """How the statement ?response= answers this claim, in one step or in the ?whole form; then the link."""
    claim = visible_statement(request, uid)
    response = other_statement(request, "response")
    article = open_article(request, claim.article)
    if request.method == "GET":
        if "whole" not in request.GET:
            return _step(request, claim, response, article)
        form = ResponseForm(claim, initial=guessed(claim, response, request.user))
        return _form(request, form, article, claim, response)
    form = ResponseForm(claim, request.POST)
    if form.is_valid():
        try:
            link = respond(
                user=request.user, claim=claim, response=response, marker_in=article, **_typed(form)
            )
            tell(request, link, said_of(link, linked_words(link)), article)
            return desk(request, article, claim if claim.article_id == article.pk else response)
        except ValidationError as error:
            show(form, error)
    return _form(request, form, article, claim, response, status=422)


def _step(
    request: HttpRequest, claim: Statement, response: Statement, article: Article
) -> HttpResponse:
    other_is = other_is_of(request, ("response", "claim"))
    kept, other = (claim, response) if other_is == "response" else (response, claim)
    step = step_of(kept, other, other_is, article, request.user)
    return panel(request, step.template, step.context, article)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def response_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The link's relation, basis, parties, points, marker; what others saved meanwhile is merged or shown."""
    link = _visible_link(request, uid)
    claim, response = (
        visible_statement(request, link.claim.uid),
        visible_statement(request, link.response.uid),
    )
    article = open_article(request, response.article)
    if request.method == "GET":
        form = ResponseForm(claim, initial=_initial(link))
        return _form(request, form, article, claim, response, link)
    form = ResponseForm(claim, request.POST)
    if not form.is_valid():
        return _form(request, form, article, claim, response, link, 422)
    done = settle(
        request,
        form,
        Compared(lambda: _visible_link(request, uid), _sheet_of, _sheet_typed, _sheet_then),
        again=lambda data: ResponseForm(claim, data),
        save=lambda typed: revise_response(
            user=request.user,
            link=link,
            version=typed.cleaned_data["version"] or 0,
            marker_in=article,
            **_typed(typed),
        ),
    )
    if done.saved:
        shown = claim if claim.article_id == article.pk else response
        return desk(request, article, shown, said_of(done.saved, done.said))
    return _form(
        request, done.forms, article, claim, response, link, done.status, merged=done.merged
    )


def _visible_link(request: HttpRequest, uid: uuid.UUID) -> Response:
    return get_object_or_404(Response.objects.visible_to(request.user).for_display(), uid=uid)


def _typed(form: ResponseForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "relation": typed["relation"],
        "link_basis": typed["link_basis"],
        "parties": list(typed["parties"]),
        "answers": list(typed["answers"]),
        "marker": typed["marker"],
        "marker_revision": typed["revision"],
        "note": typed["note"],
    }


def _initial(link: Response) -> dict[str, Any]:
    return {
        "version": link.version,
        "relation": link.relation,
        "link_basis": link.link_basis,
        "parties": [party.resolved.uid for party in link.live_parties()],
        "answers": [point.uid for point in link.live_answers()],
        "marker": selections_of([span for span in link.spans.all() if span.withdrawn_at is None]),
        "note": link.note,
    }


def _sheet(form: ResponseForm, row: Any, **parts: Any) -> Sheet:
    """The link's columns, or those of a row of its history, with its parts."""
    plain = {name: getattr(row, name) for name in ("relation", "link_basis", "note")}
    return sheet(form, plain | parts)


def _sheet_typed(form: ResponseForm) -> Sheet:
    names = ("relation", "link_basis", "note", "parties", "answers", "marker")
    return sheet(form, {name: form.cleaned_data[name] for name in names})


def _sheet_of(form: ResponseForm, link: Response) -> Sheet:
    return _sheet(
        form,
        link,
        parties=[party.resolved for party in link.live_parties()],
        answers=link.live_answers(),
        marker=selections_of([span for span in link.spans.all() if span.withdrawn_at is None]),
    )


def _sheet_then(form: ResponseForm, then: AsOf) -> Sheet:
    return _sheet(
        form,
        then.row,
        parties=[row.party.resolved for row in then.parts(ResponseParty, "response", "party")],
        answers=[row.point for row in then.parts(ResponsePoint, "response", "point")],
        marker=earlier_spans(then, "response"),
    )


def _form(
    request: HttpRequest,
    form: ResponseForm,
    article: Article,
    claim: Statement,
    response: Statement,
    link: Response | None = None,
    status: int = 200,
    merged: Merged | None = None,
) -> HttpResponse:
    form.initial.setdefault("revision", article.revision.number)
    context = {
        "form": form,
        "claim": claim,
        "response": response,
        "link": link,
        "common": [(r.value, r.label, KEYS[r]) for r in COMMON],
        "rare": [
            (GROUP_WORDS[group], [(r.value, r.label, KEYS[r]) for r in rest])
            for group, rest in _rare()
        ],
        "merged": merged,
        "statement": claim if claim.article_id == article.pk else response,
    }
    return panel(request, FORM, context, article, status)


def _rare() -> list[tuple[str, list[Relation]]]:
    """The relations beside the common ones, by group."""
    groups = [
        (group, [relation for relation in relations if relation not in COMMON])
        for group, relations in GROUPS.items()
    ]
    return [(group, rest) for group, rest in groups if rest]


urlpatterns = [
    path("statements/<uuid:uid>/responses/new/", response_new, name="response_new"),
    path("responses/<uuid:uid>/edit/", response_edit, name="response_edit"),
]
