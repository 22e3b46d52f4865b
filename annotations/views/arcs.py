"""Where the lines between claims and responses run beside the text: which lane each one has.

The links of one claim that answer in the same way share a trunk, as the lines of a bus do. Trunks that
would run beside each other get lanes of their own, the short ones next to the text, so that the branches
of a long one cross as few others as can be.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.models import Article, Response, Statement
from annotations.models.exchange import Links

LANES = 14  # that stand apart for the eye; what has none is drawn where it is asked for


@dataclass(frozen=True)
class Trunk:
    """The links of one claim in one group of relations, from the first to the last of their ends."""

    start: int
    end: int
    links: list[Response]

    def meets(self, other: "Trunk") -> bool:
        return self.start <= other.end and other.start <= self.end


def lanes_of(trunks: Iterable[Trunk]) -> list[tuple[Trunk, int]]:
    """Each trunk with its lane, counted from the text; no two in one lane meet."""
    lanes: list[list[Trunk]] = []
    placed = []
    for trunk in sorted(trunks, key=lambda each: (each.end - each.start, each.start)):
        free = (n for n, lane in enumerate(lanes) if not any(map(trunk.meets, lane)))
        number = next(free, len(lanes))
        if number == len(lanes):
            lanes.append([])
        lanes[number].append(trunk)
        placed.append((trunk, number))
    return placed


def arcs_of(
    statements: list[Statement], links: Links, starts: dict[int, int], article: Article
) -> str:
    """What the page's script draws, as JSON.

    `near`: claim, response, group and lane (-1 for none) of each link within the text; `far`: statement,
    the group, an address, words, and which end it is, of those to other articles; `lanes`: how many.
    """
    near, far = _sorted(statements, links, starts, article)
    placed = lanes_of(_trunks(near, starts))
    rows = [
        [
            str(link.claim.uid),
            str(link.response.uid),
            link.group,
            lane if lane < LANES else -1,
        ]
        for trunk, lane in placed
        for link in trunk.links
    ]
    lanes = min(LANES, max((lane for _trunk, lane in placed), default=-1) + 1)
    return json.dumps({"near": rows, "far": [_stub(*each) for each in far], "lanes": lanes})


def _sorted(
    statements: list[Statement], links: Links, starts: dict[int, int], article: Article
) -> tuple[list[Response], list[tuple[Response, Statement, Statement]]]:
    """The links whose ends both stand in the text; and those to other articles, with this and the other end."""
    near: dict[int, Response] = {}
    far = []
    for statement in statements:
        for link in (*links.responses[statement.pk], *links.answers_to[statement.pk]):
            other = link.response if link.claim_id == statement.pk else link.claim
            if statement.pk not in starts:
                continue
            if other.article_id != article.pk:
                far.append((link, statement, other))
            elif other.pk in starts:
                near[link.pk] = link
    return list(near.values()), far


def _trunks(links: list[Response], starts: dict[int, int]) -> list[Trunk]:
    bundles: dict[tuple[int, str], list[Response]] = {}
    for link in links:
        bundles.setdefault((link.claim_id, link.group), []).append(link)
    trunks = []
    for (claim, _group), bundle in bundles.items():
        ends = [starts[claim], *(starts[link.response_id] for link in bundle)]
        trunks.append(Trunk(min(ends), max(ends), bundle))
    return trunks


def _stub(link: Response, here: Statement, there: Statement) -> list[str]:
    is_claim = link.claim_id == here.pk
    words = _("%(relation)s: answers a claim in %(title)s")
    if is_claim:
        words = _("%(relation)s: answered in %(title)s")
    address = f"{reverse('article', args=[there.article.uid])}?statement={there.uid}#s-{there.uid}"
    return [
        str(here.uid),
        link.group,
        address,
        words % {"relation": link.get_relation_display(), "title": there.article.title},
        "claim" if is_claim else "response",
    ]
