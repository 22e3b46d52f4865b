"""The rows of a plan as its page shows them: counted by what becomes of them, a page of them at a time."""

from collections import Counter
from dataclasses import dataclass

from annotations.imports.plan import Fate, Plan, Row
from annotations.imports.uploads import CHOSEN_ONE_BY_ONE


@dataclass(frozen=True)
class RowsShown:
    """Rows with their numbers in the plan (from 0), and where the pages beside this one begin."""

    rows: tuple[tuple[int, Row], ...]
    first: int
    total: int
    before: int | None
    after: int | None
    ready: int
    faulty: int
    left: int
    choosable: int
    fates: tuple[tuple[str, int], ...]

    @property
    def last(self) -> int:
        return self.first + len(self.rows)


def rows_shown(plan: Plan, asked: str, size: int = CHOSEN_ONE_BY_ONE) -> RowsShown:
    """The page of rows that begins at the number asked for; the first page where that is none."""
    first = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    first = first if first < len(plan.rows) else 0
    counted = Counter(row.fate for row in plan.rows)
    faulty = len(plan.faulty)
    return RowsShown(
        rows=tuple(enumerate(plan.rows[first : first + size], start=first)),
        first=first,
        total=len(plan.rows),
        before=max(0, first - size) if first else None,
        after=first + size if first + size < len(plan.rows) else None,
        ready=len(plan.ready),
        faulty=faulty,
        left=len(plan.rows) - len(plan.ready) - faulty,
        choosable=sum(row.can_be_chosen for row in plan.rows),
        fates=tuple((str(fate.label), counted[fate]) for fate in Fate if counted[fate]),
    )
