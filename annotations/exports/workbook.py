"""The workbook: statements, exchanges and actors, each a sheet, and a sheet that says what the columns mean."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook

from annotations.exports.actor_columns import ACTOR_COLUMNS
from annotations.exports.actor_rows import actor_rows
from annotations.exports.codebook import CODEBOOK_COLUMNS, codebook_rows
from annotations.exports.columns import Column, Shape
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS
from annotations.exports.formats import Order
from annotations.exports.rows import exchange_rows, statement_rows
from annotations.exports.sheet import LONGEST_SHEET, Book, CutCell
from annotations.exports.snapshot import PIECE
from annotations.exports.statement_columns import STATEMENT_COLUMNS

# No text becomes a formula, a link or a number by what it looks like.
AS_TYPED = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
CUT_COLUMNS: tuple[Column[CutCell], ...] = (
    Column("sheet", "The sheet.", Shape.TEXT, "", lambda cell: cell.sheet),
    Column("row", "The row.", Shape.INTEGER, "", lambda cell: cell.row),
    Column("column", "The column.", Shape.TEXT, "", lambda cell: cell.column),
    Column("length", "The text's length.", Shape.INTEGER, "", lambda cell: cell.length),
)


def statements_xlsx(
    order: Order, using: str, longest_sheet: int = LONGEST_SHEET
) -> Iterator[bytes]:
    """statements.xlsx in pieces, read through the alias; laid out in a temporary folder first.

    Texts longer than a cell takes (32,767 UTF-16 units) end in “[…]” and are listed on a sheet
    “Cut”; the CSV files have them whole.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        with Workbook(str(path), {**AS_TYPED, "tmpdir": folder}) as workbook:
            _fill(Book(workbook, longest_sheet), order, using)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _fill(book: Book, order: Order, using: str) -> None:
    user, site, narrow = order.user, order.site, order.narrow
    statements = statement_rows(user=user, site=site, narrow=narrow, using=using)
    exchanges = exchange_rows(user=user, site=site, narrow=narrow, using=using)
    actors = actor_rows(user=user, site=site, narrow=narrow, using=using)
    book.add("Statements", STATEMENT_COLUMNS, statements)
    book.add("Exchanges", EXCHANGE_COLUMNS, exchanges)
    book.add("Actors", ACTOR_COLUMNS, actors)
    book.add("Codebook", CODEBOOK_COLUMNS, [codebook_rows()])
    if book.cut:
        book.add("Cut", CUT_COLUMNS, [list(book.cut)])
