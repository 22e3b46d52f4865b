"""What is done alike to statements, responses, restatements and reply records: submit, delete, bring back."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, register_converter
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotations import permissions
from annotations.editing.change import Deleted, Stale
from annotations.editing.review import submit, submit_with_links
from annotations.editing.withdraw import bring_back, withdraw
from annotations.models import Article, ReplyRecord, Response, Restatement, Statement
from annotations.models.review import Reviewed
from annotations.views.desk import desk, open_article
from annotations.views.done import offer_undo
from annotations.views.guard import named_version, only

KINDS: dict[str, Any] = {
    "statements": Statement.objects,
    "responses": Response.objects,
    "restatements": Restatement.objects,
    "replies": ReplyRecord.objects,
}
CHANGED = _("Somebody changed this just now. Look at it as it is, then do it again.")


@require_POST
@only(permissions.may_annotate)
def work_submit(request: HttpRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """To the reviewers; a statement takes its unsent links and reply records along."""
    record = _visible(request, kind, uid)
    try:
        if isinstance(record, Statement):
            submit_with_links(user=request.user, statement=record, version=named_version(request))
        else:
            submit(user=request.user, record=record, version=named_version(request))
    except Stale:
        return _answer(request, record, str(CHANGED), 409)
    except ValidationError as error:
        return _answer(request, record, " ".join(error.messages), 422)
    return _answer(request, record, gettext("Submitted for review."))


@require_POST
@only(permissions.may_annotate)
def work_withdraw(request: HttpRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """Delete, as the page calls it; the message that follows offers to undo it."""
    record = _visible(request, kind, uid)
    try:
        record = withdraw(user=request.user, record=record, version=named_version(request))
    except Stale:
        return _answer(request, record, str(CHANGED), 409)
    except Deleted:
        return _answer(request, record, gettext("It was deleted already."), 409)
    article, statement = _shown(request, record)
    offer_undo(
        request, article, gettext("The %(what)s was deleted.") % {"what": record._meta.verbose_name}
    )
    return desk(request, article, statement)


@require_POST
@only(permissions.may_annotate)
def work_bring_back(request: HttpRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """Undo a deletion."""
    record = _visible(request, kind, uid)
    try:
        bring_back(user=request.user, record=record, version=named_version(request))
    except Stale:
        return _answer(request, record, str(CHANGED), 409)
    except ValidationError as error:
        return _answer(request, record, " ".join(error.messages), 422)
    return _answer(request, record, gettext("Brought back."))


def _visible(request: HttpRequest, kind: str, uid: uuid.UUID) -> Reviewed:
    record: Reviewed = get_object_or_404(KINDS[kind].visible_to(request.user), uid=uid)
    return record


def _statement_of(record: Reviewed) -> Statement:
    if isinstance(record, Statement):
        return record
    if isinstance(record, Restatement):
        return record.of
    assert isinstance(record, Response | ReplyRecord)
    return record.claim


def _answer(request: HttpRequest, record: Reviewed, said: str, status: int = 200) -> HttpResponse:
    article, statement = _shown(request, record)
    return desk(request, article, statement, said, status)


def _shown(request: HttpRequest, record: Reviewed) -> tuple[Article, Statement]:
    """The article that the desk shows, and the statement in it at which the record is found."""
    statement = _statement_of(record)
    article = open_article(request, statement.article)
    if isinstance(record, Response) and statement.article_id != article.pk:
        statement = record.response
    if isinstance(record, Restatement) and statement.article_id != article.pk:
        statement = record.by
    return article, statement


class WorkKind:
    """The part of an address that names one of the four kinds of work."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(WorkKind, "work")

urlpatterns = [
    path("<work:kind>/<uuid:uid>/submit/", work_submit, name="submit"),
    path("<work:kind>/<uuid:uid>/withdraw/", work_withdraw, name="withdraw"),
    path("<work:kind>/<uuid:uid>/bring-back/", work_bring_back, name="bring_back"),
]
