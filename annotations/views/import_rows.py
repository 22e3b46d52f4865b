"""The rows of a plan as its page shows them: counted by what becomes of them, a page of them at a time."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from annotations.imports.plan import Fate, Plan, Row
from annotations.imports.uploads import CHOSEN_ONE_BY_ONE


@dataclass(frozen=True)
class RowsShown:
    """Rows with their numbers in the plan (from 0) and whether they may be ticked; where the pages beside begin."""

    rows: tuple[tuple[int, Row, bool], ...]
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


def rows_shown(
    plan: Plan, asked: str, size: int = CHOSEN_ONE_BY_ONE, chosen: Collection[int] | None = None
) -> RowsShown:
    """The page of rows that begins at the number asked for; the first page where that is none.

    `chosen` are the numbers of the rows that somebody ticked; None where nobody chose yet.
    """
    may_be = [row.can_be_chosen for row in plan.rows]
    plan = plan if chosen is None else plan.choose(chosen)
    first = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    first = first if first < len(plan.rows) else 0
    counted = Counter(row.fate for row in plan.rows)
    faulty = len(plan.faulty)
    return RowsShown(
        rows=tuple(
            (number, row, may_be[number])
            for number, row in enumerate(plan.rows[first : first + size], start=first)
        ),
        first=first,
        total=len(plan.rows),
        before=max(0, first - size) if first else None,
        after=first + size if first + size < len(plan.rows) else None,
        ready=len(plan.ready),
        faulty=faulty,
        left=len(plan.rows) - len(plan.ready) - faulty,
        choosable=sum(may_be),
        fates=tuple((str(fate.label), counted[fate]) for fate in Fate if counted[fate]),
    )
