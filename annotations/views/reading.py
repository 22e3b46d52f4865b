"""What the article page shows: the text cut into marked pieces, and a row for each statement in it."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from annotations.forms.row_filters import RowFilters
from annotations.models import (
    Article,
    Assignment,
    Placement,
    ReplyRecord,
    Response,
    Restatement,
    ReviewState,
    Revision,
    Span,
    Statement,
    Zone,
)
from annotations.models.answered import PartyStatus
from annotations.models.exchange import Links, links_of
from annotations.models.keyset import count_of
from annotations.models.pulse import pulse
from annotations.models.record import LIVE
from annotations.models.review import Reviewed
from annotations.models.words import listed
from annotations.permissions import User
from annotations.views.arcs import arcs_of
from annotations.views.blocks import Block, blocks_of
from annotations.views.marks import Mark, ends_of, marks_in, told_of, words_of
from annotations.views.scope import Scope, scope_of

LATER = 50  # statements from which the rows may come after a save, by themselves
SHOWN = 150  # rows of the panel at once: more than a person reads, few enough to be drawn at once


@dataclass
class Row:
    """A statement as the panel lists it."""

    statement: Statement
    kind: str
    start: int | None
    statuses: list[PartyStatus]
    response_count: int
    far_count: int
    inferred: bool
    partners: str

    @property
    def is_open(self) -> bool:
        return any(status.is_open for status in self.statuses)

    @property
    def told(self) -> str:
        """What a screen reader says of it where the keyboard comes to it: its words follow."""
        words = words_of(self.kind, self.statement.speakers_line(), self.response_count)
        return listed(filter(None, [words, self.status_line]))

    @property
    def status_line(self) -> str:
        """What is missing, in a few words: of all accused parties, or of how many."""
        open_ones = [status for status in self.statuses if status.is_open]
        if not open_ones:
            return ""
        if len(self.statuses) == 1:
            return open_ones[0].label
        if (
            len(open_ones) == len(self.statuses)
            and len({status.answered for status in open_ones}) == 1
        ):
            return open_ones[0].label
        said = _("no answer from %(number)s of %(all)s")
        return said % {"number": len(open_ones), "all": len(self.statuses)}


@dataclass(frozen=True)
class Counts:
    """Of all statements in the article, also those whose rows are not shown."""

    statements: int
    open_claims: int
    drafts: int


@dataclass
class Reading:
    """An article as one user sees it; the rows are those from `first_row`, `SHOWN` at most."""

    article: Article
    revision: Revision
    blocks: list[Block]
    rows: list[Row]
    links: Links
    scope: Scope
    counts: Counts
    selected: Statement | None = None
    headline_in_text: bool = False
    first_row: int = 0
    held: Assignment | None = None  # with whom the article is, as far as the user may know
    arcs: str = ""
    unplaced: int = 0
    filters: RowFilters | None = None
    only: frozenset[uuid.UUID] | None = None  # the statements that the filters leave, None for all
    matching: int = 0
    marks: str = ""  # what `pulse` said before any of it was read
    rows_come_later: bool = False  # the page has rows meanwhile, and asks for these by themselves

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows)

    @property
    def row_before(self) -> int | None:
        """Where the rows before these begin; None where there are none."""
        return max(0, self.first_row - SHOWN) if self.first_row else None

    @property
    def row_after(self) -> int | None:
        """Where the rows after these begin; None where there are none."""
        return self.last_row if self.last_row < self.matching else None

    @property
    def calls_silent(self) -> bool:
        """Whether a row says that no reply is on record."""
        return any(status.is_silent for row in self.rows for status in row.statuses)


def read(
    article: Article,
    user: User,
    selected: Statement | None = None,
    *,
    first_row: int = 0,
    filters: RowFilters | None = None,
    rows_may_come_later: bool = False,
    with_text: bool = True,
) -> Reading:
    """The article with what the user sees of its statements, in a fixed number of queries.

    The rows are those that hold the selected statement, where there is one and the filters leave it; none,
    where there are many and they may come later.
    """
    revision, known = article.revision, pulse(article.uid, user)
    ends = ends_of(article, user)
    told = told_of(article, user, ends)
    in_use = Placement.objects.filter(revision=revision, span__withdrawn_at__isnull=True)
    marks = marks_in(in_use, told)
    starts = {mark.key: mark.start for mark in marks if mark.is_first}
    left = filters.keys() if filters else None
    order = [key for key in order_of(marks, told) if left is None or key in left]
    if selected and selected.pk in order:
        first_row = order.index(selected.pk) // SHOWN * SHOWN
    rows_come_later = rows_may_come_later and len(told) > LATER
    window = [] if rows_come_later else order[first_row : first_row + SHOWN]
    wanted = [*window, *([selected.pk] if selected and selected.pk in told else [])]
    shown = Statement.objects.visible_to(user).filter(pk__in=wanted).for_display().in_bulk()
    statements = [shown[key] for key in window if key in shown]
    links = links_of(list(shown.values()), user)
    rows = [
        _row(statement, told[statement.pk].kind, links, starts.get(statement.pk))
        for statement in statements
    ]
    if left is not None:
        marks = [replace(mark, is_dimmed=mark.key not in left) for mark in marks]
    zones = list(Zone.objects.filter(LIVE, revision=revision))
    return Reading(
        article=article,
        revision=revision,
        blocks=list(blocks_of(revision.text, marks, zones, article.language)) if with_text else [],
        rows=rows,
        links=links,
        scope=scope_of(user),
        counts=_counts(article, user, rows, links, len(told)),
        selected=shown.get(selected.pk) if selected else None,
        headline_in_text=any(zone.kind == Zone.Kind.HEADLINE for zone in zones),
        first_row=first_row,
        held=Assignment.objects.visible_to(user).live().filter(article=article).first(),
        arcs=""
        if rows_come_later
        else arcs_of(
            statements,
            links,
            ends if left is None else [e for e in ends if e.claim in left or e.response in left],
            starts,
            {key: each.uid for key, each in told.items()},
        ),
        unplaced=len(told.keys() - starts.keys()),
        filters=filters,
        only=None if left is None else frozenset(told[key].uid for key in order),
        matching=len(order),
        marks=known.marks if known else "",
        rows_come_later=rows_come_later,
    )


def order_of(marks: list[Mark], told: Collection[int]) -> list[int]:
    """The statements' keys in the order of the text, those without a place at the end."""
    placed = dict.fromkeys(mark.key for mark in marks if mark.is_first)
    return [*placed, *(key for key in told if key not in placed)]


