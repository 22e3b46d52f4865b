"""What a statement's own page shows."""

from dataclasses import dataclass

from annotations import permissions
from annotations.anchoring.fold import fold
from annotations.anchoring.passages import Passage, passages
from annotations.anchoring.segments import Segment, segments
from annotations.models import Article, Attribution, Placement, ReplyRecord, Span, Statement
from annotations.models.chronicle import Entry, chronicle
from annotations.models.exchange import Turn, exchange, links_of
from annotations.permissions import User
from annotations.views.card import Card, card_of
from annotations.views.reading import placement_in
from annotations.views.scope import scope_of


@dataclass(frozen=True)
class Extract:
    """A passage of the text, cut where the statement's spans begin and end; keys are roles."""

    passage: Passage
    pieces: list[Segment[str]]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Reply:
    """A reply record; `conflicts` are the titles that the statement gives the claimant instead."""

    record: ReplyRecord
    conflicts: tuple[str, ...]
    evidence_in: Article | None


@dataclass(frozen=True)
class StatementPage:
    """One statement with its context, its exchange and its history, as one user sees it."""

    card: Card
    extracts: list[Extract]
    unplaced: list[Span]
    claim: Turn
    replies: list[Reply]
    history: list[Entry]

    @property
    def turns(self) -> list[Turn]:
        """What answers it, also where it is said again; other restatements have their own section."""
        return [turn for turn in self.claim.answers if turn.link or turn.is_answered]


def page_of_statement(statement: Statement, user: User) -> StatementPage:
    """The page, in a number of queries that depends on the exchange's depth only."""
    card = card_of(statement, links_of([statement], user), scope_of(user))
    placed = [
        (span, placement_in(span, statement.article.revision)) for span in statement.live_spans()
    ]
    return StatementPage(
        card=card,
        extracts=_extracts(statement, [(s, p) for s, p in placed if p and p.start is not None]),
        unplaced=[span for span, place in placed if place is None or place.start is None],
        claim=exchange(statement, user, card.links),
        replies=[_reply(statement, record) for record in card.links.records[statement.pk]],
        history=chronicle(statement) if permissions.sees_everything(user) else [],
    )


def _extracts(statement: Statement, placed: list[tuple[Span, Placement]]) -> list[Extract]:
    text = statement.article.revision.text
    spans = [(str(span.role), place.start or 0, place.end or 0) for span, place in placed]
    return [
        Extract(found, _pieces(text, found, spans))
        for found in passages(text, [(start, end) for _, start, end in spans])
    ]


def _pieces(text: str, passage: Passage, spans: list[tuple[str, int, int]]) -> list[Segment[str]]:
    inside = [
        (role, start - passage.start, end - passage.start)
        for role, start, end in spans
        if passage.start <= start and end <= passage.end
    ]
    return segments(text[passage.start : passage.end], inside)


def _reply(statement: Statement, record: ReplyRecord) -> Reply:
    evidence = next(iter(record.live_evidence()), None)
    place = evidence.placement() if evidence else None
    return Reply(record, _conflicts(statement, record), place.revision.article if place else None)


def _conflicts(statement: Statement, record: ReplyRecord) -> tuple[str, ...]:
    """Titles that the statement prints for the claimant where the evidence prints another."""
    if not record.title_as_printed:
        return ()
    claimant = record.claimant.resolved_id if record.claimant else None
    titles = [
        row.title_as_printed
        for row in statement.live_attributions(Attribution.Kind.SPEAKER)
        if row.title_as_printed and claimant in (None, row.actor.resolved_id)
    ]
    return tuple(title for title in titles if fold(title) != fold(record.title_as_printed))
