"""The event list with the header of the Discourse Network Analyzer 3: who takes which side on which concept, when.

A concept is a claim, by its gist or its words. Who makes the claim, or says it again, agrees; who denies it
disagrees. Unlike the program's own file, quotation marks and semicolons stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from annotations import permissions
from annotations.exports.cells import Cell
from annotations.exports.columns import Column, Shape
from annotations.exports.fetch import Reader
from annotations.exports.formats import Order
from annotations.exports.records import StatementRow
from annotations.exports.rows import statement_rows
from annotations.exports.writer import csv_pieces
from annotations.models import Attribution, Relation, Restatement, Statement
from annotations.models.record import LIVE
from annotations.models.response import GROUP_OF
from annotations.models.span import Span, revisions_of_spans

PERSONS = ("person", "unnamed_person")
AGREES = {"deny": False, "accept": True, "support": True}  # by the relation's group


@dataclass(frozen=True)
class Stance:
    """A side on a concept; `relation` is empty for who brings the concept up."""

    concept: str
    agrees: bool = True
    relation: str = ""


@dataclass(frozen=True)
class Event:
    """One speaker's side on one concept in one statement; `coder` is for those who see all work."""

    row: StatementRow
    speaker: Attribution | None
    stance: Stance
    coder: str


def events_csv(order: Order, using: str) -> Iterator[bytes]:
    """events.csv in pieces, read through the alias: semicolons between cells, as the program has them."""
    rows = statement_rows(user=order.user, site=order.site, narrow=order.narrow, using=using)
    reader = Reader(order.user, order.site, using)
    events = (list(_events(chunk, reader)) for chunk in rows)
    return csv_pieces(EVENT_COLUMNS, events, order.profile, delimiter=";")


def _events(rows: Sequence[StatementRow], reader: Reader) -> Iterator[Event]:
    stances = _stances(rows, reader)
    named = permissions.sees_everything(reader.user)
    for row in rows:
        own = Stance(row.statement.gist or row.statement.quote())
        coder = str(row.statement.created_by_id) if named else ""
        for stance in stances[row.statement.pk] or [own]:
            for speaker in row.parts.get(Attribution.Kind.SPEAKER, (None,)):
                yield Event(row, speaker, stance, coder)


def _stances(rows: Sequence[StatementRow], reader: Reader) -> dict[int, list[Stance]]:
    """The sides that statements take on what others said, by statement."""
    found: dict[int, list[Stance]] = defaultdict(list)
    keys = [row.statement.pk for row in rows]
    links = reader.responses().filter(response__in=keys)
    for link in links.prefetch_related(Prefetch("claim", _quoted())).order_by("pk"):
        agrees = stance_of(link.relation)
        if agrees is not None:
            concept = link.claim.gist or link.claim.quote()
            found[link.response_id].append(Stance(concept, agrees, link.relation))
    again = Restatement.objects.using(reader.using).visible_to(reader.user).live()
    same = again.filter(by__in=keys).prefetch_related(Prefetch("of", _quoted())).order_by("pk")
    for row in same:
        found[row.by_id].append(Stance(row.of.gist or row.of.quote(), True, "restates"))
    return found


def stance_of(relation: str) -> bool | None:
    """Whether a response of this relation agrees with the claim; None where it takes no side on it."""
    if relation == Relation.COUNTER_CLAIMS:
        return False
    return AGREES.get(GROUP_OF[relation])


def _quoted() -> "QuerySet[Statement]":
    return Statement.objects.prefetch_related(
        Prefetch("spans", Span.objects.filter(LIVE).order_by("role", "ordinal")),
        "spans__placements",
        revisions_of_spans(),
    )


def _person(event: Event) -> str:
    actor = event.speaker.actor.resolved if event.speaker else None
    return actor.name if actor and actor.kind in PERSONS else ""


def _organizations(event: Event) -> Cell:
    """Whom the speaker spoke for, else the speaker where it is no person, else where it holds a post."""
    acting_for = event.row.parts.get(Attribution.Kind.ACTING_FOR, ())
    if acting_for:
        return tuple(row.actor.resolved.name for row in acting_for)
    if event.speaker and event.speaker.actor.resolved.kind not in PERSONS:
        return (event.speaker.actor.resolved.name,)
    return tuple(organisation.name for organisation in event.row.organisations)


def _time(event: Event) -> str:
    day = event.row.statement.said_on or event.row.statement.article.published_on
    return f"{day.isoformat()} 00:00:00" if day else ""


def _place(event: Event, end: str) -> int | None:
    """The first or last place of its words, in code points."""
    placed = (span.placement() for span in event.row.statement.live_spans(Span.Role.CONTENT))
    numbers: list[int] = [
        getattr(place, end) for place in placed if place and place.start is not None
    ]
    if not numbers:
        return None
    return min(numbers) if end == "start" else max(numbers)


def _outlet(event: Event) -> str:
    outlet = event.row.statement.article.outlet
    return outlet.resolved.name if outlet else ""


EVENT_COLUMNS: tuple[Column[Event], ...] = (
    Column("statement_id", "", Shape.IDENTIFIER, "", lambda event: event.row.statement.uid),
    Column("time", "", Shape.TEXT, "", _time),
    Column("person", "", Shape.TEXT, "", _person),
    Column("organization", "", Shape.TEXT, "", _organizations),
    Column("concept", "", Shape.TEXT, "", lambda event: event.stance.concept),
    Column("agreement", "", Shape.INTEGER, "", lambda event: int(event.stance.agrees)),
    Column("relation", "", Shape.TEXT, "", lambda event: event.stance.relation),
    Column("act", "", Shape.TEXT, "", lambda event: event.row.statement.act),
    Column("form", "", Shape.TEXT, "", lambda event: event.row.statement.form),
    Column("start_position", "", Shape.INTEGER, "", lambda event: _place(event, "start")),
    Column("stop_position", "", Shape.INTEGER, "", lambda event: _place(event, "end")),
    Column("text", "", Shape.TEXT, "", lambda event: event.row.statement.quote()),
    Column("coder", "", Shape.TEXT, "", lambda event: event.coder),
    Column("document_id", "", Shape.IDENTIFIER, "", lambda event: event.row.statement.article.uid),
    Column("document_title", "", Shape.TEXT, "", lambda event: event.row.statement.article.title),
    Column("document_author", "", Shape.TEXT, "", lambda event: event.row.statement.article.byline),
    Column("document_source", "", Shape.TEXT, "", _outlet),
    Column("document_section", "", Shape.TEXT, "", lambda _: ""),
    Column("document_type", "", Shape.TEXT, "", lambda event: event.row.statement.article.language),
)
