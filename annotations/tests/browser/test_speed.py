"""From one selection to the next: what was used last is one key away, and the keyboard is back in the text."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import open_article, panel, said, select_words
from annotations.tests.factories import make_actor, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Ann Lee said that we left. In Rome they stayed.\n\nLater they came back."


def test_the_next_statement_takes_a_few_keys(
    desk: Page, user: User, complaints: Complaints
) -> None:
    ann = make_actor("Ann Lee")
    article = make_article(text=TEXT)
    make_statement(
        article, "Later they came back", user=user, speaker=ann, title="minister", venue="Rome"
    )
    open_article(desk, article)
    speaker = panel(desk).get_by_role("combobox", name="Who said it?").first

    # The printed name is one actor's: Enter saves it at once.
    select_words(desk, "that we left")
    desk.keyboard.press("n")
    expect(speaker).to_be_focused()
    expect(speaker).to_have_value("Ann Lee")
    expect(panel(desk).locator("[data-proposed]")).to_contain_text("named")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")
    expect(desk.locator("[data-article-text]")).to_be_focused()
    # Nobody is named: as before, from the field.
    select_words(desk, "they stayed")
    desk.keyboard.press("n")
    expect(speaker).to_be_focused()
    expect(speaker).to_have_value("")
    for key in ("Alt+p", "Alt+i", "Alt+o"):
        desk.keyboard.press(key)
    expect(speaker).to_have_value("Ann Lee")
    expect(speaker).to_be_focused()
    desk.keyboard.press("Control+Enter")
    expect(panel(desk).locator(".card > .quote")).to_have_text("they stayed")

    last = Statement.objects.latest("pk")
    (row,) = last.speakers()
    assert (row.actor, row.title_as_printed, last.venue) == (ann, "minister", "Rome")


def test_what_is_proposed_is_cleared_by_click_or_by_typing(
    desk: Page, complaints: Complaints
) -> None:
    make_actor("Ann Lee")
    make_actor("Bob")
    open_article(desk, make_article(text=TEXT))
    speaker = panel(desk).get_by_role("combobox", name="Who said it?").first

    select_words(desk, "that we left")
    desk.keyboard.press("n")
    expect(speaker).to_have_value("Ann Lee")
    desk.keyboard.type("Bo")
    expect(speaker).to_have_value("Bo")
    expect(panel(desk).locator("[data-proposed]")).to_have_count(0)
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")
    select_words(desk, "that we left")
    desk.keyboard.press("n")
    panel(desk).get_by_role("button", name="Clear").click()
    expect(speaker).to_be_focused()
    expect(speaker).to_have_value("")
