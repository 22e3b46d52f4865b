"""A record's history in words, as its page in the admin shows it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from annotations.models.chronicle import tell


def told_rows(model: type[Model], rows: Iterable[Any]) -> list[Any]:
    """The last history row of each change, newest first, with `columns` and `parts` for the page."""
    rows = list(rows)
    changes = tell(model, rows, before=rows[-1].prev_record if rows else None)
    for told in changes:
        told.row.columns = [
            {"field": capfirst(column.name), "old": column.old, "new": column.new}
            for column in told.columns
        ]
        told.row.parts = [*told.parts, *([f"“{told.reason}”"] if told.reason else [])]
    return [told.row for told in changes]
