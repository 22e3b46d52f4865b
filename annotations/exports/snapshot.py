"""One moment of the database, read through a connection of its own."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile

from django.db import connections, transaction

EXPORT = "export"
KEPT_IN_MEMORY = 1024 * 1024  # bytes; what is longer waits in a temporary file
PIECE = 64 * 1024  # bytes


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias to read through: until the end, every query answers as of the first one.

    SQLite's deferred transaction is a snapshot of itself; settings make its connection read-only.
    """
    with transaction.atomic(using=EXPORT, durable=True):
        if connections[EXPORT].vendor == "postgresql":
            with connections[EXPORT].cursor() as cursor:
                # The connection's settings say so too, but a connection pooler may drop them.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield EXPORT


def in_one_snapshot(
    pieces_of: Callable[[str], Iterator[bytes]],
) -> Generator[bytes, None, None]:
    """The pieces, all from one moment; the transaction ends with them, or when this is closed.

    Whatever breaks is raised, so that an answer sent in chunks ends without its last one. Where
    readers hold up writers, the pieces wait in a temporary file: a slow download stops nobody then.
    """
    with SpooledTemporaryFile(max_size=KEPT_IN_MEMORY) as kept:
        with snapshot() as using:
            if readers_hold_up_writers(using):
                for piece in pieces_of(using):
                    kept.write(piece)
            else:
                yield from pieces_of(using)
        kept.seek(0)
        while piece := kept.read(PIECE):
            yield piece


def readers_hold_up_writers(using: str) -> bool:
    """True for SQLite without a write-ahead log: a write waits there until every read has ended."""
    if connections[using].vendor != "sqlite":
        return False
    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return bool(cursor.fetchone()[0] != "wal")
