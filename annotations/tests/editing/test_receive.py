from datetime import date

import pytest
from django.core.exceptions import ValidationError

from annotations.editing.change import Stale
from annotations.editing.receive import (
    ArticleDetails,
    as_stored,
    decode,
    describe,
    find_zones,
    mark_zones,
    receive,
    same_text,
)
from annotations.models import Article, Revision
from annotations.models.article import EARLIEST
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import approve, make_article, make_statement, make_user, usual

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("received", "stored"),
    [
        ("\ufeffa", "a"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("  a \n\n", "  a \n\n"),
        ("cafe\u0301", "cafe\u0301"),
        ("a\ufeffb", "a\ufeffb"),
        ("😀\u200c", "😀\u200c"),
    ],
)
def test_only_the_mark_and_the_line_ends_are_changed(received: str, stored: str) -> None:
    article = make_article(text=received)

    article.refresh_from_db()
    assert article.revision.text == stored == as_stored(received)
    assert article.revision.sha256 == Revision.digest(stored)


def test_a_file_that_is_not_utf_8_is_refused_with_the_place() -> None:
    with pytest.raises(ValidationError, match="byte 4 cannot be read"):
        decode("Café".encode("latin-1"))


def test_of_two_byte_order_marks_a_file_keeps_the_second() -> None:
    article = make_article(text=decode(b"\xef\xbb\xbf\xef\xbb\xbfA text."))

    assert article.revision.text == "\ufeffA text."


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="There is no text"):
        make_article(text=text)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_cannot_be_stored_is_refused_on_either_database(text: str) -> None:
    with pytest.raises(ValidationError, match="Character 2 cannot be stored") as refused:
        make_article(text=text)

    assert list(refused.value.message_dict) == ["text"]
    assert Article.objects.count() == 0


def test_an_address_is_given_once() -> None:
    make_article(url="https://example.org/1")

    with pytest.raises(ValidationError, match="Another article has this address"):
        make_article(url="https://example.org/1")


def test_articles_without_an_address_are_not_each_others() -> None:
    articles = {make_article(), make_article()}

    assert set(Article.objects.filter(url="")) == articles


def test_the_same_text_is_noticed() -> None:
    article = make_article(text="One\r\nTwo")

    found = same_text("\ufeffOne\nTwo", usual("editor"))

    assert found == article


def test_the_same_text_is_not_shown_to_who_does_not_see_the_article() -> None:
    article = make_article()
    reporter = make_user(REPORTER)
    unseen = same_text(article.revision.text, reporter)

    approve(make_statement(article))

    assert (unseen, same_text(article.revision.text, reporter)) == (None, article)


def test_headline_dateline_and_boilerplate_are_set_apart() -> None:
    text = "😀 Head\n\nKABUL (SW) – Body, KABUL again.\nENDS\nShare:\nThe ENDS of it\n"
    details = ArticleDetails(headline="😀 Head", dateline="KABUL")

    zones = {(kind, text[start:end]) for kind, start, end in find_zones(text, details)}

    assert zones == {
        ("headline", "😀 Head"),
        ("dateline", "KABUL (SW) –"),
        ("boilerplate", "ENDS"),
        ("boilerplate", "Share:"),
    }


def test_a_headline_that_does_not_open_the_text_is_no_zone() -> None:
    zones = find_zones("Body. Head", ArticleDetails(headline="Head"))

    assert zones == []


def test_details_change_and_the_text_stays() -> None:
    article = make_article()

    changed = describe(
        user=usual("editor"),
        article=article,
        version=article.version,
        details=ArticleDetails(headline="New", language="fa-AF"),
    )

    assert (changed.headline, changed.language, changed.version) == ("New", "fa-AF", 2)
    assert Revision.objects.get() == changed.revision


def test_a_stale_description_is_refused() -> None:
    article = make_article()
    describe(user=usual("editor"), article=article, version=1, details=ArticleDetails("One"))

    with pytest.raises(Stale):
        describe(user=usual("editor"), article=article, version=1, details=ArticleDetails("Two"))

    assert Article.objects.get().headline == "One"


def test_a_language_tag_is_one() -> None:
    with pytest.raises(ValidationError) as refused:
        make_article(language="english!")

    assert list(refused.value.message_dict) == ["language"]


def test_zones_are_marked_anew() -> None:
    article = make_article(text="Head\nBody\nENDS")
    wanted = [("headline", 0, 4), ("boilerplate", 10, 14)]

    mark_zones(user=usual("editor"), article=article, version=1, zones=wanted)

    zones = article.revision.zones.filter(withdrawn_at__isnull=True)
    assert [(zone.kind, zone.start, zone.end) for zone in zones] == wanted
    assert article.revision.zones.count() == 2


def test_a_zone_outside_the_text_is_refused() -> None:
    article = make_article(text="Head")

    with pytest.raises(ValidationError, match="is not a place in the text"):
        mark_zones(user=usual("editor"), article=article, version=1, zones=[("headline", 0, 5)])


def test_nobody_without_a_role_receives() -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        receive(user=make_user(""), text="Text", details=ArticleDetails())


def test_a_headline_below_the_first_line_is_found_too() -> None:
    details = ArticleDetails(headline="Army denies")

    assert find_zones("Kabul Times\nArmy denies\n\nArmy denies it.", details) == [
        ("headline", 12, 23)
    ]


def test_words_that_only_begin_a_line_are_no_headline() -> None:
    assert find_zones("Army denies it.", ArticleDetails(headline="Army denies")) == []


def test_its_statements_are_sorted_by_its_date_also_after_that_is_changed() -> None:
    article = make_article(published_on=date(2026, 3, 1))
    statement = make_statement(article)

    before = statement.article_day
    article.refresh_from_db()
    describe(user=usual(EDITOR), article=article, version=article.version, details=ArticleDetails())
    statement.refresh_from_db()

    assert (before, statement.article_day) == (date(2026, 3, 1), EARLIEST)


def test_searches_read_the_words_as_they_now_are() -> None:
    article = make_article(headline="Before", text="The café closed. سخنگوي")

    describe(
        user=usual(EDITOR),
        article=article,
        version=article.version,
        details=ArticleDetails(headline="After", url="https://news.example/cafe-closed"),
    )

    article.words.refresh_from_db()
    assert article.words.folded == "after https://news.example/cafe closed the cafe closed. سخنگوی"