def _counts(article: Article, user: User, rows: list[Row], links: Links, number: int) -> Counts:
    """What the header counts: from the rows where all are shown, else by the database."""
    if len(rows) == number:
        work = _work([row.statement for row in rows], links)
        drafts = sum(record.state == ReviewState.DRAFT for record in work)
        return Counts(number, sum(row.is_open for row in rows), drafts)
    here = Statement.objects.visible_to(user).live().filter(article=article)
    at = Q(claim__article=article)
    kinds: tuple[QuerySet[Any], ...] = (
        here,
        Response.objects.visible_to(user).live().filter(at | Q(response__article=article)),
        Restatement.objects.visible_to(user).live().filter(Q(of__article=article)),
        ReplyRecord.objects.visible_to(user).live().filter(at),
    )
    drafts = sum(count_of(rows.filter(state=ReviewState.DRAFT)).number for rows in kinds)
    return Counts(number, count_of(here.open()).number, drafts)


def _work(statements: list[Statement], links: Links) -> Iterator[Reviewed]:
    """The statements and what stands at them, each record once."""
    yield from statements
    for rows in (links.responses, links.restated_by, links.records):
        yield from chain.from_iterable(rows.values())


def placement_in(span: Span, revision: Revision) -> Placement | None:
    """Where the span stands in the revision, from the prefetched placements."""
    return next((p for p in span.placements.all() if p.revision_id == revision.pk), None)


def kind_of(statement: Statement, links: Links) -> str:
    """What a statement is in the exchanges: claim, response, both or plain."""
    return statement.kind(
        is_answered=bool(links.responses[statement.pk]),
        is_answer=bool(links.answers_to[statement.pk]),
    )


def _row(statement: Statement, kind: str, links: Links, start: int | None) -> Row:
    responses, answers_to = links.responses[statement.pk], links.answers_to[statement.pk]
    others = [link.response for link in responses] + [link.claim for link in answers_to]
    return Row(
        statement=statement,
        kind=kind,
        start=start,
        statuses=links.statuses(statement),
        response_count=len(responses),
        far_count=sum(other.article_id != statement.article_id for other in others),
        inferred=any(link.link_basis == "editor_inferred" for link in [*responses, *answers_to]),
        partners=" ".join(
            dict.fromkeys(
                str(other.uid) for other in others if other.article_id == statement.article_id
            )
        ),
    )
