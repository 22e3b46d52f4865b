"""Statements for the page's scripts."""

import uuid
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.models import ReviewState
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    make_actor,
    make_article,
    make_in_state,
    make_response,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/api/statements/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    client.get("/healthz")  # the session notes its first use
    return client


def uids(client: Client, **query: str) -> list[str]:
    return [row["uid"] for row in client.get(ADDRESS, query).json()["results"]]


def test_a_row_says_what_a_link_needs_to_know(editor: Client) -> None:
    article = make_article(headline="Army denies", published_on=date(2024, 5, 2))
    statement = make_statement(article, speaker=make_actor("Khwarizmi"), act="denial")

    row = editor.get(ADDRESS).json()["results"][0]

    assert row == {
        "uid": str(statement.uid),
        "url": f"/statements/{statement.uid}/",
        "quote": "the army crossed the border.",
        "speakers": ["Khwarizmi"],
        "article": {
            "uid": str(article.uid),
            "title": "Army denies",
            "url": f"/articles/{article.uid}/",
            "published_on": "2024-05-02",
        },
        "form": "indirect",
        "act": "denial",
        "act_label": "denial",
        "said_on": None,
        "said_on_precision": "",
        "said_on_as_printed": "",
        "state": "draft",
    }


def test_words_actor_and_article_narrow_the_search(editor: Client) -> None:
    speaker = make_actor("Khwarizmi")
    wanted = make_statement(speaker=speaker)
    make_statement(speaker=make_actor("Shinwari"))

    found = [
        uids(editor, q="khwarizmi"),
        uids(editor, text="khwarizmi"),
        uids(editor, actor=str(speaker.uid)),
        uids(editor, article=str(wanted.article.uid)),
    ]

    assert found == [[str(wanted.uid)]] * 4


def test_pages_follow_each_other_while_statements_come_in(editor: Client) -> None:
    article = make_article()
    made = [str(make_statement(article).uid) for _ in range(30)]
    first = editor.get(ADDRESS).json()
    make_statement(article)

    second = editor.get(ADDRESS, {"after": first["next"]}).json()

    assert [row["uid"] for row in first["results"] + second["results"]] == made[::-1]
    assert second["next"] is None


def test_reporters_find_approved_work_only(client: Client) -> None:
    made = [make_in_state(make_statement(), s) for s in set(ReviewState.values) - {"suggested"}]
    approved = [str(row.uid) for row in made if row.state == "approved"]
    client.force_login(make_user(REPORTER))

    found = uids(client)

    assert found == approved


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "red"},
        {"form": "shouted"},
        {"after": "here"},
        {"after": "8f2f2f7c-3f43-4f6e-9a43-0f3d7f7d0f11"},
    ],
)
def test_what_the_search_does_not_know_is_refused(editor: Client, query: dict[str, str]) -> None:
    response = editor.get(ADDRESS, query)

    assert (response.status_code, set(response.json())) == (400, set(query))


def test_a_reporter_may_not_ask_by_review_state(client: Client) -> None:
    client.force_login(make_user(REPORTER))

    response = client.get(ADDRESS, {"state": "draft"})

    assert response.status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_statements(
    editor: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_statement(points=["One"], about=[make_actor()])

    with django_assert_num_queries(9):
        editor.get(ADDRESS)


def test_one_statement_comes_whole(editor: Client) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army], points=["It crossed the border"])
    link = make_response(claim, parties=[army], answers=claim.live_points())

    whole = editor.get(f"{ADDRESS}{claim.uid}/").json()

    text = claim.article.revision.text
    assert whole["version"] == claim.version
    assert [text[span["start"] : span["end"]] for span in whole["spans"]] == [claim.quote()]
    assert {(row["part"], row["actor"]["name"]) for row in whole["attributions"]} >= {
        ("about", "Army")
    }
    assert [point["text"] for point in whole["points"]] == ["It crossed the border"]
    assert [row["uid"] for row in whole["responses"]] == [str(link.uid)]
    assert whole["responses"][0]["answers"] == [whole["points"][0]["uid"]]


def test_offsets_count_code_points(editor: Client) -> None:
    article = make_article(text="😀 The army crossed.")
    statement = make_statement(article, "The army crossed.")

    span = editor.get(f"{ADDRESS}{statement.uid}/").json()["spans"][0]

    assert (span["start"], span["end"]) == (2, 19)


def test_hidden_and_absent_statements_answer_alike(client: Client) -> None:
    hidden = make_statement()
    client.force_login(make_user(REPORTER))

    answers = [client.get(f"{ADDRESS}{uid}/") for uid in (hidden.uid, uuid.uuid4())]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (404, answers[0].json())
    ] * 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_search_only_reads(editor: Client, method: str) -> None:
    response = getattr(editor, method)(ADDRESS)

    assert response.status_code == 405
