"""A selection that would cut what readers see as one character takes the whole of it, and says so."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import name_speaker, open_article, said, select_words, toolbar
from annotations.tests.factories import make_actor, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
WIDENED = "The selection was widened to whole characters."
TEXT = "Ann 👩🏽‍🚀 left. Cafe\u0301 closed. 🇦🇫🇵🇰 agreed. می‌رویم گفت."


@pytest.mark.parametrize(
    ("start", "end", "taken"),
    [
        ("🏽", "left.", "👩🏽‍🚀 left."),
        ("Ann", "👩", "Ann 👩🏽‍🚀"),
        ("Cafe", "Cafe", "Cafe\u0301"),
        ("🇫", "🇵", "🇦🇫🇵🇰"),
        ("می", "می", "می\u200c"),
    ],
    ids=["at the start", "at the end", "combining mark", "flags", "zwnj"],
)
def test_the_selection_is_widened_and_the_editor_is_told(
    desk: Page, complaints: Complaints, start: str, end: str, taken: str
) -> None:
    make_actor("Ann")
    article = make_article(text=TEXT)
    open_article(desk, article)

    select_words(desk, start, end)
    desk.locator("[data-act=new]").click()
    expect(desk.get_by_role("alert").filter(has_text=WIDENED)).to_be_visible()
    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(desk, "Ann")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    assert Statement.objects.get().quote() == taken
    expect(desk.get_by_text(WIDENED)).to_be_hidden()


def test_words_added_to_a_statement_are_widened_too(desk: Page, complaints: Complaints) -> None:
    statement = make_statement(make_article(text=TEXT), "closed.")
    open_article(desk, statement.article, statement)

    select_words(desk, "Cafe")
    toolbar(desk).get_by_role("button", name="source").click()
    said(desk, "Added as source.")

    assert [span.exact() for span in statement.live_spans("source")] == ["Cafe\u0301"]
    expect(desk.get_by_text(WIDENED)).to_be_visible()


def test_whole_characters_are_taken_as_they_are(desk: Page, complaints: Complaints) -> None:
    open_article(desk, make_article(text=TEXT))

    select_words(desk, "Ann 👩🏽‍🚀")
    desk.locator("[data-act=new]").click()

    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()
    expect(desk.get_by_text(WIDENED)).to_be_hidden()
