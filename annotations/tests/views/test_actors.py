"""Actors: the list, their pages, their names."""

import re
import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post
from annotations.models import Actor, ReviewState
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    make_actor,
    make_article,
    make_in_state,
    make_response,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/actors/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    client.get("/healthz")  # the session notes its first use
    return client


def page(client: Client, path: str = "") -> str:
    response = client.get(f"{ADDRESS}{path}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def shown(html: str) -> list[str]:
    return re.findall(r'entry-title" dir="auto"><a href="/actors/[0-9a-f-]{36}/">([^<]*)<', html)


def link(html: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="\?([^"]*)"', html)
    return "?" + found.group(1).replace("&amp;", "&") if found else ""


def typed(**changes: str) -> dict[str, str]:
    """What the form sends, with some of it changed."""
    return {
        "name": "Sadeq Shinwari",
        "kind": "person",
        "aliases": "",
        "wikidata": "",
        "note": "",
    } | changes


def test_actors_are_listed_by_name(editor: Client) -> None:
    for name in ("Zarmati", "éa", "Achakzai"):
        make_actor(name)

    assert shown(page(editor)) == ["Achakzai", "éa", "Zarmati"]


def test_names_and_aliases_are_found_folded(editor: Client) -> None:
    make_actor("Azizuddin Ma’arij", aliases=["The Governor"])
    make_actor("Taliban")

    found = [shown(page(editor, f"?text={words}")) for words in ("maarij", "GOVERNOR", "aziz ma")]

    assert found == [["Azizuddin Ma’arij"]] * 3


def test_a_kind_narrows_the_list(editor: Client) -> None:
    make_actor("Pakistan", kind="state")
    make_actor("Taliban")

    assert shown(page(editor, "?kind=state")) == ["Pakistan"]


def test_merged_actors_are_found_in_the_other_one(editor: Client) -> None:
    slip, army = make_actor("Armee"), make_actor("Army")
    merge(user=usual(EDITOR), actor=slip, version=slip.version, into=army)

    assert shown(page(editor)) == shown(page(editor, "?text=armee")) == ["Army"]


def test_pages_follow_each_other(editor: Client) -> None:
    names = [f"Actor {number:02}" for number in range(30)]
    for name in names:
        make_actor(name)
    first = page(editor, "?kind=person")
    make_actor("Aardvark")

    second = page(editor, link(first, "next"))

    assert shown(first) + shown(second) == names


