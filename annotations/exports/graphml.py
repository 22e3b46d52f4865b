"""The network as GraphML: actors and statements are nodes, who said what and who answers what are edges."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Prefetch

from annotations.exports.actor_rows import ActorRow, actor_rows
from annotations.exports.around import Around, in_chunks
from annotations.exports.cells import Value, text_of
from annotations.exports.formats import Order
from annotations.exports.statement_columns import said_on
from annotations.exports.w3c.fetch import with_parties
from annotations.models import Actor, Article, Attribution, Response, Restatement, Statement
from annotations.models.record import LIVE
from annotations.models.span import Span, revisions_of_spans
from annotations.models.statement import StatementQuerySet

LONGEST_LABEL = 60  # characters: what fits beside a node
NODE_KEYS = {
    "label": "string",
    "node": "string",
    "kind": "string",
    "wikidata": "string",
    "quote": "string",
    "act": "string",
    "form": "string",
    "gist": "string",
    "said_on": "string",
    "headline": "string",
    "outlet": "string",
    "published_on": "string",
    "language": "string",
    "state": "string",
    "address": "string",
}
EDGE_KEYS = {
    "edge": "string",
    "relation": "string",
    "group": "string",
    "basis": "string",
    "scope": "string",
    "state": "string",
    "order": "int",
    "same_article": "boolean",
}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def network_graphml(order: Order, using: str) -> Iterator[bytes]:
    """network.graphml in pieces, read through the alias; every edge's nodes stand before it."""
    around = Around.of(order, using)
    yield (HEAD + "".join(_keys()) + '<graph id="statements" edgedefault="directed">\n').encode()
    actors = actor_rows(
        user=order.user, site=order.site, narrow=lambda _: around.statements(), using=using
    )
    for rows in actors:
        yield "".join(map(_actor, rows)).encode()
    for statements in in_chunks(_statements(around)):
        pieces = (piece for each in statements for piece in _statement(each, order.site))
        yield "".join(pieces).encode()
    for links in in_chunks(with_parties(around.responses())):
        yield "".join(piece for link in links for piece in _response(link)).encode()
    for restated in in_chunks(around.restatements().select_related("of", "by")):
        yield "".join(map(_restatement, restated)).encode()
    yield b"</graph>\n</graphml>\n"


def _keys() -> Iterator[str]:
    for of, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys.items():
            yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'


def _statements(around: Around) -> StatementQuerySet:
    articles = Article.objects.select_related("outlet__merged_into")
    actors = Actor.objects.select_related("merged_into")
    return around.statements().prefetch_related(
        Prefetch("article", articles),
        Prefetch("spans", Span.objects.filter(LIVE).order_by("role", "ordinal")),
        "spans__placements",
        revisions_of_spans(),
        Prefetch("attributions", Attribution.objects.filter(LIVE).order_by("part", "ordinal")),
        Prefetch("attributions__actor", actors),
    )


def _actor(row: ActorRow) -> str:
    actor = row.actor
    return _node(
        f"actor-{actor.uid}",
        label=actor.name,
        node="actor",
        kind=actor.kind,
        wikidata=actor.wikidata,
        address=row.site + actor.get_absolute_url(),
    )


def _statement(row: Statement, site: str) -> Iterator[str]:
    article, quote = row.article, row.quote()
    outlet = article.outlet.resolved if article.outlet else None
    here = f"statement-{row.uid}"
    yield _node(
        here,
        label=quote if len(quote) <= LONGEST_LABEL else f"{quote[:LONGEST_LABEL]}…",
        node="statement",
        quote=quote,
        act=row.act,
        form=row.form,
        gist=row.gist,
        said_on=said_on(row),
        headline=article.headline,
        outlet=outlet.name if outlet else "",
        published_on=article.published_on,
        language=article.language,
        state=row.state,
        address=site + row.get_absolute_url(),
    )
    if outlet:
        published = f"actor-{outlet.uid}"
        yield _edge(f"published-{row.uid}", published, here, edge="published", state=row.state)
    for part in row.live_attributions():
        actor = f"actor-{part.actor.resolved.uid}"
        ends = (here, actor) if part.part in OUTWARD else (actor, here)
        more = {"edge": part.part, "basis": part.speaker_basis, "state": row.state}
        yield _edge(f"part-{part.uid}", *ends, **more, order=part.ordinal)


OUTWARD = (Attribution.Kind.ABOUT, Attribution.Kind.ADDRESSEE)  # from the statement to the actor


def _response(link: Response) -> Iterator[str]:
    here = f"statement-{link.response.uid}"
    yield _edge(
        f"response-{link.uid}",
        here,
        f"statement-{link.claim.uid}",
        edge="responds",
        relation=link.relation,
        group=link.group,
        basis=link.link_basis,
        state=link.state,
        same_article=not link.crosses_articles,
    )
    for party in link.live_parties():
        name = f"for-{link.uid}-{party.uid}"
        at = f"actor-{party.resolved.uid}"
        yield _edge(name, here, at, edge="answers_for", state=link.state)


def _restatement(row: Restatement) -> str:
    ends = f"statement-{row.by.uid}", f"statement-{row.of.uid}"
    return _edge(f"restatement-{row.uid}", *ends, edge="restates", scope=row.scope, state=row.state)


def _node(name: str, **data: Value) -> str:
    return f'<node id="{name}">{_data("node", data)}</node>\n'


def _edge(name: str, source: str, target: str, **data: Value) -> str:
    ends = f'source="{source}" target="{target}"'
    return f'<edge id="{name}" {ends}>{_data("edge", data)}</edge>\n'


def _data(of: str, data: dict[str, Value]) -> str:
    return "".join(
        f"<data key={quoteattr(f'{of}-{name}')}>{_text(value)}</data>"
        for name, value in data.items()
        if value not in (None, "")
    )


def _text(value: Value) -> str:
    """The value's text; what XML cannot hold is replaced."""
    return escape(_NO_XML.sub("\ufffd", text_of(value)), {"\r": "&#13;"})
