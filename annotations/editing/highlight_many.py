"""Many statements are recorded in one change: what `highlight` does for one, in few queries for all.

The same checks: words stand where they are said to, no character is cut, there is content and a speaker. Of the
texts that words are chosen in, two at a time are in memory: one may have ten million characters.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.contrib.auth.models import User as DjangoUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from annotations.anchoring.quotation import Quotation
from annotations.editing.change import change
from annotations.editing.draw_up import NewStatement, Rows, draw_up, refuse_broken
from annotations.editing.place import Ground, ground_in, hold_all, rows_at, words_at
from annotations.models import (
    Article,
    Attribution,
    Placement,
    Point,
    ReviewState,
    Revision,
    Span,
    Statement,
)
from annotations.models.history import Change, Verb
from annotations.permissions import User

M = TypeVar("M", bound=Model)

BATCH = 500  # rows of one insert
UNTAKEN = (ReviewState.DRAFT, ReviewState.SUGGESTED)  # the states that new work may have

__all__ = ["NewStatement", "Unfit", "highlight_many", "look_over"]


class Unfit(ValidationError):
    """Statements that cannot be recorded, and why each, by its number from 0; the message is of the first."""

    def __init__(
        self, statements: Sequence[NewStatement], errors: Mapping[int, ValidationError]
    ) -> None:
        self.errors = errors
        first = min(errors)
        super().__init__(f"{statements[first].place}: {' '.join(errors[first].messages)}")


def highlight_many(
    *,
    user: User,
    statements: Sequence[NewStatement],
    state: ReviewState = ReviewState.DRAFT,
) -> list[Statement]:
    """The new statements: drafts, or suggested where a program wrote them. All of them or none; Unfit."""
    assert state in UNTAKEN
    with change(Verb.HIGHLIGHTED, user) as act:
        _refuse_known(statements)
        drawn = _Drawing(statements, act.user, state)
        if drawn.errors:
            raise Unfit(statements, drawn.errors)
        rows = [drawn.rows[number] for number in range(len(statements))]
        try:
            with transaction.atomic():  # a savepoint, as `change.store` has
                _store_all(rows, act)
        except IntegrityError as error:
            drawn.note_broken()
            if drawn.errors:
                raise Unfit(statements, drawn.errors) from error
            raise
    return [each.statement for each in rows]


def look_over(*, user: User, statements: Sequence[NewStatement]) -> dict[int, ValidationError]:
    """What `highlight_many` would refuse of them, by number from 0; nothing is written."""
    with change(Verb.HIGHLIGHTED, user) as act:
        drawn = _Drawing(statements, act.user, ReviewState.DRAFT)
        drawn.note_broken()
    return drawn.errors


def _refuse_known(statements: Sequence[NewStatement]) -> None:
    given = [new.uid for new in statements]
    if len(set(given)) < len(given) or Statement.objects.filter(uid__in=given).exists():
        raise ValidationError(_("One of these statements is there already."))


class _Drawing:
    """What becomes of each statement, by its number from 0: its rows, or what is wrong."""

    def __init__(
        self, statements: Sequence[NewStatement], user: DjangoUser, state: ReviewState
    ) -> None:
        """The articles are held from now on."""
        self.rows: dict[int, Rows] = {}
        self.errors: dict[int, ValidationError] = {}
        self._statements, self._user, self._state = statements, user, state
        numbers_of: dict[int, list[int]] = defaultdict(list)
        for number, new in enumerate(statements):
            numbers_of[new.article.pk].append(number)
        for article, newest in _texts(hold_all(numbers_of)):
            self._of_article(article, newest, numbers_of[article.pk])

    def note_broken(self) -> None:
        """What breaks a constraint is wrong too: asked only where that may be, as `change.store` does."""
        for number, rows in self.rows.items():
            with self._noting(number):
                refuse_broken(rows)

    def _of_article(self, article: Article, newest: Revision, numbers: Sequence[int]) -> None:
        in_revision: dict[int | None, list[int]] = defaultdict(list)
        for number in numbers:
            in_revision[self._statements[number].chosen_in].append(number)
        for chosen_in, together in in_revision.items():
            try:
                found = ground_in(newest, chosen_in)
            except ValidationError as error:
                self.errors |= dict.fromkeys(together, error)
                continue
            self._on_ground(article, found, together)
            if found.chosen != newest:
                found.chosen.forget_text()
        newest.forget_text()

    def _on_ground(self, article: Article, found: Ground, numbers: Sequence[int]) -> None:
        """Of all words chosen in one revision is found at once where they stand in the newest."""
        words: dict[int, list[Quotation]] = {}
        for number in numbers:
            with self._noting(number):
                chosen = self._statements[number].selections
                words[number] = [words_at(found.chosen, selection) for selection in chosen]
        placed = iter(rows_at(found, [each for of_one in words.values() for each in of_one]))
        for number, of_one in words.items():
            new, rows = self._statements[number], list(islice(placed, len(of_one)))
            statement = Statement(
                uid=new.uid, article=article, created_by=self._user, state=self._state
            )
            with self._noting(number):
                self.rows[number] = draw_up(new, statement, rows)

    @contextmanager
    def _noting(self, number: int) -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            self.errors[number] = error


def _texts(held: Mapping[int, Article]) -> Iterator[tuple[Article, Revision]]:
    """Each article with its newest text, one after the other in one query.

    Asked for only once they are held: joined to their rows, PostgreSQL would give the text from before it had to wait.
    """
    newest: list[Any] = [article.current_revision_id for article in held.values()]
    for revision in Revision.objects.filter(pk__in=newest).iterator(chunk_size=1):
        yield held[revision.article_id], revision


def _store_all(rows: Sequence[Rows], act: Change) -> None:
    _store(Statement, [each.statement for each in rows], act)
    _store(Span, [row for each in rows for row in each.spans], act)
    _store(Placement, [row for each in rows for row in each.placements], act)
    _store(Attribution, [row for each in rows for row in each.attributions], act)
    _store(Point, [row for each in rows for row in each.points], act)


def _store(model: type[M], rows: Sequence[M], act: Change) -> None:
    """The rows and their history, which a bulk write does not leave by itself."""
    if not rows:
        return
    act.wrote.add(model)
    bulk_create_with_history(
        list(rows),
        model,
        batch_size=BATCH,
        default_user=act.user,
        custom_historical_attrs={"change_id": act.id, "verb": act.verb},
    )
