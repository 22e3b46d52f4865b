"""Linking a claim to what answers it: say how it answers, save; change it."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.respond import respond, revise_response
from annotations.forms.errors import show
from annotations.forms.fields import selections_of
from annotations.forms.response import ResponseForm
from annotations.models import COMMON, Article, Relation, Response, Statement
from annotations.models.response import GROUPS
from annotations.views.carried import said_of
from annotations.views.desk import desk, open_article, panel, visible_statement
from annotations.views.guard import only
from annotations.views.link_step import GROUP_WORDS, KEYS, guessed, linked_words, step_of, tell
from annotations.views.pick import other_is_of, other_statement
from annotations.views.stale import StaleSave, stale_save

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
    """The link's relation, basis, parties, points, marker; a stale save shows both versions."""
    link = get_object_or_404(Response.objects.visible_to(request.user).for_display(), uid=uid)
    claim, response = (
        visible_statement(request, link.claim.uid),
        visible_statement(request, link.response.uid),
    )
    article = open_article(request, response.article)
    if request.method == "GET":
        return _form(
            request, ResponseForm(claim, initial=_initial(link)), article, claim, response, link
        )
    form = ResponseForm(claim, request.POST)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            link = revise_response(
                user=request.user, link=link, version=version, marker_in=article, **_typed(form)
            )
            shown = claim if claim.article_id == article.pk else response
            return desk(request, article, shown, said_of(link, _("Saved.")))
        except Stale:
            link.refresh_from_db()
            stale = stale_save(link, form, _stored(link))
            return _form(request, form, article, claim, response, link, 409, stale=stale)
        except ValidationError as error:
            show(form, error)
    return _form(request, form, article, claim, response, link, 422)


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


def _stored(link: Response) -> dict[str, Any]:
    """The link's values as `stale_save` compares them: actors and points themselves, not their uids."""
    parties = [party.resolved for party in link.live_parties()]
    return _initial(link) | {"parties": parties, "answers": link.live_answers()}


def _form(
    request: HttpRequest,
    form: ResponseForm,
    article: Article,
    claim: Statement,
    response: Statement,
    link: Response | None = None,
    status: int = 200,
    stale: StaleSave | None = None,
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
        "stale": stale,
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
