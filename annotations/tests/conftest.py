"""What all tests share: real browsers, quick passwords, and rows that migrations made."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import override_settings

from annotations.tests import seeded
from newsroom import local_chromium

# Playwright's synchronous interface runs an event loop in this thread, and Django then refuses
# to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.update(local_chromium.playwright_environment())

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
    """Mark what drives the browser; leave out what holds on the other database only."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        _keep_migrated_rows(item)


def _keep_migrated_rows(item: pytest.Item) -> None:
    """pytest-django reads this from the marker only when it decides which rows to keep aside."""
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
    yield
    export = connections["export"]
    export.close()
    if export.vendor == "postgresql":
        export.close_pool()  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Throttles count in the cache: no test shall be slowed by the one before."""
    cache.clear()


@pytest.fixture(autouse=True)
def migrated_rows(django_db_serialized_rollback: None) -> None:
    """Give back the rows that migrations made (the roles) after a test that emptied the tables."""


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
