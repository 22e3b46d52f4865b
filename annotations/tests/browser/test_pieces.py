"""The pieces of a statement: their ends are moved by key, mouse and touch; what they carry is changed by key."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from annotations.models import Preference, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import PLACES, open_article, panel, said, select_words, toolbar
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "On Monday Ann said that we left. Then, she added, we went.\n\nBob called it baseless."
TAKEN = "getSelection().toString()"
CONTENT = "document.querySelector('[data-article-text]').textContent"


def make_claim() -> Statement:
    return make_statement(
        make_article(text=TEXT), "that we left", speaker=make_actor("Ann"), cue="said"
    )


def quote(page: Page) -> Locator:
    return panel(page).locator(".card > .quote")


def place(page: Page, words: str) -> tuple[float, float, float]:
    """Where they begin, where they end, and how high they stand."""
    left, top, right, _ = page.evaluate(PLACES, [words, words])
    return left, right, top


def drag_handle(page: Page, handle: Locator, to: str) -> None:
    box = handle.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=2)
    _, right, _ = place(page, to)
    page.mouse.move(right - 2, y, steps=4)
    page.mouse.up()


def test_by_key_and_by_mouse_words_reach_elsewhere(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)

    desk.keyboard.press("w")
    expect(desk.locator("[data-live]")).to_contain_text("cue, 1 of 2: “said”.")
    desk.keyboard.press("w")
    expect(desk.locator("[data-live]")).to_contain_text("content, 2 of 2: “that we left”.")
    desk.keyboard.press("Shift+ArrowLeft")
    expect(toolbar(desk).get_by_role("button", name="Save these ends")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("[data-live]")).to_contain_text("Left as it was.")
    expect(toolbar(desk)).to_be_hidden()
    desk.keyboard.press("w")
    desk.keyboard.press("w")
    desk.keyboard.press("Shift+W")
    expect(desk.locator("[data-live]")).to_contain_text("At the beginning.")
    desk.keyboard.press("Shift+ArrowRight")
    assert desk.evaluate(TAKEN).strip() == "we left"
    desk.keyboard.press("n")
    expect(desk.locator("[data-notice]")).to_contain_text("Save these words with Enter")
    desk.keyboard.press("Enter")
    said(desk, "The content is now “we left”.")
    expect(quote(desk)).to_have_text("we left")
    # By mouse, by word and, with Alt, by letter; the text itself stays as it is.
    expect(desk.locator(".handle")).to_have_count(4)
    assert desk.evaluate(CONTENT) == TEXT
    drag_handle(desk, desk.locator(".handle.end").last, "Then, she")
    said(desk, "The content is now “we left. Then, she”.")
    desk.keyboard.down("Alt")
    drag_handle(desk, desk.locator(".handle.end").last, "left")
    desk.keyboard.up("Alt")
    expect(quote(desk)).to_have_text("we left")
    desk.keyboard.press("u")
    expect(quote(desk)).to_have_text("we left. Then, she")


def test_what_words_carry_by_key_and_a_second_piece(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)

    select_words(desk, "we went")
    desk.keyboard.press("a")
    desk.keyboard.press("c")
    expect(quote(desk)).to_have_text("that we left … we went")
    desk.keyboard.press("q")
    desk.get_by_role("menu", name="Which of its words?").get_by_text("we went").click()
    desk.keyboard.press("s")
    said(desk, "“we went” is now source.")
    expect(quote(desk)).to_have_text("that we left")
    panel(desk).locator(".piece summary").filter(has_text="we went").click()
    panel(desk).locator("[open] [data-remove]").click()
    said(desk, "“we went” was removed from the source.")
    desk.keyboard.press("q")
    desk.get_by_role("menu", name="Which of its words?").get_by_text("that we left").click()
    desk.keyboard.press("q")
    said(desk, "These are all the words that the statement has")
    roles = [span.role for span in fresh(claim).live_spans()]
    assert roles == ["content", "cue"]
    assert complaints == [f"422 spans/{claim.live_spans('content')[0].uid}/role/"]
    complaints.clear()


def test_words_chosen_for_a_form_have_handles_and_keys_too(desk: Page) -> None:
    bob = make_actor("Bob")
    claim = make_statement(make_article(text=TEXT), "that we left", about=[bob])
    record = make_reply_record(claim, bob, evidence="Then, she")
    open_article(desk, claim.article, claim)
    panel(desk).get_by_role("link", name="Edit reply record of Bob").press("Enter")
    chosen = panel(desk).locator("[data-spans] .words")
    expect(chosen).to_have_text("Then, she")

    expect(desk.locator(".handle")).to_have_count(2)
    drag_handle(desk, desk.locator(".handle.end").last, "added")
    expect(chosen).to_have_text("Then, she added")
    expect(desk.locator("[data-live]")).to_contain_text("The evidence is now “Then, she added”.")
    desk.locator("[data-article-text]").focus()
    desk.keyboard.press("w")
    expect(desk.locator("[data-live]")).to_contain_text("evidence, 1 of 1: “Then, she added”.")
    desk.keyboard.press("Shift+W")
    desk.keyboard.press("Shift+ArrowRight")
    desk.keyboard.press("Enter")
    expect(chosen).to_have_text(", she added")
    desk.keyboard.press("Control+Enter")

    said(desk, "Saved.")
    assert fresh(record).evidence() == ", she added"


def test_quotation_marks_are_left_out_where_that_is_set(
    desk: Page, user: User, complaints: Complaints
) -> None:
    Preference.objects.create(user=user, quotes="out")
    open_article(desk, make_article(text="Ann said “We left.” Bob stayed."))

    select_words(desk, "“We left.”")
    desk.keyboard.press("n")

    expect(desk.locator("[data-live]")).to_contain_text("The quotation marks were left out.")
    expect(panel(desk).locator("[data-spans] .content")).to_have_text("We left.")


def test_by_touch_on_a_narrow_window(signed_in: SignedIn, user: User) -> None:
    claim = make_claim()
    phone = signed_in(user, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    open_article(phone, claim.article, claim)
    handle = phone.locator(".handle.end").last
    expect(handle).to_be_visible()
    box = handle.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = phone.context.new_cdp_session(phone)

    def send(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": px, "y": py} for px, py in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    send("touchStart", (x, y))
    _, right, _ = place(phone, "we")
    send("touchMove", (right - 20, y))
    send("touchMove", (right - 2, y))
    send("touchEnd")

    said(phone, "The content is now “that we”.")
