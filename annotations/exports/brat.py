"""brat standoff: for each article a .txt with its newest text and a .ann; and what brat needs to show them.

Shaped like PolNeAR: an event `Attribution` whose trigger stands on the cue, with its Content, Source and
Cue (of discontinuous words one annotation with several places), attributes Form, Act and State, a
relation for each response and restatement within the article. What brat has no place for stands in a
note of the type Newsroom. The tool and its formats: https://brat.nlplab.org/standoff.html.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.text import slugify

from annotations.exports.formats import Order
from annotations.models import (
    Article,
    Attribution,
    Placement,
    Point,
    Relation,
    Response,
    Restatement,
    ReviewState,
    Span,
    Statement,
)
from annotations.models.record import LIVE
from annotations.models.statement import StatementQuerySet

CONFIGURATION = "annotation.conf"
TABLE = "articles.tsv"
COLUMNS = ("name", "uid", "headline", "outlet", "url", "byline", "published_on", "language")
ROLES = {"source": "Source", "cue": "Cue", "content": "Content"}
CHUNK = 20  # articles fetched at once, with their texts


@dataclass(frozen=True)
class File:
    """One file of the folder, by its name."""

    name: str
    data: bytes


def files(order: Order, using: str) -> Iterator[File]:
    """The configuration, two files for each article that holds a chosen statement, and the table of articles.

    The statements are those that the user sees, narrowed by the order; what needs placing in the
    newest text is left out, since it stands nowhere in it.
    """
    yield File(CONFIGURATION, configuration().encode())
    chosen = order.narrow(Statement.objects.using(using).visible_to(order.user)).order_by()
    table = ["\t".join(COLUMNS)]
    for article in _articles(chosen, using):
        name = name_of(article)
        statements = _statements(chosen, article)
        links = _Links(order, article, using)
        yield File(f"{name}.txt", article.revision.text.encode())
        yield File(
            f"{name}.ann",
            standoff(article, statements, links.responses, links.restatements).encode(),
        )
        table.append("\t".join(_about(name, article)))
    yield File(TABLE, "\n".join([*table, ""]).encode())


def _articles(chosen: StatementQuerySet, using: str) -> Iterator[Article]:
    held = Exists(chosen.filter(article=OuterRef("pk")).values("pk"))
    rows = Article.objects.using(using).filter(held).select_related("current_revision", "outlet")
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from found
        last = found[-1].pk


def _statements(chosen: StatementQuerySet, article: Article) -> list[Statement]:
    here = Placement.objects.filter(revision=article.current_revision_id, start__isnull=False)
    parts = Attribution.objects.filter(LIVE).select_related("actor__merged_into")
    rows = chosen.filter(article=article).defer("folded").order_by("pk")
    return list(
        rows.prefetch_related(
            Prefetch("spans", Span.objects.filter(LIVE).order_by("role", "ordinal")),
            Prefetch("spans__placements", here.defer("prefix", "suffix", "exact")),
            Prefetch("attributions", parts.order_by("part", "ordinal")),
            Prefetch("points", Point.objects.filter(LIVE).order_by("ordinal")),
        )
    )


class _Links:
    """The links within an article that the user sees."""

    def __init__(self, order: Order, article: Article, using: str) -> None:
        self.responses: QuerySet[Response] = (
            Response.objects.using(using)
            .visible_to(order.user)
            .live()
            .filter(claim__article=article, response__article=article)
            .prefetch_related("parties__party__merged_into", "answers__point")
            .order_by("pk")
        )
        self.restatements: QuerySet[Restatement] = (
            Restatement.objects.using(using)
            .visible_to(order.user)
            .live()
            .filter(of__article=article, by__article=article)
            .order_by("pk")
        )


def name_of(article: Article) -> str:
    """A name for the article's files that people can read and no other article has."""
    title = slugify(article.title, allow_unicode=True)[:48].strip("-")
    return "_".join(filter(None, [str(article.published_on or ""), title, article.uid.hex[:12]]))


def _about(name: str, article: Article) -> list[str]:
    outlet = article.outlet.name if article.outlet else ""
    values = [article.headline, outlet, article.url, article.byline]
    day = str(article.published_on or "")
    return [name, str(article.uid), *(" ".join(v.split()) for v in values), day, article.language]


def standoff(
    article: Article,
    statements: Iterable[Statement],
    responses: Iterable[Response] = (),
    restatements: Iterable[Restatement] = (),
) -> str:
    """The .ann file of an article's text; links between others than these statements are left out."""
    writing = _Writing(article.revision.text)
    for statement in statements:
        writing.state(statement)
    for response in responses:
        writing.respond(response)
    for restatement in restatements:
        writing.restate(restatement)
    return "".join(f"{line}\n" for line in writing.lines)


