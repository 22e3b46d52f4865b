"""Words are selected on a page whose text was corrected meanwhile: they are kept, wait or are refused, never others."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Article, Placement, Span, Statement
from annotations.tests.factories import (
    correct_text,
    make_actor,
    make_article,
    make_statement,
    select,
)
from annotations.tests.views.typed import HTMX, spans, typed_statement

pytestmark = pytest.mark.django_db
OLD = """Kabul, Monday, from our reporter at the ministry of the interior.

Ann said that we left on Monday morning with all of our people and took nothing. Then, much later on the \
same day, she added, we went. Bob stayed until the very end of it.
"""
MOVED = OLD.replace("Kabul", "Kabul City")  # at each place other words stand now
CHANGED = MOVED.replace("we went", "we returned")
WENT, REFUSED = "we went", "did not arrive whole"


def place_of(article: Article, exact: str) -> dict[str, Any]:
    """What the page sends with words that are selected in its text."""
    words = select(article, exact)
    return {"start": words.start, "end": words.end, "begins": exact, "revision": 1}


def form_of(client: Client, name: str, record: Article | Statement, asked: dict[str, Any]) -> Any:
    return client.get(reverse(name, args=[record.uid]), asked, headers=HTMX)


@pytest.mark.parametrize(("now", "state"), [(MOVED, "placed"), (CHANGED, "needs_placing")])
def test_a_new_statement_has_the_words_that_were_selected(
    client: Client, editor: User, now: str, state: str
) -> None:
    article = make_article(text=OLD)
    asked = place_of(article, WENT)
    correct_text(article, now)

    form = form_of(client, "statement_new", article, asked).context["forms"].form
    chosen = [words for words in form.initial["spans"] if words.role == "content"]
    typed = typed_statement(article, chosen, make_actor()) | {"revision": form["revision"].value()}
    client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    rows = Placement.objects.filter(span=Span.objects.get()).order_by("revision__number")
    assert [(row.revision.number, row.state, row.exact) for row in rows] == [
        (1, "placed", WENT),
        (2, state, WENT),
    ]


def split_off(client: Client, claim: Statement, asked: dict[str, Any]) -> Any:
    form = form_of(client, "statement_split", claim, asked).context["form"]
    typed = {**form.initial, "spans": spans(*form.initial["spans"])}
    return client.post(reverse("statement_split", args=[claim.uid]), typed, headers=HTMX)


def test_the_words_that_were_selected_are_split_off(client: Client, editor: User) -> None:
    claim = make_statement(make_article(text=OLD), ["that we left on Monday", WENT])
    asked = place_of(claim.article, "on Monday")
    correct_text(claim.article, CHANGED)

    page = split_off(client, claim, asked)

    assert page.status_code == 200
    assert Statement.objects.latest("pk").quote() == "on Monday"


def test_changed_words_are_not_split_off(client: Client, editor: User) -> None:
    claim = make_statement(make_article(text=OLD), ["that we left on Monday", WENT])
    asked = place_of(claim.article, WENT)
    correct_text(claim.article, CHANGED)

    page = split_off(client, claim, asked)

    assert page.status_code == 422
    assert "The text was corrected meanwhile. Choose the words again." in page.text
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({}, False),
        ({"revision": "1"}, False),
        ({"start": "4", "end": "8"}, False),
        ({"start": "4", "end": "8", "revision": "1", "begins": "left"}, True),
        ({"start": "4", "end": "8", "revision": "3"}, True),
        ({"start": "4", "end": "8", "revision": "²"}, True),
        ({"start": "4", "end": "x", "revision": "1"}, True),
        ({"end": "8"}, True),
    ],
)
def test_words_that_are_not_there_are_not_guessed(
    client: Client, editor: User, asked: dict[str, str], refused: bool
) -> None:
    claim = make_statement(make_article(text=OLD), ["that we left on Monday", WENT])
    correct_text(claim.article, CHANGED)

    new = form_of(client, "statement_new", claim.article, asked)
    split = form_of(client, "statement_split", claim, asked)

    assert (new.status_code, split.status_code) == (200, 200)
    assert (REFUSED in new.text, REFUSED in split.text) == (refused, refused)
    if refused:
        assert [
            new.context["forms"].form.initial["spans"],
            split.context["form"].initial["spans"],
        ] == [[], []]
