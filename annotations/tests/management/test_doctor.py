"""`manage.py doctor` as operators run it: what it prints, and its exit codes."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from annotations.doctor import INVARIANTS
from annotations.exports.snapshot import EXPORT
from annotations.models import Actor
from annotations.tests.factories import make_actor, make_statement
from annotations.tests.newsroom.processes import python

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", EXPORT], serialized_rollback=True
)

RULE = "A Wikidata item is a Q followed by digits."


@pytest.fixture(autouse=True)
def own_connection() -> Iterator[None]:
    yield
    connections[EXPORT].close()


class Terminal(StringIO):
    """A standard error that somebody watches."""

    def isatty(self) -> bool:
        return True


def doctor(**options: Any) -> tuple[int, str]:
    """The exit code, and what it printed."""
    written = StringIO()
    try:
        call_command("doctor", stdout=written, **options)
    except SystemExit as end:
        return int(end.code or 0), written.getvalue()
    return 0, written.getvalue()


def defective(number: int) -> list[Actor]:
    """So many actors whose Wikidata item is none."""
    actors = [make_actor() for _ in range(number)]
    for actor in actors:
        history = actor.history.model.objects.filter(id=actor.pk)
        for rows in (Actor.objects.filter(pk=actor.pk), history):
            rows.update(wikidata=f"item {actor.pk}")
    return actors


def test_sound_data_get_one_calm_line() -> None:
    make_statement()

    code, printed = doctor()

    assert code == 0
    assert printed == f"Sound: all {len(INVARIANTS)} rules hold (statements: 1, articles: 1).\n"


def test_rows_that_break_a_rule_are_named() -> None:
    (actor,) = defective(1)

    code, printed = doctor()

    assert code == 1
    assert printed == (
        f"{RULE}\n"
        f"  actor {actor.uid}: “item {actor.pk}” is no Wikidata item.\n"
        "\n"
        f"1 of {len(INVARIANTS)} rules is broken. Nothing was changed.\n"
    )


def test_so_many_rows_are_shown_and_the_others_counted() -> None:
    defective(3)

    code, printed = doctor(most=1)

    assert code == 1
    assert printed.splitlines()[2] == "  and 2 more"


def test_machines_read_json() -> None:
    (actor,) = defective(1)

    code, printed = doctor(json=True)

    answer = json.loads(printed)
    assert (code, answer["sound"]) == (1, False)
    assert len(answer["rules"]) == len(INVARIANTS)
    assert [rule for rule in answer["rules"] if rule["found"]] == [
        {
            "name": "a_wikidata_item_has_its_shape",
            "rule": RULE,
            "found": 1,
            "rows": [
                {
                    "record": "actor",
                    "uid": str(actor.uid),
                    "wrong": f"“item {actor.pk}” is no Wikidata item.",
                }
            ],
        }
    ]


def test_progress_is_shown_on_a_terminal_and_wiped() -> None:
    make_statement()
    watched, unwatched = Terminal(), StringIO()

    doctor(stderr=watched)
    doctor(stderr=unwatched)

    assert "no statement answers itself" in watched.getvalue()
    assert watched.getvalue().endswith(f"\r{'':78}\r")
    assert unwatched.getvalue() == ""


def test_an_unreadable_database_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    empty = {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}

    ended = python(["manage.py", "doctor"], empty)

    assert ended.returncode == 2
    assert ended.stderr.startswith("CommandError: The database could not be read: no such table")
