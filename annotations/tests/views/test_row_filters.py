"""The article page filtered: by who speaks or is spoken about, by answer, by state."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.editing.merge import merge
from annotations.models import Article
from annotations.permissions import REPORTER
from annotations.tests.factories import (
    approve,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    submit,
)
from annotations.tests.views.typed import text_content

pytestmark = pytest.mark.django_db

CLAIM, DENIAL, LATER = (
    "the army crossed the border.",
    "The army denied the claim.",
    "an expert called it likely",
)


@pytest.fixture
def article(editor: User) -> Article:
    ann, bob, carol = make_actor("Ann"), make_actor("Bob"), make_actor("Carol")
    article = make_article()
    claim = make_statement(article, CLAIM, speaker=ann, about=[bob, carol])
    denial = make_statement(article, DENIAL, speaker=bob, act="denial")
    make_response(claim, denial, parties=[bob])
    submit(make_statement(article, LATER, speaker=carol, act="opinion"))
    make_statement(make_article(text="Elsewhere."), "Elsewhere.", speaker=make_actor("Dan"))
    return article


def shown(client: Client, article: Article, **asked: str) -> set[str]:
    """The words in the panel's rows; those highlighted in the text are the same."""
    named = {
        "actor": {
            name: uid for uid, name in choices(client.get(article.get_absolute_url()), "actor")
        }.get(asked.get("actor", ""), asked.get("actor", ""))
    }
    page = client.get(article.get_absolute_url(), asked | named)
    assert page.status_code == 200
    assert text_content(page) == article.revision.text
    reading = page.context["reading"]
    rows = {row.statement.quote() for row in reading.rows}
    marks = re.findall(r'<mark class="([^"]*)"[^>]*>(?:<span[^>]*></span>)*([^<]*)', page.text)
    assert {words for classes, words in marks if "dimmed" not in classes} == rows
    assert reading.counts.statements == 3
    return rows


def choices(page: object, name: str) -> list[tuple[str, str]]:
    form = page.context["reading"].filters.form  # type: ignore[attr-defined]
    return [(str(value), str(label)) for value, label in form.fields[name].choices]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, {CLAIM, DENIAL, LATER}),
        ({"actor": "Bob"}, {CLAIM, DENIAL}),
        ({"actor": "Bob", "part": "speaker"}, {DENIAL}),
        ({"actor": "Bob", "part": "about"}, {CLAIM}),
        ({"part": "about"}, {CLAIM}),
        ({"answered": "open"}, {CLAIM}),
        ({"state": "submitted"}, {LATER}),
        ({"actor": "Ann", "state": "submitted"}, set()),
        ({"statement": "no uid", "actor": "Ann"}, {CLAIM}),
        # What is not known here is left out of account, and the page says so.
        ({"actor": "Dan"}, {CLAIM, DENIAL, LATER}),
        ({"answered": "maybe"}, {CLAIM, DENIAL, LATER}),
        ({"state": "withdrawn"}, {CLAIM, DENIAL, LATER}),
        ({"part": "\x00"}, {CLAIM, DENIAL, LATER}),
        ({"text": "army", "said_from": "yesterday"}, {CLAIM, DENIAL, LATER}),
    ],
)
def test_rows_and_highlights_are_those_asked_for(
    client: Client, article: Article, asked: dict[str, str], left: set[str]
) -> None:
    assert shown(client, article, **asked) == left


def test_the_page_offers_who_is_in_the_article_and_says_what_it_leaves_out(
    client: Client, article: Article, editor: User
) -> None:
    carol = article.statements.get(act="opinion").speakers()[0].actor
    merge(user=editor, actor=carol, version=carol.version, into=make_actor("Carla"))

    page = client.get(article.get_absolute_url(), {"part": "about"})
    empty = client.get(article.get_absolute_url(), {"answered": "answered"})
    wrong = client.get(article.get_absolute_url(), {"state": "lost"})

    assert [label for _uid, label in choices(page, "actor")] == ["anybody", "Ann", "Bob", "Carla"]
    assert "1 of 3 shown" in page.text
    assert "data-all" in page.text
    assert "Take a filter away, or show all." in empty.text
    assert "All statements are shown; choose again." in wrong.text
    assert "data-all" not in client.get(article.get_absolute_url()).text


def test_a_statement_that_the_filter_leaves_out_can_still_be_open(
    client: Client, article: Article
) -> None:
    denial = article.statements.get(act="denial")

    page = client.get(article.get_absolute_url(), {"statement": str(denial.uid), "part": "about"})

    assert page.context["card"].statement == denial
    assert [row.statement.quote() for row in page.context["reading"].rows] == [CLAIM]


def test_a_save_keeps_the_filter(client: Client, article: Article) -> None:
    denial = article.statements.get(act="denial")
    here = f"http://testserver{article.get_absolute_url()}?part=about&beside=search"

    answer = client.post(
        f"/statements/{denial.uid}/submit/", {"version": denial.version, "on": article.uid},
        headers={"HX-Request": "true", "HX-Current-URL": here},
    )  # fmt: skip

    assert answer.status_code == 200
    assert [row.statement.quote() for row in answer.context["reading"].rows] == [CLAIM]
    assert "part=about" in answer["HX-Replace-Url"]


def test_a_reporter_filters_approved_work_and_not_by_state(
    client: Client, article: Article
) -> None:
    approve(article.statements.get(act="accusation"))
    client.force_login(make_user(REPORTER))

    page = client.get(article.get_absolute_url(), {"state": "submitted"})

    assert [row.statement.quote() for row in page.context["reading"].rows] == [CLAIM]
    assert set(page.context["reading"].filters.form.fields) == {"actor", "part", "answered"}
    assert [label for _uid, label in choices(page, "actor")] == ["anybody", "Ann", "Bob", "Carol"]
