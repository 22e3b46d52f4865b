"""Headline, dateline and boilerplate are set apart in the text."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.editing.receive import ArticleDetails, describe
from annotations.models import Article, Zone
from annotations.models.record import LIVE
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import correct_text, make_article, make_user, usual

pytestmark = pytest.mark.django_db
TEXT = "KABUL — The army left.\n\nThe army came back.\nENDS\n"


@pytest.fixture
def editor(client: Client) -> User:
    user = make_user(EDITOR)
    client.force_login(user)
    return user


def zones(article: Article) -> set[tuple[str, str]]:
    article = Article.objects.get(pk=article.pk)
    found = Zone.objects.filter(LIVE, revision=article.revision)
    return {(zone.kind, article.revision.text[zone.start : zone.end]) for zone in found}


def typed(article: Article, **more: object) -> dict[str, object]:
    kept = Zone.objects.filter(LIVE, revision=article.revision)
    return {
        "version": article.version,
        "revision": article.revision.number,
        "kept": [str(zone.uid) for zone in kept],
        **more,
    }


def address(article: Article) -> str:
    return reverse("article_zones", args=[article.uid])


def test_words_are_set_apart_beside_those_that_are(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)

    page = client.post(address(article), typed(article, words="KABUL —", kind="dateline"))

    assert page.status_code == 302
    assert zones(article) == {("boilerplate", "ENDS"), ("dateline", "KABUL —")}


def test_what_is_not_kept_is_text_again(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)

    client.post(address(article), typed(article, kept=[]))

    assert zones(article) == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The army", "They stand 2 times in the text (lines 1, 3). Write more of the line."),
        ("The navy", "These words are not in the text."),
    ],
)
def test_words_that_stand_not_once_are_refused_and_kept(
    client: Client, editor: User, words: str, said: str
) -> None:
    article = make_article(text=TEXT)

    page = client.post(address(article), typed(article, words=words, kind="headline"))

    assert page.status_code == 422
    assert said in page.text
    assert f'value="{words}"' in page.text
    assert zones(article) == {("boilerplate", "ENDS")}


def test_a_stale_save_is_refused_and_what_was_typed_is_kept(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    sent = typed(article, words="KABUL —", kind="dateline")
    describe(
        user=usual(EDITOR),
        article=article,
        version=article.version,
        details=ArticleDetails(headline="Army"),
    )

    page = client.post(address(article), sent)

    assert page.status_code == 409
    assert 'value="KABUL —"' in page.text
    assert zones(article) == {("boilerplate", "ENDS")}


def test_zones_of_an_older_text_are_not_saved(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    sent = typed(article)
    correct_text(article, TEXT + "More.\n")

    page = client.post(address(article), sent)

    assert page.status_code == 422
    assert "The text was corrected meanwhile." in page.text


def test_a_reporter_sets_nothing_apart(client: Client) -> None:
    article = make_article(text=TEXT)
    client.force_login(make_user(REPORTER))

    assert client.post(address(article), typed(article)).status_code == 403
