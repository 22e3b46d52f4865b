"""The list of articles."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.models import ReviewState
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    approve,
    delete,
    make_actor,
    make_article,
    make_in_state,
    make_statement,
    make_user,
    reject,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    client.get("/healthz")  # the session notes its first use
    return client


def shown(html: str) -> set[str]:
    return set(re.findall(r'entry-title[^>]*><a href="/articles/([0-9a-f-]{36})/', html))


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_an_article_without_headline_date_and_outlet_reads_well(editor: Client) -> None:
    make_article(text="In a meeting with the minister, nothing was said.\nMore.")

    html = page(editor)

    assert "In a meeting with the minister, nothing was said." in html
    assert "outlet unknown · date unknown" in " ".join(html.split())


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_articles(
    editor: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_statement(make_article(outlet=make_actor(kind="media")))

    with django_assert_num_queries(6):
        editor.get(ADDRESS)


def test_the_state_is_computed_from_the_statements(editor: Client) -> None:
    articles = {name: make_article() for name in ("none", "in_work", "waiting", "approved")}
    delete(make_statement(articles["none"]))
    approve(make_statement(articles["in_work"]))
    reject(make_statement(articles["in_work"]))
    approve(make_statement(articles["waiting"]))
    submit(make_statement(articles["waiting"]))
    approve(make_statement(articles["approved"]))
    delete(make_statement(articles["approved"]))

    found = {state: shown(page(editor, f"work={state}")) for state in articles}

    assert found == {state: {str(article.uid)} for state, article in articles.items()}


def test_text_outlet_dates_and_language_narrow_the_list(editor: Client) -> None:
    paper = make_actor("Salam Watandar", kind="media")
    wanted = make_article(
        headline="Army denies", outlet=paper, published_on=date(2024, 5, 2), language="fa-AF"
    )
    make_article(headline="Navy talks", text="Other words.", published_on=date(2023, 1, 1))

    found = [
        shown(page(editor, query))
        for query in (
            "text=ARMY",
            "text=crossed+the+border",
            "outlet=salam",
            f"outlet={paper.uid}",
            "published_from=2024-01-01",
            "published_from=2024-01-01&published_to=2024-12-31",
            "language=fa",
        )
    ]

    assert found == [{str(wanted.uid)}] * 7


def test_reporters_see_articles_with_approved_work_and_no_state(client: Client) -> None:
    made = [make_in_state(make_statement(), s) for s in set(ReviewState.values) - {"suggested"}]
    make_statement(next(row for row in made if row.state == "approved").article)
    client.force_login(make_user(REPORTER))

    html = page(client)

    assert shown(html) == {str(row.article.uid) for row in made if row.state == "approved"}
    assert "1 statement<" in html
    assert "in work" not in html


def test_an_empty_list_says_what_to_do(editor: Client) -> None:
    assert "Paste the first one." in page(editor)
    assert "No article is like that." in page(editor, "text=x")


@pytest.mark.parametrize("query", ["work=lost", "published_from=yesterday"])
def test_an_unknown_value_is_told_plainly(editor: Client, query: str) -> None:
    make_article()

    html = page(editor, query)

    assert (shown(html), "cannot be shown as asked" in html) == (set(), True)


def test_people_without_a_role_are_refused(client: Client) -> None:
    client.force_login(make_user(""))

    assert client.get(ADDRESS).status_code == 403


def test_the_list_only_reads(editor: Client) -> None:
    assert editor.post(ADDRESS).status_code == 405


def test_words_are_found_whatever_the_letters_variants(client: Client) -> None:
    client.force_login(make_user(EDITOR))
    make_article(headline="One", text="سخنگوی کابل گفت")
    make_article(headline="Two", text="Nothing of that kind")

    page = client.get("/articles/", {"text": "سخنگوي كابل"})

    assert [article.headline for article in page.context["listing"].page.rows] == ["One"]
