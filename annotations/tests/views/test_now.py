"""What an open article page asks every few seconds."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.editing.assign import give, give_back
from annotations.editing.receive import ArticleDetails, describe
from annotations.editing.undo import undo
from annotations.models import Article, Assignment, Presence, Statement
from annotations.models.pulse import pulse
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    approve,
    correct_text,
    delete,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    submit,
    usual,
)
from annotations.tests.views.linked import linked_article

pytestmark = pytest.mark.django_db


def ask(client: Client, article: Article, before: dict[str, Any] | None = None) -> Any:
    """What a page is answered that was answered this before."""
    known = {name: (before or {}).get(name, "") for name in ("marks", "people", "at")}
    return client.get(f"{article.get_absolute_url()}now/", known, headers={"HX-Request": "true"})


def marks_of(article: Article, user: User) -> str:
    found = pulse(article.uid, user)
    assert found
    return found.marks


def test_nothing_changed_is_told_without_words_and_in_two_queries(
    client: Client, editor: User
) -> None:
    article = linked_article(3)
    first = ask(client, article).json()
    ask(client, article, first)

    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, article, first)

    assert (answer.status_code, answer.content) == (204, b"")
    own = [query["sql"] for query in queries if "annotations_statement" in query["sql"]]
    people = [query["sql"] for query in queries if "annotations_presence" in query["sql"]]
    assert (len(own), len(people), len(queries)) == (1, 1, 5)  # beside session, account and roles


def test_each_change_in_an_article_makes_another_mark_and_others_do_not(editor: User) -> None:
    claim = make_statement(about=[make_actor("The army")])
    article = claim.article
    elsewhere = make_statement()
    seen = [marks_of(article, editor)]

    def changed() -> bool:
        seen.append(marks_of(article, editor))
        return len(set(seen)) == len(seen)

    answer = make_statement(article, "denied the claim")
    assert changed()
    make_response(claim, answer)
    assert changed()
    make_response(elsewhere, answer)
    assert changed()
    make_restatement(elsewhere, answer)
    assert changed()
    make_reply_record(claim)
    assert changed()
    submit(claim)
    assert changed()
    delete(answer)
    assert changed()
    correct_text(article, article.revision.text + "One more line.")
    assert changed()
    make_response(elsewhere, make_statement())
    assert marks_of(article, editor) == seen[-1]


def test_others_acts_are_told_in_words_and_ones_own_are_not(client: Client, editor: User) -> None:
    article = make_article()
    first = ask(client, article).json()
    rahimi = make_user(EDITOR, username="Rahimi")
    claim = make_statement(article, user=rahimi)
    link = make_response(
        claim, make_statement(article, "denied the claim", user=editor), user=rahimi
    )
    submit(claim, user=rahimi)
    submit(link, user=editor)

    told = ask(client, article, first).json()

    assert [(news["words"], news["statements"]) for news in told["news"]] == [
        ("Rahimi added a statement", [str(claim.uid)]),
        ("Rahimi submitted work for review", [str(claim.uid)]),
        ("Rahimi linked a response", sorted([str(claim.uid), str(link.response.uid)])),
    ]
    assert told["marks"] == marks_of(article, editor)
    assert ask(client, article, told).status_code == 204
    change = Statement.history.filter(history_user=rahimi).earliest("history_id").change_id
    assert str(change) == told["news"][0]["change"]
    delete(claim)
    later = ask(client, article, told | {"at": (timezone.now() + timedelta(minutes=1)).isoformat()})
    assert later.json()["news"] == []


def test_other_details_and_who_has_the_article_are_told(client: Client, editor: User) -> None:
    article, other = make_article(), make_article()
    rahimi, farida = (make_user(EDITOR, username=name) for name in ("Rahimi", "Farida"))
    seen = [ask(client, article).json()]

    def heard() -> tuple[list[str], list[str]]:
        seen.append(ask(client, article, seen[-1]).json())
        news = [each for each in seen[-1]["news"] if each not in seen[-2]["news"]]
        return [each["words"] for each in news], [each["part"] for each in news]

    for user in (rahimi, editor):
        now = fresh(article)
        details = ArticleDetails("Seen by " + user.username)
        describe(user=user, article=now, version=now.version, details=details)
    described = heard()
    give(user=rahimi, article=article, editor=rahimi)
    give(user=rahimi, article=other, editor=rahimi)
    taken = heard()
    held = Assignment.objects.live().get(article=article)
    give(user=rahimi, article=article, editor=farida, instead_of=held.uid)
    given = heard()
    give_back(user=farida, article=article)

    assert described == (["Rahimi changed the article’s details"], ["details"])
    assert taken == (["Rahimi took the article"], ["holder"])
    assert given == (["Rahimi gave the article to Farida"], ["holder"])
    assert heard() == (["Farida gave the article back"], ["holder"])

    reporter = make_user(REPORTER)
    approve(make_statement(article))
    before = marks_of(article, reporter)
    give(user=rahimi, article=article, editor=rahimi)
    assert marks_of(article, reporter) == before


def test_an_undo_is_news_too(client: Client, editor: User) -> None:
    claim = make_statement()
    first = ask(client, claim.article).json()
    made = claim.history.earliest("history_id").change_id
    undo(user=usual(EDITOR), change_id=made)

    told = ask(client, claim.article, first).json()["news"]

    assert told[-1]["words"] == "usual-editor undid something"


def test_a_reporter_learns_of_approved_work_only_and_of_nobody(client: Client) -> None:
    claim = approve(make_statement())
    article = claim.article
    Presence.objects.note(article, usual(EDITOR), timezone.now())
    client.force_login(make_user(REPORTER))
    first = ask(client, article).json()

    draft = make_statement(article, "denied the claim")
    link = make_response(claim, draft)

    assert (first["names"], first["news"]) == ([], [])
    assert ask(client, article, first).status_code == 204
    approve(draft)
    second = ask(client, article, first).json()
    assert (second["names"], second["news"]) == ([], [])
    assert second["marks"] != first["marks"]
    approve(link)
    assert ask(client, article, second).json()["marks"] != second["marks"]
    assert client.post(f"{article.get_absolute_url()}here/").status_code == 403


def test_who_has_the_article_open_is_named_for_half_a_minute(client: Client, editor: User) -> None:
    article, other = make_article(), make_article()
    rahimi, farida = (make_user(EDITOR, username=name) for name in ("Rahimi", "Farida"))
    here = f"{article.get_absolute_url()}here/"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(here)
        for user in (rahimi, farida):
            window = Client()
            window.force_login(user)
            assert window.post(here).status_code == 204
        first = ask(client, article).json()

        assert first["names"] == ["Farida", "Rahimi"]
        assert ask(client, other).json()["names"] == []
        assert ask(client, article, first).status_code == 204
        clock.shift(20)
        window.post(here)
        clock.shift(15)
        assert ask(client, article, first).json()["names"] == ["Farida"]
        clock.shift(31)
        assert ask(client, article, first).json()["names"] == []
        clock.shift(3600)
        client.post(f"{other.get_absolute_url()}here/")
        assert Presence.objects.count() == 1


def test_a_sign_of_life_is_one_write(client: Client, editor: User) -> None:
    article = make_article()
    here = f"{article.get_absolute_url()}here/"
    client.post(here)

    with CaptureQueriesContext(connection) as queries:
        client.post(here)

    writes = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert len(writes) == 1
    assert writes[0].startswith('UPDATE "annotations_presence"')


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("correction", "usual-editor corrected the text."),
        ("retraction", "usual-editor recorded that the article was retracted."),
    ],
)
def test_another_text_is_told_with_who_brought_it(
    client: Client, editor: User, reason: str, words: str
) -> None:
    article = make_article()
    first = ask(client, article).json()
    correct_text(article, article.revision.text + "More.", reason)

    told = ask(client, article, first).json()

    assert (first["corrected"], told["corrected"], told["revision"]) == ("", words, 2)


def test_what_is_asked_wrongly_is_answered_as_if_nothing_was_known(
    client: Client, editor: User
) -> None:
    article = fresh(make_article())

    for at in ("x", "2026-13-45T00:00:00", "2026-01-01", "2026-01-01T00:00:00"):
        assert ask(client, article, {"marks": "x", "people": "y", "at": at}).status_code == 200
    page = client.get(article.get_absolute_url())
    assert f'data-marks="{marks_of(article, editor)}"' in page.text
