"""What every column means, made from the columns themselves: codebook.csv and docs/codebook.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.exports.actor_columns import ACTOR_COLUMNS
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.columns import Column, Shape
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS, LINK_COLUMNS
from annotations.exports.statement_columns import STATEMENT_COLUMNS

FILES: dict[str, Sequence[Column[Any]]] = {
    "statements.csv": STATEMENT_COLUMNS,
    "exchanges.csv": EXCHANGE_COLUMNS,
    "actors.csv": ACTOR_COLUMNS,
}


@dataclass(frozen=True)
class CodebookRow:
    """One column of one file."""

    file: str
    number: int
    column: Column[Any]


CODEBOOK_COLUMNS: tuple[Column[CodebookRow], ...] = (
    Column("file", "The file that has the column.", Shape.TEXT, "", lambda row: row.file),
    Column("number", "The column's place in the file.", Shape.INTEGER, "", lambda row: row.number),
    Column("column", "The column's name.", Shape.TEXT, "", lambda row: row.column.name),
    Column("meaning", "What its cells say.", Shape.TEXT, "", lambda row: row.column.meaning),
    Column("shape", "What stands in its cells.", Shape.TEXT, "", lambda row: row.column.shape),
    Column(
        "several",
        "Whether a cell may hold more than one value.",
        Shape.TRUTH,
        "",
        lambda row: row.column.several,
    ),
    Column(
        "values",
        "The only values, where they are a closed set.",
        Shape.TEXT,
        "",
        lambda row: row.column.closed_set.values if row.column.closed_set else (),
        several=True,
    ),
    Column(
        "source",
        "The record and field that the value comes from.",
        Shape.TEXT,
        "",
        lambda row: row.column.source,
    ),
)

HEAD = """# Codebook

What the columns of the CSV files mean. The same list is in `codebook.csv`. This page is made by
`python3 manage.py codebook`; do not edit it by hand.

## How cells are written

- The files are UTF-8 with a byte order mark. Every cell is in quotation marks, and a quotation mark
  inside a cell is doubled. Lines end with a line feed (LF). A cell may hold line breaks of its own.
- A value that is missing is an empty cell.
- Times are in UTC and look like 2026-01-31T12:00:00Z. Truth values are `true` and `false`.
- Rows are in the order in which the records were made: by statement in `statements.csv`, by claim
  and then by link in `exchanges.csv`, by actor in `actors.csv`.
- Where a cell may hold several values, they are joined by ` | ` (a bar between two spaces). Inside
  such a value, a bar is written `\\|` and a backslash `\\\\`. Columns whose names begin alike keep
  the same order: the second `speaker_id` belongs to the second `speaker`. A value that is missing
  among others keeps its place; where all are missing, the cell is empty.
- A cell that begins with `=`, `+`, `-`, `@`, a tab, a carriage return, a line feed, a NUL or one of
  the full-width signs `＝＋－＠` gets a `'` in front, so that a spreadsheet does not run it as a
  formula. So does such a cell that has `'` before that sign already. To get the value back, take
  one `'` off. `?profile=raw` in the address leaves the `'` out.
- Names of actors are those they are kept by; after two actors are merged, the one that was kept.
  What the article printed stands beside it in the `…_as_printed` columns.

"""


def codebook_rows() -> list[CodebookRow]:
    """A row for each column of the files, in order."""
    return [
        CodebookRow(file, number, column)
        for file, columns in FILES.items()
        for number, column in enumerate(columns, start=1)
    ]


def codebook_page() -> str:
    """docs/codebook.md, whole."""
    return HEAD + "\n".join(_sections())


def _sections() -> Iterator[str]:
    yield "## statements.csv: one row for each statement\n"
    yield from _table(STATEMENT_COLUMNS)
    yield "\n## exchanges.csv: one row for each claim and response\n"
    yield "One row for each response to each claim, and one for each open claim without any."
    yield "These columns tell of the link between the two:\n"
    yield from _table(LINK_COLUMNS)
    yield "\nAfter them, each column of statements.csv stands twice: for the claim, its name with"
    yield "`claim_` before it, and for the response, with `response_` before it. In the row of an"
    yield "open claim without any response, the cells of link and response are empty.\n"
    yield "## actors.csv: one row for each actor\n"
    yield "One row for each actor whose identifier stands in the rows of the other two files under the"
    yield "same filter. Who was merged into another actor has no row of its own.\n"
    yield from _table(ACTOR_COLUMNS)
    yield "\n## Closed sets\n"
    yield from _closed_sets()


def _table(columns: Sequence[Column[Any]]) -> Iterator[str]:
    yield "| Column | Meaning | Shape | From |"
    yield "|---|---|---|---|"
    for column in columns:
        yield f"| `{column.name}` | {column.meaning} | {_shape(column)} | {column.source} |"


def _shape(column: Column[Any]) -> str:
    shape = (
        f"[{column.closed_set.name}](#{_anchor(column.closed_set)})"
        if column.closed_set
        else column.shape
    )
    return f"{shape}, several" if column.several else str(shape)


def _anchor(closed_set: ClosedSet) -> str:
    return closed_set.name.replace(" ", "-")


def _closed_sets() -> Iterator[str]:
    columns: list[Column[Any]] = [*STATEMENT_COLUMNS, *LINK_COLUMNS]
    sets = {column.closed_set.name: column.closed_set for column in columns if column.closed_set}
    for closed_set in sets.values():
        yield f"### {closed_set.name}\n"
        for value, meaning in closed_set.meanings.items():
            yield f"- `{value}`: {meaning}"
        yield ""
