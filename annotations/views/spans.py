"""A piece of a statement's words: its ends are moved, what it carries is changed, it is removed."""

import uuid
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.recast import recast
from annotations.editing.remove import remove
from annotations.editing.resize import resize
from annotations.forms.placing import PlaceForm
from annotations.models import Span, Statement
from annotations.models.span import role_words
from annotations.views.desk import desk, open_article, visible_statement
from annotations.views.done import offer_undo
from annotations.views.guard import named_version, only
from annotations.views.work import CHANGED


@require_POST
@only(permissions.may_annotate)
def span_place(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The words reach from here to there."""
    span = _span(request, uid)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _refuse(request, span, form.complaint(), 422)
    selection = form.selection(span)

    def act(version: int) -> None:
        resize(
            user=request.user,
            span=span,
            version=version,
            selection=selection,
            chosen_in=form.cleaned_data["revision"],
        )

    words = Truncator(selection.exact).chars(80)
    said = _("The %(role)s is now “%(words)s”.") % {"role": span.get_role_display(), "words": words}
    return _answer(request, span, act, said)


@require_POST
@only(permissions.may_annotate)
def span_role(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The words are content, source or cue."""
    span, role = _span(request, uid), request.POST.get("role", "")

    def act(version: int) -> None:
        recast(user=request.user, span=span, version=version, role=role)

    words = Truncator(span.exact()).chars(80)
    said = _("“%(words)s” is now %(role)s.")
    return _answer(request, span, act, said % {"words": words, "role": role_words(role)})


@require_POST
@only(permissions.may_annotate)
def span_remove(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The words are no part of the statement any more."""
    span = _span(request, uid)

    def act(version: int) -> None:
        remove(user=request.user, span=span, version=version)

    words = Truncator(span.exact()).chars(80)
    said = _("“%(words)s” was removed from the %(role)s.")
    return _answer(request, span, act, said % {"words": words, "role": span.get_role_display()})


def _span(request: HttpRequest, uid: uuid.UUID) -> Span:
    """The piece of a statement, or 404 where the user does not see the statement."""
    seen = Statement.objects.visible_to(request.user)
    spans = Span.objects.filter(statement__in=seen).select_related("statement__article")
    return get_object_or_404(spans, uid=uid)


def _answer(
    request: HttpRequest, span: Span, act: Callable[[int], None], said: str
) -> HttpResponse:
    """The desk after the act, with an offer to undo it; `act` gets the version that the page knew."""
    try:
        act(named_version(request))
    except Stale:
        return _refuse(request, span, str(CHANGED), 409)
    except ValidationError as error:
        return _refuse(request, span, " ".join(error.messages), 422)
    statement = _statement(request, span)
    article = open_article(request, statement.article)
    offer_undo(request, article, said)
    return desk(request, article, statement)


def _refuse(request: HttpRequest, span: Span, said: str, status: int) -> HttpResponse:
    statement = _statement(request, span)
    return desk(request, open_article(request, statement.article), statement, said, status)


def _statement(request: HttpRequest, span: Span) -> Statement:
    assert span.statement is not None
    return visible_statement(request, span.statement.uid)


urlpatterns = [
    path("spans/<uuid:uid>/place/", span_place, name="span_place"),
    path("spans/<uuid:uid>/role/", span_role, name="span_role"),
    path("spans/<uuid:uid>/remove/", span_remove, name="span_remove"),
]
