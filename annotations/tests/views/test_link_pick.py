import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Statement
from annotations.tests.factories import (
    delete,
    make_actor,
    make_article,
    make_statement,
)
from annotations.tests.views.typed import HTMX, text_content

pytestmark = pytest.mark.django_db


def make_ends() -> tuple[Statement, Statement]:
    """A claim that accuses Bob of two points, and a denial in the same article."""
    claim = make_statement(about=[make_actor("Bob")], points=["One", "Two"])
    return claim, make_statement(claim.article, "The army denied the claim.", act="denial")


def elsewhere(words: str = "the army crossed the border.") -> Statement:
    return make_statement(make_article(text=words, headline="Elsewhere"), words)


def test_the_other_end_is_chosen_among_the_articles_statements(
    client: Client, editor: User
) -> None:
    claim, denial = make_ends()
    elsewhere()
    deleted = delete(make_statement(claim.article, "Nothing of the kind happened"))

    page = client.get(reverse("link_pick", args=[claim.uid]), headers=HTMX)

    assert page.status_code == 200
    assert page.context["found"] == [denial]
    assert str(deleted.uid) not in page.text
    assert "What answers it?" in page.text


@pytest.mark.parametrize("other_is", ["response", "claim", "by", "of", "nonsense"])
def test_the_other_end_is_searched_in_all_articles(
    client: Client, editor: User, other_is: str
) -> None:
    claim, denial = make_ends()
    far = elsewhere("Chaudhry’s  army left, “he” said.")
    asked = {"other_is": other_is, "text": "chaudhrys ARMY", "only": "results"}

    page = client.get(reverse("link_pick", args=[claim.uid]), asked, headers=HTMX)

    assert page.context["found"] == [far]
    assert str(denial.uid) not in page.text
    assert "Elsewhere" in page.text


def test_without_the_script_the_choice_is_a_page_of_links(client: Client, editor: User) -> None:
    claim, denial = make_ends()

    page = client.get(reverse("link_pick", args=[claim.uid]), {"on": str(claim.article.uid)})

    link = f"{reverse('response_new', args=[claim.uid])}?on={claim.article.uid}&amp;response={denial.uid}"
    assert text_content(page) == claim.article.revision.text
    assert f'href="{link}"' in page.text
