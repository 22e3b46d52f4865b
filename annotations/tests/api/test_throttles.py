"""What is counted on PostgreSQL is counted once, whichever process answers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, connections, router
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from annotations.api.throttles import Counted
from annotations.editing.issue import issue
from annotations.permissions import EDITOR
from annotations.tests.factories import make_user
from newsroom.caches import COUNTS_TABLE, caches_for
from newsroom.databases import POSTGRESQL, SQLITE

ADDRESS = "/api/v1/posts/"


@pytest.fixture
def counted_in_the_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rates = {"anon": None, "user": "3/minute", "token": "3/minute"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    with override_settings(CACHES=caches_for(POSTGRESQL)):
        caches["throttles"].clear()
        yield
        caches["throttles"].clear()


def a_token() -> str:
    return issue(user=make_user(EDITOR), name="desk", scope="read", lasts=timedelta(days=1)).secret


def asked(secret: str) -> int:
    return Client().get(ADDRESS, headers={"Authorization": f"Bearer {secret}"}).status_code


def asked_elsewhere(secret: str) -> int:
    """In a thread of its own: with another connection and another client of the cache."""
    try:
        return asked(secret)
    finally:
        connections.close_all()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("counted_in_the_database")
def test_two_clients_of_the_cache_share_one_count() -> None:
    secret = a_token()

    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        answers = [
            pool.submit(asked_elsewhere, secret).result() for pool in (one, other, one, other, one)
        ]

    assert answers == [200, 200, 200, 429, 429]


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.usefixtures("counted_in_the_database")
def test_a_refused_request_is_read_and_not_counted() -> None:
    secret = a_token()
    for _ in range(3):
        asked(secret)

    with CaptureQueriesContext(connection) as queries:
        refused = asked(secret)

    told = [each["sql"].split()[0] for each in queries if COUNTS_TABLE in each["sql"]]
    assert (refused, told) == (429, ["SELECT", "SELECT"])


class Single(Counted):
    """Everybody is one."""

    rate = "1000/minute"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return "everybody"


def counted(times: int) -> None:
    try:
        for _ in range(times):
            Single().allow_request(None, None)  # type: ignore[arg-type]  # neither is looked at
    finally:
        connections.close_all()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("counted_in_the_database")
def test_of_those_who_ask_at_once_everybody_counts() -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(counted, [10] * 4))

    assert len(caches["throttles"].get("everybody")) == 40


def test_every_throttle_counts_in_the_cache_of_its_own() -> None:
    used: Any = api_settings.DEFAULT_THROTTLE_CLASSES

    assert len(used) == 3
    assert all(issubclass(each, Counted) for each in used)


def test_counts_are_read_and_written_where_the_site_writes() -> None:
    counts = DatabaseCache(COUNTS_TABLE, {}).cache_model_class

    assert {router.db_for_read(counts), router.db_for_write(counts)} == {"default"}


def test_one_process_on_sqlite_counts_in_its_memory() -> None:
    assert "locmem" in caches_for(SQLITE)["throttles"]["BACKEND"]
    assert caches_for(POSTGRESQL)["throttles"]["LOCATION"] == COUNTS_TABLE
