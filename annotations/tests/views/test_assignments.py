"""An article is taken and given back on its page and in the list."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.editing.assign import give
from annotations.models import Article, Assignment
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import approve, make_article, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client: Client) -> User:
    user = make_user(EDITOR)
    client.force_login(user)
    return user


def take(article: Article) -> str:
    return f"/articles/{article.uid}/take/"


def words(page: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())  # type: ignore[attr-defined]


def test_it_is_taken_and_given_back_on_its_page(client: Client, me: User) -> None:
    article = make_article()

    before = words(client.get(article.get_absolute_url()))
    taken = client.post(take(article), follow=True)
    back = client.post(f"/articles/{article.uid}/give-back/", follow=True)

    assert "Take this article" in before
    assert taken.redirect_chain == [(article.get_absolute_url(), 302)]
    assert "With you since" in words(taken)
    assert "Give it back" in words(taken)
    assert "Take this article" in words(back)


def test_others_are_told_who_has_it_and_asked_before_it_changes_hands(
    client: Client, me: User
) -> None:
    article, ann = make_article(), make_user(EDITOR, username="ann")
    theirs = give(user=ann, article=article, editor=ann)

    page = words(client.get(article.get_absolute_url()))
    asked = client.post(take(article))
    still = Assignment.objects.live().get().editor
    done = client.post(take(article), {"instead_of": theirs.uid}, follow=True)

    assert "Taken by ann since" in page
    assert asked.status_code == 409
    assert "ann has this article" in words(asked)
    assert f'value="{theirs.uid}"' in asked.content.decode()
    assert still == ann
    assert "With you since" in words(done)


def test_the_script_gets_the_question_in_the_panel(client: Client, me: User) -> None:
    article, ann = make_article(), make_user(EDITOR, username="ann")
    give(user=ann, article=article, editor=ann)

    asked = client.post(take(article), headers={"HX-Request": "true"})

    assert (asked.status_code, asked["HX-Retarget"]) == (409, "#work")
    assert "<html" not in asked.content.decode()


def test_the_list_says_who_has_what_and_leads_back_to_itself(client: Client, me: User) -> None:
    mine, anns, free = (make_article(headline=name) for name in ("Mine", "Anns", "Free"))
    ann = make_user(EDITOR, username="ann")
    for user, article in ((me, mine), (ann, anns)):
        give(user=user, article=article, editor=user)

    page = words(client.get("/articles/"))
    taken = client.post(take(free), {"next": "/articles/?taken=me"})

    assert "With you since" in page
    assert "Taken by ann since" in page
    assert taken["Location"] == "/articles/?taken=me"


@pytest.mark.parametrize(
    ("asked", "found"), [("me", {"Mine"}), ("others", {"Anns"}), ("nobody", {"Free"})]
)
def test_the_list_is_narrowed_by_who_has_it(
    client: Client, me: User, asked: str, found: set[str]
) -> None:
    mine, anns, _ = (make_article(headline=name) for name in ("Mine", "Anns", "Free"))
    ann = make_user(EDITOR)
    for user, article in ((me, mine), (ann, anns)):
        give(user=user, article=article, editor=user)

    html = client.get(f"/articles/?taken={asked}").content.decode()

    assert {name for name in ("Mine", "Anns", "Free") if f">{name}</a>" in html} == found


@pytest.mark.parametrize(("role", "told"), [(REVIEWER, True), (REPORTER, False)])
def test_reviewers_are_told_and_reporters_are_not(client: Client, role: str, told: bool) -> None:
    article, ann = make_article(), make_user(EDITOR, username="ann")
    approve(make_statement(article))
    give(user=ann, article=article, editor=ann)
    client.force_login(make_user(role))

    for address in (article.get_absolute_url(), "/articles/", "/articles/?taken=others"):
        html = client.get(address).content.decode()
        assert ("Taken by ann" in html) == told
        assert "/take/" not in html
