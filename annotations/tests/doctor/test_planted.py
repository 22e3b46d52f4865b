"""Every invariant finds the defect that is planted for it, in the records that have it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from annotations.doctor import INVARIANTS, examine
from annotations.doctor.constraints import TOLD_ELSEWHERE, constraints
from annotations.models import Statement
from annotations.tests.doctor import (  # each has its defects registered
    plants_of_history,
    plants_of_records,
    plants_of_texts,
)
from annotations.tests.doctor.world import PLANTS, Plant, World, keep_checks, make_world, statement

MODULES = (plants_of_texts, plants_of_records, plants_of_history)


pytestmark = pytest.mark.django_db  # and so before the tests that empty the tables


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; each test takes back what it planted."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def taken_back(world: World, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        keep_checks()


def found(invariant: str) -> set[str]:
    """The uids of what breaks it."""
    (outcome,) = examine("default", [one for one in INVARIANTS if one.name == invariant])
    assert outcome.number >= len(outcome.findings)
    return {finding.uid for finding in outcome.findings}


def test_each_invariant_has_a_planted_defect() -> None:
    assert {name for name, _ in PLANTS} == {invariant.name for invariant in INVARIANTS}


@pytest.mark.parametrize(
    ("invariant", "plant"), PLANTS, ids=[f"{name}-{plant.__name__}" for name, plant in PLANTS]
)
def test_the_defect_is_found(world: World, invariant: str, plant: Plant) -> None:
    expected = {str(getattr(row, "uid", row)) for row in plant(world)}

    assert found(invariant) == expected


@pytest.mark.sqlite
@pytest.mark.parametrize("byte", ["00", "EDA080", "FF"], ids=["nul", "half_a_pair", "no_utf8"])
def test_bytes_that_are_no_text_are_found(world: World, byte: str) -> None:
    text = world.other.revision.text.encode() + bytes.fromhex(byte)
    statement(
        "UPDATE annotations_revision SET text = CAST(%s AS TEXT) WHERE id = %s",
        text,
        world.other.current_revision_id,
    )

    assert found("a_text_is_stored_as_received") == {str(world.other.uid)}


def test_constraints_told_elsewhere_are_constraints() -> None:
    assert TOLD_ELSEWHERE - constraints().keys() == set()


def test_at_most_so_many_rows_are_told_and_all_are_counted(world: World) -> None:
    Statement.objects.update(folded="")
    copies = [one for one in INVARIANTS if one.name.startswith("the_search_copy_of_a_statement")]

    (outcome,) = examine("default", copies, most=2)

    assert (outcome.number, len(outcome.findings)) == (5, 2)


def test_nothing_is_written(world: World) -> None:
    with connection.execute_wrapper(_reads_only):
        examine("default")


def _reads_only(execute: Any, sql: str, *rest: Any) -> Any:
    assert sql.lstrip("( ").startswith(("SELECT", "PRAGMA", "DECLARE", "\n"))
    return execute(sql, *rest)
