from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.permissions import REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    approve_all,
    fresh,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    submit,
)
from annotations.tests.views.typed import ABSENT, HTMX

pytestmark = pytest.mark.django_db
KINDS: dict[str, Callable[[], Any]] = {
    "statements": make_statement,
    "responses": make_response,
    "restatements": make_restatement,
    "replies": make_reply_record,
}
ACTS = ["submit", "withdraw", "bring_back"]
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_work_is_submitted(client: Client, editor: User, kind: str) -> None:
    record = KINDS[kind]()

    page = client.post(
        reverse("submit", args=[kind, record.uid]), {"version": record.version}, headers=HTMX
    )

    assert page.status_code == 200
    assert "Submitted for review." in page.text
    assert fresh(record).state == "submitted"


@each_kind
@pytest.mark.parametrize("headers", [HTMX, {}], ids=["with script", "without"])
def test_what_was_deleted_is_brought_back_by_undo(
    client: Client, editor: User, kind: str, headers: dict[str, str]
) -> None:
    record = submit(KINDS[kind]())

    deleted = client.post(
        reverse("withdraw", args=[kind, record.uid]),
        {"version": record.version},
        headers=headers,
        follow=True,
    )
    [message] = list(deleted.context["messages"])
    state = fresh(record).state
    undone = client.post(message.extra_tags, headers=headers, follow=True)

    assert f"The {record._meta.verbose_name} was deleted." in deleted.text
    assert f'action="{message.extra_tags.replace("&", "&amp;")}"' in deleted.text
    assert state == "withdrawn"
    assert "Undone: deleted." in undone.text
    assert fresh(record).state == "submitted"


def test_an_undo_stays_in_the_article_that_is_read(client: Client, editor: User) -> None:
    far = make_statement(make_article(text="the army crossed the border."))
    link = make_response(make_statement(), far)
    on = {"on": str(far.article.uid)}

    deleted = client.post(
        reverse("withdraw", args=["responses", link.uid]),
        {"version": link.version} | on,
        headers=HTMX,
    )
    [message] = list(deleted.context["messages"])
    undone = client.post(message.extra_tags, headers=HTMX)

    assert deleted.context["reading"].article == far.article
    assert undone.context["reading"].article == far.article
    assert fresh(link).state == "draft"


@each_kind
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("version", ["99", "", "x", "-1", "9" * 50])
def test_an_act_on_another_version_is_refused_in_plain_words(
    client: Client, editor: User, kind: str, act: str, version: str
) -> None:
    record = KINDS[kind]()

    page = client.post(reverse(act, args=[kind, record.uid]), {"version": version}, headers=HTMX)

    assert page.status_code == 409
    assert "Somebody changed this just now. Look at it as it is, then do it again." in page.text
    assert (fresh(record).state, fresh(record).version) == ("draft", record.version)


def test_acts_that_the_state_does_not_allow_are_refused_in_plain_words(
    client: Client, editor: User
) -> None:
    link = approve(make_response())
    refused = {
        "submit": "It is approved already.",
        "bring_back": "It is not deleted.",
    }

    for act, said in refused.items():
        page = client.post(
            reverse(act, args=["responses", link.uid]), {"version": link.version}, headers=HTMX
        )

        assert page.status_code == 422
        assert said in page.text


def test_a_deleted_statement_is_not_submitted(client: Client, editor: User) -> None:
    statement = make_statement()
    client.post(
        reverse("withdraw", args=["statements", statement.uid]), {"version": statement.version}
    )
    now = fresh(statement)

    page = client.post(
        reverse("submit", args=["statements", statement.uid]),
        {"version": now.version},
        headers=HTMX,
    )

    assert page.status_code == 422
    assert "This statement was deleted meanwhile." in page.text
    assert (fresh(statement).version, fresh(statement).state) == (now.version, "withdrawn")


def test_what_another_link_took_the_place_of_is_not_brought_back(
    client: Client, editor: User
) -> None:
    link = make_response()
    client.post(reverse("withdraw", args=["responses", link.uid]), {"version": link.version})
    make_response(link.claim, link.response)

    page = client.post(
        reverse("bring_back", args=["responses", link.uid]),
        {"version": fresh(link).version},
        headers=HTMX,
    )

    assert page.status_code == 422
    assert "This response is linked to this claim already, with the same relation." in page.text


OTHERS = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "\x00",
]


@pytest.mark.parametrize("wanted", OTHERS)
def test_next_never_leads_away_from_the_site(client: Client, editor: User, wanted: str) -> None:
    statement = make_statement()

    answer = client.post(
        reverse("submit", args=["statements", statement.uid]),
        {"version": statement.version, "next": wanted},
    )

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(statement.article.get_absolute_url())


def test_next_leads_to_the_page_that_asked(client: Client, editor: User) -> None:
    statement = make_statement()

    answer = client.post(
        reverse("submit", args=["statements", statement.uid]),
        {"version": statement.version, "next": statement.get_absolute_url()},
    )

    assert answer.headers["Location"] == statement.get_absolute_url()


@each_kind
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [REPORTER, REVIEWER])
def test_only_those_who_annotate_act(client: Client, kind: str, act: str, role: str) -> None:
    record = KINDS[kind]()
    approve_all(*(end for end in _ends(record)), record)
    client.force_login(make_user(role))

    answer = client.post(reverse(act, args=[kind, record.uid]), {"version": fresh(record).version})

    assert answer.status_code == 403
    assert fresh(record).state == "approved"


def _ends(record: Any) -> list[Any]:
    return [
        getattr(record, name) for name in ("claim", "response", "of", "by") if hasattr(record, name)
    ]


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_posted_signed_in_and_to_what_is_there(
    client: Client, editor: User, act: str
) -> None:
    statement = make_statement()
    address = reverse(act, args=["statements", statement.uid])

    methods = {getattr(client, method)(address).status_code for method in ("get", "put", "delete")}
    absent = client.post(reverse(act, args=["statements", ABSENT])).status_code
    of_another_kind = client.post(reverse(act, args=["responses", statement.uid])).status_code
    client.logout()
    anonymous = client.post(address)

    assert (methods, absent, of_another_kind) == ({405}, 404, 404)
    assert anonymous.headers["Location"] == f"/sign-in/?next={address}"
