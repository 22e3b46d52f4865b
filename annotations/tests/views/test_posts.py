"""The posts that actors hold."""

import re
import uuid
from datetime import date

import pytest
from django.test import Client

from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post
from annotations.models import Actor, Post
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import make_actor, make_user, usual

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    return client


@pytest.fixture
def holder() -> Actor:
    return make_actor("Khwarizmi")


@pytest.fixture
def office() -> Actor:
    return make_actor("Ministry of Defense", kind="organisation")


@pytest.fixture
def post(holder: Actor, office: Actor) -> Post:
    details = PostDetails(title="spokesman", organisation=office)
    return give_post(user=usual(EDITOR), holder=holder, details=details)


def typed(**changes: str) -> dict[str, str]:
    return {
        "title": "spokesman",
        "organisation_name": "ministry of defense",
        "since": "2021-09-01",
        "until": "",
    } | changes


def test_a_post_is_added(editor: Client, holder: Actor, office: Actor) -> None:
    response = editor.post(f"/actors/{holder.uid}/posts/new/", typed())

    post = Post.objects.get()
    assert response["Location"] == f"/actors/{holder.uid}/"
    assert (post.holder, post.title, post.organisation, post.since, post.until) == (
        holder,
        "spokesman",
        office,
        date(2021, 9, 1),
        None,
    )


def test_it_stands_on_both_pages(editor: Client, post: Post) -> None:
    pages = [
        " ".join(editor.get(actor.get_absolute_url()).content.decode().split())
        for actor in (post.holder, post.organisation)
    ]

    assert "Ministry of Defense</a></p>" in pages[0]
    assert "Who holds a post here" in pages[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"organisation_name": "Nobody"},
        {"organisation_name": ""},
        {"organisation": "8f2f2f7c-3f43-4f6e-9a43-0f3d7f7d0f11"},
        {"organisation_name": "Khwarizmi"},
        {"since": "soon"},
        {"until": "2020-01-01"},
    ],
)
def test_what_cannot_be_is_told(
    editor: Client, holder: Actor, office: Actor, changes: dict[str, str]
) -> None:
    response = editor.post(f"/actors/{holder.uid}/posts/new/", typed(**changes))

    assert (response.status_code, Post.objects.count()) == (422, 0)
    assert "errorlist" in response.content.decode()


def test_a_name_that_several_have_is_not_guessed(editor: Client, holder: Actor) -> None:
    make_actor("Ministry of Defense")
    make_actor("Ministry of Defense")

    response = editor.post(f"/actors/{holder.uid}/posts/new/", typed())

    assert response.status_code == 422
    assert "Several actors are called so" in response.content.decode()


def test_of_several_of_a_name_the_chosen_one_is_kept(editor: Client, post: Post) -> None:
    make_actor("Ministry of Defense")
    form = editor.get(f"/posts/{post.uid}/edit/").context["form"]
    unchanged = {name: form[name].value() or "" for name in form.fields}

    editor.post(f"/posts/{post.uid}/edit/", unchanged | {"since": "2021-09-01"})

    changed = Post.objects.get()
    assert (changed.organisation, changed.since) == (post.organisation, date(2021, 9, 1))


def test_after_a_merge_a_post_keeps_the_organisation_that_was_chosen(
    editor: Client, post: Post
) -> None:
    chosen = post.organisation
    merge(user=usual(EDITOR), actor=chosen, version=chosen.version, into=make_actor("Defence"))
    form = editor.get(f"/posts/{post.uid}/edit/").context["form"]
    unchanged = {name: form[name].value() or "" for name in form.fields}

    editor.post(f"/posts/{post.uid}/edit/", unchanged | {"title": "minister"})

    assert (Post.objects.get().organisation, Post.objects.get().title) == (chosen, "minister")


def test_a_post_is_changed(editor: Client, post: Post) -> None:
    changes = typed(title="minister", version=str(post.version))

    editor.post(f"/posts/{post.uid}/edit/", changes)

    assert Post.objects.get().title == "minister"


def test_the_second_save_is_refused_with_both_versions_and_what_was_typed(
    editor: Client, post: Post
) -> None:
    address = f"/posts/{post.uid}/edit/"
    editor.post(address, typed(title="theirs", version=str(post.version)))

    refused = editor.post(address, typed(title="mine", version=str(post.version)))

    html = refused.content.decode()
    assert (refused.status_code, Post.objects.get().title) == (409, "theirs")
    assert re.search(r"<td[^>]*>theirs</td><td[^>]*>mine</td>", html)
    assert 'value="mine"' in html


def test_a_post_is_deleted_and_its_row_kept(editor: Client, post: Post) -> None:
    editor.post(f"/posts/{post.uid}/delete/", {"version": post.version})

    assert (Post.objects.count(), Post.objects.live().count()) == (1, 0)
    assert editor.get(f"/posts/{post.uid}/edit/").status_code == 404


def test_a_deleted_post_is_brought_back_by_the_message_that_says_so(
    editor: Client, post: Post
) -> None:
    deleted = editor.post(f"/posts/{post.uid}/delete/", {"version": post.version}, follow=True)
    [undo] = re.findall(rf'action="(/posts/{post.uid}/bring-back/[^"]+)"', deleted.text)

    editor.post(undo)
    again = editor.post(undo, follow=True)

    assert Post.objects.live().count() == 1
    assert "Somebody changed this post just now." in again.text


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999"])
def test_a_stale_delete_changes_nothing(editor: Client, post: Post, version: str) -> None:
    editor.post(f"/posts/{post.uid}/delete/", {"version": version})

    assert Post.objects.live().count() == 1


@pytest.mark.parametrize("role", [REVIEWER, REPORTER, ""])
def test_only_those_who_annotate_keep_posts(client: Client, post: Post, role: str) -> None:
    client.force_login(make_user(role))

    answers = [
        client.post(address, typed(title="changed", version=str(post.version))).status_code
        for address in (
            f"/actors/{post.holder.uid}/posts/new/",
            f"/posts/{post.uid}/edit/",
            f"/posts/{post.uid}/delete/",
            f"/posts/{post.uid}/bring-back/",
        )
    ]

    assert answers == [403] * 4
    assert list(Post.objects.live().values_list("title", flat=True)) == ["spokesman"]


def test_absent_posts_and_holders_answer_404(editor: Client) -> None:
    absent = uuid.uuid4()

    answers = [
        editor.post(address, typed(version="1")).status_code
        for address in (
            f"/actors/{absent}/posts/new/",
            f"/posts/{absent}/edit/",
            f"/posts/{absent}/delete/",
            f"/posts/{absent}/bring-back/",
        )
    ]

    assert answers == [404] * 4


def test_deleting_takes_a_post_request(editor: Client, post: Post) -> None:
    assert editor.get(f"/posts/{post.uid}/delete/").status_code == 405
