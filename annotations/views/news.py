"""What others just did in an article, in a few words each: said to those who have it open."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models import ReplyRecord, Response, Restatement, Statement
from annotations.models.history import Verb

OVERLAP = timedelta(seconds=10)  # a change is dated when it begins, and seen when it is whole
MOST = 50  # rows of each kind
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
OTHERWISE = _("%(who)s changed something")


@dataclass
class News:
    """One change by somebody else: in words, and the statements that it is about."""

    change: uuid.UUID
    words: str
    statements: set[uuid.UUID] = field(default_factory=set)


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
    return list(told.values())


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
    ]
