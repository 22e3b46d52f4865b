"""The article on paper: numbers at the quotes, and under each number all that the cards say."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from annotations.models import Article
from annotations.permissions import REPORTER
from annotations.tests.factories import (
    approve,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
)
from annotations.tests.views.linked import linked_article
from annotations.views import printed

pytestmark = pytest.mark.django_db


def words_on_paper(client: Client, article: Article) -> str:
    page = client.get(reverse("article_print", args=[article.uid]))
    assert page.status_code == 200
    body = page.text.split("<main")[1].replace("<sup>", " ").replace("</sup>", "] ")
    return " ".join(strip_tags(body).split())


def test_a_note_says_who_what_how_it_is_answered_and_what_is_silent(
    client: Client, editor: User
) -> None:
    accused, silent = make_actor("Bob"), make_actor("Carol")
    article = make_article(headline="On the border", dateline="KABUL", url="https://example.org/1")
    claim = make_statement(
        article, ["The ministry said", "an expert called it likely"], speaker=make_actor("Ann"),
        about=[accused, silent], via=[make_actor("Agency")], acting_for=[make_actor("Ministry")],
        points=["it crossed"], venue="press room",
    )  # fmt: skip
    denial = make_statement(article, "denied the claim", speaker=make_actor("Dan"), act="denial")
    other = make_article(headline="Another one", text="It was never so.", outlet=make_actor("SW"))
    far = make_statement(other, "It was never so.", speaker=make_actor("Eve"), act="denial")
    make_response(claim, denial, parties=[accused], marker="The army", link_basis="anaphora")
    make_response(claim, far, relation="disputes", note="seen late")
    make_restatement(claim, make_statement(article, "the army crossed the border on Monday"))
    make_reply_record(claim, silent, status="declined", as_of=date(2026, 1, 2))

    words = words_on_paper(client, article)

    for expected in (
        "On the border", "KABUL", "https://example.org/1", "Revision 1: as first received",
        "The ministry said 1] the army crossed the border. The army denied the claim 2] .",
        "Ann · for Ministry · via Agency · about Bob, Carol",
        "indirect · accusation · press room · draft", "Point 1: it crossed",
        "Answered in note 2 (Dan) · denies, “The army”, anaphora, answers for Bob",
        "Answers note 1 (Ann) · denies", "Said again in note 3", "Says again note 1",
        "Answered in Another one, SW: Eve, “It was never so.” · disputes, editor inferred, third party",
        "seen late", "Carol: no reply on record in 2 articles as of", ", as of 2 January 2026",
    ):  # fmt: skip
        assert expected in words


def test_a_reporter_prints_what_a_reporter_sees(client: Client) -> None:
    claim = approve(make_statement(gist="told"))
    make_response(claim, make_statement(claim.article, "denied the claim", gist="untold"))
    client.force_login(make_user(REPORTER))

    words = words_on_paper(client, claim.article)

    assert "told" in words
    for secret in ("untold", "denies", "2]"):
        assert secret not in words


def test_the_paper_asks_as_often_at_one_statement_as_at_twenty(
    client: Client, editor: User, django_assert_num_queries: Any
) -> None:
    for article in (linked_article(1), linked_article(20)):
        address = reverse("article_print", args=[article.uid])
        client.get(address)

        with django_assert_num_queries(30):
            client.get(address)


def test_of_very_many_statements_the_paper_says_how_many_have_no_note(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "PRINTED", 2)
    article = linked_article(1)

    words = words_on_paper(client, article)

    assert "1 more statement has no note here." in words
    assert "3]" not in words
