"""The order of the queue “Needs placing”: what one record has waiting stands together, on all pages."""

import re
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Span, Statement
from annotations.tests.factories import (
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/placing/"


def entries(page: str) -> list[str]:
    """The uids of the entries, in their order."""
    return re.findall(r'<article class="waits" id="p-([0-9a-f-]{36})"', page)


def make_waiting(number: int) -> list[str]:
    """Records in one article, all of whose words wait: the uids as they are to be shown.

    In the text the cue and the source stand before the content, and all markers and evidence between.
    """
    lines = [
        f"Yesterday{n} stated{n} Person{n} that claim{n} and claim{n}b are true, a reply{n} said, none{n} came."
        for n in range(100, 100 + number)
    ]
    article = make_article(text="\n".join(lines))
    accused = make_actor()
    statements: list[Statement] = []
    for n in range(100, 100 + number):
        words = [f"claim{n}b are true", f"that claim{n} and"]
        said = make_statement(
            article, words, about=[accused], source=f"Person{n}", cue=f"stated{n}"
        )
        statements.append(said)
    links = [
        make_response(first, second, marker=f"a reply{n} said")
        for n, (first, second) in enumerate(pairwise(statements), 100)
    ]
    replies = [
        make_reply_record(statement, accused, evidence=f"none{n} came")
        for n, statement in enumerate(statements, 100)
    ]
    correct_text(article, "An altogether different text.")
    shown = [
        span
        for statement in statements
        for role in ("content", "source", "cue")
        for span in statement.spans.filter(role=role).order_by("ordinal")
    ]
    shown += [link.spans.get() for link in links]
    shown += [reply.spans.get() for reply in replies]
    return [str(span.uid) for span in shown]


def test_what_one_statement_has_waiting_stands_together(client: Client, editor: User) -> None:
    wanted = make_waiting(3)

    assert entries(client.get(ADDRESS).text) == wanted


def test_pages_hold_every_entry_once_in_both_directions(client: Client, editor: User) -> None:
    wanted = make_waiting(12)  # 48 of statements, 11 markers, 12 of evidence

    first = client.get(ADDRESS).text
    second = client.get(f"{ADDRESS}?after={wanted[24]}").text
    third = client.get(f"{ADDRESS}?after={wanted[49]}").text
    back = client.get(f"{ADDRESS}?before={wanted[50]}").text

    assert [entries(page) for page in (first, second, third)] == [
        wanted[:25],
        wanted[25:50],
        wanted[50:],
    ]
    assert entries(back) == wanted[25:50]


def test_what_follows_an_act_is_the_next_of_the_same_statement(
    client: Client, editor: User
) -> None:
    wanted = make_waiting(2)
    source = Span.objects.select_related("statement").get(uid=wanted[2])

    answer = client.post(
        reverse("placing_remove", args=[source.uid]), {"version": fresh(source.owner).version}
    )

    assert source.role == "source"
    assert answer.headers["Location"] == f"/placing/#p-{wanted[3]}"
