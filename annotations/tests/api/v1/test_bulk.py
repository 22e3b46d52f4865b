"""Many statements in one request: all or nothing, errors by row, at the cost of few queries for all."""

import sys
import tracemalloc
from collections.abc import Sequence

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.anchoring.carry import Carried, carry
from annotations.anchoring.quotation import Quotation
from annotations.editing import place
from annotations.models import Article, Revision, Statement
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


def test_what_is_refused_in_reading_spares_the_others_writing(
    editor: Client, article: Article
) -> None:
    speaker = {"part": "speaker", "name": "Khwarizmi"}
    rows = [said(article, attributions=[speaker] * 2), said(article), said(article, revision=9)]

    with CaptureQueriesContext(connection) as queries:
        answer = send(editor, "post", "statements/bulk/", {"statements": rows})

    assert (answer.status_code, faults(answer)) == (
        422,
        {
            ("statements[0].attributions", "invalid"),
            ("statements[2].revision", "does_not_exist"),
        },
    )
    assert not [each for each in queries if "annotations_statement" in each["sql"]]


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


@pytest.mark.parametrize("revision", [1, 2])
def test_many_cost_as_many_queries_as_two(
    editor: Client, article: Article, revision: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct_text(article, article.revision.text + " It was so.")
    carried: list[int] = []

    def counting(old: str, new: str, words: Sequence[Quotation]) -> list[Carried]:
        carried.append(len(words))
        return carry(old, new, words)

    monkeypatch.setattr(place, "carry", counting)
    words = ["The ministry", "an expert", "on Monday", "a spokesman", "denied the claim"]
    spent = []

    for sent in (words[:2], words):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = [said(article, each, revision=revision) for each in sent]
            send(editor, "post", "statements/bulk/", {"statements": rows})
        spent.append(len(queries))

    assert spent[1] == spent[0]
    assert carried == ([2, 5] if revision == 1 else [])


def test_of_many_long_texts_few_are_in_memory(editor: Client, article: Article) -> None:
    articles = [article, *(make_article() for _ in range(9))]
    longer = article.revision.text + "." * 2_000_000
    Revision.objects.update(text=longer)
    weight = sys.getsizeof(longer)
    del longer
    body = {"statements": [said(each) for each in articles]}
    send(
        editor, "post", "statements/bulk/", {"statements": [said(article)]}
    )  # what is kept for good

    tracemalloc.start()
    try:
        answer = send(editor, "post", "statements/bulk/", body)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert answer.status_code == 201
    assert most < 4 * weight
