"""Which lines stand beside the text, in which lanes, and who sees them."""

import json
import random
from typing import Any

import pytest
from django.test import Client

from annotations.models import Article
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    approve_all,
    make_article,
    make_response,
    make_statement,
    make_user,
)
from annotations.tests.large import article_of_exchanges
from annotations.views.arcs import LANES, Trunk, lanes_of


def test_no_two_lines_meet_in_a_lane_and_there_are_not_many_lanes() -> None:
    chance = random.Random(3)
    for _round in range(50):
        starts = [chance.randrange(8000) for _ in range(60)]
        trunks = [Trunk(start, start + chance.randrange(1, 2500), []) for start in starts]

        placed = lanes_of(trunks)

        assert sorted(map(id, trunks)) == sorted(id(trunk) for trunk, _lane in placed)
        for trunk, lane in placed:
            beside = [other for other, at in placed if at == lane and other is not trunk]
            assert not any(map(trunk.meets, beside))
        at_once = max(sum(t.start <= point <= t.end for t in trunks) for point in starts)
        assert max(lane for _trunk, lane in placed) < at_once * 1.7


def test_the_shorter_of_two_lines_runs_nearer_to_the_text() -> None:
    long, short, apart = Trunk(0, 100, []), Trunk(40, 60, []), Trunk(200, 300, [])

    assert {id(trunk): lane for trunk, lane in lanes_of([long, short, apart])} == {
        id(short): 0,
        id(long): 1,
        id(apart): 0,
    }


def lines_of(client: Client, article: Article) -> Any:
    return json.loads(client.get(article.get_absolute_url()).context["reading"].arcs)


@pytest.mark.django_db
def test_the_lines_are_the_links_that_one_sees(client: Client) -> None:
    article = make_article()
    claim = make_statement(article)
    denial = make_statement(article, "denied the claim", act="denial")
    draft = make_statement(article, "Nothing of the kind happened")
    far = make_statement(make_article(headline="Later", text="It did not."), "It did not.")
    shown = [make_response(claim, denial), make_response(claim, far, relation="comments")]
    make_response(claim, draft, relation="counter_claims")
    approve_all(claim, denial, far, *shown)
    client.force_login(make_user(REPORTER))

    seen = lines_of(client, article)
    client.force_login(make_user(EDITOR))
    all_of_them = lines_of(client, article)

    near = [str(claim.uid), str(denial.uid), "deny", 0]
    assert seen == {
        "near": [near],
        "far": [
            [
                str(claim.uid),
                "neutral",
                f"{far.article.get_absolute_url()}?statement={far.uid}#s-{far.uid}",
                "comments: answered in Later",
                "claim",
            ]
        ],
        "lanes": 1,
    }
    assert all_of_them["near"] == [near, [str(claim.uid), str(draft.uid), "counter", 1]]


@pytest.mark.django_db
def test_at_sixty_statements_and_eighty_links_most_lines_have_a_lane(
    client: Client, editor: object
) -> None:
    drawn = lines_of(client, article_of_exchanges(60, 80))

    assert (len(drawn["near"]), len(drawn["far"]), drawn["lanes"]) == (80, 3, LANES)
    assert sum(lane < 0 for *_link, lane in drawn["near"]) < 16