class _Writing:
    """The lines so far; each kind of annotation has numbers of its own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.numbers = dict.fromkeys("TEAR#", 0)
        self.events: dict[int, str] = {}

    def state(self, statement: Statement) -> None:
        places = {role: _places(statement, role) for role in ROLES}
        if not places["content"]:
            return
        args = {
            kind: self._words(kind, places[role]) for role, kind in ROLES.items() if places[role]
        }
        trigger = self._words("Attribution", places["cue"] or places["content"][:1])
        said = " ".join(
            f"{kind}:{args[kind]}" for kind in ("Content", "Cue", "Source") if kind in args
        )
        event = self._add("E", f"Attribution:{trigger} {said}")
        self.events[statement.pk] = event
        self._add("A", f"Form {event} {statement.form}")
        self._add("A", f"Act {event} {statement.act}")
        self._add("A", f"State {event} {statement.state}")
        self._keep(event, _kept(statement))

    def respond(self, link: Response) -> None:
        kept = {
            "basis": link.link_basis,
            "for": [party.resolved.name for party in link.live_parties()],
            "answers": [point.ordinal for point in link.live_answers()],
            "note": link.note,
        }
        self._link(link.relation, ("Response", link.response_id), ("Claim", link.claim_id), kept)

    def restate(self, link: Restatement) -> None:
        kind = f"restates_{link.scope}"
        self._link(kind, ("By", link.by_id), ("Of", link.of_id), {"note": link.note})

    def _link(
        self, kind: str, one: tuple[str, int], other: tuple[str, int], kept: dict[str, Any]
    ) -> None:
        if not {one[1], other[1]} <= set(self.events):
            return
        ends = " ".join(f"{role}:{self.events[pk]}" for role, pk in (one, other))
        name = self._add("R", f"{kind} {ends}")
        self._keep(name, kept)

    def _keep(self, name: str, kept: dict[str, Any]) -> None:
        """What brat has no place for, in a note; empty values are left out."""
        said = {key: value for key, value in kept.items() if value}
        if said:
            told = json.dumps(said, ensure_ascii=False, sort_keys=True)
            self._add("#", f"Newsroom {name}\t{told}")

    def _words(self, kind: str, places: Sequence[tuple[int, int]]) -> str:
        exact = " ".join(self.text[start:end] for start, end in places).replace("\n", " ")
        at = ";".join(f"{start} {end}" for start, end in places)
        return self._add("T", f"{kind} {at}\t{exact}")

    def _add(self, letter: str, rest: str) -> str:
        self.numbers[letter] += 1
        name = f"{letter}{self.numbers[letter]}"
        self.lines.append(f"{name}\t{rest}")
        return name


def _places(statement: Statement, role: str) -> list[tuple[int, int]]:
    """In the order in which they were chosen."""
    spans = sorted(
        (span for span in statement.spans.all() if span.role == role), key=lambda span: span.ordinal
    )
    placed = [placement for span in spans for placement in span.placements.all()]
    return [(p.start, p.end) for p in placed if p.start is not None and p.end is not None]


def _kept(statement: Statement) -> dict[str, Any]:
    """What brat has no place for."""
    return {
        "uid": str(statement.uid),
        "gist": statement.gist,
        "said_on": str(statement.said_on or ""),
        "said_on_precision": statement.said_on_precision,
        "said_on_as_printed": statement.said_on_as_printed,
        "venue": statement.venue,
        "note": statement.note,
        "points": [point.text for point in statement.points.all()],
        "parts": [_part(row) for row in statement.live_attributions()],
    }


def _part(row: Attribution) -> dict[str, str]:
    said = {
        "part": row.part,
        "name": row.actor.resolved.name,
        "kind": row.actor.resolved.kind,
        "as_printed": row.as_printed,
        "title": row.title_as_printed,
        "basis": row.speaker_basis,
    }
    return {key: value for key, value in said.items() if value}


def configuration() -> str:
    """annotation.conf: the types that the .ann files have."""
    statements = "Attribution"
    relations = [
        f"{relation}\tResponse:{statements}, Claim:{statements}" for relation in Relation.values
    ]
    relations += [
        f"restates_{scope}\tBy:{statements}, Of:{statements}" for scope in Restatement.Scope.values
    ]
    closed = {"Form": Statement.Form, "Act": Statement.Act, "State": ReviewState}
    attributes = [
        f"{name}\tArg:{statements}, Value:{'|'.join(values.values)}"
        for name, values in closed.items()
    ]
    sections = {
        "entities": list(ROLES.values()),
        "relations": relations,
        "events": [f"{statements}\tContent+:Content, Cue*:Cue, Source*:Source"],
        "attributes": attributes,
    }
    lines = [line for name, rows in sections.items() for line in (f"[{name}]", *rows, "")]
    return "\n".join(lines)
