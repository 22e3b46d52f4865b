"""What a column is.

The writer, the codebook, the documentation and the tests read the same lists of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from annotations.exports.cells import Cell
from annotations.exports.closed_sets import ClosedSet

R_contra = TypeVar("R_contra", contravariant=True)


class Shape(StrEnum):
    """What stands in a column's cells."""

    TEXT = "text"
    INTEGER = "integer"
    TRUTH = "true or false"
    IDENTIFIER = "identifier"
    ADDRESS = "web address"
    DAY = "date (2026-01-31)"
    PARTIAL_DAY = "date as far as it is known (2026-01-31, 2026-01 or 2026)"
    TIME = "time in UTC (2026-01-31T12:00:00Z)"


@dataclass(frozen=True)
class Column(Generic[R_contra]):
    """One column of a file whose rows are R.

    `source` names the record and field, as in domain terms; `several` says that a cell may hold
    more than one value, and `value` then gives a tuple of them.
    """

    name: str
    meaning: str
    shape: Shape
    source: str
    value: Callable[[R_contra], Cell]
    several: bool = False
    closed_set: ClosedSet | None = None
