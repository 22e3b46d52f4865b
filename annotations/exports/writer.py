"""Rows become the bytes of a CSV file."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.utils import translation

from annotations.exports.cells import FORMATS, Profile
from annotations.exports.columns import Column

R = TypeVar("R")

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for the machine's own encoding


def csv_pieces(
    columns: Sequence[Column[R]],
    chunks: Iterable[Sequence[R]],
    profile: Profile = Profile.SPREADSHEET,
    delimiter: str = ",",
) -> Iterator[bytes]:
    """The file, a piece for the head and one for each chunk of rows.

    UTF-8 with byte order mark, every cell quoted, quotation marks doubled (RFC 4180), LF line ends.
    """
    yield BYTE_ORDER_MARK + _lines([[column.name for column in columns]], delimiter)
    text_of = FORMATS[profile]
    for rows in chunks:
        with translation.override(
            None
        ):  # the file is the same whatever language the page is read in
            cells = [[text_of(column.value(row)) for column in columns] for row in rows]
            piece = _lines(cells, delimiter)
        yield piece


def _lines(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        rows
    )
    return lines.getvalue().encode()
