"""The other end of a link is not recorded yet: it is, where it stands, and the last step follows."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Article, Statement
from annotations.tests.factories import make_actor, make_article, make_statement
from annotations.tests.views.typed import ABSENT, HTMX, typed_statement

pytestmark = pytest.mark.django_db
WORDS = "called it baseless"


def make_ends() -> tuple[Statement, Article]:
    """A claim, and the article in which somebody answers it, unrecorded."""
    claim = make_statement(about=[make_actor("Bob")])
    return claim, make_article(text=f"Bob {WORDS}.", headline="Far")


def asked(claim: Statement, other_is: str = "response") -> dict[str, Any]:
    return {"on": claim.article.uid, "link": claim.uid, "other_is": other_is}


def typed(far: Article) -> dict[str, Any]:
    return typed_statement(far, WORDS, make_actor())


def test_the_form_knows_what_it_is_for(client: Client, editor: User) -> None:
    claim, far = make_ends()

    page = client.get(
        reverse("statement_new", args=[far.uid]),
        {"start": 4, "end": 22, **asked(claim)},
        headers=HTMX,
    )

    assert "it is linked with" in page.text
    assert f'name="link" value="{claim.uid}"' in page.text
    back = f"{reverse('link_pick', args=[claim.uid])}?other_is=response&amp;on={claim.article.uid}"
    assert f'data-card="{back}"' in page.text


@pytest.mark.parametrize("other_is", ["response", "claim", "by", "of"])
def test_the_last_step_follows_on_the_page_that_was_open(
    client: Client, editor: User, other_is: str
) -> None:
    claim, far = make_ends()

    page = client.post(
        reverse("statement_new", args=[far.uid]),
        typed(far) | asked(claim, other_is),
        headers=HTMX,
    )

    new = Statement.objects.get(article=far)
    own = {"response": "response", "claim": "claim", "by": "by", "of": "of"}[other_is]
    assert page.context["reading"].article == claim.article
    assert (page.context["kept"], page.context["other"]) == (claim, new)
    assert page.context[own] == new
    assert f'data-other="{new.uid}"' in page.text
    assert f'data-selected="{claim.uid}"' in page.text
    assert "Saved." in page.text


def test_what_is_wrong_in_the_form_forgets_nothing(client: Client, editor: User) -> None:
    claim, far = make_ends()

    page = client.post(
        reverse("statement_new", args=[far.uid]),
        typed(far) | asked(claim) | {"form": ""},
        headers=HTMX,
    )

    assert page.status_code == 422
    assert f'name="link" value="{claim.uid}"' in page.text
    assert f'name="on" value="{claim.article.uid}"' in page.text


def test_without_the_script_the_step_is_the_next_page(client: Client, editor: User) -> None:
    claim, far = make_ends()

    answer = client.post(reverse("statement_new", args=[far.uid]), typed(far) | asked(claim))

    new = Statement.objects.get(article=far)
    step = reverse("response_new", args=[claim.uid])
    assert answer.headers["Location"] == (
        f"{step}?on={claim.article.uid}&other_is=response&response={new.uid}"
    )


def test_a_statement_from_the_pane_leaves_the_article_that_is_read(
    client: Client, editor: User
) -> None:
    claim, far = make_ends()

    page = client.post(
        reverse("statement_new", args=[far.uid]),
        typed(far) | {"on": claim.article.uid},
        headers=HTMX,
    )

    assert Statement.objects.filter(article=far).count() == 1
    assert page.context["reading"].article == claim.article


@pytest.mark.parametrize("link", [ABSENT, "nonsense"])
def test_nothing_is_linked_with_what_is_not_there(client: Client, editor: User, link: str) -> None:
    _, far = make_ends()

    page = client.get(reverse("statement_new", args=[far.uid]), {"link": link}, headers=HTMX)

    assert page.status_code == 404
