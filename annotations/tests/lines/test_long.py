"""A file spoiled anywhere changes nothing, or brings sound data; SQLite and PostgreSQL hold the same bytes."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from annotations.imports.lines_file import LinesError
from annotations.models.kinds import KINDS
from annotations.tests.lines.files import dump, empty, load, make_everything

pytestmark = [pytest.mark.django_db, pytest.mark.long]

FILES = 2_000


class Undone(Exception):
    """Ends a transaction that is not to be kept."""


def spoiled(file: bytes, chance: random.Random) -> bytes:
    """The file with bytes changed, cut out or doubled, or lines swapped, dropped or doubled."""
    lines = file.splitlines(keepends=True)
    at, to = sorted(chance.sample(range(len(lines)), 2))
    where = chance.randrange(len(file))
    long = chance.choice([1, 1, 2, 8, 64])
    noise = bytes(chance.choices(b'0123456789abcdef"{}[],:\\\xff\x00-nulltrue', k=long))
    ways = (
        lambda: file[:where] + noise + file[where + long :],
        lambda: file[:where] + file[where + long :],
        lambda: file[:where] + file[where : where + long] * 2 + file[where + long :],
        lambda: file[:where],
        lambda: b"".join([*lines[:at], *lines[at + 1 :]]),
        lambda: b"".join([*lines[:at], lines[to], *lines[at:]]),
        lambda: b"".join(
            [*lines[:at], lines[to], *lines[at + 1 : to], lines[at], *lines[to + 1 :]]
        ),
    )
    return chance.choice(ways)()


def test_two_thousand_spoiled_files_change_nothing_or_are_sound() -> None:
    make_everything()
    written = dump()
    empty()
    chance = random.Random(5)
    refused = 0

    for _ in range(FILES):
        try:
            with transaction.atomic():
                load(spoiled(written, chance))
                raise Undone
        except LinesError:
            refused += 1
        except Undone:
            pass
        assert not any(kind.model._base_manager.exists() for kind in KINDS)

    assert refused > FILES / 2


@pytest.mark.postgresql
def test_out_of_sqlite_into_postgresql_and_out_again_are_the_same_bytes(tmp_path: Path) -> None:
    out = tmp_path / "seeds.jsonl"
    url = f"sqlite:///{tmp_path / 'seeds.sqlite3'}"
    for command in (["migrate", "-v0"], ["load_seeds"], ["export_jsonl", str(out)]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url, "DEBUG": "1"},
            check=True,
        )

    load(out.read_bytes())

    assert dump() == out.read_bytes()
