"""Undo and Redo on an article's page: what this session did there, one step at a time."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Article, Statement
from annotations.permissions import REPORTER, REVIEWER
from annotations.tests.editing.acts import in_use, rows
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_article,
    make_response,
    make_statement,
    make_user,
    submit,
)
from annotations.tests.matrix.writes import WRITES
from annotations.tests.views.typed import HTMX, typed_change, typed_response
from annotations.views import done
from newsroom.middleware import SEEN_AT

pytestmark = pytest.mark.django_db
PAGE_ACTS = {
    "article_edit": "described",
    "article_zones": "described",
    "article_submit": "submitted",
    "statement_new": "highlighted",
    "statement_edit": "revised",
    "statement_spans": "revised",
    "response_new": "linked",
    "response_edit": "revised",
    "restatement_new": "marked as restatement",
    "restatement_edit": "revised",
    "reply_new": "recorded what is known of a reply",
    "reply_edit": "revised",
    "reply_attempt": "revised",
    "attempt_edit": "revised",
    "submit": "submitted",
    "withdraw": "deleted",
    "bring_back": "brought back",
    "placing_settle": "placed in the corrected text",
    "placing_remove": "revised",
}


def step(client: Client, article: Article, which: str, change: str = "", **more: Any) -> Any:
    """Undo or redo as the page's button sends it."""
    named = change or offered(client, article)[which][0]
    address = reverse(f"article_{which}", args=[article.uid])
    return client.post(address, {"change": named} | more, headers=HTMX)


def offered(client: Client, article: Article) -> dict[str, tuple[str, str]]:
    """For each button of the page that does something: the change that it names, and what it says."""
    page = client.get(article.get_absolute_url()).text
    forms = re.findall(
        r'name="change" value="([^"]*)">\s*<button[^>]* data-act="(\w+)"[^>]*>([^<]*)<', page
    )
    return {act: (change, words) for change, act, words in forms}


def gist(client: Client, statement: Statement, words: str) -> None:
    now = fresh(statement)
    address = reverse("statement_edit", args=[now.uid])
    assert client.post(address, typed_change(now, gist=words), headers=HTMX).status_code == 200


@pytest.mark.parametrize("name", PAGE_ACTS)
def test_each_act_of_the_page_is_undone_and_done_again(
    client: Client, editor: User, name: str
) -> None:
    address, typed, _ = WRITES[name]()
    before = rows()
    client.post(address, typed)
    after = rows()
    (article,) = (a for a in Article.objects.all() if offered(client, a))

    words = offered(client, article)["undo"][1]
    undone = step(client, article, "undo")
    as_before = in_use(rows(), before)
    redone = step(client, article, "redo")

    assert words == f"Undo: {PAGE_ACTS[name]}"
    assert before != after
    assert f"Undone: {PAGE_ACTS[name]}." in undone.text
    assert as_before == before
    assert f"Done again: {PAGE_ACTS[name]}." in redone.text
    assert rows() == after


def test_a_page_on_which_nothing_was_done_offers_nothing(client: Client, editor: User) -> None:
    page = client.get(make_article().get_absolute_url()).text

    assert re.findall(r'data-act="(\w+)"( disabled)?>(\w+)</button>\s*</form>', page) == [
        ("undo", " disabled", "Undo"),
        ("redo", " disabled", "Redo"),
    ]


@pytest.mark.parametrize("role", [REVIEWER, REPORTER])
def test_who_only_reads_has_no_buttons(client: Client, role: str) -> None:
    statement = approve(make_statement())
    client.force_login(make_user(role))

    page = client.get(statement.article.get_absolute_url()).text

    assert 'data-act="undo"' not in page


def test_steps_go_back_and_forth_over_reloads(client: Client, editor: User) -> None:
    statement = make_statement()
    article = statement.article
    said = []
    for words in ("one", "two", "three"):
        gist(client, statement, words)

    for which in ("undo", "undo", "redo", "undo", "undo"):
        step(client, article, which)
        said.append(fresh(statement).gist)

    assert said == ["two", "one", "two", "one", ""]
    assert set(offered(client, article)) == {"redo"}


def test_a_new_act_ends_what_could_be_done_again(client: Client, editor: User) -> None:
    statement = make_statement()
    gist(client, statement, "one")
    step(client, statement.article, "undo")

    gist(client, statement, "another")

    assert set(offered(client, statement.article)) == {"undo"}


def test_an_act_belongs_to_the_article_whose_page_it_was_done_on(
    client: Client, editor: User
) -> None:
    link = make_response(make_statement(), make_statement(make_article(), "denied the claim"))
    here, there = link.response.article, link.claim.article
    sent = {"version": link.version, "on": here.uid}

    client.post(reverse("withdraw", args=["responses", link.uid]), sent, headers=HTMX)

    assert set(offered(client, here)) == {"undo"}
    assert offered(client, there) == {}


def test_another_session_offers_nothing_of_it(client: Client, editor: User) -> None:
    statement = make_statement()
    gist(client, statement, "one")
    change, _ = offered(client, statement.article)["undo"]
    other = Client()
    other.force_login(editor)

    answer = step(other, statement.article, "undo", change)

    assert offered(other, statement.article) == {}
    assert answer.status_code == 409
    assert "There is nothing to undo." in answer.text
    assert fresh(statement).gist == "one"


