import pytest
from django.core.exceptions import ValidationError

from annotations.editing.respond import revise_restatement
from annotations.editing.withdraw import bring_back
from annotations.models import Restatement, Statement
from annotations.models.review import ReviewState
from annotations.tests.factories import (
    approve,
    delete,
    make_restatement,
    make_statement,
    usual,
)

pytestmark = pytest.mark.django_db


def _three() -> tuple[Statement, Statement, Statement]:
    return make_statement(), make_statement(), make_statement()


def test_a_restatement_keeps_scope_and_note() -> None:
    link = make_restatement(scope="whole", note="word for word")

    assert (link.scope, link.note, link.state) == ("whole", "word for word", ReviewState.DRAFT)


def test_a_statement_does_not_restate_itself() -> None:
    statement = make_statement()

    with pytest.raises(ValidationError, match="A statement does not restate itself"):
        make_restatement(statement, statement)


def test_a_restatement_is_recorded_once() -> None:
    link = make_restatement()

    with pytest.raises(ValidationError, match="recorded already"):
        make_restatement(link.of, link.by)


def test_two_do_not_restate_each_other() -> None:
    link = make_restatement()

    with pytest.raises(ValidationError, match="closes a circle"):
        make_restatement(link.by, link.of)


def test_a_longer_circle_is_refused_too() -> None:
    first, second, third = _three()
    make_restatement(first, second)
    make_restatement(second, third)

    with pytest.raises(ValidationError, match="closes a circle"):
        make_restatement(third, first)

    assert Restatement.objects.count() == 2


def test_two_ways_to_the_same_original_are_no_circle() -> None:
    first, second, third = _three()
    make_restatement(first, second)
    make_restatement(second, third)

    direct = make_restatement(first, third)

    assert direct.of == first


def test_a_deleted_restatement_closes_no_circle() -> None:
    link = delete(make_restatement())

    back = make_restatement(link.by, link.of)

    assert back.of == link.by


def test_bringing_a_restatement_back_closes_no_circle() -> None:
    link = delete(make_restatement())
    make_restatement(link.by, link.of)

    with pytest.raises(ValidationError, match="closes a circle"):
        bring_back(user=usual("editor"), record=link, version=link.version)


def test_an_approved_restatement_that_changes_goes_back_to_submitted() -> None:
    link = approve(make_restatement(scope="part"))

    changed = revise_restatement(
        user=link.created_by, link=link, version=link.version, scope="whole", note=""
    )

    assert (changed.scope, changed.state) == ("whole", ReviewState.SUBMITTED)


def test_a_deleted_statement_is_not_restated() -> None:
    gone = delete(make_statement())

    with pytest.raises(ValidationError, match="bring it back first"):
        make_restatement(gone, make_statement())
