"""What a form says, field by field: as it was typed, as it is stored, as it was before. For comparing and merging."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.editing.attribute import PartInput
from annotations.editing.place import Selection
from annotations.forms.fields import PartialDate, SpansField, selections_of
from annotations.forms.statement import StatementForms
from annotations.models import Attribution, Point, Span, Statement
from annotations.models.as_of import AsOf
from annotations.models.span import role_words
from annotations.views.stale import part_words, said

PARTS, POINTS, SPANS = "parts:", "points", "spans:"


@dataclass(frozen=True)
class Value:
    """A field: what it is compared by, how a person reads it, and what the form sends for it."""

    label: str
    compared: Hashable
    words: str
    typed: tuple[Any, ...]


Sheet = dict[str, Value]


def sheet(form: forms.Form, values: dict[str, Any]) -> Sheet:
    """The named fields of a form with these values, as its `cleaned_data` has them; spans by their role."""
    found: Sheet = {}
    for name, value in values.items():
        field = form.fields[name]
        label = str(form[name].label)
        if isinstance(field, SpansField):
            found |= _spans(name, label, field, value)
        else:
            found[name] = Value(label, _compared(value), said(field, value), _typed(field, value))
    return found


def _spans(name: str, label: str, field: SpansField, chosen: Iterable[Selection]) -> Sheet:
    found = {}
    for role in field.roles:
        own = tuple(selection for selection in chosen if selection.role == role)
        of_role = label if len(field.roles) == 1 else str(capfirst(role_words(role)))
        marks = frozenset(each.uid or (each.start, each.end) for each in own)
        found[f"{SPANS}{name}:{role}"] = Value(of_role, marks, said(field, own), own)
    return found


def _compared(value: Any) -> Hashable:
    if hasattr(value, "pk"):
        return int(value.pk)
    if isinstance(value, PartialDate):
        return tuple(value)
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return value or ""
    return frozenset(one.pk for one in value)


def _typed(field: forms.Field, value: Any) -> tuple[str, ...]:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return tuple(str(one.uid) for one in value)
    if hasattr(value, "uid"):
        return (str(value.uid),)
    return (str(field.prepare_value(value)) if value else "",)


def statement_sheet(
    forms_: StatementForms,
    values: dict[str, Any],
    parts: Sequence[Attribution | PartInput],
    points: Sequence[Any],
) -> Sheet:
    """A statement's: also its actors by their part, and its points."""
    found = sheet(forms_.form, values)
    for kind in Attribution.Kind:
        own = [part for part in parts if part.part == kind]
        found[f"{PARTS}{kind}"] = Value(
            str(capfirst(kind.label)),
            tuple(_part(part) for part in own),
            "; ".join(part_words(part) for part in own),
            tuple(_row(part) for part in own),
        )
    texts = tuple(point.text for point in points)
    rows = tuple({"uid": str(point.uid or ""), "text": point.text} for point in points)
    return found | {POINTS: Value(_("Points"), texts, "; ".join(texts), rows)}


def _part(part: Attribution | PartInput) -> Hashable:
    return (part.actor.pk, part.as_printed, part.title_as_printed, part.speaker_basis)


def _row(part: Attribution | PartInput) -> dict[str, str]:
    return {
        "uid": str(part.uid or ""),
        "part": part.part,
        "actor": str(part.actor.uid),
        "actor_name": part.actor.name,
        "as_printed": part.as_printed,
        "title_as_printed": part.title_as_printed,
        "speaker_basis": part.speaker_basis,
    }


STATEMENT = ("form", "act", "gist", "said_on_as_printed", "venue", "note")


def typed_statement(forms_: StatementForms) -> Sheet:
    """As it was typed."""
    typed = forms_.form.cleaned_data
    values = {name: typed[name] for name in ("spans", "said_on", *STATEMENT)}
    return statement_sheet(forms_, values, forms_.part_inputs(), forms_.point_inputs())


def stored_statement(forms_: StatementForms, statement: Statement) -> Sheet:
    """As it is stored."""
    values = _of_row(statement, selections_of(statement.live_spans()))
    return statement_sheet(forms_, values, statement.live_attributions(), statement.live_points())


def earlier_statement(forms_: StatementForms, then: AsOf) -> Sheet:
    """As it was at a version."""
    values = _of_row(then.row, earlier_spans(then, "statement"))
    parts = then.parts(Attribution, "statement", "actor")
    return statement_sheet(forms_, values, parts, then.parts(Point, "statement"))


def earlier_spans(then: AsOf, owner: str) -> list[Selection]:
    """The spans that were in use, by their uids: where they stand now is asked of the spans."""
    return [Selection(row.role, 0, 0, "", row.uid) for row in then.parts(Span, owner)]


def _of_row(row: Any, spans: list[Selection]) -> dict[str, Any]:
    """A statement's columns, or those of a row of its history, as the form has them."""
    said_on = PartialDate(row.said_on, row.said_on_precision)
    return {"spans": spans, "said_on": said_on} | {name: getattr(row, name) for name in STATEMENT}
