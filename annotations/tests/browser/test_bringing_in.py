"""The lines of a file that comes in are ticked by hand; the line above them always says how many there are."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Article
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.test_accessibility import violations

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "text,published_on\nBad.,soon\n" + "".join(f"Text {n}.,2026-05-0{n}\n" for n in range(1, 7))


def test_what_is_ticked_is_counted_and_comes_in(desk: Page, user: User) -> None:
    desk.goto("/imports/new/articles/")
    desk.get_by_label("File", exact=True).set_input_files(
        {"name": "table.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    desk.get_by_role("button", name="See what it will make").press("Enter")
    told = desk.locator("import-choice [role=status]").first
    expect(told).to_contain_text("6 to be brought in · 0 left out · 1 cannot be brought in")

    desk.get_by_role("button", name="Tick none").press("Enter")
    expect(told).to_contain_text("0 to be brought in · 6 left out")
    desk.get_by_role("checkbox", name="Article “Text 4.”").press("Space")
    expect(told).to_contain_text("1 to be brought in · 5 left out")
    desk.get_by_label("Bring in what can be").check()
    assert violations(desk) == {}
    desk.get_by_role("button", name="Bring in", exact=True).press("Enter")

    expect(desk.get_by_text("1 made · 5 left out · 1 refused")).to_be_visible()
    assert [article.revision.text for article in Article.objects.all()] == ["Text 4."]


STOPPED = """() => {
  globalThis.held = [];
  addEventListener("submit", (event) => {
    held.push(event.defaultPrevented);
    event.preventDefault();
  });
}"""


def test_a_form_is_sent_once_and_again_after_a_stop(
    clocked_desk: Page, complaints: Complaints
) -> None:
    desk = clocked_desk
    desk.goto("/imports/new/articles/")
    desk.evaluate(STOPPED)  # as the browser's own button does: no other page comes
    press = desk.get_by_role("button", name="See what it will make")

    for _ in range(2):
        press.press("Enter")
    expect(desk.locator("[data-busy-words]")).to_be_visible()
    desk.clock.fast_forward(5001)
    press.press("Enter")

    assert desk.evaluate("held") == [False, True, False]
