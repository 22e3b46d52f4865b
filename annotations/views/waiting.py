"""What waits for somebody: gathered for the home page."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as Number
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models import (
    Article,
    Assignment,
    Notice,
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
from annotations.views.assigned import Assigned, progress_in
from annotations.views.statement_list import Row, rows_of

SHOWN = 7
WHOLE = 200  # rows of a section that was asked for as a whole: more than a person has open
COUNTED = 1000  # that there are many is all one needs to know here
SENT_BACK, DRAFTS, NOTICES = (
    "sent-back",
    "drafts",
    "notices",
)  # the sections that have no list but themselves
TO_REVIEW: dict[Any, tuple[Any, Any]] = {
    Statement: (_("statement to review"), _("statements to review")),
    Response: (_("response to review"), _("responses to review")),
    Restatement: (_("restatement to review"), _("restatements to review")),
    ReplyRecord: (_("reply record to review"), _("reply records to review")),
}


@dataclass(frozen=True)
class SentBack:
    """A piece of work that a reviewer sent back, and the statement at which it is found."""

    record: Reviewed
    at: Statement
    by: Statement | None = None

    @property
    def told(self) -> str:
        """What it is: a link with its relation, a reply record with its status."""
        if isinstance(self.record, Response):
            return gettext("link: %(relation)s") % {"relation": self.record.get_relation_display()}
        if isinstance(self.record, ReplyRecord):
            return gettext("reply record: %(status)s") % {
                "status": self.record.get_status_display()
            }
        return str(self.record._meta.verbose_name)

    @property
    def is_link(self) -> bool:
        return isinstance(self.record, Response)


@dataclass(frozen=True)
class In:
    """An article with how much of something is in it: drafts of the user's, words to place."""

    article: Article
    number: int


@dataclass(frozen=True)
class Told:
    """A notice, with the two statements of the link that it is about."""

    notice: Notice
    claim: Statement
    response: Statement


@dataclass(frozen=True)
class ToReview:
    """How much of one kind the user may judge, and where the list of it is."""

    count: Count
    words: str
    address: str


@dataclass(frozen=True)
class Desk:
    """The home page of one user; parts that are not theirs are empty."""

    notices: list[Told]
    notice_count: Count
    assigned: list[Assigned]
    assigned_count: int
    sent_back: list[SentBack]
    sent_back_count: int
    drafts: list[In]
    draft_count: int
    more_drafts: bool
    to_place: list[In]
    to_place_count: Count
    to_review: list[ToReview]
    waiting: list[Row]
    unanswered: list[Row]
    unanswered_count: Count
    open_claims: Count
    articles: list[Article]
    approved: list[Row]


def desk_of(user: User, whole: str = "") -> Desk:
    """What waits for the user, in a fixed number of queries; `whole` names the section shown in full."""
    visible = Statement.objects.visible_to(user).live()
    annotates, reviews = permissions.may_annotate(user), permissions.may_review(user)
    mine = list(Assignment.objects.visible_to(user).of(user)) if annotates else []
    drafts = _draft_numbers(user) if annotates else {}
    places = _places(user) if annotates else Counter()
    unanswered = visible.open().filter(article__in=[each.article_id for each in mine])
    rows = _rows(
        visible.to_judge_by(user).order_by("id") if reviews else visible.none(),
        unanswered.order_by("article_id", "id") if mine else visible.none(),
        visible.none() if permissions.sees_everything(user) else _newest_approved(user),
        user=user,
    )
    shown_drafts = list(drafts)[: _most(whole, DRAFTS)]
    shown_places = list(places)[:SHOWN]
    kept = mine[:SHOWN]
    keys = [each.article_id for each in kept]
    articles = _articles({*keys, *shown_drafts, *shown_places}, user)
    progress = progress_in(keys, user) if keys else None
    newest = listed(Article.objects.visible_to(user).with_work(user)).order_by(*NEWEST)
    notices = Notice.objects.visible_to(user).unseen()
    return Desk(
        notices=_told(notices[: _most(whole, NOTICES)], user),
        notice_count=count_of(notices, COUNTED),
        assigned=[progress.of(each, articles[each.article_id]) for each in kept if progress],
        assigned_count=len(mine),
        sent_back=_sent_back(user, _most(whole, SENT_BACK)) if annotates else [],
        sent_back_count=_sent_back_count(user) if annotates else 0,
        drafts=[In(articles[key], drafts[key]) for key in shown_drafts],
        draft_count=sum(drafts.values()),
        more_drafts=len(drafts) > len(shown_drafts),
        to_place=[In(articles[key], places[key]) for key in shown_places],
        to_place_count=Count(min(places.total(), COUNTED), places.total() > COUNTED),
        to_review=_to_review(user) if reviews else [],
        waiting=rows[0],
        unanswered=rows[1],
        unanswered_count=count_of(unanswered, COUNTED) if mine else Count(0),
        open_claims=count_of(visible.open(), COUNTED),
        articles=list(newest[:SHOWN]),
        approved=rows[2],
    )


