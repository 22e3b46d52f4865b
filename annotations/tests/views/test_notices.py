"""Who recorded a claim is told of replies that others linked to it, until they have seen it."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.models import Notice, Response
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_response,
    make_statement,
    make_user,
    reject,
)

pytestmark = pytest.mark.django_db
QUERIES = 28


@pytest.fixture
def me(client: Client) -> User:
    user = make_user(EDITOR)
    client.force_login(user)
    return user


def told(user: User) -> list[tuple[str, str]]:
    """Who did what, as the user's unseen notices say."""
    rows = Notice.objects.visible_to(user).unseen().select_related("by")
    return [(row.by.get_username(), row.event) for row in rows]


def test_a_reply_that_somebody_links_to_my_claim_is_told_until_i_have_seen_it(
    client: Client, me: User
) -> None:
    ann = make_user(EDITOR, username="ann")
    link = make_response(make_statement(user=me), user=ann)

    before = client.get("/").content.decode()
    address = f"/notices/{Notice.objects.get().uid}/seen/"
    answers = [client.post(address).status_code for _ in (1, 2)]
    seen = [fresh(Notice.objects.get()).seen_at is not None]
    after = client.get("/").content.decode()

    assert "<b>ann</b> linked a reply: denies" in before
    assert f'href="/statements/{link.response.uid}/"' in before
    assert answers == [302, 302]
    assert seen == [True]
    assert "1 new</b>" in before  # in the bar
    assert "<b>ann</b>" not in after
    assert " new</b>" not in after
    assert told(me) == []


def test_what_i_do_myself_is_not_told(me: User) -> None:
    administrator = make_user(ADMINISTRATOR)
    make_response(make_statement(user=me), user=me)
    by_me = make_response(make_statement(user=make_user(EDITOR)), user=me)
    judged = make_response(make_statement(user=administrator), user=me)
    approve(judged, reviewer=administrator)

    assert told(me) == []
    assert told(by_me.claim.created_by) == [(me.username, "linked")]  # the control
    assert told(administrator) == [(me.username, "linked")]


def test_the_judgement_takes_the_place_of_what_was_not_seen_and_comes_anew_after_it(
    me: User,
) -> None:
    link = make_response(make_statement(user=me))

    reject(link, "No answer.")
    first = told(me)
    Notice.objects.update(seen_at=link.created_at)
    approve(fresh(link))

    assert first == [("usual-reviewer", "sent_back")]
    assert told(me) == [("usual-reviewer", "approved")]
    assert Notice.objects.count() == 2


def test_a_deleted_link_is_no_news(me: User) -> None:
    link = make_response(make_statement(user=me))

    delete(link)

    assert told(me) == []


def test_others_neither_see_nor_dismiss_it(client: Client, me: User) -> None:
    make_response(make_statement(user=make_user(EDITOR)))
    theirs = Notice.objects.get()

    html = client.get("/").content.decode()
    status = client.post(f"/notices/{theirs.uid}/seen/").status_code

    assert "linked a reply" not in html
    assert status == 404
    assert fresh(theirs).seen_at is None


def test_a_reporter_reads_none_of_unapproved_work(client: Client, me: User) -> None:
    link = make_response(make_statement(user=me))
    me.groups.set([Group.objects.get(name=REPORTER)])
    client.force_login(User.objects.get(pk=me.pk))

    html = client.get("/").content.decode()

    assert told(User.objects.get(pk=me.pk)) == []
    assert "linked a reply" not in html
    assert f"/statements/{link.response.uid}/" not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_notices(
    client: Client, me: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/healthz")  # the session notes its first use
    for _ in range(rows):
        make_response(make_statement(user=me))

    with django_assert_num_queries(QUERIES):
        client.get("/")

    assert Response.objects.count() == rows
