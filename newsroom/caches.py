"""What is counted for a while: by each process for itself, or in the database for all of them."""

from typing import Any

from newsroom.databases import POSTGRESQL

COUNTS_TABLE = "throttle_counts"  # made by the migrations, or by `createcachetable`
# One row for each account, token and address. Past it Django's cache drops rows whose minute may not be over.
MOST_COUNTS = 10_000
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
_DATABASE = "django.core.cache.backends.db.DatabaseCache"


def caches_for(engine: str) -> dict[str, dict[str, Any]]:
    """The aliases `default` and `throttles`, which counts the API's requests, for a database engine.

    SQLite is for one process, and would have every reading request wait for a write.
    """
    counts: dict[str, Any] = {"BACKEND": _MEMORY, "LOCATION": "throttles"}
    if engine == POSTGRESQL:
        counts = {"BACKEND": _DATABASE, "LOCATION": COUNTS_TABLE}
    return {
        "default": {"BACKEND": _MEMORY, "LOCATION": "default"},
        "throttles": counts | {"OPTIONS": {"MAX_ENTRIES": MOST_COUNTS}},
    }
