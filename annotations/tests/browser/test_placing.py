"""The queue “Needs placing” by one key each, and words placed by selecting them in the text."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from annotations.models import Placement, Span, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn, in_each_look
from annotations.tests.browser.hands import said, select_words, toolbar
from annotations.tests.browser.test_accessibility import violations
from annotations.tests.factories import (
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = (
    "Ann said the army did not cross the border at night.\n\nBob called such claims baseless and "
    "wrong.\n\nAn expert found it likely that nobody will ever know."
)
NEW = TEXT.replace("did not cross", "did cross").replace("baseless and wrong", "false")


def make_queue() -> list[Statement]:
    """Two statements whose words changed, the second with a marker that changed too."""
    article = make_article(text=TEXT, headline="Army denies")
    claim = make_statement(
        article, "the army did not cross the border at night", speaker=make_actor("Ann")
    )
    answer = make_statement(
        article, "such claims baseless and wrong", speaker=make_actor("Bob"), act="denial"
    )
    make_response(claim, answer, marker="called such claims baseless")
    correct_text(article, NEW)
    return [claim, answer]


def make_alike() -> list[Statement]:
    """Two statements that have the same words, in an article of their own."""
    article = make_article(text=TEXT)
    words = "the army did not cross the border at night"
    statements = [
        make_statement(article, words, speaker=make_actor(name)) for name in ("Cem", "Dov")
    ]
    correct_text(article, NEW)
    return statements


def span_of(statement: Statement) -> Span:
    return statement.spans.get()


def open_queue(page: Page) -> None:
    page.goto("/placing/")
    expect(page.locator("html[data-ready]")).to_be_attached()


def entry(page: Page, span: Span) -> Locator:
    return page.locator(f"#p-{span.uid}")


def waiting() -> int:
    return Placement.objects.waiting().count()


def test_a_proposal_is_accepted_by_its_number_and_undone(
    desk: Page, complaints: Complaints
) -> None:
    claim, _ = make_queue()
    open_queue(desk)
    first = entry(desk, span_of(claim))
    expect(first).to_be_focused()
    expect(first.locator("del")).to_contain_text("not")
    expect(first).to_contain_text("a negation changed")

    desk.keyboard.press("1")
    said(desk, "Placed.")

    expect(first).to_have_count(0)
    expect(desk.locator("[data-entry]").first).to_be_focused()
    expect(desk.locator("[data-live]")).to_contain_text("Placed.")
    assert span_of(claim).exact() == "the army did cross the border at night"
    desk.keyboard.press("u")
    said(desk, "Undone: placed in the corrected text.")
    expect(first).to_be_focused()
    assert span_of(claim).exact() == "the army did not cross the border at night"


def test_arrows_and_letters_go_from_entry_to_entry(desk: Page, complaints: Complaints) -> None:
    make_queue()
    open_queue(desk)
    entries = desk.locator("[data-entry]")
    expect(entries).to_have_count(3)

    for key, number in (("j", 1), ("ArrowDown", 2), ("j", 2), ("k", 1), ("ArrowUp", 0)):
        desk.keyboard.press(key)
        expect(entries.nth(number)).to_be_focused()


def test_a_key_without_a_proposal_says_so(desk: Page, complaints: Complaints) -> None:
    make_queue()
    open_queue(desk)

    desk.keyboard.press("5")

    expect(desk.locator("[data-live]")).to_have_text("There is no proposal 5 here.")
    assert waiting() == 3


def test_words_are_placed_by_hand_in_the_text(desk: Page, complaints: Complaints) -> None:
    claim, _ = make_queue()
    open_queue(desk)

    desk.keyboard.press("h")
    expect(desk.get_by_role("heading", name="Select where these words stand now")).to_be_visible()
    expect(desk.locator("[data-article-text]")).to_be_focused()
    select_words(desk, "did cross the border")
    expect(toolbar(desk).get_by_role("button")).to_have_text(["They stand here Enter"])
    toolbar(desk).get_by_role("button", name="They stand here").click()
    said(desk, "Placed.")

    expect(desk).to_have_url(re.compile("/placing/#p-"))
    expect(desk.locator("[data-entry]").first).to_be_focused()
    assert span_of(claim).exact() == "did cross the border"
    assert waiting() == 2


def test_by_hand_goes_by_the_keyboard_alone(desk: Page, complaints: Complaints) -> None:
    claim, _ = make_queue()
    open_queue(desk)
    desk.keyboard.press("h")
    expect(desk.locator("[data-article-text]")).to_be_focused()

    for _ in range(3):
        desk.keyboard.press("Shift+ArrowRight")
    chosen = desk.evaluate("document.getSelection().toString().trim()")
    desk.keyboard.press("Enter")
    said(desk, "Placed.")

    assert chosen
    assert span_of(claim).exact() == chosen


def test_escape_and_not_now_leave_the_mode(desk: Page, complaints: Complaints) -> None:
    claim, _ = make_queue()
    open_queue(desk)

    desk.keyboard.press("h")
    expect(desk.locator("[data-article-text]")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(entry(desk, span_of(claim))).to_be_focused()
    desk.get_by_role("link", name="Place by hand").first.click()
    desk.get_by_role("link", name="Not now").click()

    expect(entry(desk, span_of(claim))).to_be_focused()
    assert waiting() == 3


def test_a_statement_is_deleted_and_brought_back_by_keys(
    desk: Page, complaints: Complaints
) -> None:
    claim, _ = make_queue()
    open_queue(desk)
    first = entry(desk, span_of(claim))
    expect(first).to_be_focused()

    desk.keyboard.press("d")
    said(desk, "The statement was deleted.")

    expect(first).to_have_count(0)
    expect(desk.locator("[data-entry]").first).to_be_focused()
    assert fresh(claim).state == "withdrawn"
    desk.keyboard.press("u")
    said(desk, "Undone: deleted.")
    expect(first).to_be_focused()
    assert fresh(claim).state == "draft"


def test_a_stale_placing_shows_who_came_first(desk: Page, complaints: Complaints) -> None:
    claim, _ = make_queue()
    open_queue(desk)
    first = entry(desk, span_of(claim))
    expect(first).to_be_focused()
    correct_text(claim.article, NEW.replace("did cross", "perhaps crossed"))

    desk.keyboard.press("1")

    expect(first.get_by_role("alert")).to_contain_text("The text was corrected meanwhile.")
    expect(first).to_be_focused()
    expect(first.locator("ins").first).to_contain_text("perhaps")
    assert complaints == [f"422 placing/{span_of(claim).uid}/settle/"]
    complaints.clear()


def test_it_works_without_a_script(signed_in: SignedIn, user: User, complaints: Complaints) -> None:
    claim, answer = make_queue()
    page = signed_in(user, java_script_enabled=False)
    page.goto("/placing/")

    entry(page, span_of(claim)).get_by_role("button", name="They stand here").first.click()
    said(page, "Placed.")
    entry(page, span_of(answer)).get_by_role("button", name="Delete the statement").click()
    said(page, "The statement was deleted.")
    page.get_by_role("button", name="Undo").click()
    said(page, "Undone: deleted.")

    assert span_of(claim).exact() == "the army did cross the border at night"
    assert fresh(answer).state == "draft"


@in_each_look
def test_the_queue_is_accessible(
    signed_in: SignedIn, user: User, complaints: Complaints, width: int, theme: str
) -> None:
    make_queue()
    make_alike()
    page = signed_in(user, viewport={"width": width, "height": 900}, color_scheme=theme)
    wide = "document.documentElement.scrollWidth > innerWidth"

    open_queue(page)
    broken = [violations(page), page.evaluate(wide)]
    page.keyboard.press("h")
    expect(page.get_by_role("link", name="Not now")).to_be_visible()
    select_words(page, "did cross")
    expect(toolbar(page)).to_be_visible()
    broken += [violations(page), page.evaluate(wide)]
    page.goto("/placing/")
    page.keyboard.press("d")
    said(page, "The statement was deleted.")
    broken += [violations(page), page.evaluate(wide)]
    page.goto(f"/placing/?article={make_article().uid}")
    broken += [violations(page), page.evaluate(wide)]

    assert broken == [{}, False] * 4


def test_the_edit_form_tells_which_of_its_words_wait(desk: Page, complaints: Complaints) -> None:
    article = make_article(text=TEXT)
    statement = make_statement(
        article,
        ["the army did not cross the border at night", "nobody will ever know"],
        speaker=make_actor("Ann"),
    )
    correct_text(article, NEW)

    desk.goto(f"{article.get_absolute_url()}?statement={statement.uid}")
    desk.get_by_role("link", name="Edit", exact=True).click()
    rows = desk.locator("span-list li")
    expect(rows).to_have_text(
        [
            re.compile("did not cross.*needs placing"),
            re.compile("^(?!.*needs placing).*nobody will"),
        ]
    )
    desk.get_by_role("button", name="Save").click()
    said(desk, "Saved.")

    assert [span.exact() for span in fresh(statement).live_spans()] == [
        "the army did not cross the border at night",
        "nobody will ever know",
    ]


def test_shift_places_all_that_wait_at_the_same_words(desk: Page, complaints: Complaints) -> None:
    claim, _ = make_queue()
    alike, other = make_alike()
    words = alike.quote()
    open_queue(desk)
    first = entry(desk, span_of(claim))
    expect(first).to_be_focused()

    desk.keyboard.press("Shift+Digit1")
    expect(desk.locator("[data-live]")).to_have_text("These words wait nowhere else.")
    entry(desk, span_of(alike)).focus()
    desk.keyboard.press("Shift+Digit1")
    said(desk, "2 placed.")

    assert [span_of(each).exact() for each in (alike, other)] == [words.replace(" not", "")] * 2
    desk.keyboard.press("u")
    said(desk, "Undone: placed in the corrected text.")
    expect(entry(desk, span_of(alike))).to_be_focused()
    assert [span_of(each).exact() for each in (alike, other)] == [words] * 2
