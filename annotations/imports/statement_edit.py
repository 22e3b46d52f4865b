"""What the changed cells of a line make of its statement: details, points, printed words, as editing takes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.highlight import StatementDetails
from annotations.exports.cells import split
from annotations.exports.records import StatementRow
from annotations.forms.fields import PartialDateField
from annotations.models import Attribution, Point, Statement

DETAILS = ("form", "act", "gist", "said_on", "said_on_as_printed", "venue", "note")
POINTS = ("point_number", "point")
PRINTED = {
    f"{part}_{field}": (str(part), field)
    for part in Attribution.Kind.values
    for field in ("as_printed", "title_as_printed")
} | {"speaker_basis": (str(Attribution.Kind.SPEAKER), "speaker_basis")}
EDITABLE = frozenset((*DETAILS, *POINTS, *PRINTED))
_TEXTS = frozenset(("gist", "said_on_as_printed", "venue", "note"))
_CHOICES = {"form": Statement.Form, "act": Statement.Act}


@dataclass(frozen=True)
class Edited:
    """Everything of a statement that `revise` is given."""

    details: StatementDetails
    parts: tuple[PartInput, ...]
    points: tuple[PointInput, ...]


def edited(row: StatementRow, cells: Mapping[str, str]) -> Edited:
    """The statement with these editable cells; ValidationError naming the column that cannot be read."""
    return Edited(_details(row.statement, cells), _parts(row, cells), _points(row, cells))


def _details(statement: Statement, cells: Mapping[str, str]) -> StatementDetails:
    said_on, precision = statement.said_on, statement.said_on_precision
    if "said_on" in cells:
        said_on, precision = _partial_date(cells["said_on"])
    for name, choices in _CHOICES.items():
        if name in cells and cells[name] not in choices.values:
            raise ValidationError(
                _("%(name)s: “%(value)s” is none of %(values)s."),
                params={
                    "name": name,
                    "value": cells[name][:60],
                    "values": ", ".join(choices.values),
                },
            )
    for name in _TEXTS & cells.keys():
        _refuse_unfit(Statement, name, name, cells[name])
    return StatementDetails(
        form=cells.get("form", statement.form),
        act=cells.get("act", statement.act),
        gist=cells.get("gist", statement.gist),
        said_on=said_on,
        said_on_precision=precision,
        said_on_as_printed=cells.get("said_on_as_printed", statement.said_on_as_printed),
        venue=cells.get("venue", statement.venue),
        note=cells.get("note", statement.note),
    )


def _refuse_unfit(model: type[Model], field: str, column: str, value: str) -> None:
    """ValidationError where the value is too long for its field, or holds what no database stores."""
    try:
        told = model._meta.get_field(field)
        assert isinstance(told, Field)
        told.run_validators(value)
    except ValidationError as error:
        raise ValidationError([f"{column}: {said}" for said in error.messages]) from error


def _partial_date(typed: str) -> tuple[date | None, str]:
    try:
        found = PartialDateField(required=False).clean(typed.strip())
    except ValidationError as error:
        said = _("said_on: “%(value)s” is not a date such as 2026-05-12, 2026-05 or 2026.")
        raise ValidationError(said % {"value": typed[:40]}) from error
    return found.date, found.precision


def _parts(row: StatementRow, cells: Mapping[str, str]) -> tuple[PartInput, ...]:
    parts = []
    for kind in Attribution.Kind.values:
        rows = row.parts.get(kind, ())
        given = [_as_it_is(each) for each in rows]
        for column, (part, field) in PRINTED.items():
            if part == kind and column in cells:
                values = _values(column, cells[column], len(rows))
                for value in values:
                    _refuse_unfit(Attribution, field, column, value)
                given = [
                    _with(each, field, value) for each, value in zip(given, values, strict=True)
                ]
        parts += given
    return tuple(parts)


def _as_it_is(row: Attribution) -> PartInput:
    return PartInput(
        row.part, row.actor, row.as_printed, row.title_as_printed, row.speaker_basis, row.uid
    )


def _with(part: PartInput, field: str, value: str) -> PartInput:
    match field:
        case "as_printed":
            return replace(part, as_printed=value)
        case "title_as_printed":
            return replace(part, title_as_printed=value)
        case _:
            _refuse_basis(value)
            return replace(part, speaker_basis=value)


def _refuse_basis(value: str) -> None:
    if value and value not in Attribution.Basis.values:
        raise ValidationError(
            _("%(name)s: “%(value)s” is none of %(values)s."),
            params={
                "name": "speaker_basis",
                "value": value[:60],
                "values": ", ".join(Attribution.Basis.values),
            },
        )


def _values(column: str, cell: str, number: int) -> Sequence[str]:
    """The values of a joined cell: as many as there are actors; an empty cell has none of them."""
    values = split(cell) or ("",) * number
    if len(values) != number:
        raise ValidationError(
            _("%(name)s has %(values)s values for %(number)s actors."),
            params={"name": column, "values": len(values), "number": number},
        )
    return values


def _points(row: StatementRow, cells: Mapping[str, str]) -> tuple[PointInput, ...]:
    """Points keep their numbers: a number that is gone is a point taken away, a text without one is new."""
    if not any(name in cells for name in POINTS):
        return tuple(PointInput(point.text, point.uid) for point in row.points)
    numbers = split(cells["point_number"]) if "point_number" in cells else None
    texts = split(cells["point"]) if "point" in cells else None
    there = {str(point.ordinal): point for point in row.points}
    numbers = tuple(there) if numbers is None else numbers
    if any(number not in there for number in numbers) or len(set(numbers)) < len(numbers):
        raise ValidationError(_("point_number names a point that is not there, or one twice."))
    if texts is None:
        texts = tuple(there[number].text for number in numbers)
    if len(texts) < len(numbers):
        raise ValidationError(
            _("point has %(values)s texts for %(number)s numbers: take the number away, too."),
            params={"values": len(texts), "number": len(numbers)},
        )
    kept = [
        PointInput(text.strip(), there[number].uid)
        for number, text in zip(numbers, texts, strict=False)
    ]
    for text in texts:
        _refuse_unfit(Point, "text", "point", text.strip())
        if not text.strip():
            raise ValidationError(_("point has an empty text: take its number away instead."))
    return (*kept, *(PointInput(text.strip()) for text in texts[len(numbers) :]))
