"""Editors undo while others write: nothing is lost, nobody waits for ever, every rule holds."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import SystemRandom
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from annotations.doctor import examine
from annotations.doctor.found import kept_models
from annotations.editing.attribute import PointInput
from annotations.editing.change import Stale, noting
from annotations.editing.undo import undo
from annotations.models import Statement
from annotations.permissions import ADMINISTRATOR, EDITOR
from annotations.tests.editing.acts import revised
from annotations.tests.editing.random_acts import OF_EDITORS, OF_OTHERS, Play, set_stage
from annotations.tests.factories import fresh, make_statement, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.long,
]
WRITERS, EACH = 4, 60


def in_threads(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each of the acts answered, all at once, each with a connection of its own; a failure is raised."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


def name_a_point(statement: Statement, user: User, text: str) -> UUID:
    with noting() as made:
        revised(statement, user, points=[PointInput(text)])
    return made[0].id


def succeeds(act: Callable[[], Any]) -> Callable[[], bool]:
    def tried() -> bool:
        try:
            act()
        except (ValidationError, Stale):
            return False
        return True

    return tried


def act_often(play: Play) -> None:
    for _ in range(EACH):
        play.step()
        connection.close()  # as after a request: the pool has fewer than there are threads


def test_of_many_undos_of_one_change_one_succeeds() -> None:
    statement, editor = make_statement(), make_user(EDITOR)
    change_id = name_a_point(statement, editor, "It crossed")

    won = in_threads([succeeds(lambda: undo(user=editor, change_id=change_id))] * 8)

    assert won.count(True) == 1
    assert fresh(statement).live_points() == []


def test_an_undo_and_a_save_at_the_same_moment_lose_nothing() -> None:
    statement, editor, other = make_statement(), make_user(EDITOR), make_user(EDITOR)
    for number in range(20):
        change_id = name_a_point(statement, editor, f"Mine {number}")
        theirs = f"Theirs {number}"
        known = fresh(statement)

        def save(known: Statement = known, theirs: str = theirs) -> None:
            revised(known, other, points=[PointInput(theirs)], version=known.version)

        take_back = partial(undo, user=editor, change_id=change_id)
        undid, saved = in_threads([succeeds(take_back), succeeds(save)])

        points = [point.text for point in fresh(statement).live_points()]
        assert (undid, saved) in {(True, False), (False, True)}
        assert (theirs in points) == saved


def test_four_who_act_and_undo_at_once_break_no_rule() -> None:
    seed = int(os.environ.get("UNDO_SEED") or SystemRandom().randrange(2**31))
    print(f"\nUNDO_SEED={seed}", flush=True)
    set_stage()
    plays = [
        Play(seed + n, [make_user(EDITOR)], make_user(ADMINISTRATOR), OF_EDITORS + OF_OTHERS)
        for n in range(WRITERS)
    ]

    in_threads([partial(act_often, play) for play in plays])

    kept = {
        change_id
        for model in kept_models()
        for change_id in model.history.values_list("change_id", flat=True)  # type: ignore[attr-defined]
    }
    acknowledged = {change_id for play in plays for change_id in play.acknowledged}
    assert acknowledged - kept == set()
    assert [o.findings for o in examine("default") if o.number] == []
