"""The pieces of a statement on its card: their ends, their role, their removal; splitting and merging."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Placement, Span, Statement
from annotations.permissions import REPORTER
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    select,
    submit,
)
from annotations.tests.views.typed import HTMX, spans
from annotations.views import joins

pytestmark = pytest.mark.django_db
FIRST, SECOND = "the army crossed the border.", "Nothing of the kind happened"


def make_pieces() -> Statement:
    return make_statement(exact=[FIRST, SECOND], source="The ministry")


def piece(statement: Statement, role: str = "content") -> Span:
    return statement.live_spans(role)[0]


def post(client: Client, name: str, of: Any, **typed: Any) -> Any:
    return client.post(reverse(name, args=[of.uid]), typed, headers=HTMX)


def moved(client: Client, statement: Statement, words: str, **more: Any) -> Any:
    typed = {"spans": spans(select(statement.article, words)), "revision": 1}
    given = {"version": fresh(statement).version} | typed | more
    return post(client, "span_place", piece(statement), **given)


def test_the_ends_are_moved_and_the_answer_offers_to_undo_it(client: Client, editor: User) -> None:
    statement = make_pieces()

    page = moved(client, statement, "The ministry said the army")

    assert page.status_code == 200
    assert fresh(statement).quote() == f"The ministry said the army … {SECOND}"
    assert "The content is now “The ministry said the army”." in page.text
    assert "data-undo" in page.text
    assert f'data-span="{piece(fresh(statement)).uid}"' in page.text


@pytest.mark.parametrize(
    ("more", "status", "why"),
    [
        ({"version": 0}, 409, "Somebody changed this just now."),
        ({"spans": "[]"}, 422, "Select the words"),
        ({"spans": "x"}, 422, "did not arrive whole"),
        ({"revision": ""}, 422, "did not arrive whole"),
        ({"revision": 2}, 422, "no revision 2"),
    ],
)
def test_what_is_refused_is_said_and_changes_nothing(
    client: Client, editor: User, more: dict[str, Any], status: int, why: str
) -> None:
    statement = make_pieces()

    page = moved(client, statement, "The army denied", **more)

    assert (page.status_code, why in page.text) == (status, True)
    assert fresh(statement).quote() == f"{FIRST} … {SECOND}"


def test_what_a_piece_carries_and_whether_it_is_there(client: Client, editor: User) -> None:
    statement = make_pieces()

    changed = post(client, "span_role", piece(statement), version=1, role="cue")
    unknown = post(client, "span_role", piece(statement, "source"), version=2, role="marker")
    stale = post(client, "span_remove", piece(statement, "source"), version=1)
    removed = post(client, "span_remove", piece(statement, "source"), version=2)

    statuses = [page.status_code for page in (changed, unknown, stale, removed)]
    assert statuses == [200, 422, 409, 200]
    roles = [(span.role, span.exact()) for span in fresh(statement).live_spans()]
    assert roles == [("content", SECOND), ("cue", FIRST)]


def test_a_reporter_reads_the_quote_without_its_pieces(client: Client) -> None:
    statement = approve(make_pieces())
    client.force_login(make_user(REPORTER))

    page = client.get(reverse("statement_card", args=[statement.uid]), headers=HTMX)

    assert SECOND in page.text
    assert "data-span" not in page.text


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ({}, [SECOND]),
        ({"start": "0", "end": "12"}, ["The ministry"]),
        ({"start": "0", "end": "99999"}, []),
    ],
)
def test_the_form_to_split_has_the_words_and_the_links(
    client: Client, editor: User, asked: dict[str, str], offered: list[str]
) -> None:
    statement = make_pieces()
    link = make_response(statement)
    again = make_restatement(make_statement(statement.article, "an expert called"), statement)

    page = client.get(reverse("statement_split", args=[statement.uid]), asked, headers=HTMX)

    form = page.context["form"]
    assert [selection.exact for selection in form.initial["spans"]] == offered
    assert [value for value, _ in form.fields["links"].choices] == [
        f"response:{link.uid}:1",
        f"restatement:{again.uid}:1",
    ]


def test_a_statement_is_split_with_the_links_that_were_ticked(client: Client, editor: User) -> None:
    statement = make_pieces()
    link = make_response(statement)
    typed = {"spans": spans(select(statement.article, SECOND)), "revision": 1, "version": 1}

    stale = post(client, "statement_split", statement, **typed | {"version": 0})
    foreign = post(client, "statement_split", statement, **typed, links=["response:x"])
    page = post(client, "statement_split", statement, **typed, links=[f"response:{link.uid}:1"])

    second = Statement.objects.latest("pk")
    assert (stale.status_code, foreign.status_code, page.status_code) == (409, 422, 200)
    assert 'name="version" value="1"' in stale.text
    assert (second.quote(), fresh(link).claim) == (SECOND, second)
    assert f'data-statement="{second.uid}"' in page.text


def test_a_link_that_was_changed_since_is_shown_again_ticked(client: Client, editor: User) -> None:
    statement = make_pieces()
    link, stays = make_response(statement), make_response(statement)
    typed = {"spans": spans(select(statement.article, SECOND)), "revision": 1, "version": 1}
    submit(link)

    stale = post(client, "statement_split", statement, **typed, links=[f"response:{link.uid}:1"])
    ticked = stale.context["form"]["links"].value()
    page = post(client, "statement_split", statement, **typed, links=ticked)

    assert (stale.status_code, ticked) == (409, [f"response:{link.uid}:2"])
    assert "Somebody changed this just now." in stale.text
    assert page.status_code == 200
    assert (fresh(link).claim.quote(), fresh(stays).claim) == (SECOND, statement)


def test_the_nearest_statement_is_offered_first_to_merge_with(client: Client, editor: User) -> None:
    article = make_article()
    far, own, near = (
        make_statement(article, words) for words in ("The ministry", SECOND, "The army denied")
    )
    make_statement()

    page = client.get(reverse("statement_join_pick", args=[own.uid]), headers=HTMX)

    assert [offer.statement for offer in page.context["offers"]] == [near, far]


def test_the_nearest_come_first_in_an_article_of_more_than_are_offered(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article(text="Far. Waits. It was said here. Own. Next. Near.")
    far, waits, own, next_to, near = (
        make_statement(article, words) for words in ("Far", "Waits", "Own", "Next", "Near")
    )
    unplaced = {"start": None, "end": None, "state": "needs_placing", "reason": "gone"}
    Placement.objects.filter(span__statement=waits).update(**unplaced)
    monkeypatch.setattr(joins, "MOST", 2)
    address = reverse("statement_join_pick", args=[own.uid])

    page = client.get(address, headers=HTMX)
    monkeypatch.setattr(joins, "MOST", 4)
    whole = client.get(address, headers=HTMX)

    assert [offer.statement for offer in page.context["offers"]] == [next_to, near]
    assert [offer.statement for offer in whole.context["offers"]] == [next_to, near, far, waits]


def test_what_hinders_a_merge_is_told_before_it_is_pressed(client: Client, editor: User) -> None:
    article, army = make_article(), make_actor("Army")
    kept, gone = (
        make_statement(article, words, about=[army], gist=gist)
        for words, gist in ((FIRST, "It crossed"), (SECOND, "It denied"))
    )
    stays, goes = make_reply_record(kept, army), make_reply_record(gone, army, status="declined")
    ask = {"other": str(gone.uid)}

    form = client.get(reverse("statement_join", args=[kept.uid]), ask, headers=HTMX)
    delete(goes)
    free = client.get(reverse("statement_join", args=[kept.uid]), ask, headers=HTMX)

    [hindrance] = form.context["foreseen"].hindrances
    assert "Both have a reply record with Army, and the two differ (status:" in hindrance.why
    for record in (stays, goes):
        assert reverse("reply_edit", args=[record.uid]) in form.text
    assert ('<kbd aria-hidden="true">Enter' in form.text) is False
    assert ('<kbd aria-hidden="true">Enter' in free.text) is True
    assert "gist: It denied</bdi> (stays: It crossed)" in free.text


def test_what_a_merge_will_do_is_said_and_then_done(client: Client, editor: User) -> None:
    article, army = make_article(), make_actor("Army")
    kept, gone = make_statement(article, FIRST), make_statement(article, SECOND, about=[army])
    answer = make_statement(article, "denied the claim")
    make_response(kept, answer)
    for claim in (gone, kept):
        make_response(claim, answer if claim == gone else gone)
    make_response(gone, make_statement())
    address = reverse("statement_join", args=[kept.uid])
    typed = {"other": gone.uid, "version": 1, "other_version": 1}

    form = client.get(address, {"other": str(gone.uid)}, headers=HTMX)
    stale = client.post(address, typed | {"other_version": 0}, headers=HTMX)
    itself = client.post(address, typed | {"other": kept.uid}, headers=HTMX)
    page = client.post(address, typed, headers=HTMX)

    foreseen = form.context["foreseen"]
    assert (foreseen.links, foreseen.twice, foreseen.between) == (1, 1, 1)
    assert [row.actor for row in foreseen.actors if row.part == "about"] == [army]
    assert [each.status_code for each in (form, stale, itself, page)] == [200, 409, 422, 200]
    assert fresh(kept).quote() == f"{FIRST} … {SECOND}"
    assert fresh(gone).is_withdrawn
    assert kept.responses.exclude(state="withdrawn").count() == 2
