"""The article page in Dari: its scripts' words, its keys on a Persian layout, and which side things stand on."""

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.tests.browser.conftest import SignedIn
from annotations.tests.browser.hands import open_article
from annotations.tests.factories import make_response, make_statement

PRESS = """([key, code, shiftKey]) => document.querySelector("[data-article-text]").dispatchEvent(
  new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }))"""


def test_the_page_goes_from_the_right_and_the_text_its_own_way(
    signed_in: SignedIn, user: User
) -> None:
    claim = make_statement()
    make_response(claim)
    page = signed_in(user, locale="fa-AF")

    open_article(page, claim.article)
    page.evaluate(PRESS, ["ت", "KeyJ", False])
    expect(page.locator("[data-live]")).to_contain_text("گفتهٔ 1 از")
    page.evaluate(PRESS, ["؟", "Slash", True])
    expect(page.locator("#keys-title")).to_have_text("کلیدها")
    page.keyboard.press("Escape")

    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == [
        "rtl",
        "fa-af",
    ]
    text = left_of(page, "[data-article-text]")
    assert left_of(page, "aside.panel") < left_of(page, "article-arcs") < text
    assert text < left_of(page, "article-map")


def left_of(page: Page, part: str) -> float:
    box = page.locator(part).first.bounding_box()
    assert box is not None
    return box["x"]
