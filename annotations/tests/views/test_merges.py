"""Two actors turn out to be one; or not, after all."""

import uuid

import pytest
from django.test import Client

from annotations.models import Actor
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    make_actor,
    make_reply_record,
    make_response,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db
ABSENT = "8f2f2f7c-3f43-4f6e-9a43-0f3d7f7d0f11"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    return client


@pytest.fixture
def slip() -> Actor:
    return make_actor("Pakistani army", aliases=["The forces"])


@pytest.fixture
def army() -> Actor:
    return make_actor("Pakistan Army")


def again(actor: Actor) -> Actor:
    return Actor.objects.get(pk=actor.pk)


def test_the_preview_says_what_moves(editor: Client, slip: Actor, army: Actor) -> None:
    claim = make_statement(about=[slip])
    make_response(claim, parties=[slip])
    make_reply_record(claim, slip)
    make_statement(speaker=slip)
    follower = make_actor("Armee")
    editor.post(f"/actors/{follower.uid}/merge/", {"into": slip.uid, "version": follower.version})

    html = editor.get(f"/actors/{slip.uid}/merge/", {"into_name": "pakistan army"}).content.decode()

    assert ">2 statements</a> in which" in html
    assert ">1 response</a>" in html
    assert "<li>1 reply record</li>" in html
    assert "“The forces”" in html
    assert ">Armee</a>" in html
    assert again(slip).merged_into is None


def test_two_actors_become_one(editor: Client, slip: Actor, army: Actor) -> None:
    statement = make_statement(speaker=slip)

    response = editor.post(
        f"/actors/{slip.uid}/merge/", {"into": army.uid, "version": slip.version}
    )

    assert response["Location"] == f"/actors/{army.uid}/"
    assert again(slip).merged_into == army
    assert str(statement.uid) in editor.get(response["Location"]).content.decode()


def test_they_become_two_again(editor: Client, slip: Actor, army: Actor) -> None:
    editor.post(f"/actors/{slip.uid}/merge/", {"into": army.uid, "version": slip.version})
    html = editor.get(f"/actors/{slip.uid}/").content.decode()

    editor.post(f"/actors/{slip.uid}/unmerge/", {"version": again(slip).version})

    assert "Merged into" in html
    assert again(slip).merged_into is None


@pytest.mark.parametrize("into", ["", "Nobody", ABSENT, "Pakistani army"])
def test_an_actor_is_merged_into_another_that_is_there(
    editor: Client, slip: Actor, into: str
) -> None:
    answers = [
        editor.post(f"/actors/{slip.uid}/merge/", {name: into, "version": slip.version})
        for name in ("into", "into_name")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert again(slip).merged_into is None


def test_of_three_of_a_name_the_chosen_one_is_merged_into(editor: Client, army: Actor) -> None:
    chosen, _ = make_actor("Pakistan Army"), make_actor("Pakistan Army")
    typed = {"into_name": "Pakistan Army", "version": army.version}

    named = editor.post(f"/actors/{army.uid}/merge/", typed)
    editor.post(f"/actors/{army.uid}/merge/", typed | {"into": chosen.uid})

    assert "Several actors are called so" in named.content.decode()
    assert again(army).merged_into == chosen


def test_a_merged_actor_is_not_merged_again(editor: Client, slip: Actor, army: Actor) -> None:
    other = make_actor("Navy")
    editor.post(f"/actors/{slip.uid}/merge/", {"into": army.uid, "version": slip.version})

    response = editor.post(
        f"/actors/{slip.uid}/merge/", {"into": other.uid, "version": again(slip).version}
    )

    assert (response.status_code, again(slip).merged_into) == (422, army)


@pytest.mark.parametrize("version", ["", "0", "7"])
def test_a_stale_merge_changes_nothing_and_keeps_the_choice(
    editor: Client, slip: Actor, army: Actor, version: str
) -> None:
    response = editor.post(
        f"/actors/{slip.uid}/merge/", {"into": army.uid, "version": version}, follow=True
    )

    html = response.content.decode()
    assert again(slip).merged_into is None
    assert "Somebody changed this actor just now" in html
    assert "See what moves" in html
    assert str(army.uid) in html


def test_a_stale_unmerge_changes_nothing(editor: Client, slip: Actor, army: Actor) -> None:
    editor.post(f"/actors/{slip.uid}/merge/", {"into": army.uid, "version": slip.version})

    editor.post(f"/actors/{slip.uid}/unmerge/", {"version": slip.version})

    assert again(slip).merged_into == army


def test_unmerging_what_is_not_merged_is_told(editor: Client, slip: Actor) -> None:
    response = editor.post(f"/actors/{slip.uid}/unmerge/", {"version": slip.version}, follow=True)

    assert "This actor is not merged." in response.content.decode()


@pytest.mark.parametrize("role", [REVIEWER, REPORTER, ""])
def test_only_those_who_annotate_merge(client: Client, slip: Actor, army: Actor, role: str) -> None:
    client.force_login(make_user(role))

    answers = [
        client.post(f"/actors/{slip.uid}/{act}/", {"into": army.uid, "version": slip.version})
        for act in ("merge", "unmerge")
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert again(slip).merged_into is None


def test_absent_actors_answer_404(editor: Client) -> None:
    absent = uuid.uuid4()

    answers = [editor.post(f"/actors/{absent}/{act}/").status_code for act in ("merge", "unmerge")]

    assert answers == [404, 404]


def test_unmerging_takes_a_post_request(editor: Client, slip: Actor) -> None:
    assert editor.get(f"/actors/{slip.uid}/unmerge/").status_code == 405
