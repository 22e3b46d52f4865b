import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from xlsxwriter import Workbook

from annotations.exports.cells import text_of
from annotations.exports.columns import Column, Shape
from annotations.exports.formats import Order
from annotations.exports.rows import statement_rows
from annotations.exports.sheet import CUT, LONGEST_CELL, Book, fitting
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.exports.workbook import AS_TYPED, statements_xlsx
from annotations.tests.exports.reading import SITE
from annotations.tests.factories import (
    make_actor,
    make_article,
    make_response,
    make_statement,
    usual,
)

DARI = "«ما این ادعا را رد می‌کنیم»، سخنگو گفت — “هرگز” 👩‍👩‍👧 🇦🇫"
TYPED = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    "{=1}",
    "http://x.example",
    "12",
    "1e3",
    "true",
    "2026-01-31",
    "'=1",
)


def book_of(columns: tuple[Column[Any], ...], rows: list[Any], longest: int = 1_048_576) -> Any:
    file = io.BytesIO()
    with Workbook(file, {**AS_TYPED, "in_memory": False}) as workbook:
        Book(workbook, longest).add("Sheet", columns, [rows])
    return openpyxl.load_workbook(io.BytesIO(file.getvalue()))


def column(shape: Shape, *, several: bool = False) -> tuple[Column[Any], ...]:
    return (Column("a", "", shape, "", lambda value: value, several),)


def cells(book: Any, sheet: str = "Sheet") -> list[tuple[str, Any]]:
    return [(cell.data_type, cell.value) for cell in book[sheet]["A"][1:]]


def test_text_stays_text_whatever_it_looks_like() -> None:
    book = book_of(column(Shape.TEXT), [*TYPED, DARI, " a ", "a\n\tb"])

    assert cells(book) == [("s", each) for each in (*TYPED, DARI, " a ", "a\n\tb")]


def test_what_xml_cannot_hold_is_written_as_spreadsheets_read_it() -> None:
    book = book_of(column(Shape.TEXT), ["\x01", "_x0041_"])

    assert cells(book) == [("s", "_x0001_"), ("s", "_x005F_x0041_")]


@pytest.mark.parametrize(
    ("shape", "value", "kind", "read"),
    [
        (Shape.INTEGER, 12, "n", 12),
        (Shape.TRUTH, True, "n", 1),
        (Shape.DAY, date(2026, 1, 31), "d", datetime(2026, 1, 31)),  # noqa: DTZ001  as a sheet has it
        (Shape.DAY, date(1850, 1, 31), "s", "1850-01-31"),
        (Shape.PARTIAL_DAY, "2026-01-31", "d", datetime(2026, 1, 31)),  # noqa: DTZ001
        (Shape.PARTIAL_DAY, "2026-01", "s", "2026-01"),
        (Shape.TIME, datetime(2026, 1, 31, 12, 5, 6, 7, UTC), "d", datetime(2026, 1, 31, 12, 5, 6)),  # noqa: DTZ001
        (Shape.TEXT, None, "n", None),
    ],
)
def test_a_cell_has_the_type_of_its_value(shape: Shape, value: Any, kind: str, read: Any) -> None:
    assert cells(book_of(column(shape), [value, "end"]))[0] == (kind, read)


def test_several_values_are_one_text() -> None:
    assert cells(book_of(column(Shape.INTEGER, several=True), [(1, 2)])) == [("s", "1 | 2")]


def test_rows_that_do_not_fit_go_on_in_another_sheet() -> None:
    book = book_of(column(Shape.INTEGER), [1, 2, 3, 4, 5], longest=3)

    assert book.sheetnames == ["Sheet", "Sheet 2", "Sheet 3"]
    assert [cells(book, name) for name in book.sheetnames] == [
        [("n", 1), ("n", 2)],
        [("n", 3), ("n", 4)],
        [("n", 5)],
    ]


def test_a_text_that_does_not_fit_is_cut_between_characters() -> None:
    long = "😀" * 20_000

    assert fitting("a" * LONGEST_CELL) == "a" * LONGEST_CELL
    assert fitting(long) == "😀" * ((LONGEST_CELL - len(CUT)) // 2) + CUT


@pytest.mark.django_db
def test_the_workbook_says_what_the_columns_say_and_holds_no_formula() -> None:
    army, article = make_actor("=Army()"), make_article(text=f"{DARI}. =SUM(A1)\n" + "x" * 40_000)
    claim = make_statement(article, DARI, about=[army], gist="=1+1", said_on=date(2026, 1, 31))
    make_response(claim, make_statement(article, "x" * 40_000, speaker=army), parties=[army])
    order = Order(usual("editor"), SITE)

    book = openpyxl.load_workbook(io.BytesIO(b"".join(statements_xlsx(order, "default"))))

    assert book.sheetnames == ["Statements", "Exchanges", "Actors", "Codebook", "Cut"]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}
    head, first, *_ = book["Statements"].iter_rows(values_only=True)
    [rows] = statement_rows(user=order.user, site=SITE, using="default")
    shown = dict(zip(head, first, strict=True))
    assert [*shown] == [each.name for each in STATEMENT_COLUMNS]
    assert {name: shown[name] for name in ("quote", "gist", "about", "response_count")} == {
        "quote": DARI,
        "gist": "=1+1",
        "about": "=Army()",
        "response_count": 1,
    }
    assert shown["said_on"] == datetime(2026, 1, 31)  # noqa: DTZ001
    for each in STATEMENT_COLUMNS:
        if each.several:
            assert (shown[each.name] or "") == text_of(each.value(rows[0]))
    assert list(book["Cut"].iter_rows(values_only=True))[1] == ("Statements", 3, "quote", 40_000)
