import csv
import io
import json
from typing import Any

import pytest

from annotations.exports.claim_review import claimreview_jsonld
from annotations.exports.events import events_csv, stance_of
from annotations.exports.formats import Order
from annotations.models import Relation
from annotations.tests.exports.reading import SITE
from annotations.tests.exports.w3c import made_up
from annotations.tests.factories import make_actor, make_response, make_statement, make_user, usual

HEAD = (
    '\ufeff"statement_id";"time";"person";"organization";"concept";"agreement";"relation";"act";'
    '"form";"start_position";"stop_position";"text";"coder";"document_id";"document_title";'
    '"document_author";"document_source";"document_section";"document_type"'
)


def events(role: str = "reporter") -> list[dict[str, str]]:
    file = b"".join(events_csv(Order(make_user(role), SITE), "default")).decode()
    assert file.splitlines()[0] == HEAD
    return list(csv.DictReader(io.StringIO(file.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.django_db
def test_who_takes_which_side_on_which_claim() -> None:
    made_up.record()

    rows = [
        (row["person"], row["organization"], row["concept"], row["agreement"], row["relation"])
        for row in events()
    ]

    assert rows == [
        ("Envoy 😀", "", "Accuses the army", "1", ""),
        ("سخنگو", "Army", "Accuses the army", "0", "denies"),
        ("Envoy 😀", "", "Accuses the army", "1", "restates"),
    ]


@pytest.mark.django_db
def test_quotation_marks_and_places_are_kept() -> None:
    made_up.record()

    first = events()[0]

    assert first["text"] == ("“The 🏳️‍🌈 flag was burnt,” … “and nobody — nobody — helped.”")
    start, stop = int(first["start_position"]), int(first["stop_position"])
    assert made_up.TEXT[start:stop].startswith("“The 🏳️")
    assert made_up.TEXT[start:stop].endswith("helped.”")
    assert (first["time"], first["coder"]) == ("2026-01-05 00:00:00", "")
    assert events("editor")[0]["coder"] == str(usual("editor").pk)


@pytest.mark.django_db
def test_a_speaker_each_has_a_row_and_formulas_are_guarded() -> None:
    make_statement(gist="=1+1", speaker=make_actor("One"), acting_for=[make_actor('Org; "x"')])

    [row] = events("editor")

    assert (row["concept"], row["organization"]) == ("'=1+1", 'Org; "x"')


@pytest.mark.django_db
def test_queries_do_not_grow(django_assert_num_queries: Any) -> None:
    make_response()
    order = Order(usual("editor"), SITE)
    number = 22
    b"".join(events_csv(order, "default"))

    with django_assert_num_queries(number):
        b"".join(events_csv(order, "default"))
    make_response()
    make_response()
    with django_assert_num_queries(number):
        b"".join(events_csv(order, "default"))


def test_every_relation_has_a_side_or_none() -> None:
    assert {relation.value: stance_of(relation) for relation in Relation} == {
        **dict.fromkeys(["denies", "disputes", "rebuts", "undercuts", "counter_claims"], False),
        **dict.fromkeys(["concedes", "partly_concedes", "justifies", "apologises"], True),
        **dict.fromkeys(["corrects", "supports"], True),
        **dict.fromkeys(["counter_accuses", "qualifies", "comments", "queries"]),
        **dict.fromkeys(["demands", "deflects", "standing_position"]),
    }


def test_no_verdict_is_invented() -> None:
    feed = json.loads(b"".join(claimreview_jsonld(Order(None, SITE), "default")))  # type: ignore[arg-type]

    assert feed["dataFeedElement"] == []
    assert "verdict" in feed["description"]
