"""The article on paper: its text with numbered quotes, and a note for each of them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.models import Article, Placement, Response, Restatement, Span, Statement, Zone
from annotations.models.exchange import Links, links_of
from annotations.models.record import LIVE
from annotations.permissions import User
from annotations.views.blocks import Block, Piece, blocks_of
from annotations.views.card import Card, card_of
from annotations.views.desk import visible_article
from annotations.views.guard import only
from annotations.views.marks import marks_in, told_of
from annotations.views.reading import order_of
from annotations.views.scope import Scope, scope_of

PRINTED = 1_000  # notes at most: more would be a book


@dataclass(frozen=True)
class Line:
    """A response or a restatement as a note tells of it: the other statement, and its number if it has one."""

    link: Response | Restatement
    other: Statement
    number: int | None


@dataclass(frozen=True)
class Note:
    """What stands under a number: the statement and all that is linked to it."""

    number: int
    card: Card
    answered_by: list[Line]
    answers: list[Line]
    restates: list[Line]
    restated_by: list[Line]


@dataclass(frozen=True)
class PrintedPiece:
    """A stretch of text, with the numbers of the quotes that end with it."""

    piece: Piece
    numbers: list[int]


@dataclass(frozen=True)
class PrintedBlock:
    """The pieces of one zone, or of the text between zones."""

    zone: str
    pieces: list[PrintedPiece]


@dataclass(frozen=True)
class Printed:
    """An article as one user may print it; `left_out` statements have no note."""

    article: Article
    blocks: list[PrintedBlock]
    notes: list[Note]
    left_out: int
    scope: Scope
    headline_in_text: bool

    @property
    def calls_silent(self) -> bool:
        """Whether a note says that no reply is on record."""
        return any(status.is_silent for note in self.notes for status in note.card.statuses)


@require_safe
@only(permissions.may_read)
def article_print(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The article as it is printed: what the page says in colours and cards, in numbers and notes."""
    article = visible_article(request, uid)
    context = {"printed": printed(article, request.user), "article": article}
    return render(request, "annotations/article_print.html", context)


def printed(article: Article, user: User) -> Printed:
    """The text and the notes, in a fixed number of queries."""
    revision = article.revision
    told = told_of(article, user)
    in_use = Placement.objects.filter(revision=revision, span__withdrawn_at__isnull=True)
    marks = marks_in(in_use, told)
    order = order_of(marks, told)
    numbers = {key: number for number, key in enumerate(order[:PRINTED], start=1)}
    shown = Statement.objects.visible_to(user).filter(pk__in=list(numbers)).for_display().in_bulk()
    statements = [shown[key] for key in numbers if key in shown]
    links, scope = links_of(statements, user), scope_of(user)
    zones = list(Zone.objects.filter(LIVE, revision=revision))
    return Printed(
        article=article,
        blocks=list(_blocks(blocks_of(revision.text, marks, zones, article.language), numbers)),
        notes=[_note(numbers, links, card_of(statement, links, scope)) for statement in statements],
        left_out=len(order) - len(numbers),
        scope=scope,
        headline_in_text=any(zone.kind == Zone.Kind.HEADLINE for zone in zones),
    )


def _blocks(blocks: Iterator[Block], numbers: dict[int, int]) -> Iterator[PrintedBlock]:
    for block in blocks:
        yield PrintedBlock(
            block.zone, [PrintedPiece(piece, _ending(piece, numbers)) for piece in block.pieces]
        )


def _ending(piece: Piece, numbers: dict[int, int]) -> list[int]:
    """The numbers of the statements of which a stretch of words ends here."""
    content = (mark.key for mark in piece.closing if mark.role == Span.Role.CONTENT)
    return sorted({numbers[key] for key in content if key in numbers})


def _note(numbers: dict[int, int], links: Links, card: Card) -> Note:
    def line(link: Response | Restatement, other: Statement) -> Line:
        return Line(link, other, numbers.get(other.pk))

    key = card.statement.pk
    return Note(
        number=numbers[key],
        card=card,
        answered_by=[line(link, link.response) for link in links.responses[key]],
        answers=[line(link, link.claim) for link in links.answers_to[key]],
        restates=[line(row, row.of) for row in links.restates[key]],
        restated_by=[line(row, row.by) for row in links.restated_by[key]],
    )


urlpatterns = [path("articles/<uuid:uid>/print/", article_print, name="article_print")]
