"""What the two aliases promise, asked of the database itself."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from newsroom.databases import databases, wal_is_safe


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_a_write_ahead_log_needs_a_repaired_sqlite(
    version: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(version) is safe


def test_sqlite_takes_its_lock_at_once_and_waits_for_it() -> None:
    aliases = databases("sqlite:////somewhere/newsroom.sqlite3", 4)

    default = aliases["default"]["OPTIONS"]
    assert (default["transaction_mode"], default["timeout"]) == ("IMMEDIATE", 20)
    assert "PRAGMA synchronous=FULL" in default["init_command"]
    assert aliases["export"]["OPTIONS"]["transaction_mode"] == "DEFERRED"


@pytest.mark.django_db(databases=["default", "export"], transaction=True)
def test_an_export_cannot_write() -> None:
    with (
        pytest.raises(DatabaseError, match=r"read-?only"),
        transaction.atomic("export"),
        connections["export"].cursor() as cursor,
    ):
        cursor.execute("DELETE FROM django_session")


@pytest.mark.django_db(databases=["default", "export"], transaction=True)
def test_an_export_reads_what_was_saved() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE moment (number integer)")
        cursor.execute("INSERT INTO moment VALUES (7)")

    try:
        with transaction.atomic("export"), connections["export"].cursor() as cursor:
            cursor.execute("SELECT number FROM moment")
            assert cursor.fetchall() == [(7,)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE moment")


@pytest.mark.postgresql
@pytest.mark.django_db(databases=["default", "export"], transaction=True)
def test_an_export_is_one_moment_on_postgresql() -> None:
    with connections["export"].cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        isolation = cursor.fetchone()
        cursor.execute("SHOW transaction_read_only")
        read_only = cursor.fetchone()

    assert (isolation, read_only) == (("repeatable read",), ("on",))


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_limits_what_a_request_may_take() -> None:
    limits = {}
    with connection.cursor() as cursor:
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SHOW {name}")
            limits[name] = cursor.fetchone()[0]

    assert limits == {
        "statement_timeout": "30s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "1min",
    }


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_syncs_fully_and_journals_as_its_version_allows() -> None:
    import sqlite3

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()

    expected = "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "delete"
    assert (journal, synchronous) == ((expected,), (2,))
