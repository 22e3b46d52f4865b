"""The rows of a new statement are drawn up, unsaved: what `highlight` stores for it one by one."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from annotations.anchoring.fold import fold
from annotations.editing.attribute import (
    PartInput,
    PointInput,
    refuse_speakerless,
    refuse_twice,
    source_of,
)
from annotations.editing.change import assign
from annotations.editing.highlight import StatementDetails, no_content
from annotations.editing.place import Selection, chosen_twice
from annotations.models import (
    Article,
    Attribution,
    Placement,
    Point,
    Span,
    Statement,
)
from annotations.models.article import EARLIEST


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


@dataclass(frozen=True)
class Rows:
    """One statement's rows, unsaved."""

    statement: Statement
    spans: list[Span]
    placements: list[Placement]
    attributions: list[Attribution]
    points: list[Point]

    def all(self) -> list[Model]:
        return [
            self.statement, *self.spans, *self.placements, *self.attributions, *self.points,
        ]  # fmt: skip


def draw_up(new: NewStatement, statement: Statement, placed: Sequence[Sequence[Placement]]) -> Rows:
    """The rows of the statement, which has its article; `placed` are the placements of each of its selections.

    ValidationError for what is wrong with it, but for what breaks a constraint: `refuse_broken`.
    """
    statement.article_day = statement.article.published_on or EARLIEST
    assign(statement, new.details)
    spans = _spans(statement, new.selections, placed)
    stand = [rows[-1] for rows in placed]
    points = [
        Point(statement=statement, ordinal=number, text=point.text)
        for number, point in enumerate(new.points, start=1)
    ]
    attributions = _attributions(statement, new.parts, stand)
    statement.folded = _folded(statement, stand, attributions)
    placements = [row for rows in placed for row in rows]
    rows = Rows(statement, spans, placements, attributions, points)
    for row in rows.all():
        _check(row)
    return rows


def refuse_broken(rows: Rows) -> None:
    """ValidationError for a value that breaks a constraint."""
    for row in rows.all():
        row.validate_constraints(exclude=_referring(row))


def _spans(
    statement: Statement,
    selections: Iterable[Selection],
    placed: Sequence[Sequence[Placement]],
) -> list[Span]:
    """A span for each selection; its placements are given it."""
    spans: list[Span] = []
    numbers: Counter[str] = Counter()
    seen: set[tuple[str, int | None, int | None]] = set()
    for selection, rows in zip(selections, placed, strict=True):
        place = (selection.role, rows[-1].start, rows[-1].end)
        if rows[-1].start is not None and place in seen:
            raise chosen_twice(selection)
        seen.add(place)
        numbers[selection.role] += 1
        span = Span(statement=statement, role=selection.role, ordinal=numbers[selection.role])
        for row in rows:
            row.span = span
        spans.append(span)
    if not numbers[Span.Role.CONTENT]:
        raise no_content()
    return spans


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
