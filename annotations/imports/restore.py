"""A whole file of JSON Lines goes into an empty database, with its history: all of it, or nothing.

The one place of the product that writes rows past `editing/`: they are written as they were, with
their versions, times and histories.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Any, BinaryIO

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Field, Model

from annotations.doctor import examine
from annotations.editing.receive import folded_words
from annotations.imports.lines_file import LinesError, Row, read
from annotations.imports.lines_names import numbered, numbers_of
from annotations.models import Article, ArticleWords
from annotations.models.kinds import KINDS, LATER, WHOLE, Kind

CHUNK = 1_000  # rows written at once
TEXTS = 20  # articles whose texts are folded at once

Watch = Callable[[int], None]


def restore(file: BinaryIO, *, watch: Watch, is_checked: bool = True) -> dict[str, int]:
    """How many rows of each kind are stored now; `watch` is told of each chunk's size.

    LinesError names what is wrong; then, as with any other exception, nothing is stored. Refused are
    a database that holds anything, a file of another profile, one that is not whole and, unless
    `is_checked` is False, one whose rows break a rule of the domain.
    """
    head, rows = read(file)
    if head.profile != WHOLE:
        raise LinesError("This file is one user's download, not the whole: import it instead.")
    with transaction.atomic():
        _take_time()
        _refuse_full()
        _Restoring(watch).run(rows)
        if is_checked:
            _take_statistics()
            _refuse_unsound()
    return head.counts


def _take_time() -> None:
    """On PostgreSQL, no limit of time for what this transaction asks."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")


def _take_statistics() -> None:
    """PostgreSQL would take the new tables for empty, and answer the doctor many times slower."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _refuse_full() -> None:
    there = {kind.name: kind.model._base_manager.count() for kind in KINDS}
    told = ", ".join(f"{name} {number:,}" for name, number in there.items() if number)
    if told:
        raise LinesError(
            f"The database is not empty ({told}). Restore into a new one, "
            "straight after `manage.py migrate`."
        )


def _refuse_unsound() -> None:
    broken = [outcome for outcome in examine("default", most=1) if outcome.number]
    if broken:
        found = broken[0].findings[0]
        raise LinesError(
            f"{len(broken)} rules of the domain are broken in this file, the first: "
            f"{broken[0].invariant.rule} {found.record} {found.uid}: {found.wrong}"
        )


class _Restoring:
    """One restore: the last number given in each table, and what is filled in at the end."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.last: dict[type[Model], int] = defaultdict(int)
        self.later: list[tuple[int, Row]] = []

    def run(self, rows: Iterator[Row]) -> None:
        order = {kind.name: place for place, kind in enumerate(KINDS)}
        before = -1
        for kind, group in groupby(rows, key=lambda row: row.kind):
            if order[kind.name] <= before:
                raise LinesError(f"The lines “{kind.name}” stand behind others that refer to them.")
            before = order[kind.name]
            while chunk := list(islice(group, CHUNK)):
                with _named(chunk):
                    self._write(kind, chunk)
                self.watch(len(chunk))
        self._fill_in()
        _keep_words()
        _go_on_counting()
        connection.check_constraints()

    def _write(self, kind: Kind, chunk: list[Row]) -> None:
        later = LATER.get(kind.model, ())
        numbers = range(self.last[kind.model] + 1, self.last[kind.model] + 1 + len(chunk))
        self.last[kind.model] = numbers[-1]
        if later:
            waiting = [
                (pk, row) for pk, row in zip(numbers, chunk, strict=True) if row.values[later[0]]
            ]
            self.later += waiting
            chunk = [_without(row, later) if row.values[later[0]] else row for row in chunk]
        values = numbered(kind, chunk, later)
        _insert(kind, [[pk, *each] for pk, each in zip(numbers, values, strict=True)])

    def _fill_in(self) -> None:
        """What refers to rows that came after it."""
        for kind_model, keys in LATER.items():
            rows = [(pk, row) for pk, row in self.later if row.kind.model is kind_model]
            for at in range(0, len(rows), CHUNK):
                _update(kind_model, keys, rows[at : at + CHUNK])


def _without(row: Row, keys: Sequence[str]) -> Row:
    """The row before those keys are filled in."""
    refers = {column.key for column in row.kind.columns if column.refers}
    blank = {key: None if key in refers else "" for key in keys}
    return Row(row.number, row.kind, row.values | blank)


def _update(model: type[Model], keys: Sequence[str], rows: Sequence[tuple[int, Row]]) -> None:
    first, *others = keys
    (column,) = (c for c in rows[0][1].kind.columns if c.key == first) if rows else (None,)
    if column is None or column.refers is None:
        return
    numbers = numbers_of(column.refers, {row.values[first] for _, row in rows})
    for pk, row in rows:
        target = numbers.get(row.values[first])
        if target is None:
            raise LinesError(f"Line {row.number}, {first}: there is no “{row.values[first]}”.")
        with _named([row]):
            also = {key: row.values[key] for key in others}
            model._base_manager.filter(pk=pk).update(**{f"{first}_id": target}, **also)


def _insert(kind: Kind, rows: list[list[Any]]) -> None:
    """Write the rows as they are: a bulk_create would give them the time of now."""
    fields = _fields(kind)
    extra = {"password": make_password(None)} if kind.model is User else {}
    names = [str(field.column) for field in fields] + list(extra)
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(names))
    columns = ", ".join(map(quote, names))
    prepare = [_preparing(field) for field in fields]
    stored = [
        [*(to(value) for to, value in zip(prepare, row, strict=True)), *extra.values()]
        for row in rows
    ]
    table = quote(kind.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", stored)  # noqa: S608  our own names, quoted


def _fields(kind: Kind) -> "list[Field[Any, Any]]":
    """In the order of a row's values: the key, the columns and, for a history, the number of its row."""
    key = kind.model._meta.pk
    assert key is not None
    own = [each for each in kind.model._meta.concrete_fields if kind.kept and each.name == "id"]
    return [key, *(column.field for column in kind.columns), *own]


def _preparing(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection=connection)


def _keep_words() -> None:
    """The copies that searches read."""
    last = 0
    while True:
        rows = Article.objects.select_related("current_revision").filter(pk__gt=last).order_by("pk")
        articles = [article for article in rows[:TEXTS] if article.current_revision_id]
        if not articles:
            return
        ArticleWords.objects.bulk_create(
            ArticleWords(article=article, folded=folded_words(article)) for article in articles
        )
        last = articles[-1].pk


def _go_on_counting() -> None:
    """The next rows get the numbers after these; SQLite sees to it by itself."""
    models = [kind.model for kind in KINDS]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


@contextmanager
def _named(chunk: Sequence[Row]) -> Iterator[None]:
    """What the database refuses becomes a LinesError that names the lines."""
    try:
        with transaction.atomic():
            yield
    except (DatabaseError, OverflowError) as error:
        first, last = chunk[0].number, chunk[-1].number
        lines = f"Line {first}" if first == last else f"Lines {first} to {last}"
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise LinesError(
            f"{lines} ({chunk[0].kind.name}): the database refused them: {why}"
        ) from error
