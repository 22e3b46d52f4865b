"""Which tests are taken to ask the database: those run on both, all others once."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from annotations.permissions import EDITOR
from annotations.tests.factories import make_user


def is_marked(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("database") is not None


@pytest.fixture
def far_below(db: None) -> None:
    """Asks the database for who asks for it."""


@pytest.fixture
def near(far_below: None) -> None:
    """As many fixtures do."""


@pytest.fixture(scope="module")
def for_all(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """As fixtures that fill a module's database do."""
    with django_db_blocker.unblock():
        yield


def test_one_without_database_is_not_marked_and_is_refused_it(
    request: pytest.FixtureRequest,
) -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()

    assert not is_marked(request)


def test_one_that_asks_only_while_it_runs_fails(request: pytest.FixtureRequest) -> None:
    with pytest.raises(pytest.fail.Exception, match="mark this test with django_db"):
        request.getfixturevalue("db")

    assert not is_marked(request)


@pytest.mark.django_db
def test_one_marked_with_django_db_is(request: pytest.FixtureRequest) -> None:
    assert is_marked(request)


def test_one_whose_fixtures_ask_is(request: pytest.FixtureRequest, near: None) -> None:
    assert is_marked(request)


def test_one_in_a_module_that_was_filled_is(request: pytest.FixtureRequest, for_all: None) -> None:
    assert is_marked(request)


def test_one_with_a_server_is_and_finds_the_roles(
    request: pytest.FixtureRequest, live_server: object
) -> None:
    assert is_marked(request)
    assert make_user(EDITOR).groups.get().name == EDITOR


def test_one_that_empties_the_tables_finds_the_roles(transactional_db: None) -> None:
    assert make_user(EDITOR).groups.get().name == EDITOR


@pytest.mark.sqlite
def test_one_for_sqlite_alone_is(request: pytest.FixtureRequest) -> None:
    assert is_marked(request)


@pytest.mark.postgresql
def test_one_for_postgresql_alone_is(request: pytest.FixtureRequest) -> None:
    assert is_marked(request)
