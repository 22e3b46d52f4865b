import io
from typing import Any

import networkx as nx
import pytest

from annotations.exports.formats import Order
from annotations.exports.graphml import network_graphml
from annotations.models.statement import StatementQuerySet
from annotations.tests import seeded
from annotations.tests.exports.reading import SITE
from annotations.tests.exports.w3c import made_up
from annotations.tests.factories import make_actor, make_article, make_statement, make_user, usual

pytestmark = pytest.mark.django_db


def graph(role: str = "reporter", **how: Any) -> Any:
    file = b"".join(network_graphml(Order(make_user(role), SITE, **how), "default"))
    return nx.read_graphml(io.BytesIO(file), force_multigraph=True)


def test_networkx_reads_the_made_up_article() -> None:
    link = made_up.record()

    found = graph()

    nodes = dict(found.nodes(data=True))
    assert found.is_directed()
    assert sorted(data["label"] for data in nodes.values() if data["node"] == "actor") == [
        "Army",
        "Envoy 😀",
        "سخنگو",
    ]
    ends = f"statement-{link.response.uid}", f"statement-{link.claim.uid}"
    assert nodes[ends[0]]["quote"] == "«ما این ادعا را رد می‌کنیم»"
    assert [*found[ends[0]][ends[1]].values()] == [
        {
            "edge": "responds",
            "relation": "denies",
            "group": "deny",
            "basis": "same_article",
            "state": "approved",
            "same_article": True,
        }
    ]
    kinds = sorted(data["edge"] for _, _, data in found.edges(data=True))
    assert (
        kinds
        == ["about"] * 2 + ["acting_for", "answers_for", "responds", "restates"] + ["speaker"] * 3
    )


def test_every_seed_is_there_and_no_edge_invents_a_node() -> None:
    seeded.load()

    found = graph()

    assert all("label" in data for _, data in found.nodes(data=True))
    statements = [data for _, data in found.nodes(data=True) if data["node"] == "statement"]
    assert len(statements) == len(seeded.STATEMENTS)
    kinds = [data["edge"] for _, _, data in found.edges(data=True)]
    assert kinds.count("responds") == len(seeded.ANNOTATIONS["responses"])


def test_a_filter_brings_the_other_ends_along() -> None:
    made_up.record()

    def denials(rows: StatementQuerySet) -> StatementQuerySet:
        return rows.filter(act="denial")

    found = graph(narrow=denials)

    assert sum(data["node"] == "statement" for _, data in found.nodes(data=True)) == 2


def test_any_text_stays_xml() -> None:
    odd = "<&>\"' \x01 \ufffe 😀 ]]>"
    make_statement(make_article(text=f"It was {odd} then."), odd, speaker=make_actor("A<b> & “c”"))

    nodes = dict(graph("editor").nodes(data=True)).values()

    assert [data["label"] for data in nodes] == ["A<b> & “c”", "<&>\"' \ufffd \ufffd 😀 ]]>"]


def test_queries_do_not_grow(django_assert_num_queries: Any) -> None:
    made_up.record()
    order = Order(usual("editor"), SITE)
    b"".join(network_graphml(order, "default"))

    with django_assert_num_queries(23):
        b"".join(network_graphml(order, "default"))
    made_up.record()
    with django_assert_num_queries(23):
        b"".join(network_graphml(order, "default"))
