"""What the seeds hold, as frozen dataclasses: every name known, every word found in its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from annotations.editing.highlight import StatementDetails
from annotations.editing.place import Selection


class SeedError(ValueError):
    """What is wrong in the seeds, and where; nothing was stored."""


@dataclass(frozen=True)
class ActorSeed:
    """An actor; `key` is how the file calls it."""

    key: str
    place: str
    name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class PartSeed:
    """An actor's part in a statement."""

    actor: str
    part: str
    as_printed: str
    title_as_printed: str
    speaker_basis: str


@dataclass(frozen=True)
class StatementSeed:
    """A statement; its words are found in the article's text already."""

    id: str
    place: str
    details: StatementDetails
    selections: tuple[Selection, ...]
    parts: tuple[PartSeed, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class ReplySeed:
    """What an article says of one party's silence on one claim; `evidence_in` is its file."""

    place: str
    claim: str
    party: str
    status: str
    evidence: tuple[Selection, ...]
    evidence_in: str
    claimant: str
    title_as_printed: str
    as_of: date | None
    note: str


@dataclass(frozen=True)
class ArticleSeed:
    """An article with all that stands in it; `outlet` is an actor's key, or empty."""

    file: str
    place: str
    text: str
    headline: str
    dateline: str
    language: str
    outlet: str
    published_on: date | None
    statements: tuple[StatementSeed, ...]
    replies: tuple[ReplySeed, ...]


@dataclass(frozen=True)
class ResponseSeed:
    """A response; `answers` numbers the claim's points from 1.

    `marker_in` is the file of the article that the marker stands in.
    """

    place: str
    claim: str
    response: str
    relation: str
    link_basis: str
    marker: tuple[Selection, ...]
    marker_in: str
    answers: tuple[int, ...]
    for_parties: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class RestatementSeed:
    """The same thing said again."""

    place: str
    of: str
    by: str
    scope: str
    note: str


@dataclass(frozen=True)
class Seeds:
    """All that is to be loaded, and how many of each there must be in the end."""

    counts: Mapping[str, int]
    actors: tuple[ActorSeed, ...]
    articles: tuple[ArticleSeed, ...]
    responses: tuple[ResponseSeed, ...]
    restatements: tuple[RestatementSeed, ...]
