"""The two database aliases: `default` for pages and writes, `export` for one consistent read."""

import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url

Database = dict[str, Any]

POSTGRESQL = "django.db.backends.postgresql"
SQLITE = "django.db.backends.sqlite3"

# https://www.sqlite.org/releaselog/3_53_0.html: in earlier versions a write-ahead log could be
# reset while it was in use, which corrupts the file. 3.44.6 and 3.50.7 carry the repair back.
WAL_FIXED = (3, 51, 3)
WAL_FIXED_BRANCHES = {(3, 44): 6, (3, 50): 7}


def databases(url: str, pool_size: int) -> dict[str, Database]:
    """Both aliases for one address; stops the start when the address cannot be read."""
    database = _parse(url)
    if database["ENGINE"] == SQLITE:
        return {"default": _sqlite_default(database), "export": _sqlite_export(database)}
    return {
        "default": _postgresql_default(database, pool_size),
        "export": _postgresql_export(database, pool_size),
    }


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether a write-ahead log may be used with this SQLite (major, minor, patch)."""
    repaired_at = WAL_FIXED_BRANCHES.get((version[0], version[1]))
    if repaired_at is not None:
        return version[2] >= repaired_at
    return version >= WAL_FIXED


def _parse(url: str) -> Database:
    try:
        database: Database = {**dj_database_url.parse(url)}
    except ValueError as error:
        raise SystemExit(f"DATABASE_URL cannot be read: {error}") from None
    if database["ENGINE"] not in {POSTGRESQL, SQLITE}:
        raise SystemExit("DATABASE_URL must begin with postgres:// or sqlite:///")
    if not database["NAME"]:
        raise SystemExit("DATABASE_URL names no database")
    return database


def _sqlite_default(database: Database) -> Database:
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"
    # IMMEDIATE and a long wait: with the defaults, 389 of 600 writes by 20 editors failed.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL;",
    }
    # A file, not memory: browser tests and `export` open connections of their own. The process
    # number keeps test runs in one working tree apart.
    test_file = Path(tempfile.gettempdir()) / f"newsroom-tests-{os.getpid()}.sqlite3"
    return database | {"OPTIONS": options, "TEST": {"NAME": str(test_file)}}


def _sqlite_export(database: Database) -> Database:
    options = {
        "transaction_mode": "DEFERRED",
        "timeout": 20,
        "init_command": "PRAGMA query_only=1;",
    }
    return database | {"OPTIONS": options, "TEST": {"MIRROR": "default"}}


def _postgresql_default(database: Database, pool_size: int) -> Database:
    session = {
        "statement_timeout": "30s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "60s",
    }
    options = {"application_name": "newsroom", "target_session_attrs": "read-write"}
    return _postgresql(database, options, session, pool_size)


def _postgresql_export(database: Database, pool_size: int) -> Database:
    # An export idles in its transaction while a slow reader takes the next rows.
    session = {
        "default_transaction_isolation": r"repeatable\ read",
        "default_transaction_read_only": "on",
        "statement_timeout": "300s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "600s",
    }
    exporting = _postgresql(database, {"application_name": "newsroom-export"}, session, pool_size)
    return exporting | {"TEST": {"MIRROR": "default"}}


def _postgresql(
    database: Database, options: dict[str, Any], session: dict[str, str], pool_size: int
) -> Database:
    given = dict(database.get("OPTIONS", {}))
    switches = [given.pop("options", "")] + [f"-c {key}={value}" for key, value in session.items()]
    merged = options | given | {"options": " ".join(switches).strip()}
    if pool_size:
        merged["pool"] = {"min_size": 1, "max_size": pool_size}
    return database | {
        "OPTIONS": merged,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0 if pool_size else 60,
    }
