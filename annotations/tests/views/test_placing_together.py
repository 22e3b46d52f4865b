"""The same words that wait for several statements, links and reply records are placed by one decision."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from annotations.models import Article, Placement, Span
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    TEXT,
    correct_text,
    fresh,
    make_article,
    make_response,
    make_statement,
    make_user,
    select,
    submit,
)
from annotations.tests.views.typed import HTMX, spans

pytestmark = pytest.mark.django_db
QUOTE = "Nothing of the kind happened"
NOW = "Something of the kind happened"
ADDRESS = "/placing/"
ENTRY = r'<article class="waits" id="p-([0-9a-f-]{36})"(.*?)</article>'


def make_alike() -> tuple[Article, list[Span]]:
    """Content of two statements, a cue and a marker at the same words, and others beside them."""
    article = make_article()
    quoted, answer = make_statement(article, QUOTE), make_statement(article, QUOTE)
    named = make_statement(article, "called it likely", cue=QUOTE)
    make_response(quoted, answer, marker=QUOTE)
    make_statement(article, "Nothing of the kind")
    elsewhere = make_statement(make_article(), QUOTE)
    for each in (article, elsewhere.article):
        correct_text(each, TEXT.replace("Nothing", "Something"))
    found = [quoted.spans.get(), answer.spans.get(), named.spans.get(role="cue")]
    return fresh(article), [*found, Span.objects.get(role="marker")]


def version(span: Span) -> int:
    return fresh(span.owner).version


def typed(article: Article, wanted: list[Span], **more: Any) -> dict[str, Any]:
    """All of them placed at once, as the page of the first one sends it."""
    first, *others = wanted
    also = [f"{span.uid}:{version(span)}" for span in others]
    placed = {"spans": spans(select(article, NOW)), "version": version(first), "revision": 2}
    return placed | {"also": also, "together": "on"} | more


def settle(client: Client, wanted: list[Span], sent: dict[str, Any], **how: Any) -> Any:
    return client.post(reverse("placing_settle", args=[wanted[0].uid]), sent, **how)


def waiting(wanted: list[Span]) -> list[bool]:
    rows = Placement.objects.waiting().filter(span__in=wanted).values_list("span", flat=True)
    return [span.pk in set(rows) for span in wanted]


def test_the_queue_tells_what_else_waits_at_the_same_words(client: Client, editor: User) -> None:
    _, wanted = make_alike()

    page = html.unescape(client.get(ADDRESS).text)
    entries = dict(re.findall(ENTRY, page, re.DOTALL))

    told = {uid for uid, entry in entries.items() if "The same words also wait as" in entry}
    assert told == {str(span.uid) for span in wanted}
    first = entries[str(wanted[0].uid)]
    assert "also wait as content of a statement, cue of a statement, marker of a link." in first
    assert "All stand here" in first
    assert set(re.findall(r'name="also" value="([^"]*)"', first)) == {
        f"{span.uid}:{version(span)}" for span in wanted[1:]
    }


@pytest.mark.parametrize("number", [2, 9])
def test_queries_do_not_grow_with_what_is_alike(
    client: Client, editor: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article()
    for _ in range(number):
        make_statement(article, QUOTE)
    correct_text(article, TEXT.replace("Nothing", "Something"))
    client.get("/healthz")

    with django_assert_num_queries(15):
        client.get(ADDRESS)


def test_one_decision_places_them_all_in_one_change(client: Client, editor: User) -> None:
    article, wanted = make_alike()
    before = [version(span) for span in wanted]

    answer = settle(client, wanted, typed(article, wanted), headers=HTMX)

    assert "4 placed." in answer.text
    assert waiting(wanted) == [False] * 4
    assert {span.exact() for span in map(fresh, wanted)} == {NOW}
    assert [version(span) for span in wanted] == [number + 1 for number in before]
    placed = Placement.history.filter(verb="placed", history_user=editor)
    assert {row.span_id for row in placed} == {span.pk for span in wanted}
    assert len({row.change_id for row in placed}) == 1


def test_they_are_undone_together(client: Client, editor: User) -> None:
    article, wanted = make_alike()
    answer = settle(client, wanted, typed(article, wanted), follow=True)
    [message] = list(answer.context["messages"])

    undone = client.post(message.extra_tags, {"next": ADDRESS}, follow=True)

    assert "Undone: placed in the corrected text." in undone.text
    assert waiting(wanted) == [True] * 4
    assert {span.exact() for span in map(fresh, wanted)} == {QUOTE}


def test_two_spans_of_one_statement_go_together(client: Client, editor: User) -> None:
    statement = make_statement(make_article(), QUOTE, cue=QUOTE)
    article = correct_text(statement.article, TEXT.replace("Nothing", "Something"))
    wanted = [statement.spans.get(role="content"), statement.spans.get(role="cue")]

    answer = settle(client, wanted, typed(article, wanted), follow=True)
    [message] = list(answer.context["messages"])
    both = waiting(wanted)
    client.post(message.extra_tags)

    assert both == [False, False]
    assert waiting(wanted) == [True, True]


def test_only_the_one_is_placed_where_no_more_was_asked(client: Client, editor: User) -> None:
    article, wanted = make_alike()

    answer = settle(client, wanted, typed(article, wanted, together=""), headers=HTMX)

    assert "Placed." in answer.text
    assert waiting(wanted) == [False, True, True, True]


def test_nothing_is_placed_where_one_of_them_was_changed(client: Client, editor: User) -> None:
    article, wanted = make_alike()
    sent = typed(article, wanted)
    gul = make_user(EDITOR, username="gul")
    submit(wanted[1].owner, user=gul)

    answer = settle(client, wanted, sent, headers=HTMX)

    assert answer.status_code == 409
    assert "gul submitted this statement meanwhile." in html.unescape(answer.text)
    assert waiting(wanted) == [True] * 4


def test_nothing_is_placed_where_one_waits_at_other_words(client: Client, editor: User) -> None:
    article, wanted = make_alike()
    other = Span.objects.get(placements__exact="Nothing of the kind", placements__revision__number=2)  # fmt: skip

    answer = settle(client, wanted, typed(article, [*wanted[:2], other]), headers=HTMX)

    assert answer.status_code == 422
    assert "Not all of these wait at the same words any more." in answer.text
    assert waiting([*wanted, other]) == [True] * 5


@pytest.mark.parametrize("also", ["", "x", "x:1", "1:2:3"])
def test_what_names_no_span_is_refused(client: Client, editor: User, also: str) -> None:
    article, wanted = make_alike()

    answer = settle(client, wanted, typed(article, wanted, also=[also]), headers=HTMX)

    assert answer.status_code == 422
    assert "The page did not arrive whole. Load it again." in answer.text
    assert waiting(wanted) == [True] * 4


def test_by_hand_places_them_together_too(client: Client, editor: User) -> None:
    article, wanted = make_alike()

    page = html.unescape(client.get(f"{article.get_absolute_url()}?place={wanted[3].uid}").text)

    assert "also wait as content of 2 statements, cue of a statement." in page
    assert len(re.findall(r'name="also" value="([^"]*)"', page)) == 3
