"""A statement is split and two are merged, by key and by mouse; each is undone in one step."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import (
    click_words,
    open_article,
    panel,
    said,
    select_words,
    toolbar,
)
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "On Monday Ann said that we left. Then, she added, we went.\n\nBob called it baseless."


def make_claim() -> Statement:
    ann, article = make_actor("Ann"), make_article(text=TEXT)
    claim = make_statement(article, ["that we left", "we went"], speaker=ann, about=[make_actor()])
    make_response(claim, make_statement(article, "baseless", speaker=make_actor("Bob")))
    return claim


def quotes(page: Page) -> list[str]:
    return [each.quote() for each in Statement.objects.exclude(state="withdrawn").order_by("pk")]


def test_by_key(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)

    # The last piece of several is offered; Enter confirms.
    desk.keyboard.press("Shift+M")
    expect(panel(desk).get_by_role("button", name="Split")).to_be_focused()
    expect(panel(desk).locator("[data-spans]")).to_contain_text("we went")
    panel(desk).get_by_label("Answered by Bob").check()
    panel(desk).get_by_role("button", name="Split").press("Enter")
    said(desk, "Split: “we went” is a statement of its own now, a draft.")
    assert quotes(desk) == ["that we left", "baseless", "we went"]
    expect(panel(desk).locator(".card > .quote")).to_have_text("we went")
    # Merged with the nearest, which it came from.
    desk.keyboard.press("m")
    first = panel(desk).locator("[data-offer] > a").first
    expect(first).to_be_focused()
    expect(first).to_contain_text("baseless")
    desk.keyboard.press("2")
    expect(panel(desk).get_by_role("button", name="Merge")).to_be_focused()
    expect(panel(desk).locator("form")).to_contain_text("that we left")
    desk.keyboard.press("Enter")
    said(desk, "Merged: one statement now.")
    expect(panel(desk).locator(".card > .quote")).to_have_text("that we left … we went")
    desk.keyboard.press("u")
    said(desk, "Undone: merged with another statement.")
    desk.keyboard.press("u")
    said(desk, "Undone: split.")
    assert quotes(desk) == ["that we left … we went", "baseless"]
    assert fresh(claim).responses.exclude(state="withdrawn").count() == 1


def test_by_mouse(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)

    select_words(desk, "left")
    toolbar(desk).get_by_role("button", name="Split off").click()
    panel(desk).get_by_role("button", name="Split").click()
    said(desk, "Split: “left” is a statement of its own now")
    panel(desk).locator("summary").filter(has_text="More").click()
    panel(desk).get_by_role("link", name="Merge with…").click()
    expect(panel(desk).get_by_role("heading", name="Merge with which statement?")).to_be_visible()
    click_words(desk, "we went")
    panel(desk).get_by_role("link", name="The other way round").click()
    expect(panel(desk).locator("form .quote").first).to_contain_text("that we … we went")
    panel(desk).get_by_role("button", name="Merge").click()
    said(desk, "Merged: one statement now.")
    expect(panel(desk).locator(".card > .quote")).to_have_text("that we left … we went")
