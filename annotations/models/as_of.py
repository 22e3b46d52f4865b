"""A record as it stood at one of its versions, from its history."""

import uuid
from dataclasses import dataclass
from typing import Any

from annotations.models.record import Part, Record


@dataclass(frozen=True)
class AsOf:
    """The record's row of history at a version, and the changes that had led there."""

    key: int
    row: Any
    changes: frozenset[uuid.UUID]

    def parts(self, model: type[Part], owner: str, *related: str) -> list[Any]:
        """The rows of its parts that were in use then, in their order; `owner` is the column that names it.

        Whoever changes a part saves its record in the same change: so the parts' history is asked by it.
        """
        rows = model.history.filter(**{owner: self.key}, change_id__in=self.changes)
        last = {row.id: row for row in rows.select_related(*related).order_by("history_id")}
        in_use = [row for row in last.values() if row.withdrawn_at is None]
        return sorted(in_use, key=lambda row: (getattr(row, "ordinal", 0), row.id))


def at_version(record: Record, version: int) -> AsOf | None:
    """The record as stored, at this version; None where it never had it.

    Submitting the links of a statement takes its version and leaves no row of its own: it then is what
    the newest row up to that version says.
    """
    rows = list(record.history.filter(version__lte=version).order_by("history_id"))
    if not rows or version > record.version:
        return None
    return AsOf(record.pk, rows[-1], frozenset(row.change_id for row in rows))
