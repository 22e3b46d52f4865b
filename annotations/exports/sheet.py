"""Rows become sheets of a workbook: every cell typed, none of them a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar

from django.utils import translation
from xlsxwriter import Workbook
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from annotations.exports.cells import Cell, text_of
from annotations.exports.columns import Column, Shape

R = TypeVar("R")

LONGEST_CELL = 32_767  # characters that Excel keeps in a cell; counted in UTF-16 code units
LONGEST_SHEET = 1_048_576  # rows, with the head
CUT = " […]"
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree by a day: they are left as text
WIDTHS = {Shape.TEXT: 32, Shape.IDENTIFIER: 38, Shape.ADDRESS: 38, Shape.TIME: 21}


@dataclass(frozen=True)
class CutCell:
    """A text that is too long for a cell: where it stands, and how long it is, in characters."""

    sheet: str
    row: int
    column: str
    length: int


@dataclass
class Book:
    """A workbook that is being written, with the formats of its cells and the texts that did not fit."""

    workbook: Workbook
    longest_sheet: int = LONGEST_SHEET
    cut: list[CutCell] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.head: CellFormat = self.workbook.add_format({"bold": True, "bottom": 1})
        self.day: CellFormat = self.workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.truth: CellFormat = self.workbook.add_format({"num_format": '"true";;"false"'})
        self.time: CellFormat = self.workbook.add_format({"num_format": 'yyyy-mm-dd"T"hh:mm:ss"Z"'})

    def add(self, name: str, columns: Sequence[Column[R]], chunks: Iterable[Sequence[R]]) -> None:
        """A sheet of this name with the rows; further ones (“name 2” …) where they are too many."""
        rows = (row for chunk in chunks for row in chunk)
        numbers = count(1)
        sheet, at = self._begin(name, next(numbers), columns), 1
        for row in rows:
            if at == self.longest_sheet:
                sheet, at = self._begin(name, next(numbers), columns), 1
            with translation.override(None):  # the same in every language of the page
                self._write_row(sheet, at, columns, row)
            at += 1

    def _begin(self, name: str, number: int, columns: Sequence[Column[Any]]) -> Worksheet:
        sheet = self.workbook.add_worksheet(name if number == 1 else f"{name} {number}")
        for at, column in enumerate(columns):
            sheet.set_column(at, at, WIDTHS.get(column.shape, 12))
            sheet.write_string(0, at, column.name, self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def _write_row(self, sheet: Worksheet, at: int, columns: Sequence[Column[R]], row: R) -> None:
        for place, column in enumerate(columns):
            value = column.value(row)
            if column.several or not self._write_typed(sheet, at, place, column.shape, value):
                self._write_text(sheet, at, place, column.name, text_of(value))

    def _write_typed(
        self, sheet: Worksheet, at: int, place: int, shape: Shape, value: Cell
    ) -> bool:
        """Whether the value is a number, a truth, a date or a time, and was written as such."""
        if shape is Shape.PARTIAL_DAY and isinstance(value, str) and len(value) == 10:
            value = date.fromisoformat(value)
        if isinstance(value, bool):
            # LibreOffice makes a formula, =TRUE(), of a cell that is typed as a truth value.
            sheet.write_number(at, place, int(value), self.truth)
        elif isinstance(value, int):
            sheet.write_number(at, place, value)
        elif isinstance(value, datetime):
            plain = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
            sheet.write_datetime(at, place, plain, self.time)
        elif isinstance(value, date) and value >= FIRST_DAY:
            sheet.write_datetime(at, place, value, self.day)
        else:
            return False
        return True

    def _write_text(self, sheet: Worksheet, at: int, place: int, column: str, text: str) -> None:
        if not text:
            return
        fits = fitting(text)
        if fits != text:
            self.cut.append(CutCell(sheet.get_name(), at + 1, column, len(text)))
        sheet.write_string(at, place, fits)


def fitting(text: str) -> str:
    """The text or, where it is too long for a cell, its beginning and a mark."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    kept = units[: 2 * (LONGEST_CELL - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT
