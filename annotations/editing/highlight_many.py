"""Many statements of one article are recorded in one change: what `highlight` does for one, in few queries.

The same checks: words stand where they are said to, no character is cut, there is content and a speaker.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from annotations.anchoring.fold import fold
from annotations.editing.attribute import PartInput, PointInput, refuse_twice, source_of
from annotations.editing.change import assign, change
from annotations.editing.highlight import StatementDetails
from annotations.editing.place import Selection, ground, row_at, words_at
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
from annotations.models.article import EARLIEST
from annotations.models.history import Change, Verb
from annotations.permissions import User

M = TypeVar("M", bound=Model)

BATCH = 500  # rows of one insert
UNTAKEN = (ReviewState.DRAFT, ReviewState.SUGGESTED)  # the states that new work may have


@dataclass(frozen=True)
class NewStatement:
    """A statement to be recorded; `place` says where it comes from, for messages."""

    uid: uuid.UUID
    place: str
    selections: Sequence[Selection]
    details: StatementDetails
    parts: Sequence[PartInput]
    points: Sequence[PointInput] = ()


@dataclass(frozen=True)
class _Rows:
    """One statement's rows, unsaved."""

    statement: Statement
    spans: list[Span]
    placements: list[Placement]
    attributions: list[Attribution]
    points: list[Point]


def highlight_many(
    *,
    user: User,
    article: Article,
    statements: Sequence[NewStatement],
    state: ReviewState = ReviewState.DRAFT,
) -> list[Statement]:
    """The new statements, in the article's newest text: drafts, or suggested where a program wrote them.

    All of them or none. ValidationError names the statement's place and what is wrong.
    """
    assert state in UNTAKEN
    with change(Verb.HIGHLIGHTED, user) as act:
        revision = ground(article).newest
        _refuse_known(statements)
        rows = []
        for new in statements:
            try:
                rows.append(_rows(new, article, revision, act, state))
            except ValidationError as error:
                raise ValidationError(f"{new.place}: {' '.join(error.messages)}") from error
        _store(Statement, [each.statement for each in rows], act)
        _store(Span, [row for each in rows for row in each.spans], act)
        _store(Placement, [row for each in rows for row in each.placements], act)
        _store(Attribution, [row for each in rows for row in each.attributions], act)
        _store(Point, [row for each in rows for row in each.points], act)
    return [each.statement for each in rows]


def _refuse_known(statements: Sequence[NewStatement]) -> None:
    given = [new.uid for new in statements]
    if len(set(given)) < len(given) or Statement.objects.filter(uid__in=given).exists():
        raise ValidationError(_("One of these statements is there already."))


def _rows(
    new: NewStatement, article: Article, revision: Revision, act: Change, state: ReviewState
) -> _Rows:
    statement = Statement(uid=new.uid, article=article, created_by=act.user, state=state)
    statement.article_day = article.published_on or EARLIEST
    assign(statement, new.details)
    spans, placements = _words(statement, new.selections, revision)
    attributions = _attributions(statement, new.parts, placements)
    points = [
        Point(statement=statement, ordinal=number, text=point.text)
        for number, point in enumerate(new.points, start=1)
    ]
    statement.folded = _folded(statement, placements, attributions)
    for row in (statement, *spans, *placements, *attributions, *points):
        _check(row)
    return _Rows(statement, spans, placements, attributions, points)


def _words(
    statement: Statement, selections: Iterable[Selection], revision: Revision
) -> tuple[list[Span], list[Placement]]:
    spans: list[Span] = []
    placements: list[Placement] = []
    numbers: Counter[str] = Counter()
    seen: set[tuple[str, int, int]] = set()
    for selection in selections:
        words = words_at(revision, selection)
        if (selection.role, words.start, words.end) in seen:
            said = _("“%(words)s” is chosen as %(role)s already.")
            raise ValidationError(said % {"words": words.exact, "role": selection.role})
        seen.add((selection.role, words.start, words.end))
        numbers[selection.role] += 1
        span = Span(statement=statement, role=selection.role, ordinal=numbers[selection.role])
        placement = row_at(revision, words)
        placement.span = span
        spans.append(span)
        placements.append(placement)
    if not numbers[Span.Role.CONTENT]:
        raise ValidationError(_("A statement needs its words: select what was said."))
    return spans, placements


def _attributions(
    statement: Statement, parts: Sequence[PartInput], placements: Sequence[Placement]
) -> list[Attribution]:
    if not any(part.part == Attribution.Kind.SPEAKER for part in parts):
        raise ValidationError(_("Who said it? Name a speaker, if only an unnamed one."))
    words = {id(row.span): row.exact for row in placements}
    sources = [row.span for row in placements if row.span.role == Span.Role.SOURCE]
    numbers: Counter[str] = Counter()
    rows = []
    for kind in Attribution.Kind.values:
        of_kind = [part for part in parts if part.part == kind]
        refuse_twice(set(), of_kind)
        if len({part.actor.pk for part in of_kind}) < len(of_kind):
            raise ValidationError(_("This actor has this part already."))
        for part in of_kind:
            numbers[kind] += 1
            row = Attribution(statement=statement, part=kind, actor=part.actor)
            row.ordinal, row.as_printed = numbers[kind], part.as_printed
            row.title_as_printed, row.speaker_basis = part.title_as_printed, part.speaker_basis
            row.source_span = source_of(part, sources, lambda span: words[id(span)])
            rows.append(row)
    return rows


def _folded(
    statement: Statement, placements: Iterable[Placement], attributions: Iterable[Attribution]
) -> str:
    """As `store_folded` makes it."""
    content = [row for row in placements if row.span.role == Span.Role.CONTENT]
    quote = " … ".join(row.exact for row in sorted(content, key=lambda row: row.start or 0))
    printed = [row.as_printed for row in attributions if row.part == Attribution.Kind.SPEAKER]
    return fold(" ".join([quote, statement.gist, *printed]))


def _check(row: Model) -> None:
    """ValidationError for a value that its field does not take. What rows refer to was read from the database."""
    referring = [f.name for f in row._meta.concrete_fields if isinstance(f, ForeignKey)]
    row.clean_fields(exclude=referring)
    row.clean()


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
