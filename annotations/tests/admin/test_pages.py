"""The admin's pages: who opens them, what they show, that they change nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from annotations.models import ReviewState, Statement
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER
from annotations.tests.admin.acting import address, sign_in, text
from annotations.tests.admin.rows import KINDS, make_rows
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    select,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["", EDITOR, REPORTER])
def test_other_roles_do_not_open_the_admin(role: str) -> None:
    answer = sign_in(make_user(role)).get(reverse("admin:index"))

    assert answer.status_code == 403


@pytest.mark.parametrize("role", [REVIEWER, ADMINISTRATOR])
def test_role_opens_the_admin_without_the_staff_flag(role: str) -> None:
    user = make_user(role)
    User.objects.filter(pk=user.pk).update(is_staff=False)

    answer = sign_in(user).get(reverse("admin:index"))

    assert "Newsroom review" in text(answer)
    assert 'href="/"' in text(answer)


def test_staff_flag_without_the_role_opens_nothing() -> None:
    user = make_user(EDITOR)
    User.objects.filter(pk=user.pk).update(is_staff=True)

    answer = sign_in(user).get(reverse("admin:index"))

    assert answer.status_code == 403


def test_signed_out_people_sign_in_on_the_site(client: Any) -> None:
    answer = client.get(reverse("admin:login") + "?next=/admin/annotations/", follow=False)

    assert answer["Location"] == "/sign-in/?next=/admin/annotations/"


@pytest.mark.parametrize("kind", KINDS)
def test_pages_open(kind: str) -> None:
    client = sign_in(make_user(REVIEWER))
    [row] = make_rows(kind, 1)

    pages = [client.get(address(row, page)) for page in ("changelist", "change", "history")]

    assert [page.status_code for page in pages] == [200, 200, 200]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", ["change", "add", "delete"])
def test_nothing_is_written_in_the_admin(kind: str, which: str) -> None:
    client = sign_in(make_user("", superuser=True))
    [row] = make_rows(kind, 1)
    before = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    forged = {name: value or "1" for name, value in before.items()} | {"post": "yes"}

    answer = client.post(address(row, which), forged)

    row.refresh_from_db()
    assert answer.status_code == 403
    assert {field.attname: getattr(row, field.attname) for field in row._meta.fields} == before


@pytest.mark.parametrize("kind", KINDS)
def test_no_earlier_version_is_brought_back(kind: str) -> None:
    client = sign_in(make_user("", superuser=True))
    [row] = make_rows(kind, 1)
    rows_before = row.history.count()
    oldest = row.history.last()

    answers = [
        client.post(f"{address(row, 'history')}{oldest.history_id}/"),
        client.post(address(row, "history")),
    ]

    assert row.history.count() == rows_before
    assert fresh(row).version == row.version if hasattr(row, "version") else True
    assert "Revert" not in text(client.get(address(row, "history")))
    assert answers[0].status_code in (302, 403, 404)


def test_quote_stands_in_its_context() -> None:
    before, after = "b" * 300, "a" * 300
    article = make_article(text=f"{before} They crossed the border. {after}")
    submit(make_statement(article, "They crossed the border."))

    page = text(sign_in(make_user(REVIEWER)).get(reverse("admin:annotations_statement_changelist")))

    assert f"…{'b' * 159} <mark>They crossed the border.</mark> {'a' * 159}…" in page
    assert article.get_absolute_url() in page


def test_quote_in_two_pieces_is_marked_twice() -> None:
    article = make_article(text="One thing, he said, and another. " + "x" * 1000 + " The end.")
    words = [select(article, word) for word in ("One thing", "and another", "The end")]
    statement = submit(make_statement(article, selections=words))

    page = text(sign_in(make_user(REVIEWER)).get(address(statement, "change")))

    assert "<mark>One thing</mark>, he said, <mark>and another</mark>. xxx" in page
    assert "x <mark>The end</mark>." in page


def test_list_opens_with_what_waits() -> None:
    waiting, draft = submit(make_statement()), make_statement()
    client = sign_in(make_user(REVIEWER))

    answer = client.get(address(waiting))
    everything = client.get(address(waiting), {"state": "all"})

    assert list(answer.context["cl"].result_list) == [waiting]
    assert set(everything.context["cl"].result_list) == {waiting, draft}


def test_filters_narrow() -> None:
    other = make_user(EDITOR)
    wanted = make_statement(user=other, form=Statement.Form.DIRECT)
    make_statement()
    client = sign_in(make_user(REVIEWER))

    found = [
        list(client.get(address(wanted), {"state": "draft", **chosen}).context["cl"].result_list)
        for chosen in (
            {"editor": str(other.pk)},
            {"article": str(wanted.article_id)},
            {"form__exact": "direct"},
            {"actor": str(wanted.speakers()[0].actor_id)},
        )
    ]

    assert found == [[wanted]] * 4


def test_relation_narrows_responses() -> None:
    wanted = submit(make_response(relation="concedes"))
    submit(make_response(relation="denies"))
    client = sign_in(make_user(REVIEWER))

    answer = client.get(address(wanted), {"relation__exact": "concedes"})

    assert list(answer.context["cl"].result_list) == [wanted]


def test_search_folds_accents_and_case() -> None:
    wanted = submit(make_statement(speaker=make_actor("Ma’arij Émile")))
    submit(make_statement())

    answer = sign_in(make_user(REVIEWER)).get(address(wanted), {"q": "maarij EMILE"})

    assert list(answer.context["cl"].result_list) == [wanted]


@pytest.mark.parametrize(
    "asked",
    [
        {"created_by__password__startswith": "md5"},
        {"created_by__username": "x"},
        {"article__created_by__password__contains": "a"},
        {"version": "1"},
        {"form__startswith": "d"},
        {"form__exact": "nul\x00"},
    ],
)
def test_other_columns_are_not_asked_by_address(asked: dict[str, str]) -> None:
    statement = submit(make_statement())

    answer = sign_in(make_user(REVIEWER)).get(address(statement), asked)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "nonsense"},
        {"article": "x"},
        {"editor": "9" * 30},
        {"q": "nul\x00"},
        {"actor": "-1"},
        {"o": "99"},
        {"p": "99"},
    ],
)
def test_wrong_values_are_borne(asked: dict[str, str]) -> None:
    statement = submit(make_statement())

    answer = sign_in(make_user(REVIEWER)).get(address(statement), asked, follow=True)

    assert answer.status_code in (200, 400, 404)


def test_record_page_offers_the_actions() -> None:
    statement = submit(make_statement())

    page = text(sign_in(make_user(REVIEWER)).get(address(statement, "change")))

    assert [f'value="{action}"' in page for action in ("approve", "request_changes", "reject")] == [
        True
    ] * 3


def test_record_page_says_when_it_is_own_work() -> None:
    writer = make_user(ADMINISTRATOR)
    own = submit(make_statement(user=writer), user=writer)

    page = text(sign_in(writer).get(address(own, "change")))

    assert "somebody else has to judge it" in page
    assert 'name="action"' not in page


def test_history_tells_who_what_and_the_parts() -> None:
    speaker = make_actor("The Minister")
    statement = submit(make_statement(speaker=speaker, points=["They crossed."]))

    page = text(sign_in(make_user(REVIEWER)).get(address(statement, "history")))

    told = ("usual-editor", "highlighted", "added speaker The Minister", "“They crossed.”")
    assert [words in page for words in told] == [True] * len(told)
    assert "<strong>Review:</strong> draft → submitted" in page
    assert statement.state == ReviewState.SUBMITTED


@pytest.mark.parametrize("key", ["x", "9" * 40, "0"])
def test_history_of_nothing_is_not_there(key: str) -> None:
    client = sign_in(make_user(REVIEWER))

    answer = client.get(f"/admin/annotations/statement/{key}/history/")

    assert answer.status_code == 404


@pytest.mark.parametrize("role", [REVIEWER, ADMINISTRATOR])
@pytest.mark.parametrize("which", ["changelist", "add", "change", "delete", "history"])
def test_only_superusers_reach_accounts_and_roles(role: str, which: str) -> None:
    user = make_user(role)
    client = sign_in(user)

    answers = [
        getattr(client, method)(address(row, which))
        for row in (user, Group.objects.get(name=role))
        for method in ("get", "post")
    ]

    assert {answer.status_code for answer in answers} == {403}


@pytest.mark.parametrize("role", ["", EDITOR, REPORTER, REVIEWER, ADMINISTRATOR])
def test_forged_rights_are_not_given(role: str) -> None:
    user = make_user(role)
    client = sign_in(user)
    forged = {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [str(group.pk) for group in Group.objects.all()],
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00",
    }

    client.post(address(user, "change"), forged)
    client.post(f"/admin/auth/user/{user.pk}/password/", {"password1": "x" * 14})

    user.refresh_from_db()
    assert (user.is_superuser, [group.name for group in user.groups.all()]) == (
        False,
        [role] if role else [],
    )


def test_superuser_gives_a_role_but_deletes_nobody() -> None:
    client = sign_in(make_user("", superuser=True))
    user = make_user(REPORTER)
    editor = Group.objects.get(name=EDITOR)

    client.post(
        address(user, "change"),
        {"username": user.username, "is_active": "on", "groups": [str(editor.pk)]},
    )
    deleted = client.post(address(user, "delete"), {"post": "yes"})

    assert [group.name for group in user.groups.all()] == [EDITOR]
    assert deleted.status_code == 403
