"""Many statements are recorded in one change: what `highlight` does for one, in few queries for all.

The same checks: words stand where they are said to, no character is cut, there is content and a speaker.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from annotations.anchoring.fold import fold
from annotations.editing.attribute import (
    PartInput,
    PointInput,
    refuse_speakerless,
    refuse_twice,
    source_of,
)
from annotations.editing.change import assign, change
from annotations.editing.highlight import StatementDetails, no_content
from annotations.editing.place import (
    Ground,
    Selection,
    chosen_twice,
    ground_in,
    hold_all,
    rows_at,
    words_at,
)
from annotations.models import (
    Article,
    Attribution,
    Placement,
    Point,
    ReviewState,
    Span,
    Statement,
)
from annotations.models.article import EARLIEST
from annotations.models.history import Change, Verb
from annotations.permissions import User

M = TypeVar("M", bound=Model)

BATCH = 500  # rows of one insert
UNTAKEN = (ReviewState.DRAFT, ReviewState.SUGGESTED)  # the states that new work may have


@dataclass(frozen=True)
class NewStatement:
    """A statement to be recorded; `place` says where it comes from, for messages.

    `chosen_in` is the number of the revision that its words were chosen in, None for the newest.
    """

    uid: uuid.UUID
    place: str
    article: Article
    selections: Sequence[Selection]
    details: StatementDetails
    parts: Sequence[PartInput]
    points: Sequence[PointInput] = ()
    chosen_in: int | None = None


class Unfit(ValidationError):
    """Statements that cannot be recorded, and why each, by its number from 0; the message is of the first."""

    def __init__(
        self, statements: Sequence[NewStatement], errors: Mapping[int, ValidationError]
    ) -> None:
        self.errors = errors
        first = min(errors)
        super().__init__(f"{statements[first].place}: {' '.join(errors[first].messages)}")


@dataclass(frozen=True)
class _Rows:
    """One statement's rows, unsaved; `stand` are the placements in the newest text, one for each span."""

    statement: Statement
    spans: list[Span]
    placements: list[Placement]
    stand: list[Placement]
    attributions: list[Attribution]
    points: list[Point]

    def all(self) -> list[Model]:
        return [
            self.statement, *self.spans, *self.placements, *self.attributions, *self.points,
        ]  # fmt: skip


class _Grounds:
    """The texts that words are chosen in, each read once; their articles are held."""

    def __init__(self, statements: Iterable[NewStatement]) -> None:
        self._held = hold_all({new.article.pk for new in statements})
        self._found: dict[tuple[int, int | None], Ground] = {}

    def article(self, new: NewStatement) -> Article:
        """The statement's article as it is now."""
        return self._held[new.article.pk]

    def of(self, new: NewStatement) -> Ground:
        """ValidationError where there is no such revision."""
        key = (new.article.pk, new.chosen_in)
        if key not in self._found:
            self._found[key] = ground_in(self._held[new.article.pk], new.chosen_in)
        return self._found[key]


def highlight_many(
    *,
    user: User,
    statements: Sequence[NewStatement],
    state: ReviewState = ReviewState.DRAFT,
) -> list[Statement]:
    """The new statements: drafts, or suggested where a program wrote them. All of them or none; Unfit."""
    assert state in UNTAKEN
    with change(Verb.HIGHLIGHTED, user) as act:
        grounds = _Grounds(statements)
        _refuse_known(statements)
        rows: list[_Rows] = []
        errors: dict[int, ValidationError] = {}
        for number, new in enumerate(statements):
            try:
                rows.append(_rows(new, grounds, act, state))
            except ValidationError as error:
                errors[number] = error
        if errors:
            raise Unfit(statements, errors)
        try:
            with transaction.atomic():  # a savepoint, as `change.store` has
                _store_all(rows, act)
        except IntegrityError:
            _refuse_broken(statements, rows)
            raise
    return [each.statement for each in rows]


def _refuse_known(statements: Sequence[NewStatement]) -> None:
    given = [new.uid for new in statements]
    if len(set(given)) < len(given) or Statement.objects.filter(uid__in=given).exists():
        raise ValidationError(_("One of these statements is there already."))


