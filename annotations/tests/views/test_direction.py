"""A text in a language from the right is laid out so, also where a Latin name begins it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.tests.factories import correct_text, make_article, make_statement
from annotations.tests.views.typed import text_content

pytestmark = pytest.mark.django_db

FIRST = "BBC گزارش داد که مکتب‌های هرات هنوز بسته‌اند."
TEXT = f"{FIRST}\n\nUNICEF said it “could not confirm” this.\n\nCNN نیز چنین نوشت."
MARK = '<span class="from-right" data-from-right></span>'


@pytest.mark.parametrize(
    ("language", "shown", "number"), [("fa-AF", "rtl", 2), ("en", "auto", 0)], ids=["dari", "english"]
)  # fmt: skip
def test_the_article_and_its_earlier_text(
    client: Client, editor: User, language: str, shown: str, number: int
) -> None:
    article = make_article(text=TEXT, language=language)
    make_statement(article, [f"{FIRST}\n\nUNICEF said"])
    correct_text(article, TEXT + "\n\nپایان")

    addresses = [article.get_absolute_url(), reverse("revision", args=[article.uid, 1])]
    pages = [client.get(address) for address in addresses]

    for page in pages:
        assert f'lang="{language}" dir="{shown}"' in page.text.split("data-article-text")[1][:60]
        assert page.text.count(MARK) == number
    assert [text_content(page) for page in pages] == [TEXT + "\n\nپایان", TEXT]


def test_a_turned_paragraph_is_marked_where_it_begins(client: Client, editor: User) -> None:
    article = make_article(text=TEXT, language="fa-AF")

    page = client.get(article.get_absolute_url())

    assert f"{MARK}{FIRST}\n\nUNICEF" in page.text
    assert f"\n\n{MARK}CNN" in page.text


def test_quotes_and_both_texts_of_a_correction_are_turned(client: Client, editor: User) -> None:
    statement = make_statement(make_article(text=TEXT, language="fa-AF"), FIRST)
    correct_text(statement.article, TEXT.replace("بسته", "باز"))

    card = client.get(reverse("statement_card", args=[statement.uid]))
    queue = client.get("/placing/")
    changed = client.get(reverse("revision", args=[statement.article.uid, 2]))

    assert f'dir="rtl" lang="fa-AF">{FIRST}</blockquote>' in card.text
    assert '<blockquote lang="fa-AF" dir="rtl">' in queue.text
    assert changed.text.split('id="changes"')[1].count('dir="rtl" lang="fa-AF"') == 2
