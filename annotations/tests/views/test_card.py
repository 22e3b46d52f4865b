import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Statement
from annotations.permissions import REPORTER
from annotations.tests.factories import (
    approve,
    make_statement,
    make_user,
)
from annotations.tests.views.linked import linked_article
from annotations.tests.views.typed import (
    HTMX,
    text_content,
)

pytestmark = pytest.mark.django_db


CARD_QUERIES = 30


def test_the_card_is_a_fragment_for_the_script_and_a_page_without_it(
    client: Client, editor: User
) -> None:
    statement = make_statement()
    address = reverse("statement_card", args=[statement.uid])

    fragment, page = client.get(address, headers=HTMX), client.get(address)

    assert "<html" not in fragment.text
    assert f'data-statement="{statement.uid}"' in fragment.text
    assert f'data-statement="{statement.uid}"' in page.text
    assert text_content(page) == statement.article.revision.text


def test_the_card_asks_as_often_at_one_link_as_at_many(
    client: Client, editor: User, django_assert_num_queries: object
) -> None:
    one, many = linked_article(1), linked_article(8)
    for article in (one, many):
        statement = Statement.objects.filter(article=article).order_by("id").first()
        assert statement is not None
        client.get(reverse("statement_card", args=[statement.uid]), headers=HTMX)

        with django_assert_num_queries(CARD_QUERIES):  # type: ignore[operator]
            client.get(reverse("statement_card", args=[statement.uid]), headers=HTMX)


def test_a_reporter_finds_no_card_of_a_draft_beside_approved_work(client: Client) -> None:
    approved = approve(make_statement())
    draft = make_statement(approved.article, "The army denied the claim.")
    client.force_login(make_user(REPORTER))

    cards = {
        statement.uid: client.get(reverse("statement_card", args=[statement.uid])).status_code
        for statement in (approved, draft)
    }

    assert cards == {approved.uid: 200, draft.uid: 404}
