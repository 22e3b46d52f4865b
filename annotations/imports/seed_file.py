"""Reads annotations.json and the texts it names: every key checked, every word found once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from annotations.anchoring.quotation import NotFoundOnce, find
from annotations.editing.highlight import StatementDetails
from annotations.editing.place import Selection
from annotations.editing.receive import decode
from annotations.imports.seed_node import Node
from annotations.imports.seed_records import (
    ActorSeed,
    ArticleSeed,
    PartSeed,
    ReplySeed,
    ResponseSeed,
    RestatementSeed,
    SeedError,
    Seeds,
    StatementSeed,
)
from annotations.models import (
    Actor,
    Attribution,
    LinkBasis,
    Relation,
    ReplyRecord,
    Restatement,
    Span,
    Statement,
)

FILE = "annotations.json"
COUNTED = (
    "articles actors statements content_spans source_spans cue_spans attributions points "
    "responses responses_across_articles restatements reply_records"
)


@dataclass(frozen=True)
class Known:
    """What other places of the file may name."""

    actors: tuple[str, ...]
    texts: Mapping[str, str]  # by file
    homes: Mapping[str, str]  # statement id → file
    points: Mapping[str, int]  # statement id → how many


def read(folder: Path) -> Seeds:
    """The seeds of a folder; SeedError names what is wrong and where."""
    root = _root(folder)
    root.check_keys("counts actors articles responses restatements", "notes")
    known = _known(root, folder)
    return Seeds(
        counts=_counts(root),
        actors=tuple(_actor(node) for node in root.children("actors", "key")),
        articles=tuple(_article(node, known) for node in root.children("articles", "file")),
        responses=tuple(_response(node, known) for node in root.children("responses")),
        restatements=tuple(_restatement(node, known) for node in root.children("restatements")),
    )


def _root(folder: Path) -> Node:
    try:
        values = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedError(f"{FILE} cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise SeedError(f"{FILE}: not an object")
    return Node(FILE, values)


def _known(root: Node, folder: Path) -> Known:
    actors: dict[str, str] = {}
    texts: dict[str, str] = {}
    homes: dict[str, str] = {}
    points: dict[str, int] = {}
    for actor in root.children("actors", "key"):
        actors[actor.new("key", actors)] = actor.text("name")
    for article in root.children("articles", "file"):
        file = article.new("file", texts)
        texts[file] = _text_of(folder / file, article.place)
        for statement in article.children("statements", "id"):
            key = statement.new("id", homes)
            homes[key], points[key] = file, len(statement.texts("points"))
    return Known(tuple(actors), texts, homes, points)


def _text_of(path: Path, place: str) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise SeedError(f"{place}: the text cannot be read: {error}") from error
    except ValidationError as error:
        raise SeedError(f"{place}: {' '.join(error.messages)}") from error


def _counts(root: Node) -> dict[str, int]:
    counts = root.values["counts"]
    if not isinstance(counts, dict):
        raise SeedError(f"{root.place}, counts: not an object")
    Node(f"{root.place}, counts", counts).check_keys(COUNTED)
    return counts


def _actor(node: Node) -> ActorSeed:
    node.check_keys("key name kind", "aliases")
    return ActorSeed(
        key=node.text("key"),
        place=node.place,
        name=node.text("name"),
        kind=node.choice("kind", Actor.Kind),
        aliases=node.texts("aliases"),
    )


def _article(node: Node, known: Known) -> ArticleSeed:
    node.check_keys(
        "file statements", "headline dateline language outlet published_on reply_records"
    )
    text = known.texts[node.text("file")]
    return ArticleSeed(
        file=node.text("file"),
        place=node.place,
        text=text,
        headline=node.text("headline"),
        dateline=node.text("dateline"),
        language=node.text("language") or "en",
        outlet=node.known("outlet", known.actors) if node.text("outlet") else "",
        published_on=node.date("published_on"),
        statements=tuple(_statement(s, text, known) for s in node.children("statements", "id")),
        replies=tuple(
            reply
            for child in node.children("reply_records")
            for reply in _replies(child, node.text("file"), known)
        ),
    )


def _statement(node: Node, text: str, known: Known) -> StatementSeed:
    node.check_keys(
        "id form act content attributions",
        "source cue points gist said_on said_on_precision said_on_as_printed venue note",
    )
    roles = (Span.Role.CONTENT, Span.Role.SOURCE, Span.Role.CUE)
    return StatementSeed(
        id=node.text("id"),
        place=node.place,
        details=StatementDetails(
            form=node.choice("form", Statement.Form),
            act=node.choice("act", Statement.Act),
            gist=node.text("gist"),
            said_on=node.date("said_on"),
            said_on_precision=node.text("said_on_precision"),
            said_on_as_printed=node.text("said_on_as_printed"),
            venue=node.text("venue"),
            note=node.text("note"),
        ),
        selections=tuple(
            _found(value, role, text, node.place) for role in roles for value in node.items(role)
        ),
        parts=tuple(_part(child, known) for child in node.children("attributions")),
        points=node.texts("points"),
    )


def _part(node: Node, known: Known) -> PartSeed:
    node.check_keys("actor part", "as_printed title_as_printed speaker_basis")
    return PartSeed(
        actor=node.known("actor", known.actors),
        part=node.choice("part", Attribution.Kind),
        as_printed=node.text("as_printed"),
        title_as_printed=node.text("title_as_printed"),
        speaker_basis=(
            node.choice("speaker_basis", Attribution.Basis) if node.text("speaker_basis") else ""
        ),
    )


def _replies(node: Node, file: str, known: Known) -> list[ReplySeed]:
    """One reply record for each claim that the entry names."""
    node.check_keys("party claims status", "evidence claimant title_as_printed as_of note")
    evidence, text = node.values.get("evidence"), known.texts[file]
    return [
        ReplySeed(
            place=f"{node.place}, claim {claim}",
            claim=claim,
            party=node.known("party", known.actors),
            status=node.choice("status", ReplyRecord.Status),
            evidence=(_found(evidence, Span.Role.EVIDENCE, text, node.place),) if evidence else (),
            evidence_in=file,
            claimant=node.known("claimant", known.actors) if node.text("claimant") else "",
            title_as_printed=node.text("title_as_printed"),
            as_of=node.date("as_of"),
            note=node.text("note"),
        )
        for claim in node.all_known("claims", known.homes)
    ]


def _response(node: Node, known: Known) -> ResponseSeed:
    node.check_keys("claim response relation link_basis", "marker answers for_parties note")
    claim, response = node.known("claim", known.homes), node.known("response", known.homes)
    node = Node(f"{node.place} ({response} to {claim})", node.values)
    marker_in = _marker_home(node, known, [known.homes[response], known.homes[claim]])
    marker = node.values.get("marker")
    return ResponseSeed(
        place=node.place,
        claim=claim,
        response=response,
        relation=node.choice("relation", Relation),
        link_basis=node.choice("link_basis", LinkBasis),
        marker=(
            (_found(marker, Span.Role.MARKER, known.texts[marker_in], node.place),)
            if marker
            else ()
        ),
        marker_in=marker_in,
        answers=node.numbers("answers", known.points[claim]),
        for_parties=node.all_known("for_parties", known.actors),
        note=node.text("note"),
    )


def _marker_home(node: Node, known: Known, files: list[str]) -> str:
    """The response's article or, where its text does not hold the marker, the claim's."""
    marker = node.values.get("marker")
    exact = marker.get("exact") if isinstance(marker, dict) else marker
    held = [file for file in files if isinstance(exact, str) and exact in known.texts[file]]
    return [*held, files[0]][0]


def _restatement(node: Node, known: Known) -> RestatementSeed:
    node.check_keys("of by scope", "note")
    return RestatementSeed(
        place=f"{node.place} ({node.text('by')} of {node.text('of')})",
        of=node.known("of", known.homes),
        by=node.known("by", known.homes),
        scope=node.choice("scope", Restatement.Scope),
        note=node.text("note"),
    )


def _found(value: Any, role: str, text: str, place: str) -> Selection:
    """The words where they stand; `value` is a text, or an object with exact, prefix and suffix."""
    node = Node(f"{place}, {role}", value if isinstance(value, dict) else {"exact": value})
    node.check_keys("exact", "prefix suffix")
    try:
        found = find(text, node.text("exact"), node.text("prefix"), node.text("suffix"))
    except NotFoundOnce as error:
        raise SeedError(f"{node.place}: {error}") from error
    return Selection(role, found.start, found.end, found.exact)
