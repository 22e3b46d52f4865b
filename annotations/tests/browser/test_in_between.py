"""What comes between choosing words and saving them: a correction, another's save, a save of one's own on its way."""

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import (
    name_speaker,
    open_article,
    panel,
    said,
    select_words,
    toolbar,
)
from annotations.tests.factories import (
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "On Monday Ann said that we left. Then, she added, we went.\n\nBob called it baseless."


def make_claim() -> Statement:
    return make_statement(make_article(text=TEXT), "that we left", speaker=make_actor("Ann"))


def chosen(page: Page, words: str) -> None:
    expect(panel(page).locator("[data-spans] .content")).to_have_text(words)


def test_words_of_a_text_that_was_corrected_meanwhile(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)
    correct_text(claim.article, f"First of all. {TEXT}")

    select_words(desk, "left")
    toolbar(desk).get_by_role("button", name="Split off").click()
    chosen(desk, "left")
    panel(desk).get_by_role("link", name="Cancel").click()
    expect(panel(desk).locator("form[data-form]")).to_have_count(0)
    select_words(desk, "we went")
    desk.keyboard.press("n")
    chosen(desk, "we went")
    name_speaker(desk, "Ann")
    desk.keyboard.press("Control+Enter")

    said(desk, "Saved.")
    assert Statement.objects.latest("pk").quote() == "we went"


def test_a_piece_stays_taken_while_others_save(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)

    desk.keyboard.press("w")
    make_statement(claim.article, "baseless", speaker=make_actor("Bob"))
    expect(desk.locator("[data-article-text] mark")).to_have_count(2, timeout=6000)
    desk.keyboard.press("Shift+W")
    desk.keyboard.press("Shift+ArrowRight")
    desk.keyboard.press("Enter")

    said(desk, "The content is now “we left”.")
    assert fresh(claim).quote() == "we left"


@pytest.mark.parametrize("by_key", [True, False])
def test_words_chosen_while_a_save_is_on_its_way_open_the_next_form(
    desk: Page, complaints: Complaints, by_key: bool
) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()
    panel(desk).get_by_label("Gist").fill("typed")
    held: list[Route] = []
    desk.route("**/edit/", lambda route: held.append(route))  # noqa: PLW0108  # no handler is written in C

    with desk.expect_request("**/edit/"):
        panel(desk).get_by_role("button", name="Save").click()
    desk.locator("[data-article-text]").focus()
    select_words(desk, "we went")
    expect(toolbar(desk).get_by_role("button", name="New statement")).to_be_visible()
    if by_key:
        desk.keyboard.press("Enter")
    else:
        toolbar(desk).get_by_role("button", name="New statement").click()
    held[0].continue_()

    expect(panel(desk).get_by_role("heading", name="New statement")).to_be_visible()
    chosen(desk, "we went")
    assert (fresh(claim).gist, fresh(claim).quote()) == ("typed", "that we left")
