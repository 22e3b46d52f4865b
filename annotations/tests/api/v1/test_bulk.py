"""Many statements in one request: all or nothing, errors by row, at the cost of few queries for all."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Article, Statement
from annotations.tests.api.v1.asking import faults, send
from annotations.tests.api.v1.test_recording import said
from annotations.tests.factories import correct_text, make_actor, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    make_actor("Khwarizmi")
    return make_article()


def test_many_are_recorded_in_one_change(editor: Client, article: Article) -> None:
    rows = [said(article), said(article, "denied the claim", act="denial")]

    answer = send(editor, "post", "statements/bulk/", {"statements": rows})

    assert answer.status_code == 201
    assert [row["uid"] for row in answer.json()["statements"]] == [
        str(statement.uid) for statement in Statement.objects.order_by("id")
    ]
    assert Statement.history.values("change_id").distinct().count() == 1


def test_errors_of_many_name_their_rows_and_nothing_is_stored(
    editor: Client, article: Article
) -> None:
    rows = [said(article), said(article, "nobody said this"), said(article, attributions=[])]

    answer = send(editor, "post", "statements/bulk/", {"statements": rows})

    assert (answer.status_code, faults(answer)) == (
        422,
        {
            ("statements[1].spans[0].exact", "not_found"),
            ("statements[2].attributions", "invalid"),
        },
    )
    assert not Statement.objects.exists()


def test_more_than_a_thousand_at_once_are_refused(editor: Client, article: Article) -> None:
    answer = send(editor, "post", "statements/bulk/", {"statements": [{}] * 1001})

    assert (answer.status_code, faults(answer)) == (422, {("statements", "max_length")})


def test_what_editing_refuses_names_its_row_too(editor: Client, article: Article) -> None:
    twice = [{"role": "content", "exact": "denied the claim"}] * 2
    speaker = {"part": "speaker", "name": "Khwarizmi"}
    rows = [said(article), said(article, spans=twice), said(article, attributions=[speaker] * 2)]

    answer = send(editor, "post", "statements/bulk/", {"statements": rows})

    assert (answer.status_code, faults(answer)) == (
        422,
        {("statements[1].spans", "invalid"), ("statements[2].attributions", "invalid")},
    )
    assert not Statement.objects.exists()


def test_words_of_an_older_text_are_carried_row_by_row(editor: Client, article: Article) -> None:
    correct_text(article, article.revision.text.replace("denied the claim", "denied all claims"))
    words = ("an expert called it likely", "denied the claim")
    rows = [said(article, exact, revision=1) for exact in words]

    answer = send(editor, "post", "statements/bulk/", {"statements": rows})

    assert answer.status_code == 201
    assert [
        [(place.revision.number, place.state) for place in span.placements.order_by("id")]
        for statement in Statement.objects.order_by("id")
        for span in statement.live_spans()
    ] == [[(1, "placed"), (2, "placed")], [(1, "placed"), (2, "needs_placing")]]


def test_many_cost_as_many_queries_as_two(editor: Client, article: Article) -> None:
    words = ["The ministry", "an expert", "on Monday", "a spokesman", "denied the claim"]
    spent = []

    for sent in (words[:2], words):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = [said(article, each) for each in sent]
            send(editor, "post", "statements/bulk/", {"statements": rows})
        spent.append(len(queries))

    assert spent[1] == spent[0]
