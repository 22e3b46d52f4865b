"""What a spreadsheet program makes of the files: every letter as it was, and nothing that runs."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from annotations.exports.files import statements_csv
from annotations.exports.formats import Order
from annotations.exports.workbook import statements_xlsx
from annotations.tests import seeded
from annotations.tests.exports.reading import SITE
from annotations.tests.exports.w3c import made_up
from annotations.tests.factories import approve, make_article, make_statement, make_user

pytestmark = [pytest.mark.long, pytest.mark.django_db]
# Comma, quotation mark, UTF-8, from the first line: what docs/reporters.md tells to choose.
AS_DOCUMENTED = "CSV:44,34,76,1"
ODD = ("=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "— “ ” ‘ ’ …", "«ما این ادعا را رد می‌کنیم»")


def convert(path: Path, *options: str) -> Any:
    """The file as LibreOffice reads it, written as a workbook again, opened without reckoning."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("no LibreOffice here: apt-get install libreoffice-calc")
    out = path.parent / "out"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", *options, "--convert-to", "xlsx", "--outdir", out, path],
        check=True,
        timeout=240,
        capture_output=True,
    )
    return openpyxl.load_workbook(out / f"{path.stem}.xlsx")


def formulas(book: Any) -> list[str]:
    rows = (row for sheet in book for row in sheet.iter_rows())
    return [cell.coordinate for row in rows for cell in row if cell.data_type == "f"]


def columns(sheet: Any) -> dict[str, list[Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return {name: [row[at] for row in rows] for at, name in enumerate(head)}


@pytest.fixture
def order() -> Order:
    seeded.load()
    made_up.record()
    for odd in ODD:
        approve(make_statement(make_article(text=f"He said: {odd}\n"), odd, gist=odd))
    return Order(make_user("reporter"), SITE)


def test_the_csv_file_opens_with_every_letter_and_no_formula(tmp_path: Path, order: Order) -> None:
    data = b"".join(statements_csv(order, "default"))
    path = tmp_path / "statements.csv"
    path.write_bytes(data)
    expected = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    book = convert(path, f"--infilter={AS_DOCUMENTED}")

    assert formulas(book) == []
    found = columns(book.worksheets[0])
    for name in ("id", "quote", "speaker", "gist", "content", "article_headline"):
        assert [value or "" for value in found[name]] == [row[name] for row in expected]


def test_the_workbook_opens_with_every_letter_and_no_formula(tmp_path: Path, order: Order) -> None:
    path = tmp_path / "statements.xlsx"
    path.write_bytes(b"".join(statements_xlsx(order, "default")))

    book = convert(path)

    assert formulas(book) == []
    before = openpyxl.load_workbook(path)
    assert book.sheetnames == before.sheetnames
    for sheet in before.sheetnames:
        assert columns(book[sheet]) == columns(before[sheet])