def _rows(new: NewStatement, grounds: _Grounds, act: Change, state: ReviewState) -> _Rows:
    article, found = grounds.article(new), grounds.of(new)
    statement = Statement(uid=new.uid, article=article, created_by=act.user, state=state)
    statement.article_day = article.published_on or EARLIEST
    assign(statement, new.details)
    spans, placements, stand = _words(statement, new.selections, found)
    points = [
        Point(statement=statement, ordinal=number, text=point.text)
        for number, point in enumerate(new.points, start=1)
    ]
    attributions = _attributions(statement, new.parts, stand)
    statement.folded = _folded(statement, stand, attributions)
    rows = _Rows(statement, spans, placements, stand, attributions, points)
    for row in rows.all():
        _check(row)
    return rows


def _words(
    statement: Statement, selections: Iterable[Selection], found: Ground
) -> tuple[list[Span], list[Placement], list[Placement]]:
    """The spans; where they stand, in each text; where in the newest."""
    spans: list[Span] = []
    placements: list[Placement] = []
    stand: list[Placement] = []
    numbers: Counter[str] = Counter()
    seen: set[tuple[str, int | None, int | None]] = set()
    for selection in selections:
        rows = rows_at(found, words_at(found.chosen, selection))
        place = (selection.role, rows[-1].start, rows[-1].end)
        if rows[-1].start is not None and place in seen:
            raise chosen_twice(selection)
        seen.add(place)
        numbers[selection.role] += 1
        span = Span(statement=statement, role=selection.role, ordinal=numbers[selection.role])
        for row in rows:
            row.span = span
        spans.append(span)
        placements += rows
        stand.append(rows[-1])
    if not numbers[Span.Role.CONTENT]:
        raise no_content()
    return spans, placements, stand


def _attributions(
    statement: Statement, parts: Sequence[PartInput], stand: Sequence[Placement]
) -> list[Attribution]:
    refuse_speakerless(parts)
    words = {id(row.span): row.exact for row in stand}
    sources = [row.span for row in stand if row.span.role == Span.Role.SOURCE]
    rows = []
    for kind in Attribution.Kind.values:
        of_kind = [part for part in parts if part.part == kind]
        refuse_twice(set(), of_kind)
        if len({part.actor.pk for part in of_kind}) < len(of_kind):
            raise ValidationError({"parts": _("This actor has this part already.")})
        for number, part in enumerate(of_kind, start=1):
            row = Attribution(statement=statement, part=kind, actor=part.actor, ordinal=number)
            row.as_printed, row.title_as_printed = part.as_printed, part.title_as_printed
            row.speaker_basis = part.speaker_basis
            row.source_span = source_of(part, sources, lambda span: words[id(span)])
            rows.append(row)
    return rows


def _folded(
    statement: Statement, stand: Iterable[Placement], attributions: Iterable[Attribution]
) -> str:
    """As `store_folded` makes it."""
    content = [row for row in stand if row.span.role == Span.Role.CONTENT]
    if all(row.start is not None for row in content):  # as `in_order` has them
        content.sort(key=lambda row: row.start or 0)
    quote = " … ".join(row.exact for row in content)
    printed = [row.as_printed for row in attributions if row.part == Attribution.Kind.SPEAKER]
    return fold(" ".join([quote, statement.gist, *printed]))


def _referring(row: Model) -> list[str]:
    """The fields that refer to other rows: those were read from the database, or are written with it."""
    return [field.name for field in row._meta.concrete_fields if isinstance(field, ForeignKey)]


def _check(row: Model) -> None:
    """ValidationError for a value that its field does not take."""
    row.clean_fields(exclude=_referring(row))
    row.clean()


def _store_all(rows: Sequence[_Rows], act: Change) -> None:
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


def _refuse_broken(statements: Sequence[NewStatement], rows: Sequence[_Rows]) -> None:
    """Unfit where the database refused values that break a constraint: asked only now, as `change.store` does."""
    errors: dict[int, ValidationError] = {}
    for number, each in enumerate(rows):
        try:
            for row in each.all():
                row.validate_constraints(exclude=_referring(row))
        except ValidationError as error:
            errors[number] = error
    if errors:
        raise Unfit(statements, errors)
