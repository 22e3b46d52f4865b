"""The same thing said again: which statement restates which, and how much of it."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods

from annotations import permissions
from annotations.editing.respond import restate, revise_restatement
from annotations.forms.errors import show
from annotations.forms.response import RestatementForm
from annotations.models import Article, Restatement, Statement
from annotations.models.as_of import AsOf
from annotations.views.desk import desk, open_article, panel, visible_statement
from annotations.views.guard import only
from annotations.views.link_step import restated_words, step_of, tell
from annotations.views.merged import Compared, Merged, settle
from annotations.views.pick import other_is_of, other_statement
from annotations.views.sheets import Sheet, sheet

FORM = "annotations/partials/_restatement_form.html"


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def restatement_new(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """How much of this statement the statement ?by= says again; then the restatement."""
    of, by = visible_statement(request, uid), other_statement(request, "by")
    article = open_article(request, of.article)
    form = RestatementForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        whole = "whole" in request.GET
        return _form(request, form, article, of, by) if whole else _step(request, of, by, article)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            link = restate(
                user=request.user, of=of, by=by, scope=typed["scope"], note=typed["note"]
            )
            tell(request, link, restated_words(link), article)
            return desk(request, article, of if of.article_id == article.pk else by)
        except ValidationError as error:
            show(form, error)
    return _form(request, form, article, of, by, status=422)


def _step(request: HttpRequest, of: Statement, by: Statement, article: Article) -> HttpResponse:
    other_is = other_is_of(request, ("by", "of"))
    kept, other = (of, by) if other_is == "by" else (by, of)
    step = step_of(kept, other, other_is, article, request.user)
    return panel(request, step.template, step.context, article)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def restatement_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The scope and the note; what others saved meanwhile is merged, or shown beside it."""
    link = _visible_link(request, uid)
    of, by = visible_statement(request, link.of.uid), visible_statement(request, link.by.uid)
    article = open_article(request, of.article)
    if request.method == "GET":
        form = RestatementForm(
            initial={"version": link.version, "scope": link.scope, "note": link.note}
        )
        return _form(request, form, article, of, by, link)
    form = RestatementForm(request.POST)
    if not form.is_valid():
        return _form(request, form, article, of, by, link, 422)
    done = settle(
        request,
        form,
        Compared(lambda: _visible_link(request, uid), _sheet_of, _typed, _sheet_then),
        again=RestatementForm,
        save=lambda typed: _revise(request, link, typed),
    )
    if done.saved:
        shown = of if of.article_id == article.pk else by
        return desk(request, article, shown, done.said)
    return _form(request, done.forms, article, of, by, link, done.status, merged=done.merged)


def _visible_link(request: HttpRequest, uid: uuid.UUID) -> Restatement:
    links = Restatement.objects.visible_to(request.user).select_related("of", "by")
    return get_object_or_404(links, uid=uid)


def _revise(request: HttpRequest, link: Restatement, form: RestatementForm) -> Restatement:
    typed = form.cleaned_data
    return revise_restatement(
        user=request.user,
        link=link,
        version=typed["version"] or 0,
        scope=typed["scope"],
        note=typed["note"],
    )


def _typed(form: RestatementForm) -> Sheet:
    typed = form.cleaned_data
    return sheet(form, {"scope": typed["scope"], "note": typed["note"]})


def _sheet_of(form: RestatementForm, link: Any) -> Sheet:
    return sheet(form, {"scope": link.scope, "note": link.note})


def _sheet_then(form: RestatementForm, then: AsOf) -> Sheet:
    return _sheet_of(form, then.row)


def _form(
    request: HttpRequest,
    form: RestatementForm,
    article: Article,
    of: Statement,
    by: Statement,
    link: Restatement | None = None,
    status: int = 200,
    merged: Merged | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "of": of,
        "by": by,
        "link": link,
        "statement": of if of.article_id == article.pk else by,
        "merged": merged,
    }
    return panel(request, FORM, context, article, status)


urlpatterns = [
    path("statements/<uuid:uid>/restatements/new/", restatement_new, name="restatement_new"),
    path("restatements/<uuid:uid>/edit/", restatement_edit, name="restatement_edit"),
]
