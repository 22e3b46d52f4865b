"""Reads a file of JSON Lines line by line: every key known, every value of its field's kind, each fault placed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, BinaryIO
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field
from django.utils.translation import gettext as _

from annotations.models.kinds import BY_NAME, FORMAT, HEAD, NAMES, OWN, SELECTION, Column, Kind
from annotations.models.validators import refuse_unstorable

LONGEST_LINE = 64 * 1024 * 1024  # bytes: the longest article, every character of it escaped


class LinesError(ValueError):
    """What is wrong in the file, and in which line; nothing was stored."""


@dataclass(frozen=True)
class Head:
    """What the first line says: the profile, and how many lines of each kind there are."""

    profile: str
    counts: dict[str, int]


@dataclass(frozen=True)
class Row:
    """One line: its number in the file, its kind, and its values by key; references are still names."""

    number: int
    kind: Kind
    values: dict[str, Any]


def read(file: BinaryIO) -> tuple[Head, Iterator[Row]]:
    """The head, and the rows as they are asked for; LinesError names what is wrong and the line.

    The rows end with an error where there are more or fewer of a kind than the head says.
    """
    head = _head(_parsed(file.readline(LONGEST_LINE + 1), 1))
    return head, _rows(file, head)


def _head(values: dict[str, Any]) -> Head:
    if values.get("record") != HEAD:
        raise LinesError(_("Line 1: this is not a file of ours. It begins with another line."))
    if values.get("format") != FORMAT:
        raise LinesError(_("Line 1: the file's format is another one than this version reads."))
    counts, profile = values.get("counts"), values.get("profile")
    if (
        not isinstance(counts, dict)
        or not isinstance(profile, str)
        or not all(type(number) is int and number >= 0 for number in counts.values())
    ):
        raise LinesError(_("Line 1: the profile or the counts are missing."))
    return Head(profile, {kind: number for kind, number in counts.items() if number})


def _rows(file: BinaryIO, head: Head) -> Iterator[Row]:
    left = dict(head.counts)
    is_cut = head.profile == SELECTION
    number = 1
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        row = _row(_parsed(raw, number), number, is_cut=is_cut)
        left[row.kind.name] = left.get(row.kind.name, 0) - 1
        yield row
    wrong = [
        f"{name}: {abs(n)} {'missing' if n > 0 else 'too many'}" for name, n in left.items() if n
    ]
    if wrong:
        raise LinesError(
            _("The file is not whole. Its first line promises other numbers (%(wrong)s).")
            % {"wrong": ", ".join(sorted(wrong))}
        )


def _parsed(raw: bytes, number: int) -> dict[str, Any]:
    if len(raw) > LONGEST_LINE:
        raise LinesError(_("Line %(number)d is too long.") % {"number": number})
    try:
        values = json.loads(raw.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise LinesError(
            _("Line %(number)d cannot be read: %(why)s")
            % {"number": number, "why": str(error)[:200]}
        ) from error
    if not isinstance(values, dict):
        raise LinesError(_("Line %(number)d is not an object.") % {"number": number})
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _row(values: dict[str, Any], number: int, *, is_cut: bool) -> Row:
    """The row; where `is_cut`, columns that reporters don't get may be missing, and are None then."""
    name = values.pop("record", None)
    kind = BY_NAME.get(name) if isinstance(name, str) else None
    if kind is None:
        raise _wrong(number, "record", _("there is no such kind of line"))
    read = {
        column.key: None
        if is_cut and column.is_inner and column.key not in values
        else _value(values, column, number)
        for column in kind.columns
    }
    if kind.names_own:
        read[OWN] = _uid(values.pop(OWN, None), number, OWN)
    if values:
        raise _wrong(number, min(values), _("no such key belongs here"))
    return Row(number, kind, read)


def _value(values: dict[str, Any], column: Column, number: int) -> Any:
    try:
        value = values.pop(column.key)
    except KeyError:
        raise _wrong(number, column.key, _("is missing")) from None
    if value is None:
        if not column.field.null:
            raise _wrong(number, column.key, _("is empty"))
        return None
    if column.refers is not None:
        if column.refers in NAMES:
            return _of_type(value, str, number, column.key)
        return _uid(value, number, column.key)
    return _checked(value, column.field, number, column.key)


def _checked(value: Any, field: "Field[Any, Any]", number: int, key: str) -> Any:
    """The value as the field holds it; LinesError where the field would not take it."""
    read = _typed(value, field, number, key)
    try:
        field.run_validators(read)
        if field.choices and read not in {"", *_choices(field)}:
            raise ValidationError(_("is none of the values there are"))
    except ValidationError as error:
        raise _wrong(number, key, " ".join(error.messages)) from error
    return read


@cache
def _choices(field: Any) -> frozenset[str]:
    return frozenset(str(value) for value, _label in field.flatchoices)


def _typed(value: Any, field: "Field[Any, Any]", number: int, key: str) -> Any:
    if isinstance(field, models.JSONField):
        return _of_type(value, dict, number, key)
    if isinstance(field, models.BooleanField):
        return _of_type(value, bool, number, key)
    if isinstance(field, models.IntegerField):
        return _of_type(value, int, number, key)
    text = _of_type(value, str, number, key)
    if isinstance(field, models.UUIDField):
        return _uid(text, number, key)
    try:
        if isinstance(field, models.DateTimeField):
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                raise ValueError(text)
            return moment.astimezone(UTC)
        return date.fromisoformat(text) if isinstance(field, models.DateField) else text
    except (ValueError, OverflowError):
        raise _wrong(number, key, _("is not a date or time")) from None


def _of_type(value: Any, wanted: type, number: int, key: str) -> Any:
    if type(value) is not wanted:
        raise _wrong(number, key, _("is of the wrong kind"))
    if isinstance(value, str):
        try:
            refuse_unstorable(value)
        except ValidationError as error:
            raise _wrong(number, key, " ".join(error.messages)) from error
    return value


def _uid(value: Any, number: int, key: str) -> UUID:
    try:
        return UUID(_of_type(value, str, number, key))
    except ValueError:
        raise _wrong(number, key, _("is not a uid")) from None


def _wrong(number: int, key: str, why: str) -> LinesError:
    return LinesError(
        _("Line %(number)d, %(key)s: %(why)s") % {"number": number, "key": key[:60], "why": why}
    )
