"""Whether network.graphml is what the database holds, as Gephi Lite's reader and networkx read it.

    npm install --prefix FOLDER graphology graphology-graphml
    DATABASE_URL=… .venv/bin/python -m bench.graphml_check FOLDER FILE

FILE is a network.graphml of everything that an editor sees, just taken from this database. Nodes, edges
and their attributes are asked of the database again, by other queries than the export's. The file itself is
held against what GraphML's schema says of order and names, and against what Gephi's own importer reads: types
of attributes, one graph, a default direction, ends that stand before their edges. Exit code 1 where
anything differs; the first few are printed. FOLDER may be “-” where there is no Node: networkx only.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

SPACE = "{http://graphml.graphdrawing.org/xmlns}"
TYPES = {"boolean", "int", "long", "float", "double", "string"}
NAME = re.compile(r"[\w.:-]+", re.ASCII)  # of an xs:NMTOKEN, those that we use
SHOWN = 5

Attributes = dict[str, Any]


@dataclass
class Found:
    """What one reader sees: attributes by node, ends and attributes by edge."""

    nodes: dict[str, Attributes] = field(default_factory=dict)
    edges: dict[str, tuple[str, str, Attributes]] = field(default_factory=dict)
    directed: bool = True


def by_graphology(folder: Path, file: Path) -> Found:
    """As Gephi Lite reads it."""
    script = Path(__file__).with_suffix(".mjs")
    done = subprocess.run(  # noqa: S603
        ["node", str(script), str(folder), str(file)],  # noqa: S607
        check=True,
        stdout=subprocess.PIPE,
    )
    told = json.loads(done.stdout)
    edges = {name: (source, target, data) for name, source, target, data in told["edges"]}
    return Found(dict(told["nodes"]), edges, told["directed"])


def by_networkx(file: Path) -> Found:
    import networkx as nx

    graph = nx.read_graphml(file, force_multigraph=True)
    edges = {
        name: (source, target, data)
        for source, target, name, data in graph.edges(keys=True, data=True)
    }
    return Found(dict(graph.nodes(data=True)), edges, graph.is_directed())


def of_database() -> Found:
    """The network as the records say it, read one by one."""
    from annotations.models import Response, Restatement, Statement

    found = Found()
    for statement in Statement.objects.live():
        _add_statement(found, statement)
    for link in Response.objects.live():
        ends = _statement(link.response), _statement(link.claim)
        more = {"relation": link.relation, "basis": link.link_basis, "state": link.state}
        same = link.claim.article_id == link.response.article_id
        found.edges[f"response-{link.uid}"] = (
            *ends,
            {"edge": "responds", "group": link.group, "same_article": same, **more},
        )
        for party in link.parties.filter(withdrawn_at=None):
            named = _actor(found, party.party)
            data = {"edge": "answers_for", "state": link.state}
            found.edges[f"for-{link.uid}-{party.party.resolved.uid}"] = ends[0], named, data
    for row in Restatement.objects.live():
        data = {"edge": "restates", "scope": row.scope, "state": row.state}
        found.edges[f"restatement-{row.uid}"] = _statement(row.by), _statement(row.of), data
    _add_silent(found)
    return found


def _add_silent(found: Found) -> None:
    """Those whose silence is known, and who says so."""
    from annotations.models import ReplyRecord

    for row in ReplyRecord.objects.live():
        for actor in (row.party, row.claimant):
            if actor:
                _actor(found, actor)


def _statement(row: Any) -> str:
    return f"statement-{row.uid}"


def _actor(found: Found, named: Any) -> str:
    actor = named.resolved
    data = {"label": actor.name, "node": "actor", "kind": actor.kind, "wikidata": actor.wikidata}
    found.nodes[f"actor-{actor.uid}"] = data
    return f"actor-{actor.uid}"


def _add_statement(found: Found, row: Any) -> None:
    here, article = _statement(row), row.article
    quote, outlet = row.quote(), article.outlet
    found.nodes[here] = {
        "label": quote if len(quote) <= 60 else f"{quote[:60]}…",
        "node": "statement",
        "quote": quote,
        "act": row.act,
        "form": row.form,
        "gist": row.gist,
        "headline": article.headline,
        "outlet": outlet.resolved.name if outlet else "",
        "published_on": str(article.published_on or ""),
        "language": article.language,
        "state": row.state,
    }
    if outlet:
        data = {"edge": "published", "state": row.state}
        found.edges[f"published-{row.uid}"] = _actor(found, outlet), here, data
    for part in row.attributions.filter(withdrawn_at=None):
        ends = _actor(found, part.actor), here
        data = {
            "edge": part.part,
            "basis": part.speaker_basis,
            "state": row.state,
            "order": part.ordinal,
        }
        outward = part.part in ("about", "addressee")
        found.edges[f"part-{part.uid}"] = (*(ends[::-1] if outward else ends), data)


def differences(wanted: Found, read: Found) -> Iterator[str]:
    """What the reader misses, has more or sees otherwise; addresses and days said differ by file, not looked at."""
    if not read.directed:
        yield "the graph is not directed"
    for kind, there, seen in (
        ("node", wanted.nodes, read.nodes),
        ("edge", wanted.edges, read.edges),
    ):
        yield from (f"{kind} {name} is missing" for name in there.keys() - seen.keys())
        yield from (f"{kind} {name} is too many" for name in seen.keys() - there.keys())
    for name in wanted.nodes.keys() & read.nodes.keys():
        if _plain(wanted.nodes[name]) != _plain(read.nodes[name]):
            yield f"node {name}: {_plain(wanted.nodes[name])} is read as {_plain(read.nodes[name])}"
    for name in wanted.edges.keys() & read.edges.keys():
        (*ends, data), (*seen_ends, seen_data) = wanted.edges[name], read.edges[name]
        if ends != seen_ends or _plain(data) != _plain(seen_data):
            yield f"edge {name}: {ends}, {_plain(data)} is read as {seen_ends}, {_plain(seen_data)}"


def _plain(data: Attributes) -> Attributes:
    skipped = ("address", "said_on")
    return {key: value for key, value in data.items() if value != "" and key not in skipped}


def faults(file: Path) -> Iterator[str]:
    """What the schema or Gephi's importer would not take."""
    kinds: dict[str, str] = {}  # what a key is for
    seen: Counter[str] = Counter()
    order: list[str] = []
    for event, element in ET.iterparse(file, ("start", "end")):  # noqa: S314  our own file
        tag = element.tag.removeprefix(SPACE)
        if event == "start":
            order += [tag] if not order or order[-1] != tag else []
            yield from _begun(tag, element, kinds, seen)
        elif tag in ("node", "edge"):
            keys = [data.get("key", "") for data in element]
            yield from (f"{tag}: no key {key}" for key in keys if kinds.get(key) != tag)
            yield from (f"{tag}: {key} stands twice" for key, n in Counter(keys).items() if n > 1)
            element.clear()
    yield from (f"{name} stands {number} times" for name, number in seen.items() if number > 1)
    if [tag for tag in order if tag in ("key", "graph")] != ["key", "graph"]:
        yield "the keys do not stand before one graph"


