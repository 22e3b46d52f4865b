"""What `verify` says of a run, and when it calls it good."""

import pytest

from newsroom.verification import Outcome


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
