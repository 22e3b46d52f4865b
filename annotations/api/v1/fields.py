"""Fields of requests that take what the schema says they take: no number for a text, no text for a number."""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.forms.fields import PartialDate, parse_partial_date
from annotations.models.validators import refuse_unstorable


class Text(serializers.CharField):
    """Text, kept to the letter."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("trim_whitespace", False)
        super().__init__(**options)
        self.validators.append(refuse_unstorable)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


def text_of(model: type[models.Model], name: str, **options: Any) -> Text:
    """A text as long as the model's column takes; where that may be empty, it need not be sent."""
    column = model._meta.get_field(name)
    assert isinstance(column, models.CharField | models.TextField)
    if column.blank:
        options = {"allow_blank": True, "required": False, "default": "", **options}
    own = (MaxLengthValidator, ProhibitNullCharactersValidator)  # which the field has itself
    validators = [
        each
        for each in column.validators
        if each is not refuse_unstorable and not isinstance(each, own)
    ]
    return Text(max_length=column.max_length, validators=validators, **options)


class Choice(serializers.ChoiceField):
    """One of a closed set; the message does not repeat what was sent, which may be half a pair."""

    default_error_messages = {"invalid_choice": "There is no such choice."}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number of this side of the largest that both databases keep."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 2**31 - 1, **options})

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, float) and data.is_integer():
            data = int(data)  # 1.0 is a whole number in JSON
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=type(data).__name__)
        return data


class Uid(serializers.UUIDField):
    """A uid as it is printed, with its hyphens."""

    def to_internal_value(self, data: Any) -> uuid.UUID:
        if not isinstance(data, str) or len(data) != 36:
            self.fail("invalid", value="")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """2026-05-12, or null where it is not known."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or len(data) != 10:
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)


@extend_schema_field(OpenApiTypes.DATETIME)
class Moment(serializers.Field[datetime, str, str, Any]):
    """A date and time of day with its offset from UTC: 2026-05-12T10:00:00Z."""

    default_error_messages = {
        "invalid": "Write the time with its offset from UTC: 2026-05-12T10:00:00Z."
    }

    def to_internal_value(self, data: Any) -> datetime:
        try:
            moment = parse_datetime(data) if isinstance(data, str) and len(data) > 16 else None
            if moment is None or moment.tzinfo is None:
                self.fail("invalid")
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        return value.isoformat().replace("+00:00", "Z")


PARTIAL_DATE: dict[str, Any] = {
    "type": "string",
    "pattern": r"^(|[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)$",
    "examples": ["2026-05-12", "2026-05", "2026", ""],
}


@extend_schema_field(PARTIAL_DATE)
class PartialDay(serializers.Field[PartialDate, str, str, Any]):
    """2026-05-12, 2026-05 or 2026; empty where it is not known."""

    def to_internal_value(self, data: Any) -> PartialDate:
        try:
            if not isinstance(data, str) or not re.fullmatch(PARTIAL_DATE["pattern"], data):
                raise Invalid("")
            return parse_partial_date(data)
        except Invalid as error:
            said = "Write the date as 2026-05-12, or 2026-05, or 2026."
            raise serializers.ValidationError(said, code="invalid") from error

    def to_representation(self, value: PartialDate) -> str:
        return str(value)


def choices_of(options: type[models.TextChoices] | Sequence[Any], **more: Any) -> Choice:
    """A field for one of a closed set of the domain."""
    values = [each.value for each in options] if isinstance(options, type) else list(options)
    return Choice(choices=values, **more)
