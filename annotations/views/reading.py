"""What the article page shows: the text cut into marked pieces, and a row for each statement in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby

from annotations.anchoring.segments import Segment, segments
from annotations.models import Article, Placement, ReviewState, Revision, Span, Statement, Zone
from annotations.models.answered import PartyStatus
from annotations.models.exchange import Links, links_of
from annotations.models.review import Reviewed
from annotations.permissions import User
from annotations.views.scope import Scope, scope_of

ROLE_WORDS = {"content": "", "source": "source: ", "cue": "cue: "}


@dataclass(frozen=True)
class Mark:
    """A span as it is drawn: whose it is, what it carries, what its statement is in the exchanges."""

    statement: Statement
    span: Span
    kind: str

    @property
    def spoken(self) -> str:
        """What a screen reader says before the words."""
        if self.span.role != Span.Role.CONTENT:
            return f"{ROLE_WORDS[self.span.role]}"
        return f"{KIND_WORDS[self.kind]} by {self.statement.speakers_line()}: "


KIND_WORDS = {
    "claim": "claim",
    "response": "response",
    "both": "claim and response",
    "plain": "statement",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text with one set of marks over it."""

    text: str
    marks: tuple[Mark, ...]
    opening: tuple[Mark, ...]
    closing: tuple[Mark, ...]

    @property
    def classes(self) -> str:
        """The kinds of the statements whose content it is, and the other roles it has."""
        kinds = {mark.kind for mark in self.marks if mark.span.role == Span.Role.CONTENT}
        if {"claim", "response"} <= kinds:
            kinds = kinds - {"claim", "response"} | {"both"}
        return " ".join(sorted(kinds | {m.span.role for m in self.marks}))

    @property
    def statements(self) -> str:
        """The uids of the statements it belongs to, content first, separated by spaces."""
        ordered = sorted(self.marks, key=lambda mark: mark.span.role != Span.Role.CONTENT)
        return " ".join(dict.fromkeys(str(mark.statement.uid) for mark in ordered))

    @property
    def spoken(self) -> str:
        return "".join(dict.fromkeys(mark.spoken for mark in self.opening))

    @property
    def closes_content(self) -> bool:
        return any(mark.span.role == Span.Role.CONTENT for mark in self.closing)

    @property
    def is_stop(self) -> bool:
        """Whether the keyboard stops here: where a statement's words begin."""
        return any(mark.span.role == Span.Role.CONTENT for mark in self.opening)

    @property
    def anchors(self) -> list[str]:
        """The ids that jumps lead to: one for each statement whose first words begin here."""
        return [
            f"s-{mark.statement.uid}"
            for mark in self.opening
            if mark.span == mark.statement.live_spans(Span.Role.CONTENT)[0]
        ]


@dataclass(frozen=True)
class Block:
    """The pieces of one zone, or of the text between zones."""

    zone: str
    pieces: tuple[Piece, ...]


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
        return f"no answer from {len(open_ones)} of {len(self.statuses)}"


@dataclass
class Reading:
    """An article as one user sees it."""

    article: Article
    revision: Revision
    blocks: list[Block]
    rows: list[Row]
    links: Links
    scope: Scope
    selected: Statement | None = None
    drafts: int = 0
    headline_in_text: bool = False
    waiting: list[Statement] = field(default_factory=list)

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @property
    def calls_silent(self) -> bool:
        """Whether a row says that no reply is on record."""
        return any(status.is_silent for row in self.rows for status in row.statuses)


def read(article: Article, user: User, selected: Statement | None = None) -> Reading:
    """The article with what the user sees of its statements, in a fixed number of queries."""
    revision = article.revision
    statements = list(
        Statement.objects.visible_to(user)
        .live()
        .filter(article=article)
        .for_display()
        .order_by("id")
    )
    links = links_of(statements, user)
    kinds = {statement.pk: kind_of(statement, links) for statement in statements}
    marks = [
        (Mark(statement, span, kinds[statement.pk]), placement)
        for statement in statements
        for span in statement.live_spans()
        if (placement := placement_in(span, revision)) and placement.start is not None
    ]
    zones = list(Zone.objects.filter(revision=revision, withdrawn_at__isnull=True))
    rows = [_row(statement, kinds[statement.pk], links, revision) for statement in statements]
    rows.sort(key=lambda row: (row.start is None, row.start or 0, row.statement.pk))
    return Reading(
        article=article,
        revision=revision,
        blocks=list(_blocks(revision.text, marks, zones)),
        rows=rows,
        links=links,
        scope=scope_of(user),
        selected=next((s for s in statements if selected and s.pk == selected.pk), None),
        drafts=sum(record.state == ReviewState.DRAFT for record in _work(statements, links)),
        headline_in_text=any(zone.kind == Zone.Kind.HEADLINE for zone in zones),
        waiting=[row.statement for row in rows if row.start is None],
    )


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


def _row(statement: Statement, kind: str, links: Links, revision: Revision) -> Row:
    contents = statement.live_spans(Span.Role.CONTENT)
    placement = placement_in(contents[0], revision) if contents else None
    responses, answers_to = links.responses[statement.pk], links.answers_to[statement.pk]
    others = [link.response for link in responses] + [link.claim for link in answers_to]
    return Row(
        statement=statement,
        kind=kind,
        start=placement.start if placement else None,
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


def _blocks(text: str, marks: list[tuple[Mark, Placement]], zones: list[Zone]) -> Iterator[Block]:
    """The pieces, grouped by the zone they stand in; of overlapping zones the first one counts."""
    spans: list[tuple[Mark | Zone, int, int]] = [(m, p.start or 0, p.end or 0) for m, p in marks]
    reached = 0
    for zone in zones:
        if reached <= zone.start < zone.end <= len(text):
            spans.append((zone, zone.start, zone.end))
            reached = zone.end
    for zone_kind, group in groupby(segments(text, spans), key=_zone):
        yield Block(zone_kind[0], tuple(_piece(segment) for segment in group))


def _zone(segment: Segment[Mark | Zone]) -> tuple[str, int]:
    zone = next((key for key in segment.keys if isinstance(key, Zone)), None)
    return (zone.kind, zone.pk) if zone else ("", 0)


def _piece(segment: Segment[Mark | Zone]) -> Piece:
    marks = [
        tuple(k for k in keys if isinstance(k, Mark))
        for keys in (segment.keys, segment.opening, segment.closing)
    ]
    return Piece(segment.text, *marks)
