"""The pane beside an article: another article with its highlights, or a search."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from annotations.models import Article
from annotations.permissions import REPORTER
from annotations.tests.factories import (
    approve,
    delete,
    make_actor,
    make_article,
    make_statement,
    make_user,
)
from annotations.tests.views.linked import linked_article
from annotations.tests.views.typed import ABSENT, HTMX, text_content

pytestmark = pytest.mark.django_db
FAR = "Eve denied everything.\n\n  Rain fell."


def beside(client: Client, first: Article, **asked: Any) -> Any:
    return client.get(reverse("article_beside", args=[first.uid]), asked, headers=HTMX)


def test_the_article_is_read_beside_another_with_its_highlights(
    client: Client, editor: User
) -> None:
    first, far = make_article(), make_article(text=FAR, headline="Elsewhere")
    denial = make_statement(far, "denied everything", speaker=make_actor("Eve"))

    page = beside(client, first, beside=far.uid)

    assert text_content(page, "data-pane-text") == FAR
    assert "Elsewhere" in page.text
    assert f'data-statements="{denial.uid}"' in page.text
    assert f'id="s-{denial.uid}"' not in page.text  # the first article may have it too


def test_without_the_script_it_is_the_first_articles_page(client: Client, editor: User) -> None:
    first, far = make_article(), make_article(text=FAR)
    address = reverse("article_beside", args=[first.uid]) + f"?beside={far.uid}"

    answer = client.get(address)
    page = client.get(answer.headers["Location"])

    assert answer.headers["Location"] == f"{first.get_absolute_url()}?beside={far.uid}"
    assert text_content(page) == first.revision.text
    assert text_content(page, "data-pane-text") == FAR


def test_it_stays_beside_a_form_that_is_a_page(client: Client, editor: User) -> None:
    claim, far = make_statement(), make_article(text=FAR)

    page = client.get(reverse("link_pick", args=[claim.uid]), {"beside": str(far.uid)})

    assert text_content(page, "data-pane-text") == FAR


def test_nothing_stands_beside_an_article_unasked(client: Client, editor: User) -> None:
    page = client.get(make_article().get_absolute_url())

    assert page.context["pane"] is None
    assert "data-pane-text" not in page.text


def test_a_search_finds_statements_and_articles(client: Client, editor: User) -> None:
    first = make_article(text="Nothing here.")
    far = make_article(text=FAR, headline="Elsewhere")
    denial = make_statement(far, "denied everything", speaker=make_actor("Eve Adams"))
    delete(make_statement(far, "Eve denied"))

    words = beside(client, first, beside="search", q="DENIED everything").context["pane"]
    name = beside(client, first, beside="search", q="adams").context["pane"]
    nothing = beside(client, first, beside="search", q="xylophone")

    assert (words.statements, words.articles) == ([denial], [far])
    assert (name.statements, name.articles) == ([denial], [])
    assert "Nothing found." in nothing.text


@pytest.mark.parametrize("words", ["", "  ", "́", "\x00"])
def test_a_search_for_nothing_offers_the_newest_other_articles(
    client: Client, editor: User, words: str
) -> None:
    older, newer, first = make_article(), make_article(), make_article()

    found = beside(client, first, beside="search", q=words).context["pane"]

    assert (found.statements, found.articles) == ([], [newer, older])


@pytest.mark.parametrize("asked", [ABSENT, "nonsense", "unseen"])
def test_an_article_that_is_not_there_for_the_user_is_not_shown(client: Client, asked: str) -> None:
    first = make_article()
    approve(make_statement(first))
    unseen = make_article(text=FAR)
    client.force_login(make_user(REPORTER))

    page = beside(client, first, beside=unseen.uid if asked == "unseen" else asked)

    assert page.status_code == 200
    assert "That article is not there, or not for you." in page.text
    assert page.context["pane"].articles == []
    assert "everything" not in page.text


def test_a_reporter_finds_approved_work_only(client: Client) -> None:
    first, far = make_article(), make_article(text=FAR)
    approved = approve(make_statement(far, "denied everything"))
    approve(make_statement(first))
    make_statement(far, "Eve denied")
    client.force_login(make_user(REPORTER))

    found = beside(client, first, beside="search", q="denied").context["pane"]
    shown = beside(client, first, beside=far.uid)

    assert found.statements == [approved]
    assert shown.text.count("<mark") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_as_many_questions_for_more_statements(
    client: Client, editor: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, far = make_article(text="Nothing here."), linked_article(number)
    beside(client, first, beside=far.uid)

    with django_assert_num_queries(11):
        beside(client, first, beside=far.uid)
    with django_assert_num_queries(13):
        found = beside(client, first, beside="search", q="stands")

    assert len(found.context["pane"].statements) == 3 * number
