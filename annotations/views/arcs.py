"""Where the lines between claims and responses run beside the text: which lane each one has.

The links of one claim that answer in the same way share a trunk, as the lines of a bus do. Trunks that
would run beside each other get lanes of their own, the short ones next to the text, so that the branches
of a long one cross as few others as can be.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.models import Response, Statement
from annotations.models.exchange import Links
from annotations.models.response import GROUP_OF
from annotations.views.marks import End

LANES = 14  # that stand apart for the eye; what has none is drawn where it is asked for
MOST = 400  # links within the text that are given lanes; of more, those of the rows that are shown


@dataclass(frozen=True)
class Trunk:
    """The links of one claim in one group of relations, from the first to the last of their ends."""

    start: int
    end: int
    links: list[End]

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
    statements: list[Statement],
    links: Links,
    ends: Collection[End],
    starts: Mapping[int, int],
    uids: Mapping[int, uuid.UUID],
) -> str:
    """What the page's script draws, as JSON: all links within the text, and those of the statements to others.

    `near`: claim, response, group and lane (-1 for none) of each link within the text; `far`: statement,
    the group, an address, words, and which end it is, of those to other articles; `lanes`: how many.
    """
    near = [end for end in ends if end.claim in starts and end.response in starts]
    if len(near) > MOST:
        shown = {statement.pk for statement in statements}
        near = [end for end in near if end.claim in shown or end.response in shown]
    placed = lanes_of(_trunks(near, starts))
    rows = [
        [
            str(uids[link.claim]),
            str(uids[link.response]),
            GROUP_OF[link.relation],
            lane if lane < LANES else -1,
        ]
        for trunk, lane in placed
        for link in trunk.links
    ]
    lanes = min(LANES, max((lane for _trunk, lane in placed), default=-1) + 1)
    far = [_stub(*each) for each in _far(statements, links, starts)]
    return json.dumps({"near": rows, "far": far, "lanes": lanes})


def _far(
    statements: list[Statement], links: Links, starts: Mapping[int, int]
) -> Iterable[tuple[Response, Statement, Statement]]:
    """The links to other articles of what stands in the text, with this and the other end."""
    for statement in statements:
        for link in (*links.responses[statement.pk], *links.answers_to[statement.pk]):
            other = link.response if link.claim_id == statement.pk else link.claim
            if statement.pk in starts and other.article_id != statement.article_id:
                yield link, statement, other


def _trunks(links: list[End], starts: Mapping[int, int]) -> list[Trunk]:
    bundles: dict[tuple[int, str], list[End]] = {}
    for link in links:
        bundles.setdefault((link.claim, GROUP_OF[link.relation]), []).append(link)
    trunks = []
    for (claim, _group), bundle in bundles.items():
        ends = [starts[claim], *(starts[link.response] for link in bundle)]
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
