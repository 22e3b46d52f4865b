"""The columns of statements.csv; exchanges.csv has each twice, for claim and response."""

from collections.abc import Callable
from datetime import datetime

from annotations.exports import closed_sets
from annotations.exports.cells import Cell, Value
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.columns import Column, Shape
from annotations.exports.part_columns import part_columns
from annotations.exports.records import StatementRow
from annotations.exports.silence_columns import ANSWERS, REPLIES, RESTATEMENTS
from annotations.models import Article, Span, Statement

StatementColumn = Column[StatementRow]


def _field(
    name: str,
    meaning: str,
    shape: Shape = Shape.TEXT,
    closed_set: ClosedSet | None = None,
) -> StatementColumn:
    """A column that holds the statement's field of the same name."""

    def value(row: StatementRow) -> Cell:
        stored: Value = getattr(row.statement, name)
        return stored

    return Column(name, meaning, shape, f"Statement.{name}", value, closed_set=closed_set)


def _spans(role: Span.Role, meaning: str) -> StatementColumn:
    return Column(
        str(role),
        meaning,
        Shape.TEXT,
        f"Span ({role})",
        lambda row: row.words.get(role, ()),
        several=True,
    )


def _article(
    name: str,
    meaning: str,
    value: Callable[[Article], Cell],
    shape: Shape = Shape.TEXT,
) -> StatementColumn:
    return Column(
        f"article_{name}",
        meaning,
        shape,
        f"Article.{name}",
        lambda row: value(row.statement.article),
    )


def said_on(statement: Statement) -> str:
    """The date as far as it is known: 2026-01-31, 2026-01 or 2026."""
    if statement.said_on is None:
        return ""
    length = {"day": 10, "month": 7, "year": 4}[statement.said_on_precision]
    return statement.said_on.isoformat()[:length]


def revised_at(article: Article) -> datetime | None:
    """When the newest text replaced another one."""
    return article.revision.received_at if article.revision.number > 1 else None


_SAID: tuple[StatementColumn, ...] = (
    Column(
        "id",
        "The statement's identifier; it stays the same in every export.",
        Shape.IDENTIFIER,
        "Statement.uid",
        lambda row: row.statement.uid,
    ),
    Column(
        "address",
        "The address of the statement's page.",
        Shape.ADDRESS,
        "Statement.uid",
        lambda row: row.site + row.statement.get_absolute_url(),
    ),
    Column(
        "quote",
        "The words verbatim, quotation marks included; “ … ” stands between words that are apart "
        "in the text.",
        Shape.TEXT,
        "Span (content)",
        lambda row: row.statement.quote(),
    ),
)
_SPANS: tuple[StatementColumn, ...] = (
    _spans(Span.Role.CONTENT, "The words of each stretch of the quote, verbatim."),
    _spans(Span.Role.SOURCE, "The words that name the speaker, verbatim."),
    _spans(Span.Role.CUE, "The words that mark it as said, verbatim."),
)
_DETAILS: tuple[StatementColumn, ...] = (
    _field("form", "How the article gives the words.", closed_set=closed_sets.FORM),
    _field("act", "What the speaker does with the words.", closed_set=closed_sets.ACT),
    _field("gist", "An editor's neutral summary in one line."),
    Column(
        "point_number",
        "The number of each separately answerable allegation.",
        Shape.INTEGER,
        "Point.ordinal",
        lambda row: tuple(point.ordinal for point in row.points),
        several=True,
    ),
    Column(
        "point",
        "Each separately answerable allegation, in an editor's words.",
        Shape.TEXT,
        "Point.text",
        lambda row: tuple(point.text for point in row.points),
        several=True,
    ),
    Column(
        "said_on",
        "The date on which it was said.",
        Shape.PARTIAL_DAY,
        "Statement.said_on",
        lambda row: said_on(row.statement),
    ),
    _field(
        "said_on_precision",
        "How far the date on which it was said is known.",
        closed_set=closed_sets.PRECISION,
    ),
    _field("said_on_as_printed", "The date in the article's words."),
    _field("venue", "Where or on what occasion it was said."),
    _field("note", "An editor's note."),
)
_ARTICLE: tuple[StatementColumn, ...] = (
    _article(
        "id",
        "The article's identifier; it stays the same in every export.",
        lambda article: article.uid,
        Shape.IDENTIFIER,
    ),
    Column(
        "article_address",
        "The address of the article's page here.",
        Shape.ADDRESS,
        "Article.uid",
        lambda row: row.site + row.statement.article.get_absolute_url(),
    ),
    _article("headline", "The article's headline.", lambda article: article.headline),
    _article(
        "outlet",
        "Who published the article.",
        lambda article: article.outlet.resolved.name if article.outlet else None,
    ),
    _article("url", "Where the article was published.", lambda article: article.url, Shape.ADDRESS),
    _article("byline", "Who wrote the article, as printed.", lambda article: article.byline),
    _article("dateline", "The article's dateline, as printed.", lambda article: article.dateline),
    _article(
        "published_on",
        "The date on which the article was published.",
        lambda article: article.published_on,
        Shape.DAY,
    ),
    _article(
        "language",
        "The article's language, as a BCP 47 tag.",
        lambda article: article.language,
    ),
    Column(
        "article_retracted",
        "Whether the outlet has taken the article back.",
        Shape.TRUTH,
        "Revision.reason",
        lambda row: row.statement.article.revision.is_retraction,
    ),
    Column(
        "article_revision",
        "The number of the article's newest text; 1 where no text came after the first.",
        Shape.INTEGER,
        "Revision.number",
        lambda row: row.statement.article.revision.number,
    ),
    Column(
        "article_revised_at",
        "When the newest text was received, be it a correction, an update or a retraction; empty where "
        "it is the first.",
        Shape.TIME,
        "Revision.received_at",
        lambda row: revised_at(row.statement.article),
    ),
)
_STANDING: tuple[StatementColumn, ...] = (
    _field("state", "Where the statement stands in review.", closed_set=closed_sets.STATE),
    Column(
        "changed_at",
        "When the statement was last changed or reviewed.",
        Shape.TIME,
        "Statement.changed_at",
        lambda row: row.statement.changed_at,
    ),
    _field(
        "version",
        "The number of the statement's last change; a file that is brought in again is held against it.",
        Shape.INTEGER,
    ),
)

STATEMENT_COLUMNS: tuple[StatementColumn, ...] = (
    *_SAID,
    *part_columns(),
    *_SPANS,
    *_DETAILS,
    *_ARTICLE,
    *ANSWERS,
    *REPLIES,
    *RESTATEMENTS,
    *_STANDING,
)
