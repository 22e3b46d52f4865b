from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Statement
from annotations.tests.factories import (
    delete,
    make_actor,
    make_article,
    make_response,
    make_statement,
)
from annotations.tests.views.typed import HTMX, text_content
from annotations.views.offered import apart

pytestmark = pytest.mark.django_db


def make_ends() -> tuple[Statement, Statement]:
    """A claim that accuses Bob of two points, and a denial in the same article."""
    claim = make_statement(about=[make_actor("Bob")], points=["One", "Two"])
    return claim, make_statement(claim.article, "The army denied the claim.", act="denial")


def elsewhere(words: str = "the army crossed the border.") -> Statement:
    return make_statement(make_article(text=words, headline="Elsewhere"), words)


def found_in(page: Any) -> list[Statement]:
    """The statements that the page offers, in its order."""
    offers = page.context["offers"]
    return [offer.statement for offer in [*offers.best, *offers.here]]


def test_the_other_end_is_chosen_among_the_articles_statements(
    client: Client, editor: User
) -> None:
    claim, denial = make_ends()
    other = make_statement(claim.article, "an expert called it likely", act="opinion")
    far = elsewhere("Rain fell.")
    deleted = delete(make_statement(claim.article, "Nothing of the kind happened"))

    page = client.get(reverse("link_pick", args=[claim.uid]), headers=HTMX)

    assert page.status_code == 200
    assert found_in(page) == [denial, other]
    assert str(far.uid) not in page.text
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

    assert found_in(page) == [far]
    assert str(denial.uid) not in page.text
    assert "Elsewhere" in page.text


def test_without_the_script_the_choice_is_a_page_of_links(client: Client, editor: User) -> None:
    claim, denial = make_ends()

    page = client.get(reverse("link_pick", args=[claim.uid]), {"on": str(claim.article.uid)})

    step = reverse("response_new", args=[claim.uid])
    link = f"{step}?on={claim.article.uid}&amp;other_is=response&amp;response={denial.uid}"
    assert text_content(page) == claim.article.revision.text
    assert f'href="{link}"' in page.text


def test_each_says_why_it_is_offered(client: Client, editor: User) -> None:
    ann, army = make_actor("Ann"), make_actor("The army")
    day = date(2026, 5, 4)
    article = make_article(text="Soldiers crossed. They fled. Rain fell.", published_on=day)
    claim = make_statement(article, "Soldiers crossed", speaker=ann, about=[army])
    fled, rain = make_statement(article, "They fled"), make_statement(article, "Rain fell")
    make_response(claim, fled)
    next_day = make_article(text="Nobody crossed.", published_on=day + timedelta(days=1))
    denial = make_statement(next_day, "Nobody crossed", speaker=army, about=[ann])

    page = client.get(reverse("link_pick", args=[claim.uid]), headers=HTMX)

    whys = {
        offer.statement: offer.why
        for offer in (*page.context["offers"].best, *page.context["offers"].here)
    }
    assert whys == {
        denial: "The army about Ann · same words: crossed · a day later",
        rain: "the same day",
        fled: "linked already · same exchange · the same day",
    }
    assert "The army about Ann · same words: crossed · a day later" in page.text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "the same day"), (1, "a day later"), (-3, "3 days earlier"), (21, "3 weeks later"),
        (-61, "2 months earlier"), (400, "13 months later"), (-800, "2 years earlier"),
    ],
)  # fmt: skip
def test_how_far_apart_is_said_in_plain_words(days: int, words: str) -> None:
    assert apart(days) == words
