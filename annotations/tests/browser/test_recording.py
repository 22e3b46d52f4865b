"""The shortest way: select what was said, say who said it, save."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import (
    PLACES,
    drag,
    mark_of,
    name_speaker,
    open_article,
    panel,
    said,
    select_words,
    show_words,
    toolbar,
)
from annotations.tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db(transaction=True)
FILLER = "\n\n".join(f"Paragraph {i} of what else was printed that day." for i in range(20))


def place_in_window(page: Page, words: str) -> int:
    _, top, _, _ = page.evaluate(PLACES, [words, words])
    return round(float(top))


def focus_is_in_the_text(page: Page) -> None:
    expect(page.locator("[data-article-text]")).to_be_focused()


def test_drag_speaker_enter(desk: Page, complaints: Complaints) -> None:
    make_actor("Sharif Ahmad")
    article = make_article(
        text=f"{FILLER}\n\nSharif Ahmad said that the army left. Nobody asked.\n\n{FILLER}"
    )
    open_article(desk, article)
    show_words(desk, "that the army left")
    before = place_in_window(desk, "that the army left")

    drag(desk, "that the army left")
    toolbar(desk).get_by_role("button", name="New statement").click()
    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(desk, "Sharif Ahmad")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    statement = Statement.objects.get()
    assert statement.quote() == "that the army left"
    assert statement.speakers_line() == "Sharif Ahmad"
    expect(mark_of(desk, statement)).to_be_visible()
    expect(panel(desk).locator(".card")).to_contain_text("that the army left")
    focus_is_in_the_text(desk)
    assert place_in_window(desk, "that the army left") == before
    assert f"statement={statement.uid}" in desk.url


def test_keyboard_alone(desk: Page, complaints: Complaints) -> None:
    make_actor("Ann")
    article = make_article(text="Ann said we left. Then she went.")
    open_article(desk, article)

    desk.locator("[data-article-text]").focus()
    for _ in range(2):
        desk.keyboard.press("ArrowRight")
    for _ in range(2):
        desk.keyboard.press("Shift+ArrowRight")
    expect(toolbar(desk)).to_be_visible()
    chosen = desk.evaluate("getSelection().toString()").strip()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(desk, "Ann")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    assert chosen in ("we left.", "we left")
    assert Statement.objects.get().quote() == chosen
    focus_is_in_the_text(desk)


def test_touch(signed_in: SignedIn, user: User, complaints: Complaints) -> None:
    make_actor("Ann")
    article = make_article(text="Ann said we left. Then she went.")
    page = signed_in(user, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_article(page, article)

    select_words(page, "we left")
    toolbar(page).get_by_role("button", name="New statement").tap()
    expect(page.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(page, "Ann")
    page.get_by_role("button", name="Save").tap()
    said(page, "Saved.")

    assert Statement.objects.get().quote() == "we left"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("begins here", "ends there."),
        ("👩🏽‍🚀 astronaut", "left 🙂🇦🇫"),
        ("گفت", "رفت"),
        ("e\u0301 combined", "combined"),
    ],
    ids=["two paragraphs", "emoji", "right to left", "combining mark"],
)
def test_the_stored_words_are_those_that_the_browser_selected(
    desk: Page, complaints: Complaints, start: str, end: str
) -> None:
    make_actor("Ann")
    article = make_article(
        text="🙂 It begins here.\n\nIt ends there. 🇦🇫 The 👩🏽‍🚀 astronaut left 🙂🇦🇫 again.\n"
        "گفت «نه» و رفت. e\u0301 combined."
    )
    open_article(desk, article)

    drag(desk, start, end)
    chosen = desk.evaluate("getSelection().toString()")
    desk.keyboard.press("Enter")
    toolbar(desk).get_by_role("button", name="New statement").or_(
        desk.get_by_role("combobox", name="Who said it?")
    ).first.click()
    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(desk, "Ann")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    statement = Statement.objects.get()
    [content] = statement.live_spans("content")
    place = content.placement()
    assert place is not None
    assert place.exact == chosen.strip()
    assert article.revision.text[place.start : place.end] == place.exact
    assert (place.exact.startswith(start), place.exact.endswith(end)) == (True, True)


def test_a_selection_over_highlights_takes_the_words_under_them(
    desk: Page, complaints: Complaints
) -> None:
    from annotations.tests.factories import make_statement

    article = make_article(text="One two three four five six.")
    make_statement(article, "two three")
    make_statement(article, "three four")
    make_actor("Ann")
    open_article(desk, article)

    select_words(desk, "One", "five")
    desk.locator("[data-act=new]").click()
    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(desk, "Ann")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    statement = Statement.objects.order_by("-id")[0]
    assert statement.quote() == "One two three four five"
    assert (
        desk.locator("[data-article-text]").evaluate("e => e.textContent") == article.revision.text
    )


def test_a_form_that_is_refused_stays_beside_the_text_with_what_was_typed(
    desk: Page, complaints: Complaints
) -> None:
    article = make_article(text="Ann said we left.")
    open_article(desk, article)
    select_words(desk, "we left")
    desk.locator("[data-act=new]").click()
    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()

    desk.get_by_text("More: points").click()
    desk.get_by_label("Venue").fill("a kept venue")
    desk.get_by_role("button", name="Save").click()

    expect(panel(desk)).to_contain_text("Who said it? Name a speaker")
    expect(desk.get_by_label("Venue")).to_have_value("a kept venue")
    expect(desk.locator("[data-article-text]")).to_have_text("Ann said we left.")
    assert complaints == [f"422 articles/{article.uid}/statements/new/"]
    complaints.clear()
