"""A CSV file as a spreadsheet leaves it: another separator, no byte order mark, CRLF; each row with its line."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.exports.cells import unguarded
from annotations.imports.article_texts import text_of, warned_of

MOST_ROWS = 100_000
LONGEST_CELL = 12 * 1024 * 1024  # characters; Python's own limit is 131,072
SEPARATORS = (",", ";", "\t")
_TOLD = "sep="  # a first line by which Excel is told the separator


@dataclass(frozen=True)
class SheetRow:
    """The cells by column, formula guard undone; `errors` where there are more or fewer than columns.

    `raw` has them with the guard, for columns of which one knows what would stand there without.
    """

    line: int
    cells: Mapping[str, str]
    raw: Mapping[str, str]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The columns that were asked for and are there; `unknown` are the others; `warnings` what was mended."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...]
    warnings: tuple[str, ...]


def read_sheet(data: bytes, said: str, known: Collection[str], needed: Sequence[str]) -> Sheet:
    """The rows of the file; ValidationError naming the line where it is no CSV or lacks a column."""
    text, guessed = text_of(data, said)
    text, separator = _separated(text)
    rows = _rows(text, separator)
    _line, head = next(rows, (0, []))
    columns = [name.strip().lstrip("\ufeff") for name in head]
    _refuse_head(columns, needed)
    found = tuple(_row(line, cells, columns) for line, cells in rows if any(cells))
    warnings = list(warned_of(guessed))
    if separator != ",":
        name = {";": _("semicolons"), "\t": _("tabs")}[separator]
        warnings.append(_("The cells are separated by %(name)s: read as such.") % {"name": name})
    return Sheet(
        columns=tuple(name for name in columns if name in known),
        rows=found,
        unknown=tuple(name for name in columns if name not in known and name),
        warnings=tuple(warnings),
    )


def _separated(text: str) -> tuple[str, str]:
    """The text without Excel's own first line, and its separator: the one that the head has most of."""
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith(_TOLD) and len(first.strip()) == len(_TOLD) + 1:
        return rest, first.strip()[-1]
    return text, max(SEPARATORS, key=first.count)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, cells) of each row."""
    if len(separator) != 1 or separator in '"\r\n':
        raise ValidationError(_("This is no CSV file."))
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for number, cells in enumerate(reader):
            if number > MOST_ROWS:
                raise ValidationError(
                    _("The file has more than %(most)s rows."), params={"most": f"{MOST_ROWS:,}"}
                )
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValidationError(
            _(
                "Line %(line)s cannot be read as CSV: a quotation mark is not closed or not doubled."
            ),
            params={"line": line},
        ) from error


def _refuse_head(columns: list[str], needed: Sequence[str]) -> None:
    missing = [name for name in needed if name not in columns]
    if missing:
        raise ValidationError(
            _("The first line names no column %(names)s."), params={"names": ", ".join(missing)}
        )
    twice = sorted(name for name, times in Counter(columns).items() if name and times > 1)
    if twice:
        raise ValidationError(
            _("The first line names a column twice: %(names)s."),
            params={"names": ", ".join(twice)[:300]},
        )


def _row(line: int, cells: list[str], columns: list[str]) -> SheetRow:
    errors: tuple[str, ...] = ()
    extra = [cell for cell in cells[len(columns) :] if cell]
    if extra or len(cells) < len(columns):
        said = _("The line has %(number)s cells, its first line %(columns)s.")
        errors = (said % {"number": len(cells), "columns": len(columns)},)
    raw = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    return SheetRow(line, {name: unguarded(cell) for name, cell in raw.items()}, raw, errors)
