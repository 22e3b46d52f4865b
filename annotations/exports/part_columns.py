"""Columns for who had which part in a statement: speaker, acting for, via, addressee, about."""

from collections.abc import Callable, Iterator

from annotations.exports import closed_sets
from annotations.exports.cells import Cell, Value
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.columns import Column, Shape
from annotations.exports.records import StatementRow
from annotations.models import Attribution

Part = Attribution.Kind

WHO = {
    Part.SPEAKER: "each speaker",
    Part.ACTING_FOR: "each actor on whose behalf the speaker spoke",
    Part.VIA: "each actor through whom it reached the article, in order",
    Part.ADDRESSEE: "each actor to whom it was said",
    Part.ABOUT: "each actor who is accused or criticised in it",
}


def part_columns() -> Iterator[Column[StatementRow]]:
    """For each part the actors, and beside each actor, in the same order, the printed words."""
    for part, who in WHO.items():
        yield _column(
            part, "", f"The name of {who}.", "Actor.name", lambda row: row.actor.resolved.name
        )
        yield _column(
            part,
            "_id",
            f"The identifier of {who}.",
            "Actor.uid",
            lambda row: row.actor.resolved.uid,
            Shape.IDENTIFIER,
        )
        if part is Part.SPEAKER:
            yield from _speaker_columns()
        yield _column(
            part,
            "_as_printed",
            f"The article's words for {who}.",
            "Attribution.as_printed",
            lambda row: row.as_printed,
        )
        yield _column(
            part,
            "_title_as_printed",
            f"The title that the article gives {who}.",
            "Attribution.title_as_printed",
            lambda row: row.title_as_printed,
        )


def _speaker_columns() -> Iterator[Column[StatementRow]]:
    yield _column(
        Part.SPEAKER,
        "_kind",
        "What kind of actor each speaker is.",
        "Actor.kind",
        lambda row: row.actor.resolved.kind,
        closed_set=closed_sets.KIND,
    )
    yield _column(
        Part.SPEAKER,
        "_basis",
        "How each speaker is known from the article's words.",
        "Attribution.speaker_basis",
        lambda row: row.speaker_basis,
        closed_set=closed_sets.BASIS,
    )
    yield Column(
        "speaker_organisation",
        "The organisations in which a speaker held a post on record, each once; "
        "a post whose dates exclude the day it was said is left out.",
        Shape.TEXT,
        "Post.organisation",
        lambda row: tuple(organisation.name for organisation in row.organisations),
        several=True,
    )


def _column(
    part: Part,
    suffix: str,
    meaning: str,
    source: str,
    value: Callable[[Attribution], Value],
    shape: Shape = Shape.TEXT,
    closed_set: ClosedSet | None = None,
) -> Column[StatementRow]:
    def values(row: StatementRow) -> Cell:
        return tuple(value(each) for each in row.parts.get(part, ()))

    return Column(
        f"{part}{suffix}", meaning, shape, source, values, several=True, closed_set=closed_set
    )
