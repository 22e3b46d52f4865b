"""A statement in an article that its outlet took back says so wherever it is shown."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Statement
from annotations.permissions import REPORTER
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    make_actor,
    make_statement,
    make_user,
)
from annotations.tests.views.typed import HTMX

pytestmark = pytest.mark.django_db

TAG = '<span class="tag retracted">article retracted</span>'
RETRACTION = TEXT + "\nThis article is retracted.\n"


def addresses(statement: Statement) -> list[str]:
    """Where the statement is shown by itself, and where rows of statements are."""
    return [
        statement.get_absolute_url(),
        reverse("statement_card", args=[statement.uid]),
        reverse("statements"),
        statement.speakers()[0].actor.get_absolute_url(),
    ]


def tagged(client: Client, statement: Statement) -> list[bool]:
    return [TAG in client.get(address, headers=HTMX).text for address in addresses(statement)]


def test_a_retraction_is_told_at_each_statement(client: Client, editor: User) -> None:
    statement = make_statement(speaker=make_actor("Ann"))
    before = tagged(client, statement)

    correct_text(statement.article, RETRACTION, "retraction")

    assert before == [False] * 4
    assert tagged(client, statement) == [True] * 4


def test_an_article_that_stands_again_is_live(client: Client, editor: User) -> None:
    statement = make_statement()
    correct_text(statement.article, RETRACTION, "retraction")

    correct_text(statement.article, TEXT, "correction")

    assert tagged(client, statement) == [False] * 4


def test_a_reporter_is_told_on_the_home_page(client: Client) -> None:
    statement = approve(make_statement())
    correct_text(statement.article, RETRACTION, "retraction")
    client.force_login(make_user(REPORTER))

    assert TAG in client.get("/").text
