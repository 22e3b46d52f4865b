"""What was done is undone, and done again: every row is as it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from annotations.doctor import examine
from annotations.editing.undo import undo
from annotations.models.history import Verb
from annotations.permissions import EDITOR
from annotations.tests.doctor.world import World, make_world
from annotations.tests.editing.acts import ACTS, change_of, in_use, prepare, rows
from annotations.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; what a test does is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        prepare(made)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def editor(world: World) -> User:
    """An editor who made nothing of the world."""
    return make_user(EDITOR)


def findings() -> list[Any]:
    return [finding for outcome in examine("default") for finding in outcome.findings]


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_undone_and_done_again(world: World, editor: User, name: str) -> None:
    before = rows()
    change = change_of(ACTS[name], world, editor)
    after = rows()

    undone = undo(user=editor, change_id=change.id)
    as_before = rows()
    redone = undo(user=editor, change_id=undone.change_id)
    as_after = rows()
    undo(user=editor, change_id=redone.change_id)

    assert before != after
    assert in_use(as_before, before) == before
    assert as_after == after
    assert (undone.verb, redone.verb) == (change.verb, change.verb)
    assert in_use(rows(), before) == before


def test_data_in_which_everything_was_undone_is_sound(world: World, editor: User) -> None:
    done = [change_of(act, world, editor).id for act in ACTS.values()]
    after_doing = findings()

    for number, change_id in enumerate(reversed(done)):
        undone = undo(user=editor, change_id=change_id)
        if number % 2:
            undo(user=editor, change_id=undo(user=editor, change_id=undone.change_id).change_id)

    assert (after_doing, findings()) == ([], [])


def test_the_history_says_undone_and_done_again(world: World, editor: User) -> None:
    change = change_of(ACTS["change_points"], world, editor)

    undone = undo(user=editor, change_id=change.id)
    redone = undo(user=editor, change_id=undone.change_id)

    newest = world.claim.history.latest()
    assert (newest.verb, newest.undoes) == (Verb.REDONE, undone.change_id)
    assert newest.change_id == redone.change_id
    assert world.claim.history.filter(verb=Verb.UNDONE, undoes=change.id).exists()
