"""JSON Lines: one row a line, the first line telling what the file is; the same data give the same bytes."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Model, QuerySet

from annotations.models.kinds import FORMAT, HEAD, KINDS, OWN, WHOLE, Kind

CHUNK = 1_000  # lines in a piece, and rows fetched at once

Rows = Callable[[Kind], "QuerySet[Model]"]


def nobody_watches(_: int) -> None:
    """For who wants no progress."""


def whole_file(using: str, watch: Callable[[int], None] = nobody_watches) -> Iterator[bytes]:
    """Everything there is, with its whole history, in pieces; for operators.

    To be read inside one snapshot of the alias. `watch` is told how many lines each piece has.
    """
    counts = counted(using)
    yield head(WHOLE, counts, newest_change(using))
    for kind in KINDS:
        for rows in lines_of(kind, every_row(kind, using)):
            watch(len(rows))
            yield b"".join(rows)


def counted(using: str) -> dict[str, int]:
    """How many lines each kind has in the whole file."""
    return {kind.name: every_row(kind, using).count() for kind in KINDS}


def every_row(kind: Kind, using: str) -> "QuerySet[Model]":
    """All rows of the kind."""
    return kind.model._base_manager.using(using)


def head(profile: str, counts: dict[str, int], moment: datetime | None) -> bytes:
    """The first line: format, profile, how many lines of each kind follow, and of which moment they are.

    The moment is that of the newest change they hold, so that the same data make the same file.
    """
    told = {
        "record": HEAD,
        "format": FORMAT,
        "profile": profile,
        "moment": moment,
        "counts": counts,
        "offsets": "half-open, in Unicode code points of the revision's text",
    }
    return line(told)


def newest_change(using: str) -> datetime | None:
    """When the newest change in any history was made; None where there is none."""
    dates = [
        kind.model._base_manager.using(using).aggregate(newest=Max("history_date"))["newest"]
        for kind in KINDS
        if kind.kept
    ]
    return max((day for day in dates if day), default=None)


def lines_of(kind: Kind, rows: "QuerySet[Model]") -> Iterator[list[bytes]]:
    """The rows as lines, in chunks, in the order in which they were written."""
    keys = ["record", *(column.key for column in kind.columns)]
    paths = [column.path for column in kind.columns]
    if kind.names_own:
        keys.append(OWN)
        paths.append("own_name")
        rows = rows.annotate(own_name=kind.own_name())
    chunk: list[bytes] = []
    for values in rows.order_by("pk").values_list(*paths).iterator(CHUNK):
        chunk.append(line(dict(zip(keys, (kind.name, *values), strict=True))))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def line(values: dict[str, Any]) -> bytes:
    """One line: keys sorted, no spaces, UTF-8, letters as they are, times in UTC to the microsecond."""
    return _ENCODER.encode(values).encode() + b"\n"


def _plain(value: object) -> str:
    match value:
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
    raise TypeError(type(value))


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)
