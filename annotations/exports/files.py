"""The CSV files: their bytes for one user."""

from collections.abc import Iterator

from annotations.exports.actor_columns import ACTOR_COLUMNS
from annotations.exports.actor_rows import actor_rows
from annotations.exports.cells import Profile
from annotations.exports.codebook import CODEBOOK_COLUMNS, codebook_rows
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS
from annotations.exports.formats import Order
from annotations.exports.rows import exchange_rows, statement_rows
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.exports.writer import csv_pieces


def statements_csv(order: Order, using: str) -> Iterator[bytes]:
    """statements.csv in pieces, read through the alias."""
    rows = statement_rows(user=order.user, site=order.site, narrow=order.narrow, using=using)
    return csv_pieces(STATEMENT_COLUMNS, rows, order.profile)


def exchanges_csv(order: Order, using: str) -> Iterator[bytes]:
    """exchanges.csv in pieces, read through the alias."""
    rows = exchange_rows(user=order.user, site=order.site, narrow=order.narrow, using=using)
    return csv_pieces(EXCHANGE_COLUMNS, rows, order.profile)


def actors_csv(order: Order, using: str) -> Iterator[bytes]:
    """actors.csv in pieces, read through the alias."""
    rows = actor_rows(user=order.user, site=order.site, narrow=order.narrow, using=using)
    return csv_pieces(ACTOR_COLUMNS, rows, order.profile)


def codebook_csv(profile: Profile = Profile.SPREADSHEET) -> bytes:
    """codebook.csv, whole."""
    return b"".join(csv_pieces(CODEBOOK_COLUMNS, [codebook_rows()], profile))
