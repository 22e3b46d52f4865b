"""What a statement's card in the panel shows."""

from dataclasses import dataclass

from annotations.editing.recast import ROLES
from annotations.editing.review import UNSENT
from annotations.models import Point, Response, Span, Statement
from annotations.models.answered import PartyStatus
from annotations.models.exchange import Links
from annotations.models.response import CLOSING
from annotations.views.reading import kind_of, placement_in
from annotations.views.scope import Scope


@dataclass(frozen=True)
class PointLine:
    """A point with the responses that deny, counter or accept it."""

    point: Point
    answers: list[Response]


@dataclass(frozen=True)
class Piece:
    """A span of the statement and where it stands in the newest text; start and end None where it waits."""

    span: Span
    start: int | None
    end: int | None

    @property
    def others(self) -> list[tuple[str, str]]:
        """What it may carry instead."""
        return [(role.value, str(role.label)) for role in ROLES if role != self.span.role]


@dataclass(frozen=True)
class Card:
    """One statement with all that stands at it."""

    statement: Statement
    kind: str
    points: list[PointLine]
    statuses: list[PartyStatus]
    links: Links
    scope: Scope

    @property
    def has_mark(self) -> bool:
        """Whether its words are marked in the newest text: a jump to it leads there, else to the card."""
        revision = self.statement.article.revision
        content = self.statement.live_spans(Span.Role.CONTENT)
        places = (placement_in(span, revision) for span in content)
        return any(place is not None and place.start is not None for place in places)

    @property
    def has_pieces(self) -> bool:
        """Whether what was said stands in several pieces."""
        return len(self.statement.live_spans(Span.Role.CONTENT)) > 1

    @property
    def pieces(self) -> list[Piece]:
        """Its words in the order of the text, those that wait for a place at the end."""
        revision = self.statement.article.revision
        placed = [(span, placement_in(span, revision)) for span in self.statement.live_spans()]
        pieces = [Piece(s, p.start if p else None, p.end if p else None) for s, p in placed]
        return sorted(pieces, key=lambda piece: (piece.start is None, piece.start or 0))

    @property
    def undisclosed(self) -> bool:
        """An answer waits in review that the user does not see: no point is called unanswered."""
        return any(status.undisclosed for status in self.statuses)

    @property
    def answered_points(self) -> int:
        return sum(bool(line.answers) for line in self.points)

    @property
    def responses(self) -> list[Response]:
        return self.links.responses[self.statement.pk]

    @property
    def answers_to(self) -> list[Response]:
        return self.links.answers_to[self.statement.pk]

    @property
    def restates(self) -> object:
        return self.links.restates[self.statement.pk]

    @property
    def restated_by(self) -> object:
        return self.links.restated_by[self.statement.pk]

    @property
    def has_unsent_links(self) -> bool:
        """Whether a link or reply record at it waits to be submitted."""
        key = self.statement.pk
        at = [
            *self.responses,
            *self.answers_to,
            *self.links.restates[key],
            *self.links.restated_by[key],
        ]
        return any(record.state in UNSENT for record in [*at, *self.links.records[key]])

    @property
    def unsent(self) -> bool:
        return self.statement.state in UNSENT or self.has_unsent_links


def card_of(statement: Statement, links: Links, scope: Scope) -> Card:
    """The statement's card, from links that were read for it."""
    closing = [link for link in links.responses[statement.pk] if link.relation in CLOSING]
    points = [
        PointLine(point, [link for link in closing if point in link.live_answers()])
        for point in statement.live_points()
    ]
    kind, statuses = kind_of(statement, links), links.statuses(statement)
    return Card(statement, kind, points, statuses, links, scope)
