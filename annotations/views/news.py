"""What others just did in an article, in a few words each: said to those who have it open."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.editing.undo import UNDOING
from annotations.models import (
    Article,
    Assignment,
    ReplyRecord,
    Response,
    Restatement,
    Statement,
)
from annotations.models.history import Verb

OVERLAP = timedelta(seconds=10)  # a change is dated when it begins, and seen when it is whole
MOST = 50  # rows of each kind
DETAILS, HOLDER = "details", "holder"  # in the page: data-fresh
OF_ARTICLE = (Verb.DESCRIBED, *UNDOING)  # another text is told apart
SAID: dict[str, Any] = {
    Verb.HIGHLIGHTED: _("%(who)s added a statement"),
    Verb.LINKED: _("%(who)s linked a response"),
    Verb.RESTATED: _("%(who)s marked what is said again"),
    Verb.REPLY_RECORDED: _("%(who)s recorded what is known of a reply"),
    Verb.RESIZED: _("%(who)s moved where words end"),
    Verb.RECAST: _("%(who)s changed what words are"),
    Verb.SPLIT: _("%(who)s split a statement"),
    Verb.JOINED: _("%(who)s merged two statements"),
    Verb.PLACED: _("%(who)s placed words in the corrected text"),
    Verb.SUBMITTED: _("%(who)s submitted work for review"),
    Verb.APPROVED: _("%(who)s approved work"),
    Verb.CHANGES_REQUESTED: _("%(who)s sent work back"),
    Verb.REJECTED: _("%(who)s rejected work"),
    Verb.UNDONE: _("%(who)s undid something"),
    Verb.REDONE: _("%(who)s did something again"),
}
OF_KIND: dict[tuple[str, Any], Any] = {
    (Verb.DESCRIBED, Article): _("%(who)s changed the article’s details"),
    (Verb.REVISED, Statement): _("%(who)s changed a statement"),
    (Verb.REVISED, Response): _("%(who)s changed a link"),
    (Verb.REVISED, Restatement): _("%(who)s changed a link"),
    (Verb.REVISED, ReplyRecord): _("%(who)s changed a reply record"),
    (Verb.WITHDRAWN, Statement): _("%(who)s deleted a statement"),
    (Verb.WITHDRAWN, Response): _("%(who)s deleted a link"),
    (Verb.WITHDRAWN, Restatement): _("%(who)s deleted a link"),
    (Verb.WITHDRAWN, ReplyRecord): _("%(who)s deleted a reply record"),
    (Verb.BROUGHT_BACK, Statement): _("%(who)s brought a statement back"),
}
TAKEN = _("%(who)s took the article")
GIVEN = _("%(who)s gave the article to %(editor)s")
BACK = _("%(who)s gave the article back")
OTHERWISE = _("%(who)s changed something")


@dataclass
class News:
    """One change by somebody else: in words, and the statements or the part of the head that it is about."""

    change: uuid.UUID
    words: str
    statements: set[uuid.UUID] = field(default_factory=set)
    part: str = ""  # of the page's head, where it is about that: the name that the part has there


def news_of(article: int, user: permissions.User, since: datetime) -> list[News]:
    """What others did there since then, the oldest first; nothing for those who see approved work only.

    A little of what was before `since` comes again: whoever asks knows by its id what they were told.
    """
    if not permissions.sees_everything(user):
        return []
    told: dict[uuid.UUID, News] = {}
    for model, rows, uids in _rows(article):
        recent = rows.filter(history_date__gte=since - OVERLAP).exclude(history_user_id=user.pk)
        asked = recent.order_by("history_id").values_list(
            "change_id", "verb", "history_user__username", *uids
        )
        for change, verb, who, *about in asked[:MOST]:
            words = OF_KIND.get((verb, model)) or SAID.get(verb, OTHERWISE)
            news = told.setdefault(change, News(change, str(words % {"who": who or "—"})))
            news.statements |= set(about)
            news.part = DETAILS if model is Article else ""
    return [*told.values(), *_assignments(article, user, since - OVERLAP)]


def _assignments(article: int, user: permissions.User, since: datetime) -> list[News]:
    """Who took the article, was given it, or gave it back."""
    rows = Assignment.objects.visible_to(user).filter(article=article)
    rows = rows.select_related("editor", "given_by", "released_by").order_by("pk")
    news = []
    for row in rows.filter(taken_at__gte=since).exclude(given_by=user.pk)[:MOST]:
        told = TAKEN if row.given_by_id == row.editor_id else GIVEN
        words = str(told) % {"who": row.given_by, "editor": row.editor}
        news.append(News(row.uid, words, part=HOLDER))
    last = rows.last()  # given back; what is released for somebody else's sake is told with that
    if last and last.released_at and last.released_at >= since and last.released_by != user:
        change = uuid.uuid5(last.uid, "released")
        news.append(News(change, str(BACK) % {"who": last.released_by}, part=HOLDER))
    return news


def _rows(article: int) -> list[tuple[Any, "QuerySet[Any]", tuple[str, ...]]]:
    """For each kind the rows of its history in the article, and the columns that name statements."""
    at_claim = Q(claim__article=article)
    return [
        (Statement, Statement.history.filter(article=article), ("uid",)),
        (
            Response,
            Response.history.filter(at_claim | Q(response__article=article)),
            ("claim__uid", "response__uid"),
        ),
        (
            Restatement,
            Restatement.history.filter(Q(of__article=article) | Q(by__article=article)),
            ("of__uid", "by__uid"),
        ),
        (ReplyRecord, ReplyRecord.history.filter(at_claim), ("claim__uid",)),
        (Article, Article.history.filter(id=article, verb__in=OF_ARTICLE), ()),
    ]
