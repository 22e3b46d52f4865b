"""The home page: what waits for whom."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.editing.record_reply import attempt_contact
from annotations.models import ReviewState
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    reject,
    request_changes,
    submit,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, tzinfo=UTC)


def page(client: Client, role: str = EDITOR) -> str:
    client.force_login(make_user(role))
    return client.get("/").content.decode()


def test_work_sent_back_shows_its_reason_to_its_author_only(client: Client) -> None:
    me = make_user(EDITOR)
    statement = make_statement(user=me)
    request_changes(statement, "Name the ministry.")
    request_changes(make_statement(), "Not for me.")
    client.force_login(me)

    html = client.get("/").content.decode()

    assert "Name the ministry." in html
    assert "Not for me." not in html
    assert f"/articles/{statement.article.uid}/?statement={statement.uid}#s-{statement.uid}" in html


def test_links_and_reply_records_come_back_too(client: Client) -> None:
    me = make_user(EDITOR)
    claim = make_statement(user=me, about=[make_actor()])
    reject(make_response(claim, user=me), "No answer.")
    reject(make_restatement(claim, user=me), "Not the same.")
    reject(make_reply_record(claim, user=me), "Not evident.")
    client.force_login(me)

    html = client.get("/").content.decode()

    for reason in ("No answer.", "Not the same.", "Not evident."):
        assert reason in html


def test_drafts_are_counted_by_article_and_link_to_themselves(client: Client) -> None:
    me = make_user(EDITOR)
    article = make_article(headline="Army denies")
    make_statement(article, user=me)
    make_statement(article, user=me)
    submit(make_statement(article, user=me))
    make_statement(article)
    client.force_login(me)

    html = client.get("/").content.decode()

    assert re.search(rf'href="/articles/{article.uid}/">2 drafts<', html)
    assert '"#drafts"><b>2</b>' in html


def test_links_and_reply_records_are_drafts_too(client: Client) -> None:
    me = make_user(EDITOR)
    claim = approve(make_statement(about=[make_actor()]))
    answer = approve(make_statement(claim.article, "Nothing of the kind happened"))
    make_response(claim, answer, user=me)
    make_restatement(claim, answer, user=me)
    make_reply_record(claim, user=me)
    client.force_login(me)

    html = client.get("/").content.decode()

    assert re.search(rf'href="/articles/{claim.article.uid}/">3 drafts<', html)
    assert '"#drafts"><b>3</b>' in html


def test_who_changed_the_approved_work_of_another_reads_why_it_came_back(client: Client) -> None:
    me = make_user(EDITOR)
    for user, reason in ((me, "Not what was printed."), (make_user(EDITOR), "Not for me.")):
        claim = approve(make_statement(about=[make_actor()]))
        record = approve(make_reply_record(claim))
        called = attempt_contact(
            user=user, record=record, version=record.version, attempted_at=NOW, means="phone"
        )
        request_changes(called, reason)
    client.force_login(me)

    html = client.get("/").content.decode()

    assert "Not what was printed." in html
    assert "Not for me." not in html
    assert '"#sent-back"><b>1</b>' in html


def test_reviewers_see_what_waits_with_links_into_the_admin(client: Client) -> None:
    submit(make_statement())
    submit(make_response())

    html = page(client, REVIEWER)

    assert '/admin/annotations/statement/?state=submitted"><b>1</b>' in html
    assert '/admin/annotations/response/?state=submitted"><b>1</b>' in html


def test_editors_are_shown_no_admin_links(client: Client) -> None:
    submit(make_statement())

    html = page(client, EDITOR)

    assert "/admin/" not in html


def test_open_claims_are_counted_and_linked(client: Client) -> None:
    make_statement(about=[make_actor()])
    make_statement()

    html = page(client)

    assert re.search(r'/statements/\?answered=open"><b>1</b> open claim<', html)


def test_reporters_see_approved_work_and_the_csv_links(client: Client) -> None:
    made = [make_in_state(make_statement(), s) for s in set(ReviewState.values) - {"suggested"}]

    html = page(client, REPORTER)

    listed = set(re.findall(r'class="quote[^>]*><a href="/statements/([0-9a-f-]{36})/', html))
    assert listed == {str(row.uid) for row in made if row.state == "approved"}
    assert 'href="/statements.csv"' in html
    assert 'href="/exchanges.csv"' in html
    assert html.count("/articles/") == 1 + 2  # the nav, the statement's article, the new articles


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, REPORTER, ADMINISTRATOR])
def test_an_empty_desk_says_what_to_do(client: Client, role: str) -> None:
    html = page(client, role)

    assert html.count('class="card empty"') >= 1


@pytest.mark.parametrize(("role", "queries"), [(EDITOR, 25), (REPORTER, 12)])
def test_queries_do_not_grow_with_work(
    client: Client, role: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    me = make_user(role)
    client.force_login(me)
    client.get("/healthz")  # the session notes its first use
    for _ in (1, 2):
        author = me if role == EDITOR else make_user(EDITOR)
        make_statement(user=author)
        request_changes(make_statement(user=author, about=[make_actor()]))
        approve(make_statement(user=author))

        with django_assert_num_queries(queries):
            client.get("/")


def test_people_without_a_role_are_refused(client: Client) -> None:
    client.force_login(make_user(""))

    assert client.get("/").status_code == 403


def test_home_only_reads(client: Client) -> None:
    client.force_login(make_user(EDITOR))

    assert client.post("/").status_code == 405