@pytest.mark.parametrize("named", ["first", "", "x", "\x00"])
def test_a_window_that_does_not_know_the_last_act_undoes_nothing(
    client: Client, editor: User, named: str
) -> None:
    statement = make_statement()
    gist(client, statement, "one")
    first, _ = offered(client, statement.article)["undo"]
    gist(client, statement, "two")
    address = reverse("article_undo", args=[statement.article.uid])

    answer = client.post(address, {"change": named.replace("first", first)}, headers=HTMX)

    assert answer.status_code == 409
    assert "You did something else meanwhile" in answer.text
    assert fresh(statement).gist == "two"
    assert set(offered(client, statement.article)) == {"undo"}


def test_what_cannot_be_undone_says_why_and_makes_way(client: Client, editor: User) -> None:
    first, second = make_statement(), make_statement()
    second = make_statement(first.article, "denied the claim")
    gist(client, first, "one")
    gist(client, second, "two")
    submit(second, user=make_user(username="reza"))

    answer = step(client, first.article, "undo")
    step(client, first.article, "undo")

    assert answer.status_code == 422
    assert "reza changed the statement since (submitted, " in answer.text
    assert (fresh(first).gist, fresh(second).gist) == ("", "two")


def test_a_link_is_not_done_again_where_its_end_was_deleted_meanwhile(
    client: Client, editor: User
) -> None:
    claim = make_statement()
    answer = make_statement(claim.article, "denied the claim")
    gist(client, claim, "one")
    client.post(reverse("response_new", args=[claim.uid]), typed_response(answer), headers=HTMX)
    step(client, claim.article, "undo")
    delete(answer)
    before = rows()

    refused = step(client, claim.article, "redo")
    nothing_stored = rows() == before
    undone = step(client, claim.article, "undo")

    assert (refused.status_code, undone.status_code) == (422, 200)
    assert (
        "The response stays deleted: its statement “denied the claim” was deleted" in refused.text
    )
    assert nothing_stored
    assert step(client, claim.article, "redo").status_code == 200
    assert fresh(claim).gist == "one"


def test_the_message_offers_the_way_back(client: Client, editor: User) -> None:
    statement = make_statement()
    gist(client, statement, "one")

    undone = step(client, statement.article, "undo")
    [message] = list(undone.context["messages"])
    again = client.post(message.extra_tags, headers=HTMX)

    assert re.search(r'hx-post="[^"]*/redo/[^"]*"[^>]*>[^§]*?<button[^>]*>Redo<', undone.text)
    assert "Done again: revised." in again.text
    assert fresh(statement).gist == "one"


def test_what_was_undone_is_shown(client: Client, editor: User) -> None:
    link = make_response()
    sent = {"version": link.version}
    client.post(reverse("withdraw", args=["responses", link.uid]), sent, headers=HTMX)

    undone = step(client, link.claim.article, "undo")

    assert undone.context["reading"].selected == link.claim
    assert "What answered it" in undone.text


def test_without_the_script_the_page_follows(client: Client, editor: User) -> None:
    statement = make_statement()
    gist(client, statement, "one")
    change, _ = offered(client, statement.article)["undo"]
    address = reverse("article_undo", args=[statement.article.uid])

    answer = client.post(address, {"change": change}, follow=True)

    where, status = answer.redirect_chain[0]
    assert status == 302
    assert where.startswith(f"{statement.article.get_absolute_url()}?statement={statement.uid}")
    assert "Undone: revised." in answer.text


def test_so_many_acts_are_kept(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(done, "MOST", 2)
    monkeypatch.setattr(done, "ARTICLES", 2)
    statements = [make_statement() for _ in range(3)]
    for statement in statements:
        for words in ("one", "two", "three"):
            gist(client, statement, words)

    for statement in statements:
        while "undo" in offered(client, statement.article):
            step(client, statement.article, "undo")

    assert [fresh(statement).gist for statement in statements] == ["three", "one", "one"]


def test_submitting_nothing_is_nothing_to_undo(client: Client, editor: User) -> None:
    article = make_article()

    client.post(reverse("article_submit", args=[article.uid]), headers=HTMX)

    assert offered(client, article) == {}


def test_two_windows_of_a_session_lose_nothing_of_each_other(client: Client, editor: User) -> None:
    """Both requests read the session before either wrote it, as it happens where they overlap."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    statement = make_statement()
    gist(client, statement, "one")
    windows = [HttpRequest(), HttpRequest()]
    for window in windows:
        window.session = SessionStore(client.session.session_key)
        assert window.session[done.KEY]

    for window in windows:
        with done.held(window, statement.article) as kept:
            kept.undo.append(kept.undo[0])

    assert len(client.session[done.KEY][statement.article.uid.hex][0]) == 3


def test_a_session_that_is_due_to_be_saved_is_saved_in_the_lock_only(
    client: Client, editor: User
) -> None:
    """Saved once more at the request's end, it would take back what another window stored meanwhile."""
    statement = make_statement()
    session = client.session
    session[SEEN_AT] = 0
    session.save()

    with CaptureQueriesContext(connection) as queries:
        gist(client, statement, "one")

    saved = [query for query in queries if query["sql"].startswith('UPDATE "django_session"')]
    assert len(saved) == 1
    assert client.session[SEEN_AT] > 0
    assert len(client.session[done.KEY][statement.article.uid.hex][0]) == 1


def test_a_message_of_an_act_that_changed_nothing_offers_no_undo(
    client: Client, editor: User
) -> None:
    statement = make_statement()
    gist(client, statement, "one")
    span = statement.live_spans("content")[0]
    typed = {"role": span.role, "version": fresh(statement).version}

    page = client.post(reverse("span_role", args=[span.uid]), typed, headers=HTMX)

    message = re.search(r'id="messages".*', page.text, re.DOTALL)
    assert message
    assert "is now" in message[0]
    assert "data-undo" not in message[0]