def _most(whole: str, section: str) -> int:
    return WHOLE if whole == section else SHOWN


def _rows(*lists: Any, user: User) -> list[list[Row]]:
    """The first rows of each list, dressed together."""
    pages = [list(rows[:SHOWN]) for rows in lists]
    unlike = {row.pk: row for page in pages for row in page}
    dressed = {row.statement.pk: row for row in rows_of(list(unlike.values()), user)}
    return [[dressed[row.pk] for row in page if row.pk in dressed] for page in pages]


def _articles(keys: set[int], user: User) -> dict[int, Article]:
    return listed(Article.objects.visible_to(user).filter(pk__in=keys)).in_bulk()


def _sent_back(user: User, most: int) -> list[SentBack]:
    """The user's own work of all kinds that came back, the last judged first."""
    found: list[tuple[Reviewed, list[int]]] = [
        *((row, [row.pk]) for row in _own(Statement, user, most)),
        *((row, [row.claim_id, row.response_id]) for row in _own(Response, user, most)),
        *((row, [row.of_id, row.by_id]) for row in _own(Restatement, user, most)),
        *((row, [row.claim_id]) for row in _own(ReplyRecord, user, most)),
    ]
    keys = {key for _row, ends in found for key in ends}
    statements = Statement.objects.visible_to(user).filter(pk__in=keys).for_display()
    by_key = {statement.pk: statement for statement in statements}
    rows = [SentBack(row, *(by_key[key] for key in ends)) for row, ends in found]
    return sorted(rows, key=lambda row: str(row.record.reviewed_at), reverse=True)[:most]


def _sent_back_count(user: User) -> int:
    """How much of the user's work of all kinds came back."""
    kinds: Any = (Statement, Response, Restatement, ReplyRecord)
    return sum(
        count_of(kind.objects.visible_to(user).live().sent_back_to(user)).number for kind in kinds
    )


def _told(notices: Any, user: User) -> list[Told]:
    """The notices with the statements that they are about."""
    rows = list(notices.select_related("by", "response"))
    keys = {key for row in rows for key in (row.response.claim_id, row.response.response_id)}
    shown = Statement.objects.visible_to(user).filter(pk__in=keys).for_display().in_bulk()
    return [
        Told(row, shown[row.response.claim_id], shown[row.response.response_id]) for row in rows
    ]


def _places(user: User) -> Counter[int]:
    """How many words wait for a place, by article, counted no further than shown; the oldest first."""
    rows = Placement.objects.visible_to(user).waiting().order_by("revision_id", "id")
    return Counter(rows.values_list("revision__article", flat=True)[: COUNTED + 1])


def _own(model: Any, user: User, most: int) -> Any:
    rows = model.objects.visible_to(user).live().sent_back_to(user).select_related("reviewed_by")
    return rows.order_by("-reviewed_at", "-id")[:most]


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


def _to_review(user: User) -> list[ToReview]:
    found = []
    for model, words in TO_REVIEW.items():
        rows: Any = model.objects.visible_to(user)
        count = count_of(rows.to_judge_by(user), COUNTED)
        listed = reverse(f"admin:annotations_{model._meta.model_name}_changelist")
        found.append(
            ToReview(count, str(words[not count.is_one]), f"{listed}?state=submitted&judge=mine")
        )
    return found


def _newest_approved(user: User) -> Any:
    """For those who see approved work only: what was approved last comes first."""
    return Statement.objects.visible_to(user).order_by("-reviewed_at", "-id")
