"""Actors for the page's scripts."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post
from annotations.models import Actor
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import approve, make_actor, make_statement, make_user, usual

pytestmark = pytest.mark.django_db
ADDRESS = "/api/actors/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    client.get("/healthz")  # the session notes its first use
    return client


def names(client: Client, words: str) -> list[str]:
    return [row["name"] for row in client.get(ADDRESS, {"q": words}).json()["results"]]


def test_exact_names_come_first_then_names_that_begin_so(editor: Client) -> None:
    for name in ("New Pakistan", "Pakistan Army", "Pakistan", "Iran"):
        make_actor(name)
    make_actor("Republic", aliases=["PAKISTAN"])

    found = names(editor, "pakistan")

    assert found == ["Pakistan", "Republic", "Pakistan Army", "New Pakistan"]


def test_names_are_folded_and_the_matched_alias_is_told(editor: Client) -> None:
    make_actor("Azizuddin Ma’arij", aliases=["The Governor"])

    by_name = editor.get(ADDRESS, {"q": "maarij"}).json()["results"][0]
    by_alias = editor.get(ADDRESS, {"q": "govern"}).json()["results"][0]

    assert (by_name["matched"], by_alias["matched"]) == (None, "The Governor")


def test_at_most_twelve_are_offered(editor: Client) -> None:
    for number in range(14):
        make_actor(f"Army {number}")

    found = names(editor, "army")

    assert len(found) == 12


def test_nothing_typed_offers_nothing(editor: Client) -> None:
    make_actor("Army")

    found = names(editor, " ")

    assert found == []


def test_a_merged_actors_name_offers_the_standing_one(editor: Client) -> None:
    army, slip = make_actor("Pakistan Army"), make_actor("Pakistni Forces")
    merge(user=usual(EDITOR), actor=slip, version=slip.version, into=army)

    found = names(editor, "pakistni")

    assert found == ["Pakistan Army"]


def test_posts_held_today_are_told(editor: Client) -> None:
    spokesman, ministry = make_actor("Khwarizmi"), make_actor("Ministry", kind="organisation")
    for title, until in (("spokesman", None), ("clerk", date(2020, 1, 1))):
        details = PostDetails(title=title, organisation=ministry, until=until)
        give_post(user=usual(EDITOR), holder=spokesman, details=details)
    later = timezone.localdate() + timedelta(days=3)
    details = PostDetails(title="minister", organisation=ministry, since=later)
    give_post(user=usual(EDITOR), holder=spokesman, details=details)

    found = editor.get(ADDRESS, {"q": "khwa"}).json()["results"][0]

    assert found["posts"] == [
        {
            "title": "spokesman",
            "organisation": {
                "uid": str(ministry.uid),
                "name": "Ministry",
                "kind": "organisation",
            },
        }
    ]


def test_reporters_are_offered_actors_of_approved_work_only(client: Client) -> None:
    seen, hidden = make_actor("Army Seen"), make_actor("Army Hidden")
    approve(make_statement(speaker=seen))
    make_statement(speaker=hidden)
    client.force_login(make_user(REPORTER))

    found = names(client, "army")

    assert found == ["Army Seen"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_actors(
    editor: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        make_actor(f"Army {number}", aliases=[f"Force {number}"])

    with django_assert_num_queries(6):
        editor.get(ADDRESS, {"q": "army"})


def test_an_unknown_parameter_is_named(editor: Client) -> None:
    response = editor.get(ADDRESS, {"q": "a", "name": "b"})

    assert (response.status_code, set(response.json())) == (400, {"name"})


def test_a_new_actor_is_created(editor: Client) -> None:
    response = editor.post(
        ADDRESS, {"name": " Sadeq Shinwari ", "kind": "person"}, content_type="application/json"
    )

    assert response.status_code == 201
    assert Actor.objects.get(uid=response.json()["uid"]).name == "Sadeq Shinwari"


def test_a_near_duplicate_answers_with_whom_it_may_be(editor: Client) -> None:
    there = make_actor("Sadeq Shinwari")

    response = editor.post(
        ADDRESS, {"name": "Sadeq Shinwary", "kind": "person"}, content_type="application/json"
    )

    assert response.status_code == 409
    assert response.json()["candidates"] == [
        {"uid": str(there.uid), "name": "Sadeq Shinwari", "kind": "person"}
    ]
    assert Actor.objects.count() == 1


def test_a_near_duplicate_is_created_when_meant(editor: Client) -> None:
    make_actor("Sadeq Shinwari")

    response = editor.post(
        ADDRESS,
        {"name": "Sadeq Shinwary", "kind": "person", "although_near": True},
        content_type="application/json",
    )

    assert response.status_code == 201


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, {"name", "kind"}),
        ({"name": "A", "kind": "robot"}, {"kind"}),
        ({"name": "A\u0000", "kind": "person"}, {"name"}),
        ({"name": "A\ud800", "kind": "person"}, {"name"}),
        ({"name": "A" * 301, "kind": "person"}, {"name"}),
    ],
)
def test_what_cannot_be_stored_is_named(
    editor: Client, typed: dict[str, str], fields: set[str]
) -> None:
    response = editor.post(ADDRESS, typed, content_type="application/json")

    assert (response.status_code, set(response.json())) == (400, fields)


@pytest.mark.parametrize("role", [REVIEWER, REPORTER, ""])
def test_only_those_who_annotate_create_actors(client: Client, role: str) -> None:
    client.force_login(make_user(role))

    response = client.post(
        ADDRESS, {"name": "Somebody", "kind": "person"}, content_type="application/json"
    )

    assert (response.status_code, Actor.objects.count()) == (403, 0)


def test_people_without_a_role_are_refused(client: Client) -> None:
    client.force_login(make_user(""))

    response = client.get(ADDRESS, {"q": "a"})

    assert response.status_code == 403


def test_signed_out_people_are_refused(client: Client) -> None:
    response = client.get(ADDRESS, {"q": "a"})

    assert response.status_code == 401


def test_a_write_without_the_page_s_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(usual(EDITOR))

    response = client.post(
        ADDRESS, {"name": "Somebody", "kind": "person"}, content_type="application/json"
    )

    assert (response.status_code, Actor.objects.count()) == (403, 0)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(editor: Client, method: str) -> None:
    response = getattr(editor, method)(ADDRESS)

    assert response.status_code == 405


def test_posts_of_an_actor_that_was_merged_into_it_are_told(editor: Client) -> None:
    holder, ministry, standing = make_actor("Ann"), make_actor("Ministry"), make_actor("Ann Clerk")
    details = PostDetails(title="clerk", organisation=ministry)
    give_post(user=usual(EDITOR), holder=holder, details=details)
    merge(user=usual(EDITOR), actor=holder, version=holder.version, into=standing)

    [found] = editor.get(ADDRESS, {"q": "clerk"}).json()["results"]

    assert [post["title"] for post in found["posts"]] == ["clerk"]
