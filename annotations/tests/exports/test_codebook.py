import csv
import io
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from annotations.exports.codebook import FILES, codebook_page, codebook_rows
from annotations.exports.files import codebook_csv
from annotations.exports.statement_columns import STATEMENT_COLUMNS


def test_the_page_in_docs_is_up_to_date() -> None:
    page = settings.BASE_DIR / "docs" / "codebook.md"

    assert page.read_text(encoding="utf-8") == codebook_page(), "run manage.py codebook"


def test_the_command_writes_the_page(tmp_path: Path) -> None:

    with override_settings(BASE_DIR=tmp_path):
        call_command("codebook", stdout=io.StringIO())

    assert (tmp_path / "docs" / "codebook.md").read_text(encoding="utf-8") == codebook_page()


def test_there_is_a_row_for_every_column_of_every_file() -> None:
    rows = [(row.file, row.number, row.column.name) for row in codebook_rows()]

    assert rows == [
        (file, number, column.name)
        for file, columns in FILES.items()
        for number, column in enumerate(columns, start=1)
    ]


def test_codebook_csv_tells_the_same_as_the_columns() -> None:
    file = codebook_csv().decode("utf-8-sig")

    rows = [row for row in csv.DictReader(io.StringIO(file)) if row["file"] == "statements.csv"]

    assert [(row["column"], row["meaning"], row["shape"]) for row in rows] == [
        (column.name, column.meaning, str(column.shape)) for column in STATEMENT_COLUMNS
    ]
    assert {row["column"]: row["values"] for row in rows}["said_on_precision"] == (
        "day | month | year"
    )


def test_every_column_and_every_closed_value_is_on_the_page() -> None:
    page = codebook_page()
    columns = STATEMENT_COLUMNS

    assert [column.name for column in columns if f"| `{column.name}` |" not in page] == []
    values = {
        value for column in columns if column.closed_set for value in column.closed_set.values
    }
    assert [value for value in values if f"- `{value}`: " not in page] == []
