"""The columns of exchanges.csv: claim and response as they are read, then the link, then both in detail."""

from collections.abc import Callable, Iterator

from annotations.exports import closed_sets
from annotations.exports.cells import Cell
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.columns import Column, Shape
from annotations.exports.records import ExchangeRow
from annotations.exports.statement_columns import STATEMENT_COLUMNS, StatementColumn
from annotations.models import Response

ExchangeColumn = Column[ExchangeRow]


def _link(
    name: str,
    meaning: str,
    value: Callable[[Response], Cell],
    source: str,
    shape: Shape = Shape.TEXT,
    *,
    several: bool = False,
    closed_set: ClosedSet | None = None,
) -> ExchangeColumn:
    """A column that holds something of the link; empty for an open claim without any response."""
    return Column(
        name,
        meaning,
        shape,
        source,
        lambda row: None if row.link is None else value(row.link),
        several=several,
        closed_set=closed_set,
    )


LINK_COLUMNS: tuple[ExchangeColumn, ...] = (
    Column(
        "row",
        "What the row shows.",
        Shape.TEXT,
        "computed from Response",
        lambda row: "response" if row.link else "open_claim",
        closed_set=closed_sets.ROW_KIND,
    ),
    _link(
        "link_id",
        "The identifier of the link between claim and response.",
        lambda link: link.uid,
        "Response.uid",
        Shape.IDENTIFIER,
    ),
    _link(
        "relation",
        "How the response answers the claim.",
        lambda link: link.relation,
        "Response.relation",
        closed_set=closed_sets.RELATION,
    ),
    _link(
        "relation_group",
        "The group that the relation belongs to.",
        lambda link: link.group,
        "Response.relation",
        closed_set=closed_sets.RELATION_GROUP,
    ),
    _link(
        "link_basis",
        "What the link rests on.",
        lambda link: link.link_basis,
        "Response.link_basis",
        closed_set=closed_sets.LINK_BASIS,
    ),
    _link(
        "marker",
        "The words that mark it as a response, verbatim.",
        lambda link: link.marker(),
        "Span (marker)",
    ),
    _link(
        "for_party",
        "The accused parties whose answer this is; empty for a third party's comment.",
        lambda link: tuple(party.resolved.name for party in link.live_parties()),
        "Actor.name",
        several=True,
    ),
    _link(
        "for_party_id",
        "The identifiers of the accused parties whose answer this is.",
        lambda link: tuple(party.resolved.uid for party in link.live_parties()),
        "Actor.uid",
        Shape.IDENTIFIER,
        several=True,
    ),
    _link(
        "answered_point_number",
        "The numbers of the claim's points that the response answers.",
        lambda link: tuple(point.ordinal for point in link.live_answers()),
        "Point.ordinal",
        Shape.INTEGER,
        several=True,
    ),
    _link(
        "answered_point",
        "The claim's points that the response answers, in an editor's words.",
        lambda link: tuple(point.text for point in link.live_answers()),
        "Point.text",
        several=True,
    ),
    _link(
        "same_article",
        "Whether claim and response stand in the same article.",
        lambda link: not link.crosses_articles,
        "Statement.article",
        Shape.TRUTH,
    ),
    _link("link_note", "An editor's note on the link.", lambda link: link.note, "Response.note"),
    _link(
        "link_state",
        "Where the link stands in review.",
        lambda link: link.state,
        "Response.state",
        closed_set=closed_sets.STATE,
    ),
    _link(
        "link_changed_at",
        "When the link was last changed or reviewed.",
        lambda link: link.changed_at,
        "Response.changed_at",
        Shape.TIME,
    ),
)


def _claim(column: StatementColumn) -> ExchangeColumn:
    return Column(
        f"claim_{column.name}",
        f"Claim: {column.meaning}",
        column.shape,
        column.source,
        lambda row: column.value(row.claim),
        column.several,
        column.closed_set,
    )


def _response(column: StatementColumn) -> ExchangeColumn:
    return Column(
        f"response_{column.name}",
        f"Response: {column.meaning}",
        column.shape,
        column.source,
        lambda row: None if row.response is None else column.value(row.response),
        column.several,
        column.closed_set,
    )


# What is read across; everything else of a statement is in statements.csv, under its id.
OPENING = ("quote", "speaker", "speaker_title_as_printed")
BOTH = (
    "speaker_as_printed",
    "speaker_basis",
    "speaker_organisation",
    "acting_for",
    "via",
    "addressee",
    "about",
    "form",
    "act",
    "gist",
    "said_on",
    "said_on_precision",
    "said_on_as_printed",
    "venue",
    "article_headline",
    "article_outlet",
    "article_published_on",
    "article_language",
    "article_retracted",
    "article_revision",
    "article_address",
    "article_id",
    "address",
    "id",
    "speaker_id",
    "state",
    "changed_at",
)
OF_THE_CLAIM = (
    "point_number",
    "point",
    "answer_state",
    "party",
    "party_answer",
    "party_points_open",
    "party_reply_status",
)
_NAMED = {column.name: column for column in STATEMENT_COLUMNS}


def _columns() -> Iterator[ExchangeColumn]:
    """Who said what and who answered what come first, then the link, then both statements side by side."""
    row, *link = LINK_COLUMNS
    relation = next(column for column in link if column.name == "relation")
    yield row
    yield from (_claim(_NAMED[name]) for name in OPENING)
    yield relation
    yield from (_response(_NAMED[name]) for name in OPENING)
    yield from (column for column in link if column is not relation)
    yield from (_claim(_NAMED[name]) for name in OF_THE_CLAIM)
    for name in BOTH:
        yield _claim(_NAMED[name])
        yield _response(_NAMED[name])


EXCHANGE_COLUMNS: tuple[ExchangeColumn, ...] = tuple(_columns())
