"""What a save sends of a long text: the parts that the page said it has come empty."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Article, Statement
from annotations.tests.factories import make_actor, make_article, make_statement
from annotations.views import blocks, reading

pytestmark = pytest.mark.django_db
PARAGRAPHS = [f"Paragraph {number} says that <nobody> left." for number in range(6)]
PART = re.compile(r'<div class="part" data-same="(\w+)"( data-kept)?>(.*?)</div>', re.DOTALL)


@pytest.fixture
def article(monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr(blocks, "PARTED", 50)
    monkeypatch.setattr(blocks, "PART", 20)
    return make_article(text="\n\n".join(PARAGRAPHS))


def withdraw(client: Client, statement: Statement, has: str = "") -> str:
    url = reverse("withdraw", args=["statements", statement.uid])
    headers = {"HX-Request": "true"} | ({"X-Has": has} if has else {})
    sent = {"version": statement.version}
    answer = client.post(url, sent, headers=headers)
    assert answer.status_code == 200
    assert answer.headers.get("HX-Reswap") == ("in-place" if has else None)
    return str(answer.text)


def test_only_what_changed_is_sent(client: Client, editor: User, article: Article) -> None:
    make_statement(article, "Paragraph 1 says")
    gone = make_statement(article, "Paragraph 4 says")
    page = PART.findall(client.get(article.get_absolute_url()).text)

    sent = PART.findall(withdraw(client, gone, " ".join(["in-place", *(row[0] for row in page)])))

    assert [bool(row[1]) for row in sent] == [True, True, True, True, False, True]
    assert [row[2] for row in sent if not row[1]] == [
        "Paragraph 4 says that &lt;nobody&gt; left.\n\n"
    ]
    assert [row[0] for row in sent if row[1]] == [row[0] for n, row in enumerate(page) if n != 4]


def test_a_page_that_says_nothing_gets_all(client: Client, editor: User, article: Article) -> None:
    gone = make_statement(article, "Paragraph 4 says")

    sent = PART.findall(withdraw(client, gone))

    assert [row[1] for row in sent] == [""] * 6


def test_parts_that_read_alike_are_told_apart(
    client: Client, editor: User, article: Article
) -> None:
    twice = make_article(text="\n\n".join(["The same words stand here."] * 3))

    parts = PART.findall(client.get(twice.get_absolute_url()).text)

    assert len({row[0] for row in parts}) == 3


def test_many_rows_come_by_themselves(
    client: Client, editor: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LATER", 1)
    kept, also, gone = (make_statement(article, f"Paragraph {n} says") for n in (1, 2, 4))

    sent = withdraw(client, gone, "in-place rows")
    headers = {"HX-Request": "true", "HX-Target": "rows"}
    rows = client.get(article.get_absolute_url(), headers=headers).text

    assert '<section id="rows" data-kept></section>' in sent
    assert "data-row=" not in sent
    assert re.findall(r'data-row="([^"]*)"', rows) == [str(kept.uid), str(also.uid)]
    assert "<html" not in rows
    assert "data-article-text" not in rows


def test_few_rows_come_with_the_rest(client: Client, editor: User, article: Article) -> None:
    make_statement(article, "Paragraph 1 says")
    gone = make_statement(article, "Paragraph 4 says")

    assert withdraw(client, gone, "in-place rows").count("data-row=") == 1


@pytest.mark.parametrize("query", ["", "?statement={}", "?answered=open"])
def test_a_page_that_arrives_in_pieces_is_the_same_page(
    client: Client,
    editor: User,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
) -> None:
    claims = [make_statement(article, f"Paragraph {n} says", about=[make_actor()]) for n in (1, 4)]
    monkeypatch.setattr(reading, "LATER", 1)
    address = article.get_absolute_url() + query.format(claims[1].uid)
    at_once = client.get(address).text

    monkeypatch.setattr(settings, "LONG_PAGES_ARRIVE", True)
    answer: Any = client.get(address)

    pieces = [piece.decode() for piece in answer.streaming_content]
    assert alike("".join(pieces)) == alike(at_once)
    assert ["<nav" in piece for piece in pieces] == [True, False, False]
    assert ["data-article-text" in piece for piece in pieces] == [False, True, False]
    assert ["data-row=" in piece for piece in pieces] == [False, False, True]


def alike(page: str) -> str:
    """Without what is new with each answer (tokens, the moment) and without the spaces between the pieces."""
    new = r'nonce="[^"]*"|data-at="[^"]*"|\b[A-Za-z0-9]{64}\b'
    return re.sub(r"\s+", " ", re.sub(new, "", page))


def test_a_page_that_arrives_tells_of_what_was_done(
    client: Client, editor: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = make_statement(article, "Paragraph 4 says")
    monkeypatch.setattr(settings, "LONG_PAGES_ARRIVE", True)
    client.post(reverse("withdraw", args=["statements", gone.uid]), {"version": gone.version})

    pages = [client.get(article.get_absolute_url()).getvalue().decode() for _ in range(2)]

    assert ["The statement was deleted." in page for page in pages] == [True, False]
