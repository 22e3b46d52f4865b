"""One moment of the database, through the export's own connection, while others write."""

from collections.abc import Callable, Iterator, Sequence
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from annotations.exports.columns import Column
from annotations.exports.exchange_columns import EXCHANGE_COLUMNS
from annotations.exports.rows import exchange_rows, statement_rows
from annotations.exports.snapshot import (
    EXPORT,
    in_one_snapshot,
    readers_hold_up_writers,
    snapshot,
)
from annotations.exports.statement_columns import STATEMENT_COLUMNS
from annotations.exports.writer import csv_pieces
from annotations.models import Response, Statement
from annotations.tests.exports.reading import SITE, read
from annotations.tests.factories import (
    make_actor,
    make_article,
    make_response,
    make_statement,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", EXPORT], serialized_rollback=True
)

LONG_ENOUGH = 2  # seconds for a write that nothing holds up

Rows = Callable[..., Iterator[Sequence[Any]]]
FILES = pytest.mark.parametrize(
    ("columns", "rows_of", "state"),
    [
        (STATEMENT_COLUMNS, statement_rows, "state"),
        (EXCHANGE_COLUMNS, exchange_rows, "link_state"),
    ],
    ids=["statements", "exchanges"],
)


@pytest.fixture(autouse=True)
def own_connection() -> Iterator[None]:
    yield
    connections[EXPORT].close()


def three_claims() -> None:
    article = make_article()
    for _ in range(3):
        make_response(make_statement(article, about=[make_actor()]))


def write_everywhere() -> None:
    """Every record is submitted, and there is one more of each, in one transaction."""
    with transaction.atomic():
        for record in [*Statement.objects.order_by("id"), *Response.objects.order_by("id")]:
            submit(record)
        make_response(make_statement(make_article(), about=[make_actor()]))


def in_another_thread(write: Callable[[], None]) -> Callable[[], None]:
    """The write is done or, where readers hold it up, waiting; the answer waits for its end."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            write()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    def finish() -> None:
        writer.join()
        assert failures == []

    writer = Thread(target=run)
    writer.start()
    writer.join(LONG_ENOUGH)
    return finish


@FILES
def test_every_chunk_is_of_the_same_moment(
    columns: Sequence[Column[Any]], rows_of: Rows, state: str
) -> None:
    three_claims()
    user = usual("editor")
    with snapshot() as using:
        pieces = csv_pieces(columns, rows_of(user=user, site=SITE, using=using, chunk=1))
        begun = [next(pieces), next(pieces)]
        finish = in_another_thread(write_everywhere)
        rows = read(iter([*begun, *pieces]))
    finish()

    assert {row[state] for row in rows} == {"draft"}
    assert len({row[column] for row in rows for column in ("id", "link_id") if column in row}) == (
        6 if rows_of is statement_rows else 3
    )


@FILES
def test_a_slow_download_holds_up_no_writer_and_stays_of_its_moment(
    columns: Sequence[Column[Any]], rows_of: Rows, state: str
) -> None:
    three_claims()
    user = usual("editor")
    stream = in_one_snapshot(
        lambda using: csv_pieces(columns, rows_of(user=user, site=SITE, using=using, chunk=1))
    )
    begun = [next(stream), next(stream, b"")]

    write_everywhere()
    rows = read(iter([*begun, *stream]))

    assert {row[state] for row in rows} == {"draft"}


def test_the_next_export_sees_what_was_written() -> None:
    three_claims()
    with snapshot() as using:
        assert Statement.objects.using(using).count() == 6
    write_everywhere()

    with snapshot() as using:
        assert Statement.objects.using(using).count() == 8


def test_nothing_can_be_written_through_it() -> None:
    with pytest.raises(DatabaseError), snapshot() as using:
        usual("editor").groups.through.objects.using(using).all().delete()


def test_it_is_not_opened_inside_another_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic(using=EXPORT), snapshot():
        pass


def test_the_transaction_ends_when_the_reader_goes_away() -> None:
    three_claims()
    user = usual("editor")
    stream = in_one_snapshot(
        lambda using: csv_pieces(
            STATEMENT_COLUMNS, statement_rows(user=user, site=SITE, using=using, chunk=1)
        )
    )
    next(stream)

    stream.close()

    assert not connections[EXPORT].in_atomic_block


def test_a_break_in_the_middle_is_raised_and_ends_the_transaction() -> None:
    def breaking(using: str) -> Iterator[bytes]:
        yield b"begun"
        raise DatabaseError("the server is gone")

    with pytest.raises(DatabaseError, match="the server is gone"):
        list(in_one_snapshot(breaking))

    assert not connections[EXPORT].in_atomic_block


def test_pieces_arrive_whole_and_in_order_wherever_they_wait() -> None:
    pieces = [bytes([number]) * 50_000 for number in range(30)]

    stream = in_one_snapshot(lambda _: iter(pieces))

    assert b"".join(stream) == b"".join(pieces)


@pytest.mark.postgresql
def test_postgresql_reads_one_moment_and_writes_nothing() -> None:
    with snapshot() as using, connections[using].cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        isolation = cursor.fetchone()
        cursor.execute("SHOW transaction_read_only")

        assert (isolation, cursor.fetchone()) == (("repeatable read",), ("on",))


@pytest.mark.postgresql
def test_postgresql_readers_hold_up_nobody() -> None:
    assert not readers_hold_up_writers(EXPORT)


@pytest.mark.sqlite
def test_sqlite_readers_hold_up_writers_without_a_write_ahead_log() -> None:
    with connections[EXPORT].cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]

    assert readers_hold_up_writers(EXPORT) == (mode == "delete")
