"""What was done on an article's page is undone there, and done again."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import permissions
from annotations.editing.undo import undo
from annotations.models import Article, ReplyRecord, Response, Restatement, Statement
from annotations.models.record import Record
from annotations.views.desk import desk, visible_article
from annotations.views.done import Act, Done, held
from annotations.views.guard import only


@dataclass(frozen=True)
class Outcome:
    """What is said, and with which status; `back` is the act that takes this one back, where it was done."""

    said: str
    status: int = 200
    records: tuple[Record, ...] = ()
    back: Act | None = None


@require_POST
@only(permissions.may_annotate)
def article_undo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What this session did last on the article's page, taken back; `change` names it."""
    article = visible_article(request, uid)
    with held(request, article) as done:
        outcome = _undo(request, done)
    return _answer(request, article, outcome, "article_redo")


@require_POST
@only(permissions.may_annotate)
def article_redo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What this session undid last on the article's page, done again; `change` names the undo."""
    article = visible_article(request, uid)
    with held(request, article) as done:
        outcome = _redo(request, done)
    return _answer(request, article, outcome, "article_undo")


def _undo(request: HttpRequest, done: Done) -> Outcome:
    if not done.undo:
        return Outcome(_("There is nothing to undo."), 409)
    return _step(request, done.undo, done.redo, _("Undone: %(what)s."))


def _redo(request: HttpRequest, done: Done) -> Outcome:
    if not done.redo:
        return Outcome(_("There is nothing to do again."), 409)
    return _step(request, done.redo, done.undo, _("Done again: %(what)s."))


def _step(request: HttpRequest, acts: list[Act], back: list[Act], said: str) -> Outcome:
    """The last of the acts, taken back; what cannot be leaves the list, so that those before it can."""
    act = acts[-1]
    if act.change.hex != _named(request):
        return Outcome(
            _(
                "You did something else meanwhile, perhaps in another window. Look, then choose again."
            ),
            409,
        )
    acts.pop()
    try:
        undone = undo(user=request.user, change_id=act.change)
    except ValidationError as error:
        return Outcome(" ".join(error.messages), 422)
    back.append(Act(undone.change_id, act.verb))
    return Outcome(said % {"what": act.words}, 200, undone.records, back[-1])


def _named(request: HttpRequest) -> str:
    """The change that the page meant: another window may have done more since."""
    named = request.POST.get("change") or request.GET.get("change") or ""
    return named.replace("-", "")


def _answer(
    request: HttpRequest, article: Article, outcome: Outcome, opposite: str
) -> HttpResponse:
    if outcome.back is None:
        return desk(request, article, None, outcome.said, outcome.status)
    address = reverse(opposite, args=[article.uid]) + f"?change={outcome.back.change}"
    messages.success(request, outcome.said, extra_tags=address)
    return desk(request, article, _shown(outcome.records, article))


def _shown(records: Iterable[Record], article: Article) -> Statement | None:
    """A statement of the article at which what changed is to be seen, where one is left."""
    for record in records:
        for statement in _statements(record):
            if statement.article_id == article.pk and not statement.is_withdrawn:
                return statement
    return None


def _statements(record: Record) -> tuple[Statement, ...]:
    if isinstance(record, Statement):
        return (record,)
    if isinstance(record, Response):
        return record.claim, record.response
    if isinstance(record, Restatement):
        return record.of, record.by
    return (record.claim,) if isinstance(record, ReplyRecord) else ()


urlpatterns = [
    path("articles/<uuid:uid>/undo/", article_undo, name="article_undo"),
    path("articles/<uuid:uid>/redo/", article_redo, name="article_redo"),
]