def _begun(tag: str, element: Any, kinds: dict[str, str], seen: Counter[str]) -> Iterator[str]:
    name = element.get("id", "")
    if tag in ("key", "node", "edge", "graph"):
        seen[f"{tag} {name}"] += 1
        if not NAME.fullmatch(name):
            yield f"{tag}: “{name}” is no name"
    match tag:
        case "key":
            kinds[name] = element.get("for", "")
            if element.get("attr.type") not in TYPES or not element.get("attr.name"):
                yield f"key {name}: its type or name"
        case "graph" if element.get("edgedefault") not in ("directed", "undirected"):
            yield "the graph has no default direction"
        case "edge":
            ends = (element.get(end, "") for end in ("source", "target"))
            yield from (
                f"edge {name}: {end} not before it" for end in ends if not seen[f"node {end}"]
            )
        case "graphml" | "graph" | "node" | "data":
            pass
        case _:
            yield f"an element {tag}"


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    folder, file = sys.argv[1], Path(sys.argv[2])
    wanted, wrong = of_database(), list(faults(file))
    readers = {"networkx": by_networkx(file)}
    if folder != "-":
        readers["graphology"] = by_graphology(Path(folder), file)
    for name, read in readers.items():
        wrong += (found := [f"{name}: {each}" for each in differences(wanted, read)])
        print(
            f"{name}: {len(read.nodes):,} nodes, {len(read.edges):,} edges, {len(found)} differences"
        )
    print(f"database: {len(wanted.nodes):,} nodes, {len(wanted.edges):,} edges")
    print("\n".join(wrong[:SHOWN]) + f"\nIn all {len(wrong)} faults and differences.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
