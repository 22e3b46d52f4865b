"""Cells as a reader of the file finds them, by column."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import User

from annotations.exports.actor_columns import ACTOR_COLUMNS
from annotations.exports.actor_rows import actor_rows
from annotations.exports.cells import Profile
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS
from annotations.exports.rows import Narrow, exchange_rows, live, statement_rows
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.exports.writer import csv_pieces

SITE = "https://desk.example"
Cells = list[dict[str, str]]


def read(pieces: Iterator[bytes]) -> Cells:
    """The rows of a file, by column name."""
    file = b"".join(pieces).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(file, newline="")))


def unpacked(file: bytes) -> str:
    """The text of a file; of an archive, the texts of its members one after the other."""
    if not zipfile.is_zipfile(io.BytesIO(file)):
        return file.decode()
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def statement_cells(
    user: User, narrow: Narrow = live, profile: Profile = Profile.RAW, **how: Any
) -> Cells:
    """statements.csv, through the tests' own transaction."""
    rows = statement_rows(user=user, site=SITE, narrow=narrow, using="default", **how)
    return read(csv_pieces(STATEMENT_COLUMNS, rows, profile))


def exchange_cells(
    user: User, narrow: Narrow = live, profile: Profile = Profile.RAW, **how: Any
) -> Cells:
    """exchanges.csv, through the tests' own transaction."""
    rows = exchange_rows(user=user, site=SITE, narrow=narrow, using="default", **how)
    return read(csv_pieces(EXCHANGE_COLUMNS, rows, profile))


def actor_cells(
    user: User, narrow: Narrow = live, profile: Profile = Profile.RAW, **how: Any
) -> Cells:
    """actors.csv, through the tests' own transaction."""
    rows = actor_rows(user=user, site=SITE, narrow=narrow, using="default", **how)
    return read(csv_pieces(ACTOR_COLUMNS, rows, profile))


CELLS: dict[str, Callable[..., Cells]] = {
    "statements": statement_cells,
    "exchanges": exchange_cells,
}
