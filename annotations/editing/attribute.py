"""Who has which part in a statement; what is alleged in it."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.editing.change import store, take_out
from annotations.models import Actor, Attribution, Point, Span, Statement
from annotations.models.record import LIVE


@dataclass(frozen=True)
class PartInput:
    """An actor's part as an editor gives it; `uid` names the attribution that is there already, where there is one."""

    part: str
    actor: Actor
    as_printed: str = ""
    title_as_printed: str = ""
    speaker_basis: str = ""
    uid: uuid.UUID | None = None


@dataclass(frozen=True)
class PointInput:
    """A point as an editor gives it; `uid` names the point that is there already, where there is one."""

    text: str
    uid: uuid.UUID | None = None


def basis_of(part: str, given: str) -> str:
    """How a speaker is known: as given, or the editor's inference where nothing is; nobody else has a basis."""
    if part != Attribution.Kind.SPEAKER:
        return ""
    return given or Attribution.Basis.EDITOR_INFERRED.value


def attribute(statement: Statement, parts: Iterable[PartInput]) -> bool:
    """Make the statement's attributions these, in this order; True where anything changed.

    A changed actor keeps its row, and with it the printed words. ValidationError where there is no speaker.
    """
    parts = list(parts)
    refuse_speakerless(parts)
    rows = list(statement.attributions.order_by("ordinal"))
    sources = list(statement.spans.filter(LIVE, role=Span.Role.SOURCE).order_by("ordinal"))
    changed = [
        _attribute_kind(
            statement,
            [row for row in rows if row.part == kind],
            [part for part in parts if part.part == kind],
            sources,
        )
        for kind in Attribution.Kind.values
    ]
    return any(changed)


def refuse_speakerless(parts: Iterable[PartInput]) -> None:
    """ValidationError where nobody speaks."""
    if not any(part.part == Attribution.Kind.SPEAKER for part in parts):
        raise ValidationError({"parts": _("Who said it? Name a speaker, if only an unnamed one.")})


def _attribute_kind(
    statement: Statement,
    of_kind: Sequence[Attribution],
    parts: Sequence[PartInput],
    sources: list[Span],
) -> bool:
    """The same for one kind; `of_kind` are its rows in their order, those that were taken out with them."""
    existing = [row for row in of_kind if row.withdrawn_at is None]
    refuse_twice({row.actor_id for row in existing}, parts)
    rows = _match(existing, parts)
    for gone in existing:
        if gone not in rows:
            take_out(gone)
    order = [row.ordinal for row in rows if row]
    in_order = order == sorted(order) and None not in rows[: len(order)]
    last = max((row.ordinal for row in of_kind), default=0)
    changed = len(existing) != len([row for row in rows if row])
    for number, (row, part) in enumerate(zip(rows, parts, strict=True), start=1):
        ordinal = row.ordinal if row and in_order else last + number
        changed |= _write(statement, row, part, ordinal, sources)
    return changed


def refuse_twice(there: set[int], parts: Sequence[PartInput]) -> None:
    """The database refuses the same actor twice; one merged into it comes no more beside it, either."""
    named: dict[int, Actor] = {}
    for part in parts:
        other = named.setdefault(part.actor.resolved_id, part.actor)
        if other != part.actor and not {other.pk, part.actor.pk} <= there:
            raise ValidationError(
                {
                    "parts": _("%(one)s and %(other)s are one actor. Name one of them.")
                    % {"one": part.actor.name, "other": other.name}
                }
            )


def _match(existing: list[Attribution], parts: Sequence[PartInput]) -> list[Attribution | None]:
    """For each part the row that holds this actor already, else the row it names, else None."""
    by_actor = {row.actor_id: row for row in existing}
    rows = [by_actor.pop(part.actor.pk, None) for part in parts]
    free = {row.uid: row for row in by_actor.values()}
    return [
        row or (free.pop(part.uid, None) if part.uid else None)
        for row, part in zip(rows, parts, strict=True)
    ]


def _write(
    statement: Statement,
    found: Attribution | None,
    part: PartInput,
    ordinal: int,
    sources: list[Span],
) -> bool:
    row = found or Attribution(statement=statement, part=part.part)
    before = (
        row.actor_id,
        row.ordinal,
        row.as_printed,
        row.title_as_printed,
        row.speaker_basis,
        row.source_span_id,
    )
    row.actor = part.actor
    row.ordinal = ordinal
    row.as_printed = part.as_printed
    row.title_as_printed = part.title_as_printed
    row.speaker_basis = part.speaker_basis
    row.source_span = source_of(part, sources)
    after = (
        row.actor_id,
        row.ordinal,
        row.as_printed,
        row.title_as_printed,
        row.speaker_basis,
        row.source_span_id,
    )
    if before == after and row.pk:
        return False
    store(row)
    return True


def source_of(
    part: PartInput | Attribution,
    sources: Sequence[Span],
    exact: Callable[[Span], str] = Span.exact,
) -> Span | None:
    """The source span that holds the printed words; for a speaker without any, the first."""
    if part.as_printed:
        for span in sources:
            if part.as_printed in exact(span):
                return span
    return sources[0] if sources and part.part == Attribution.Kind.SPEAKER else None


def attach_sources(statement: Statement) -> None:
    """After the statement's source words changed: each attribution names those that hold its printed words."""
    sources = list(statement.spans.filter(LIVE, role=Span.Role.SOURCE).order_by("ordinal"))
    for row in statement.attributions.filter(LIVE).order_by("pk"):
        source = source_of(row, sources)
        if row.source_span_id != (source.pk if source else None):
            row.source_span = source
            store(row)


def divide(statement: Statement, points: Iterable[PointInput]) -> bool:
    """Make the statement's points these; True where anything changed. A reworded point keeps its row and answers."""
    rows = list(statement.points.order_by("ordinal"))
    existing = {point.uid: point for point in rows if point.withdrawn_at is None}
    last = max((point.ordinal for point in rows), default=0)
    changed = False
    for wanted in points:
        point = existing.pop(wanted.uid, None) if wanted.uid else None
        if point is None:
            last += 1
            point = Point(statement=statement, ordinal=last)
        elif point.text == wanted.text:
            continue
        point.text = wanted.text
        store(point)
        changed = True
    for gone in existing.values():
        take_out(gone)
        changed = True
    return changed
