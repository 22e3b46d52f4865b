"""Whatever editors do and undo, no rule is broken; and all of it undone, everything is as at the start.

UNDO_SEED repeats a run; each run prints its seed.
"""

import os
from random import SystemRandom
from typing import Any

import pytest

from annotations.doctor import examine
from annotations.permissions import ADMINISTRATOR, EDITOR, REVIEWER
from annotations.tests.editing.acts import in_use, rows
from annotations.tests.editing.random_acts import OF_EDITORS, OF_OTHERS, Act, Play, set_stage
from annotations.tests.editing.random_words import OF_WORDS
from annotations.tests.factories import make_user

pytestmark = pytest.mark.django_db
BY_EDITORS = [*OF_EDITORS, *OF_WORDS]


def begin(acts: list[Act]) -> Play:
    seed = int(os.environ.get("UNDO_SEED") or SystemRandom().randrange(2**31))
    print(f"\nUNDO_SEED={seed}", flush=True)
    set_stage()
    reviewer = make_user(ADMINISTRATOR if acts is not BY_EDITORS else REVIEWER)
    return Play(seed, [make_user(EDITOR), make_user(EDITOR)], reviewer, acts)


def findings() -> list[Any]:
    return [finding for outcome in examine("default") for finding in outcome.findings]


def test_all_that_two_editors_did_is_undone_to_the_start() -> None:
    play = begin(BY_EDITORS)
    before = rows()
    for _ in range(40):
        play.step()
    during = findings()

    play.take_all_back()

    assert in_use(rows(), before) == before
    assert (during, findings()) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("acts", [BY_EDITORS, BY_EDITORS + OF_OTHERS], ids=["editors", "everybody"])
def test_no_rule_is_broken_after_any_act(acts: list[Act]) -> None:
    play = begin(acts)

    for number in range(120):
        act = play.step()
        assert (number, act, findings()) == (number, act, [])


@pytest.mark.long
def test_hundreds_of_acts_are_undone_to_the_start() -> None:
    play = begin(BY_EDITORS)
    before = rows()
    for _ in range(400):
        play.step()

    play.take_all_back()

    assert in_use(rows(), before) == before
    assert findings() == []
