"""What `verify` runs on which database, what it says of a run, and when it calls it good."""

from types import SimpleNamespace
from typing import Any

import pytest

from newsroom.counting import counts
from newsroom.verification import (
    WITHOUT,
    Outcome,
    Wanted,
    chosen_by,
    only_without_a_database,
    parts_of,
)

BOTH = ("sqlite", "postgresql")
COUNTS = {
    "all": {"passed": 9, "failed": 0, "skipped": 0},
    "browser": {"passed": 2, "failed": 0, "skipped": 0},
    "without a database": {"passed": 4, "failed": 1, "skipped": 0},
}


def wanted(*databases: str, long: bool = False, arguments: tuple[str, ...] = ()) -> Wanted:
    return Wanted(databases or BOTH, long, 2, arguments)


@pytest.mark.parametrize(
    ("counts", "line", "ok"),
    [
        ((412, 0, 0), "SQLite 3.40.1: 412 passed, 0 failed in 63 s", True),
        ((411, 1, 0), "SQLite 3.40.1: 411 passed, 1 failed in 63 s", False),
        (
            (411, 0, 1),
            "SQLite 3.40.1: 411 passed, 0 failed, 1 skipped, which counts as failed in 63 s",
            False,
        ),
        ((0, 0, 0), "SQLite 3.40.1: no test ran, which counts as failed in 63 s", False),
    ],
)
def test_a_run_is_good_when_tests_ran_and_all_passed(
    counts: tuple[int, int, int], line: str, ok: bool
) -> None:
    outcome = Outcome("SQLite 3.40.1", *counts, " in 63 s")

    assert (outcome.line(), outcome.ok()) == (line, ok)


@pytest.mark.parametrize(
    ("long", "again", "expression"),
    [
        (False, False, "not long"),
        (False, True, "not long and database and not browser"),
        (True, False, ""),
        (True, True, "database"),
    ],
)
def test_the_second_database_is_given_the_tests_that_ask_it(
    long: bool, again: bool, expression: str
) -> None:
    assert chosen_by(wanted(long=long), again=again) == expression


@pytest.mark.parametrize(
    ("of", "again", "lines"),
    [
        (
            wanted(),
            False,
            [
                "Chromium 156: 2 passed, 0 failed, with SQLite",
                "Without a database: 4 passed, 1 failed, run once",
            ],
        ),
        (wanted(), True, []),
        (wanted(long=True), True, ["Chromium 156: 2 passed, 0 failed, with SQLite"]),
        (wanted("sqlite"), False, ["Chromium 156: 2 passed, 0 failed, with SQLite"]),
    ],
)
def test_a_run_tells_what_it_ran_in_the_browser_and_what_it_alone_ran(
    of: Wanted, again: bool, lines: list[str]
) -> None:
    parts = parts_of("SQLite 3.40.1", COUNTS, of, "Chromium 156", again=again)

    assert [part.line() for part in parts] == lines


def test_a_part_that_no_test_was_asked_of_is_told_only_where_all_were_asked() -> None:
    asked = parts_of("SQLite 3.40.1", {}, wanted(arguments=("-k", "x")), "Chromium", again=False)
    unasked = parts_of("SQLite 3.40.1", {}, wanted(), "Chromium", again=False)

    assert asked == []
    assert [part.ok() for part in unasked] == [False, False]


@pytest.mark.parametrize(
    ("outcomes", "only"),
    [
        ([], False),
        ([Outcome("SQLite", 0, 0, 0), Outcome(WITHOUT, 0, 0, 0)], False),
        ([Outcome("SQLite", 5, 0, 0), Outcome(WITHOUT, 4, 0, 0)], False),
        ([Outcome("SQLite", 4, 1, 0), Outcome(WITHOUT, 4, 1, 0)], True),
        ([Outcome("SQLite", 5, 0, 0)], False),
    ],
)
def test_the_second_database_is_left_out_where_no_test_asks_it(
    outcomes: list[Outcome], only: bool
) -> None:
    assert only_without_a_database(outcomes) is only


def test_reports_are_counted_by_what_marks_their_tests() -> None:
    in_browser, asking, plain = (
        SimpleNamespace(keywords=dict.fromkeys(marks, 1))
        for marks in (["browser", "database"], ["database"], [])
    )
    ended: Any = {"passed": [in_browser, asking, plain], "failed": [plain], "skipped": []}

    assert counts(ended) == {
        "all": {"passed": 3, "failed": 1, "skipped": 0},
        "browser": {"passed": 1, "failed": 0, "skipped": 0},
        "without a database": {"passed": 1, "failed": 1, "skipped": 0},
    }
