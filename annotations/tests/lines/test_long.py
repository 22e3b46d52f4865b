"""A file spoiled anywhere changes nothing, or brings sound data; SQLite and PostgreSQL hold the same bytes."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from annotations.exports.formats import Order
from annotations.exports.lines_selection import selection
from annotations.imports.lines import LINES
from annotations.imports.lines_file import LinesError
from annotations.imports.plan import Fate, Incoming
from annotations.models import Actor, Article
from annotations.models.kinds import KINDS
from annotations.permissions import EDITOR
from annotations.tests.doctor.world import make_world
from annotations.tests.factories import usual
from annotations.tests.lines.files import dump, empty, load, make_everything
from annotations.tests.lines.spoiling import FILES, Undone, spoiled

pytestmark = [pytest.mark.django_db, pytest.mark.long]


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


def test_two_thousand_spoiled_files_brought_in_are_refused_or_come_in_whole() -> None:
    make_world()
    file = b"".join(selection(Order(usual(EDITOR), ""), "default"))
    empty()
    user, chance = usual(EDITOR), random.Random(6)
    came_in = 0

    for _ in range(FILES):
        try:
            with transaction.atomic():
                plan = LINES.parse(Incoming("x.jsonl", spoiled(file, chance)), user)
                done = LINES.carry_out(plan, user, whole=True)
                made = {row.fate for row in done.rows} <= {Fate.MADE, Fate.LEFT_OUT}
                assert made or not (Article.objects.exists() or Actor.objects.exists())
                came_in += made
                raise Undone
        except (ValidationError, Undone):
            pass

    assert came_in


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
