"""The bytes of the files for the seeds, the same on both databases.

After a change that is meant, run these tests with UPDATE_GOLDEN=1, then read the difference.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from annotations.exports.actor_columns import ACTOR_COLUMNS
from annotations.exports.actor_rows import actor_rows
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS
from annotations.exports.files import codebook_csv
from annotations.exports.rows import exchange_rows, statement_rows
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.exports.writer import csv_pieces
from annotations.imports.seeds import load
from annotations.tests.exports.reading import SITE
from annotations.tests.factories import make_user, usual

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def seeds(db: None) -> Iterator[None]:
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False):
        load(settings.BASE_DIR / "seeds", editor=usual("editor"), reviewer=usual("reviewer"))
        yield


def _compare(name: str, file: bytes) -> None:
    golden = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(file)
    assert file.splitlines() == golden.read_bytes().splitlines()
    assert file == golden.read_bytes()


def test_statements(seeds: None) -> None:
    rows = statement_rows(user=make_user("reporter"), site=SITE, using="default")

    _compare("statements.csv", b"".join(csv_pieces(STATEMENT_COLUMNS, rows)))


def test_exchanges(seeds: None) -> None:
    rows = exchange_rows(user=make_user("reporter"), site=SITE, using="default")

    _compare("exchanges.csv", b"".join(csv_pieces(EXCHANGE_COLUMNS, rows)))


def test_actors(seeds: None) -> None:
    rows = actor_rows(user=make_user("reporter"), site=SITE, using="default", chunk=4)

    _compare("actors.csv", b"".join(csv_pieces(ACTOR_COLUMNS, rows)))


def test_small_chunks_make_the_same_file(seeds: None) -> None:
    rows = statement_rows(user=make_user("reporter"), site=SITE, using="default", chunk=3)

    _compare("statements.csv", b"".join(csv_pieces(STATEMENT_COLUMNS, rows)))


def test_codebook() -> None:
    _compare("codebook.csv", codebook_csv())
