"""The rows of both files, in chunks by keyset: no chunk costs more than the one before it."""

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef

from annotations import permissions
from annotations.exports.fetch import Reader, for_export, statement_rows_of
from annotations.exports.records import ExchangeRow, StatementRow
from annotations.exports.snapshot import EXPORT
from annotations.models import Response, Statement
from annotations.models.accused import unanswered_parties
from annotations.models.statement import StatementQuerySet

CHUNK = 500  # statements fetched at a time: below one megabyte of CSV

Narrow = Callable[[StatementQuerySet], StatementQuerySet]


def live(statements: StatementQuerySet) -> StatementQuerySet:
    """Every statement that isn't deleted."""
    return statements.live()


def statement_rows(
    *,
    user: permissions.User,
    site: str,
    narrow: Narrow = live,
    using: str = EXPORT,
    chunk: int = CHUNK,
) -> Iterator[list[StatementRow]]:
    """Chunks of rows, by id: the statements that the user sees, narrowed by a list's filter.

    `narrow` is given the visible statements and returns some of them, each once; its order doesn't
    matter.
    """
    reader = Reader(user, site, using)
    for statements in _chunks(narrow(reader.statements()), reader, chunk):
        yield statement_rows_of(statements, reader)


def exchange_rows(
    *,
    user: permissions.User,
    site: str,
    narrow: Narrow = live,
    using: str = EXPORT,
    chunk: int = CHUNK,
) -> Iterator[list[ExchangeRow]]:
    """Chunks of rows, by the claim's id and then the link's; `narrow` says which claims.

    One for each response that the user sees to each claim, and one for each open claim without any.
    """
    reader = Reader(user, site, using)
    answered = Exists(reader.responses().filter(claim=OuterRef("pk")))
    claims = narrow(reader.statements()).filter(answered | Exists(unanswered_parties()))
    for found in _chunks(claims, reader, chunk):
        yield list(_exchanges(found, reader))


def _chunks(chosen: StatementQuerySet, reader: Reader, size: int) -> Iterator[list[Statement]]:
    """The chosen statements in lists of at most `size`, by id."""
    statements = for_export(chosen, reader.user).order_by("pk")
    found = list(statements[:size])
    while found:
        yield found
        found = list(statements.filter(pk__gt=found[-1].pk)[:size])


def _exchanges(claims: list[Statement], reader: Reader) -> Iterator[ExchangeRow]:
    keys = {claim.pk for claim in claims}
    answering = set(reader.responses().filter(claim__in=keys).values_list("response_id", flat=True))
    others = for_export(reader.statements().filter(pk__in=answering - keys), reader.user)
    sides = {row.statement.pk: row for row in statement_rows_of([*claims, *others], reader)}
    for claim in claims:
        side = sides[claim.pk]
        for link in side.responses:
            yield _exchange(link, side, sides[link.response_id])
        if not side.responses:
            yield ExchangeRow(side)


def _exchange(link: Response, claim: StatementRow, response: StatementRow) -> ExchangeRow:
    link.claim, link.response = claim.statement, response.statement
    return ExchangeRow(claim, link, response)
