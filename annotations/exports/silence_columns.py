"""Columns for answers to a statement, for silence on it, and for where it is said again."""

from collections.abc import Callable, Iterable

from annotations.exports import closed_sets
from annotations.exports.cells import Value
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.columns import Column, Shape
from annotations.exports.records import StatementRow
from annotations.models import Point, ReplyRecord, Restatement
from annotations.models.answered import PartyStatus


def answer_state(row: StatementRow) -> str:
    """open or answered; empty where nobody is accused, or an answer not shown is in review."""
    if row.is_open:
        return "open"
    return "answered" if row.is_answered else ""


def _numbers(points: Iterable[Point]) -> str:
    return ",".join(str(point.ordinal) for point in points)


def _party(
    name: str,
    meaning: str,
    source: str,
    value: Callable[[PartyStatus], Value],
    shape: Shape = Shape.TEXT,
    closed_set: ClosedSet | None = None,
) -> Column[StatementRow]:
    return Column(
        name,
        meaning,
        shape,
        source,
        lambda row: tuple(value(party) for party in row.parties),
        several=True,
        closed_set=closed_set,
    )


ANSWERS: tuple[Column[StatementRow], ...] = (
    Column(
        "response_count",
        "How many responses to it are in the exchanges file.",
        Shape.INTEGER,
        "computed from Response",
        lambda row: len(row.responses),
    ),
    Column(
        "answer_state",
        "Whether each accused party has answered; empty where nobody is accused, "
        "and where an answer is in review that the file does not show yet.",
        Shape.TEXT,
        "computed from Response",
        answer_state,
        closed_set=closed_sets.ANSWER_STATE,
    ),
    _party(
        "party",
        "Each accused party once, under the name it is kept by.",
        "Actor.name",
        lambda status: status.party.name,
    ),
    _party(
        "party_id",
        "The identifier of each accused party.",
        "Actor.uid",
        lambda status: status.party.uid,
        Shape.IDENTIFIER,
    ),
    _party(
        "party_answer",
        "How far each accused party's answer is on record, by the links in the exchanges file; "
        "empty where one is in review that the file does not show yet.",
        "computed from Response",
        lambda status: str(status.answer or ""),
        closed_set=closed_sets.PARTY_ANSWER,
    ),
    _party(
        "party_points_answered",
        "The numbers of the points that each accused party answered, parted by commas.",
        "computed from Response.answers",
        lambda status: _numbers(status.answered_points),
    ),
    _party(
        "party_points_open",
        "The numbers of the points that each accused party has not answered, parted by commas; "
        "empty where an answer is in review that the file does not show yet.",
        "computed from Response.answers",
        lambda status: _numbers(status.open_points),
    ),
    _party(
        "party_reply_status",
        "What is recorded of asking each accused party for a reply, or of its silence; empty where "
        "a record or an answer is in review that the file does not show yet.",
        "ReplyRecord.status",
        lambda status: status.sought,
        closed_set=closed_sets.PARTY_REPLY_STATUS,
    ),
)


def _reply(
    name: str,
    meaning: str,
    value: Callable[[ReplyRecord], Value],
    source: str = "",
    shape: Shape = Shape.TEXT,
    closed_set: ClosedSet | None = None,
) -> Column[StatementRow]:
    return Column(
        f"reply_{name}",
        meaning,
        shape,
        source or f"ReplyRecord.{name}",
        lambda row: tuple(value(record) for record in row.replies),
        several=True,
        closed_set=closed_set,
    )


REPLIES: tuple[Column[StatementRow], ...] = (
    _reply(
        "id",
        "The identifier of each reply record, which tells of one party's silence or sought reply.",
        lambda record: record.uid,
        "ReplyRecord.uid",
        Shape.IDENTIFIER,
    ),
    _reply(
        "party", "Whose reply it is about.", lambda record: record.party.resolved.name, "Actor.name"
    ),
    _reply(
        "party_id",
        "The identifier of the party whose reply it is about.",
        lambda record: record.party.resolved.uid,
        "Actor.uid",
        Shape.IDENTIFIER,
    ),
    _reply(
        "status",
        "What is known of the reply.",
        lambda record: record.status,
        closed_set=closed_sets.REPLY_STATUS,
    ),
    _reply(
        "as_of",
        "The day for which the status holds.",
        lambda record: record.as_of,
        shape=Shape.DAY,
    ),
    _reply(
        "due_on",
        "The day by which a reply was asked for.",
        lambda record: record.due_on,
        shape=Shape.DAY,
    ),
    _reply(
        "evidence",
        "The words of an article that say so, verbatim.",
        lambda record: record.evidence(),
        "Span (evidence)",
    ),
    _reply(
        "claimant",
        "The speaker whose claim the evidence names.",
        lambda record: record.claimant.resolved.name if record.claimant else None,
        "Actor.name",
    ),
    _reply(
        "claimant_as_printed",
        "The evidence's words for that speaker.",
        lambda record: record.claimant_as_printed,
    ),
    _reply(
        "title_as_printed",
        "The title that the evidence gives that speaker.",
        lambda record: record.title_as_printed,
    ),
    _reply("note", "An editor's note on the reply.", lambda record: record.note),
    _reply(
        "state",
        "Where the reply record stands in review.",
        lambda record: record.state,
        closed_set=closed_sets.STATE,
    ),
)


def _restatement(
    name: str,
    meaning: str,
    rows: Callable[[StatementRow], Iterable[Restatement]],
    value: Callable[[Restatement], Value],
    source: str,
    shape: Shape = Shape.TEXT,
    closed_set: ClosedSet | None = None,
) -> Column[StatementRow]:
    return Column(
        name,
        meaning,
        shape,
        f"Restatement.{source}",
        lambda row: tuple(value(link) for link in rows(row)),
        several=True,
        closed_set=closed_set,
    )


def _restatements(
    prefix: str,
    which: str,
    rows: Callable[[StatementRow], Iterable[Restatement]],
    other: Callable[[Restatement], Value],
    source: str,
) -> tuple[Column[StatementRow], ...]:
    return (
        _restatement(
            f"{prefix}_id", f"The identifier of {which}.", rows, other, source, Shape.IDENTIFIER
        ),
        _restatement(
            f"{prefix}_scope",
            "Whether all or part of it is said again.",
            rows,
            lambda link: link.scope,
            "scope",
            closed_set=closed_sets.SCOPE,
        ),
        _restatement(
            f"{prefix}_note",
            "An editor's note on the restatement.",
            rows,
            lambda link: link.note,
            "note",
        ),
        _restatement(
            f"{prefix}_state",
            "Where the restatement stands in review.",
            rows,
            lambda link: link.state,
            "state",
            closed_set=closed_sets.STATE,
        ),
    )


RESTATEMENTS: tuple[Column[StatementRow], ...] = (
    *_restatements(
        "restates",
        "each fuller wording of the same thing",
        lambda row: row.restates,
        lambda link: link.of.uid,
        "of",
    ),
    *_restatements(
        "restated_by",
        "each statement that says the same thing again",
        lambda row: row.restated_by,
        lambda link: link.by.uid,
        "by",
    ),
)
