"""Fields that several forms share: words chosen in a text, an actor by uid, a date known to the day, month or year."""

import json
import re
import uuid
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.editing.place import Selection
from annotations.models import Actor, Span, Statement
from annotations.models.validators import refuse_unstorable

NOT_WHOLE = _("The selected words did not arrive whole. Select them again.")


def _refuse_half_pair(value: str) -> None:
    if "\x00" not in value:  # which the field itself refuses
        refuse_unstorable(value)


class TextField(forms.CharField):
    """Free text, of which what no database stores is refused here, by the field's name."""

    default_validators = [_refuse_half_pair]


class SpansField(forms.Field):
    """JSON list of {role, start, end, exact, uid}: the words that an editor selected, as `Selection`s."""

    widget = forms.HiddenInput

    def __init__(self, *, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.roles = roles

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return json.dumps(
                [asdict(s) | {"uid": str(s.uid or "")} for s in value], ensure_ascii=False
            )
        return value

    def to_python(self, value: Any) -> list[Selection]:
        if not value:
            return []
        try:
            return [self._selection(row) for row in json.loads(value)]
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise ValidationError(NOT_WHOLE) from error

    def _selection(self, row: Any) -> Selection:
        role, start, end, exact = row["role"], row["start"], row["end"], row["exact"]
        if (
            role not in self.roles
            or type(start) is not int
            or type(end) is not int
            or not isinstance(exact, str)
        ):
            raise ValueError(role)
        exact.encode()  # half a surrogate pair is a ValueError here, not a failure of the answer
        return Selection(role, start, end, exact, uuid.UUID(row["uid"]) if row.get("uid") else None)


def selections_of(spans: list[Span]) -> list[Selection]:
    """The spans as they stand in the text, for a form that edits them."""
    placed = [(span, span.placement()) for span in spans]
    return [Selection(s.role, p.start or 0, p.end or 0, p.exact, s.uid) for s, p in placed if p]


class ActorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """An actor by uid; the queryset is set by the form, from what its user sees."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})["invalid_choice"] = _(
            "This actor is not there any more. Choose another."
        )
        super().__init__(
            queryset=Actor.objects.none(), to_field_name="uid", widget=forms.HiddenInput, **kwargs
        )


class PartialDate(NamedTuple):
    """A date and how precise it is: day, month or year; (None, "") where it is not known."""

    date: date | None
    precision: str

    def __str__(self) -> str:
        """As it is typed: 2026-05-12, 2026-05 or 2026."""
        if self.date is None:
            return ""
        length = {"day": 10, "month": 7, "year": 4}[self.precision]
        return self.date.isoformat()[:length]


def parse_partial_date(typed: str) -> PartialDate:
    """What was typed as 2026-05-12, 2026-05 or 2026, or nothing; ValidationError for anything else."""
    if not typed:
        return PartialDate(None, "")
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", typed)
    try:
        if not found:
            raise ValueError(typed)
        year = int(found[1])
        month, day = (int(part) if part else None for part in found.groups()[1:])
        precision = (
            Statement.Precision.DAY
            if day is not None
            else Statement.Precision.MONTH
            if month is not None
            else Statement.Precision.YEAR
        )
        typed_date = date(year, 1 if month is None else month, 1 if day is None else day)
        return PartialDate(typed_date, str(precision))
    except ValueError as error:
        raise ValidationError(_("Write the date as 2026-05-12, or 2026-05, or 2026.")) from error


class PartialDateField(forms.CharField):
    """“2026-05-12”, “2026-05” or “2026”, as a PartialDate."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, PartialDate):
            return value
        return parse_partial_date(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        if self.required and value.date is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The shape was checked on reading; the text validators have nothing to add."""
