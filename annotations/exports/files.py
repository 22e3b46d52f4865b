"""The three files: their names, and their bytes for one user."""

from collections.abc import Iterator
from functools import partial

from annotations import permissions
from annotations.exports.cells import Profile
from annotations.exports.codebook import CODEBOOK_COLUMNS, codebook_rows
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS
from annotations.exports.rows import Narrow, exchange_rows, live, statement_rows
from annotations.exports.snapshot import in_one_snapshot
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.exports.writer import csv_pieces


def statements_csv(
    user: permissions.User,
    site: str,
    narrow: Narrow = live,
    profile: Profile = Profile.SPREADSHEET,
) -> Iterator[bytes]:
    """statements.csv in pieces, one moment of the database; close the iterator to end early."""
    rows = partial(statement_rows, user=user, site=site, narrow=narrow)
    return in_one_snapshot(lambda using: csv_pieces(STATEMENT_COLUMNS, rows(using=using), profile))


def exchanges_csv(
    user: permissions.User,
    site: str,
    narrow: Narrow = live,
    profile: Profile = Profile.SPREADSHEET,
) -> Iterator[bytes]:
    """exchanges.csv in pieces, one moment of the database; close the iterator to end early."""
    rows = partial(exchange_rows, user=user, site=site, narrow=narrow)
    return in_one_snapshot(lambda using: csv_pieces(EXCHANGE_COLUMNS, rows(using=using), profile))


def codebook_csv(profile: Profile = Profile.SPREADSHEET) -> bytes:
    """codebook.csv, whole."""
    return b"".join(csv_pieces(CODEBOOK_COLUMNS, [codebook_rows()], profile))
