"""What waits for somebody: gathered for the home page."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as Number
from django.db.models import Max
from django.urls import reverse

from annotations import permissions
from annotations.models import (
    Article,
    Placement,
    ReplyRecord,
    Response,
    Restatement,
    ReviewState,
    Statement,
)
from annotations.models.keyset import Count, count_of
from annotations.models.review import Reviewed
from annotations.permissions import User
from annotations.views.article_list import NEWEST, listed
from annotations.views.statement_list import Row, rows_of

SHOWN = 8
SENT_BACK_SHOWN = 25
OPEN_COUNTED = 1000  # that there are many is all one needs to know here


@dataclass(frozen=True)
class SentBack:
    """A piece of work that a reviewer sent back, and the statement at which it is found."""

    record: Reviewed
    kind: str
    at: Statement
    by: Statement | None = None


@dataclass(frozen=True)
class Drafts:
    """An article with how many records in it are drafts of the user's."""

    article: Article
    number: int


@dataclass(frozen=True)
class ToReview:
    """How much of one kind waits for a reviewer, and where the list of it is."""

    count: Count
    words: str
    address: str


@dataclass(frozen=True)
class Desk:
    """The home page of one user; parts that are not theirs are empty."""

    sent_back: list[SentBack]
    sent_back_count: int
    drafts: list[Drafts]
    draft_count: int
    to_place: Count | None
    to_review: list[ToReview]
    waiting: list[Row]
    open_claims: Count
    articles: list[Article]
    approved: list[Row]


def desk_of(user: User) -> Desk:
    """What waits for the user, in a fixed number of queries."""
    visible = Statement.objects.visible_to(user).live()
    everything = permissions.sees_everything(user)
    numbers = _draft_numbers(user) if everything else {}
    articles = listed(Article.objects.visible_to(user).with_work(user))
    return Desk(
        sent_back=_sent_back(user) if everything else [],
        sent_back_count=_sent_back_count(user) if everything else 0,
        drafts=_drafts(user, numbers),
        draft_count=sum(numbers.values()),
        to_place=_to_place(user) if permissions.may_annotate(user) else None,
        to_review=_to_review(user) if permissions.may_review(user) else [],
        waiting=_waiting(user) if permissions.may_review(user) else [],
        open_claims=count_of(visible.open(), OPEN_COUNTED),
        articles=list(articles.order_by(*NEWEST)[:SHOWN]),
        approved=[] if everything else _approved(user),
    )


def _sent_back(user: User) -> list[SentBack]:
    """The user's own work of all kinds that came back, the last judged first."""
    found: list[tuple[Reviewed, str, list[int]]] = [
        *((row, "statement", [row.pk]) for row in _own(Statement, user)),
        *((row, "link", [row.claim_id, row.response_id]) for row in _own(Response, user)),
        *((row, "restatement", [row.of_id, row.by_id]) for row in _own(Restatement, user)),
        *((row, "reply record", [row.claim_id]) for row in _own(ReplyRecord, user)),
    ]
    keys = {key for _, _, ends in found for key in ends}
    statements = Statement.objects.visible_to(user).filter(pk__in=keys).for_display()
    by_key = {statement.pk: statement for statement in statements}
    rows = [SentBack(row, kind, *(by_key[key] for key in ends)) for row, kind, ends in found]
    return sorted(rows, key=lambda row: str(row.record.reviewed_at), reverse=True)


def _sent_back_count(user: User) -> int:
    """How much of the user's work of all kinds came back."""
    kinds: Any = (Statement, Response, Restatement, ReplyRecord)
    return sum(
        count_of(kind.objects.visible_to(user).live().sent_back_to(user)).number for kind in kinds
    )


def _to_place(user: User) -> Count:
    """How many words wait for a place in a corrected text."""
    return count_of(Placement.objects.visible_to(user).waiting(), OPEN_COUNTED)


def _own(model: Any, user: User) -> Any:
    rows = model.objects.visible_to(user).live().sent_back_to(user).select_related("reviewed_by")
    return rows.order_by("-reviewed_at", "-id")[:SENT_BACK_SHOWN]


def _draft_numbers(user: User) -> dict[int, int]:
    """How many drafts of all kinds the user has, by article, the latest worked on first.

    A link counts at its claim's article.
    """
    kinds: Any = (
        (Statement, "article"),
        (Response, "claim__article"),
        (Restatement, "of__article"),
        (ReplyRecord, "claim__article"),
    )
    numbers: Counter[int] = Counter()
    last: dict[int, datetime] = {}
    for model, article in kinds:
        own = model.objects.visible_to(user).live().filter(created_by_id=user.pk)
        drafts = own.filter(state=ReviewState.DRAFT).order_by().values_list(article)
        for key, number, changed in drafts.annotate(Number("pk"), Max("changed_at")):
            numbers[key] += number
            last[key] = max(changed, last.get(key, changed))
    return {key: numbers[key] for key in sorted(last, key=lambda key: last[key], reverse=True)}


def _drafts(user: User, numbers: dict[int, int]) -> list[Drafts]:
    """The articles in which the user has drafts, as many as are shown."""
    shown = list(numbers)[:SHOWN]
    articles = listed(Article.objects.visible_to(user).filter(pk__in=shown)).in_bulk()
    return [Drafts(articles[key], numbers[key]) for key in shown]


def _to_review(user: User) -> list[ToReview]:
    kinds: Any = (Statement, Response, Restatement, ReplyRecord)
    return [
        ToReview(
            count := count_of(model.objects.visible_to(user).awaiting_review()),
            f"{model._meta.verbose_name if count.is_one else model._meta.verbose_name_plural} to review",
            reverse(f"admin:annotations_{model._meta.model_name}_changelist"),
        )
        for model in kinds
    ]


def _waiting(user: User) -> list[Row]:
    """The statements that wait for a reviewer, the oldest first."""
    rows = Statement.objects.visible_to(user).awaiting_review().order_by("id")
    return rows_of(list(rows[:SHOWN]), user)


def _approved(user: User) -> list[Row]:
    """The work approved last."""
    rows = Statement.objects.visible_to(user).order_by("-reviewed_at", "-id")
    return rows_of(list(rows[:SHOWN]), user)