def test_reporters_see_actors_of_approved_work_only(client: Client) -> None:
    for state in set(ReviewState.values) - {"suggested"}:
        make_in_state(make_statement(speaker=make_actor(f"Of {state}")), state)
    client.force_login(make_user(REPORTER))

    assert shown(page(client)) == ["Of approved"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list_do_not_grow(
    editor: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        holder, office = make_actor(aliases=["Also"]), make_actor()
        details = PostDetails(title="clerk", organisation=office)
        give_post(user=usual(EDITOR), holder=holder, details=details)

    with django_assert_num_queries(7):
        editor.get(ADDRESS)


def test_a_page_says_what_an_actor_said_and_what_was_said_about_it(editor: Client) -> None:
    army = make_actor("Army", aliases=["The forces"])
    article = make_article()
    said = make_statement(article, speaker=army)
    for_them = make_statement(article, acting_for=[army])
    passed_on = make_statement(article, via=[army])
    to_them = make_statement(article, addressee=[army])
    about = make_statement(article, about=[army])
    answer = make_statement(article, "denied the claim")
    make_response(about, answer, parties=[army])
    make_statement(article)

    html = page(editor, f"{army.uid}/")

    sections = re.findall(r"<h2 id=\"part-\d\">(.*?)<a .*?</h2>(.*?)</section>", html)
    found = {
        title.strip(): re.findall(r"<h3[^>]*><a href=\"/statements/([0-9a-f-]+)/", rows)
        for title, rows in sections
    }
    assert found == {
        "Said": [str(said.uid)],
        "Said on their behalf": [str(for_them.uid)],
        "Passed on": [str(passed_on.uid)],
        "Addressed to them": [str(to_them.uid)],
        "About them": [str(about.uid)],
        "Answers by them or on their behalf": [str(answer.uid)],
    }
    assert "The forces" in html


def test_every_count_leads_to_what_it_counts(editor: Client) -> None:
    army = make_actor()
    article = make_article()
    for _ in range(7):
        make_statement(article, about=[army])

    html = page(editor, f"{army.uid}/")

    found = re.search(r'href="(/statements/\?actor=[^"]*)">7 statements<', html)
    assert found
    listed = editor.get(found.group(1).replace("&amp;", "&")).content.decode()
    assert "7 statements" in listed


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_page_do_not_grow(
    editor: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    army, article = make_actor(), make_article()
    for _ in range(rows):
        claim = make_statement(article, speaker=army, about=[army], points=["One"])
        make_response(claim, make_statement(article, "denied the claim"), parties=[army])

    with django_assert_num_queries(26):
        editor.get(f"{ADDRESS}{army.uid}/")


def test_reporters_see_approved_work_on_a_page(client: Client) -> None:
    army, article = make_actor("Army"), make_article()
    made = [
        make_in_state(make_statement(article, speaker=army), state)
        for state in set(ReviewState.values) - {"suggested"}
    ]
    client.force_login(make_user(REPORTER))

    html = page(client, f"{army.uid}/")

    assert set(re.findall(r"<h3[^>]*><a href=\"/statements/([0-9a-f-]+)/", html)) == {
        str(row.uid) for row in made if row.state == "approved"
    }
    assert "1 statement<" in html
    assert "Edit" not in html


def test_hidden_and_absent_actors_answer_alike(client: Client) -> None:
    hidden = make_actor()
    make_statement(speaker=hidden)
    client.force_login(make_user(REPORTER))

    answers = [client.get(f"{ADDRESS}{uid}/").status_code for uid in (hidden.uid, uuid.uuid4())]

    assert answers == [404, 404]


def test_a_new_actor_is_created_with_its_other_names(editor: Client) -> None:
    response = editor.post(
        f"{ADDRESS}new/", typed(aliases=" Shinwari\n\nDr Shinwari\nShinwari", wikidata="Q42")
    )

    actor = Actor.objects.get()
    assert response["Location"] == f"/actors/{actor.uid}/"
    assert [alias.name for alias in actor.live_aliases()] == ["Shinwari", "Dr Shinwari"]
    assert actor.wikidata == "Q42"


def test_a_near_duplicate_is_offered_and_what_was_typed_stays(editor: Client) -> None:
    there = make_actor("Sadeq Shinwari")

    response = editor.post(f"{ADDRESS}new/", typed(name="Sadeq Shinwary", note="An expert."))

    html = response.content.decode()
    assert (response.status_code, Actor.objects.count()) == (409, 1)
    assert f'href="/actors/{there.uid}/">Use this one' in html
    assert "Sadeq Shinwary" in html
    assert "An expert." in html


def test_a_near_duplicate_is_created_when_meant(editor: Client) -> None:
    make_actor("Sadeq Shinwari")

    editor.post(f"{ADDRESS}new/", typed(name="Sadeq Shinwary", although_near="on"))

    assert Actor.objects.filter(name="Sadeq Shinwary").count() == 1


INVALID = [
    ({"name": ""}, "name"),
    ({"name": "A\x00"}, "name"),
    ({"kind": "robot"}, "kind"),
    ({"wikidata": "42"}, "wikidata"),
    ({"aliases": "A" * 301}, "aliases"),
]


@pytest.mark.parametrize(("changes", "field"), INVALID)
def test_what_cannot_be_stored_is_told_at_its_field(
    editor: Client, changes: dict[str, str], field: str
) -> None:
    response = editor.post(f"{ADDRESS}new/", typed(**changes))

    assert (response.status_code, Actor.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in response.content.decode()


def test_a_wikidata_item_of_another_actor_is_told(editor: Client) -> None:
    make_actor("Pakistan", wikidata="Q843")

    response = editor.post(f"{ADDRESS}new/", typed(wikidata="Q843"))

    assert response.status_code == 422
    assert "merge the two instead" in response.content.decode()


def test_names_are_changed(editor: Client) -> None:
    actor = make_actor("Shinwari", aliases=["Old"])

    response = editor.post(
        f"{ADDRESS}{actor.uid}/edit/", typed(aliases="New", version=str(actor.version))
    )

    actor = Actor.objects.get()
    assert response.status_code == 302
    assert (actor.name, [alias.name for alias in actor.live_aliases()]) == (
        "Sadeq Shinwari",
        ["New"],
    )


def test_the_second_save_is_refused_with_both_versions_and_what_was_typed(editor: Client) -> None:
    actor = make_actor("Shinwari")
    address = f"{ADDRESS}{actor.uid}/edit/"
    old = str(actor.version)
    editor.post(address, typed(name="Theirs", version=old))

    refused = editor.post(address, typed(name="Mine", version=old))
    html = refused.content.decode()
    stored = Actor.objects.get().name
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    saved = editor.post(address, typed(name="Mine", version=version.group(1)))

    assert (refused.status_code, stored) == (409, "Theirs")
    assert re.search(r"<td[^>]*>Theirs</td><td[^>]*>Mine</td>", html)
    assert 'value="Mine"' in html
    assert (saved.status_code, Actor.objects.get().name) == (302, "Mine")


@pytest.mark.parametrize(("changes", "field"), INVALID)
def test_invalid_changes_are_refused(editor: Client, changes: dict[str, str], field: str) -> None:
    actor = make_actor("Shinwari")
    version = str(actor.version)

    response = editor.post(f"{ADDRESS}{actor.uid}/edit/", typed(version=version, **changes))

    assert (response.status_code, Actor.objects.get().name) == (422, "Shinwari")


@pytest.mark.parametrize("role", [REVIEWER, REPORTER, ""])
def test_only_those_who_annotate_name_actors(client: Client, role: str) -> None:
    actor = make_actor("Shinwari")
    approve(make_statement(speaker=actor))
    client.force_login(make_user(role))

    answers = [
        getattr(client, method)(f"{ADDRESS}{path}", typed(version="1")).status_code
        for path in ("new/", f"{actor.uid}/edit/")
        for method in ("get", "post")
    ]

    assert answers == [403] * 4
    assert Actor.objects.get(pk=actor.pk).name == "Shinwari"


@pytest.mark.parametrize("path", ["", "{uid}/"])
def test_pages_only_read(editor: Client, path: str) -> None:
    assert editor.post(ADDRESS + path.format(uid=make_actor().uid)).status_code == 405


@pytest.mark.parametrize("path", ["new/", "{uid}/edit/"])
def test_forms_take_no_other_method(editor: Client, path: str) -> None:
    assert editor.delete(ADDRESS + path.format(uid=make_actor().uid)).status_code == 405


@pytest.mark.parametrize("merged", ["holder", "organisation"])
def test_posts_are_shown_at_the_actor_that_theirs_was_merged_into(
    editor: Client, merged: str
) -> None:
    ends = {"holder": make_actor("Ann Clerk"), "organisation": make_actor("Old Ministry")}
    details = PostDetails(title="clerk", organisation=ends["organisation"])
    give_post(user=usual(EDITOR), holder=ends["holder"], details=details)
    old = ends[merged]
    ends[merged] = make_actor("Standing One")
    merge(user=usual(EDITOR), actor=old, version=old.version, into=ends[merged])

    holder = page(editor, f"{ends['holder'].uid}/")
    organisation = page(editor, f"{ends['organisation'].uid}/")

    assert "clerk" in holder.split('id="posts"')[1].split("</section>")[0]
    assert "clerk" in organisation.split('id="holders"')[1].split("</section>")[0]
    assert f"clerk, {ends['organisation'].name}" in page(editor)


def test_a_merged_actors_count_leads_to_no_list_of_another(editor: Client) -> None:
    merged, standing = make_actor(), make_actor()
    make_statement(speaker=merged)
    make_statement(speaker=standing)
    merge(user=usual(EDITOR), actor=merged, version=merged.version, into=standing)

    html = page(editor, f"{merged.uid}/")

    assert '<span class="sub">1 statement</span>' in html
    assert "/statements/?actor=" not in html
