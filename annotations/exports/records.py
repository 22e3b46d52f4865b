"""What a row of each file is made from: records fetched whole; columns ask no database."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.models import (
    Actor,
    Attribution,
    Point,
    ReplyRecord,
    Response,
    Restatement,
    Statement,
)
from annotations.models.answered import PartyStatus


@dataclass(frozen=True)
class StatementRow:
    """A statement with what one user sees at it.

    `words` are the exact words of its spans by role, `parts` its attributions by part; `site` is
    the address before every path, without a final slash.
    """

    statement: Statement
    words: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[Attribution, ...]]
    points: tuple[Point, ...]
    is_open: bool
    is_answered: bool
    responses: tuple[Response, ...]
    parties: tuple[PartyStatus, ...]
    replies: tuple[ReplyRecord, ...]
    restates: tuple[Restatement, ...]
    restated_by: tuple[Restatement, ...]
    organisations: tuple[Actor, ...]
    site: str


@dataclass(frozen=True)
class ExchangeRow:
    """A claim with one response to it, or an open claim with neither link nor response."""

    claim: StatementRow
    link: Response | None = None
    response: StatementRow | None = None
