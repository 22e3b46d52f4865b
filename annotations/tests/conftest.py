"""What all tests share: real browsers, quick passwords, and rows that migrations made."""

import os
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

import pytest
from django.core import serializers
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.test import override_settings

from annotations.tests import seeded
from newsroom import local_chromium
from newsroom.caches import caches_for
from newsroom.databases import SQLITE

# Playwright's synchronous interface runs an event loop in this thread, and Django then refuses
# to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.update(local_chromium.playwright_environment())

KEPT = "django_db_serialized_rollback"
LAUNCH_ARGUMENTS = [
    "--no-sandbox",  # root may not use it, and the pages are ours
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what drives the browser or asks the database; leave out what holds on the other one only."""
    for item in items:
        if "browser" in fixtures_of(item):
            item.add_marker("browser")
        if asks_the_database(item):
            item.add_marker("database")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        _keep_migrated_rows(item)


def fixtures_of(item: pytest.Item) -> list[str]:
    """The names of every fixture that the test stands on, however far below."""
    return getattr(item, "fixturenames", [])


def asks_the_database(item: pytest.Item) -> bool:
    """Whether a test is let at the database; pytest-django refuses the others."""
    marked = any(item.get_closest_marker(name) for name in ("django_db", "sqlite", "postgresql"))
    return marked or not {"django_db_setup", "live_server"}.isdisjoint(fixtures_of(item))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> None:
    """Refuse the database to a test that asked for it only while it ran: it would be run once."""
    if fixturedef.argname == "_django_db_helper" and not asks_the_database(request.node):
        pytest.fail("mark this test with django_db: verify takes it for one without a database")


def _keep_migrated_rows(item: pytest.Item) -> None:
    """A test that empties the tables finds in them what migrations made: the roles."""
    names = fixtures_of(item)
    if not {"transactional_db", "live_server"}.isdisjoint(names) and KEPT not in names:
        names.append(KEPT)
    # pytest-django reads this from the marker only when it decides which rows to keep aside.
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        kept = {**marker.kwargs, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(*marker.args, **kept), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Share the rows kept aside; let go of the database before it is dropped.

    Once Playwright's event loop runs, Django gives this thread new connection objects, which know
    nothing of the rows. At the end it closes only the alias that made the database.
    """
    kept = getattr(connections["default"], "_test_serialized_contents", None)
    if kept is not None:
        type(connections["default"])._test_serialized_contents = kept  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", put_back)
        yield
    export = connections["export"]
    export.close()
    if export.vendor == "postgresql":
        export.close_pool()  # type: ignore[attr-defined]


def put_back(creation: BaseDatabaseCreation, kept: str) -> None:
    """The rows kept aside, a statement for each table: Django saves them one by one, before each such test."""
    alias = creation.connection.alias
    rows = rows_in(kept)
    with transaction.atomic(using=alias):
        for model, of_model in groupby(rows, key=lambda row: type(row.object)):
            saved = [row.object for row in of_model]
            # Before the first such test the rows are still there.
            model._base_manager.using(alias).bulk_create(saved, ignore_conflicts=True)
        for row in rows:
            for name, keys in (row.m2m_data or {}).items():
                getattr(row.object, name).set(keys)


@cache
def rows_in(kept: str) -> list[Any]:
    return list(serializers.deserialize("json", kept))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_exports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(EXPORTS_DIR=str(tmp_path_factory.mktemp("exports"))):
        yield


@pytest.fixture(scope="session", autouse=True)
def counted_in_memory() -> Iterator[None]:
    """What a test asks of the database is the same on both; test_throttles.py counts in PostgreSQL."""
    with override_settings(CACHES=caches_for(SQLITE)):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Throttles count in a cache: no test shall be slowed by the one before."""
    caches["throttles"].clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = local_chromium.find()
    if chromium is None:
        pytest.fail("no Chromium here: `python3 manage.py verify` gets one")
    return browser_type_launch_args | {
        "executable_path": str(chromium.executable),
        "env": os.environ | chromium.environment,
        "args": LAUNCH_ARGUMENTS,
    }


@pytest.fixture(scope="module")
def seeds(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The seed articles, loaded once for a module whose tests all use the database as it is."""
    with django_db_blocker.unblock(), transaction.atomic():
        seeded.load()
        yield
        transaction.set_rollback(True)
