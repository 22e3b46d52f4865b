"""How far the articles are that an editor has taken: for the home page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as Number
from django.db.models import Max

from annotations.models import Article, Assignment, Placement, ReviewState, Statement
from annotations.permissions import User

SHOWN_STATES = (
    ReviewState.CHANGES_REQUESTED,
    ReviewState.REJECTED,
    ReviewState.DRAFT,
    ReviewState.SUBMITTED,
    ReviewState.APPROVED,
)


@dataclass(frozen=True)
class InState:
    """How many statements of an article are in one state."""

    state: ReviewState
    number: int


@dataclass(frozen=True)
class Assigned:
    """An article that the user has, and how far the work on it is."""

    assignment: Assignment
    article: Article
    states: list[InState]
    open_claims: int
    to_place: int
    touched_at: datetime

    @property
    def statements(self) -> int:
        return sum(row.number for row in self.states)

    @property
    def approved(self) -> int:
        return sum(row.number for row in self.states if row.state == ReviewState.APPROVED)


@dataclass(frozen=True)
class Progress:
    """What is counted in articles, by their keys."""

    states: dict[int, dict[str, int]]
    touched: dict[int, datetime]
    open_claims: dict[int, int]
    to_place: dict[int, int]

    def of(self, assignment: Assignment, article: Article) -> Assigned:
        here = self.states.get(article.pk, {})
        return Assigned(
            assignment,
            article,
            [InState(state, here[state]) for state in SHOWN_STATES if here.get(state)],
            self.open_claims.get(article.pk, 0),
            self.to_place.get(article.pk, 0),
            max(article.changed_at, self.touched.get(article.pk, article.changed_at)),
        )


def progress_in(keys: list[int], user: User) -> Progress:
    """Of the articles of these keys, in three queries; what they cost grows with these articles alone."""
    statements = Statement.objects.visible_to(user).live().filter(article__in=keys).order_by()
    states: dict[int, dict[str, int]] = defaultdict(dict)
    touched: dict[int, datetime] = {}
    counted = statements.values_list("article", "state").annotate(Number("pk"), Max("changed_at"))
    for article, state, number, changed in counted:
        states[article][state] = number
        touched[article] = max(changed, touched.get(article, changed))
    waiting = Placement.objects.visible_to(user).waiting().filter(revision__article__in=keys)
    return Progress(
        states,
        touched,
        _numbers(statements.open(), "article"),
        _numbers(waiting, "revision__article"),
    )


def _numbers(rows: Any, article: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(article).annotate(Number("pk")))
