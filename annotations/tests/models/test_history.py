import uuid

import pytest

from annotations.editing.change import change
from annotations.editing.name import rename_actor
from annotations.models import Actor, Statement
from annotations.models.history import Verb, WriteOutsideChange, current_change
from annotations.tests.factories import make_actor, make_statement, make_user, usual

pytestmark = pytest.mark.django_db


def test_a_record_saved_outside_a_change_is_refused() -> None:
    statement = make_statement()

    with pytest.raises(WriteOutsideChange, match=r"annotations\.Statement"):
        statement.save()


def test_a_change_inside_another_carries_the_outer_ones_id_and_verb() -> None:
    user = make_user()

    with change(Verb.MERGED, user) as outer, change(Verb.NAMED, user) as inner:
        make_actor(user=user)

    row = Actor.history.get()
    assert inner is outer
    assert (row.change_id, row.verb, row.history_user) == (outer.id, "merged", user)


def test_two_changes_have_two_ids() -> None:
    actor = make_actor()
    rename_actor(
        user=usual("editor"), actor=actor, version=1, name="Other", kind="person", aliases=[]
    )

    ids = {row.change_id for row in actor.history.all()}

    assert len(ids) == 2
    assert all(isinstance(each, uuid.UUID) for each in ids)


def test_after_a_change_that_failed_there_is_none() -> None:
    user = make_user()

    with pytest.raises(RuntimeError), change(Verb.NAMED, user):
        raise RuntimeError

    assert current_change() is None


def test_a_change_that_failed_leaves_no_history() -> None:
    user = make_user()

    with pytest.raises(ZeroDivisionError), change(Verb.HIGHLIGHTED, user):
        make_statement(user=user).version / 0

    assert (Statement.history.count(), Statement.objects.count()) == (0, 0)


def test_every_earlier_state_is_kept() -> None:
    actor = make_actor("One")
    for version, name in enumerate(["Two", "Three"], start=1):
        actor = rename_actor(
            user=usual("editor"),
            actor=actor,
            version=version,
            name=name,
            kind="person",
            aliases=[],
        )

    rows = [(row.name, row.version) for row in actor.history.order_by("history_id")]

    assert rows == [("One", 1), ("Two", 2), ("Three", 3)]
