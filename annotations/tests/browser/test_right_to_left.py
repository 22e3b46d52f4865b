"""A Dari article from pasting to linking, by mouse and by keyboard, in a text that reads from the right.

SCREENSHOTS names a folder for a picture of each step, in both themes and at both widths.
"""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Article, Response, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.dari import DENIAL, PROMISE, TEXT
from annotations.tests.browser.hands import (
    PLACES,
    drag,
    open_article,
    options,
    panel,
    said,
    select_words,
    show_words,
    toolbar,
)
from annotations.tests.factories import make_actor, make_article, make_response, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
SPEAKER = "نجیبه سروری"
CHOSEN = "getSelection().toString()"


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def new_speaker(page: Page, name: str) -> None:
    """Type a name that nobody has, and create it as a person."""
    expect(page.get_by_role("combobox", name="Who said it?")).to_be_focused()
    page.keyboard.type(name)
    expect(options(page).filter(has_text="Create")).to_have_count(1)
    options(page).filter(has_text="Create").click()
    options(page).filter(has_text="person").first.click()
    expect(page.locator("[name=parts-0-actor]")).not_to_have_value("")
    expect(page.get_by_role("combobox", name="Who said it?")).to_have_value(name)


def test_pasted_selected_annotated_and_linked(desk: Page, complaints: Complaints) -> None:
    desk.goto("/articles/new/")
    desk.get_by_label("Text", exact=True).fill(TEXT)
    desk.get_by_role("textbox", name="Language").fill("fa-AF")
    picture(desk, "1-pasted")
    desk.get_by_role("button", name="Save article").click()
    expect(desk.locator("html[data-ready]")).to_be_attached()
    article = Article.objects.get()
    assert article.revision.text == TEXT

    drag(desk, PROMISE)
    expect(toolbar(desk)).to_be_visible()
    picture(desk, "2-selected")
    toolbar(desk).get_by_role("button", name="New statement").click()
    new_speaker(desk, SPEAKER)
    picture(desk, "3-form")
    desk.get_by_role("button", name="Save").click()
    said(desk, "Saved.")
    claim = Statement.objects.get()
    assert (claim.quote(), claim.speakers_line()) == (PROMISE, SPEAKER)

    select_words(desk, DENIAL)
    desk.keyboard.press("Enter")
    new_speaker(desk, "کریم دلاور")
    desk.get_by_role("button", name="Save").click()
    expect(panel(desk).locator(".card blockquote").first).to_have_text(DENIAL)
    answer = Statement.objects.order_by("-id")[0]
    assert answer.quote() == DENIAL

    open_article(desk, article, claim)
    panel(desk).get_by_role("link", name="Link response", exact=True).click()
    panel(desk).locator(".found a").filter(has_text=DENIAL).click()
    desk.get_by_role("button", name="disputes").click()
    said(desk, "Linked:")
    picture(desk, "4-linked")
    link = Response.objects.get()
    assert (link.claim, link.response) == (claim, answer)


def test_the_left_arrow_goes_on_where_the_paragraph_reads_from_the_right(
    desk: Page, complaints: Complaints
) -> None:
    open_article(desk, make_article(text=TEXT, language="fa-AF"))
    text = desk.locator("[data-article-text]")

    text.focus()
    for _ in range(4):
        desk.keyboard.press("Shift+ArrowLeft")
    assert desk.evaluate(CHOSEN).strip() == "کابل — وزارت معارف"
    desk.keyboard.press("Shift+ArrowRight")
    assert desk.evaluate(CHOSEN).strip(" —") == "کابل — وزارت"
    desk.keyboard.press("Enter")
    new_speaker(desk, SPEAKER)
    desk.keyboard.press("Enter")
    said(desk, "Saved.")
    assert Statement.objects.get().quote() == "کابل — وزارت"


def test_a_word_with_a_joiner_is_one_word_to_the_arrows(desk: Page, complaints: Complaints) -> None:
    open_article(desk, make_article(text="می‌رویم به خانه", language="fa-AF"))

    desk.locator("[data-article-text]").focus()
    desk.keyboard.press("Shift+ArrowLeft")

    assert desk.evaluate(CHOSEN).strip() == "می‌رویم"


def test_the_right_arrow_goes_on_in_a_paragraph_in_english(
    desk: Page, complaints: Complaints
) -> None:
    open_article(desk, make_article(text=TEXT, language="fa-AF"))

    select_words(desk, "UNICEF")
    desk.locator("[data-article-text]").focus()
    desk.evaluate("getSelection().collapseToEnd()")
    for _ in range(2):
        desk.keyboard.press("Shift+ArrowRight")

    assert desk.evaluate(CHOSEN).strip() in ("said in", "said")


def test_the_left_arrow_goes_on_where_a_latin_name_begins_the_paragraph(
    desk: Page, complaints: Complaints
) -> None:
    open_article(desk, make_article(text=TEXT, language="fa-AF"))

    select_words(desk, "BBC")
    desk.locator("[data-article-text]").focus()
    desk.evaluate("getSelection().collapseToEnd()")
    for _ in range(2):
        desk.keyboard.press("Shift+ArrowLeft")

    assert desk.evaluate(CHOSEN).strip() in ("فارسی نیز", "فارسی")


@pytest.mark.parametrize(
    ("words", "side"),
    [(PROMISE, "right"), ("could not confirm", "left"), ("BBC", "right")],
    ids=["dari", "english", "turned"],
)
def test_the_toolbar_stands_at_the_start_of_the_selection(
    desk: Page, complaints: Complaints, words: str, side: str
) -> None:
    open_article(desk, make_article(text=TEXT, language="fa-AF"))
    show_words(desk, words)

    select_words(desk, words)
    expect(toolbar(desk)).to_be_visible()
    box = toolbar(desk).bounding_box()
    edge = desk.evaluate(
        """(side) => {
          const boxes = [...getSelection().getRangeAt(0).getClientRects()];
          const last = boxes.at(-1);
          const line = boxes.filter((box) => box.bottom > last.top && box.top < last.bottom);
          return side === "left" ? Math.min(...line.map((box) => box.left))
            : Math.max(...line.map((box) => box.right));
        }""",
        side,
    )

    assert box
    assert abs(edge - (box["x"] if side == "left" else box["x"] + box["width"])) < 2


def test_each_paragraph_begins_at_its_own_side(desk: Page, complaints: Complaints) -> None:
    open_article(desk, make_article(text=TEXT, language="fa-AF"))
    text = desk.locator("[data-article-text]").bounding_box()
    assert text

    sides = []
    for words in ("کابل", "اما شورای", "UNICEF", "BBC"):
        left, _, right, _ = desk.evaluate(PLACES, [words, words])
        sides.append((left - text["x"] < 4, text["x"] + text["width"] - right < 4))

    assert sides == [(False, True), (False, True), (True, False), (False, True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_lines_and_the_panel_stand_beside_the_text(
    signed_in: SignedIn, user: User, complaints: Complaints, width: int, scheme: str
) -> None:
    article = make_article(text=TEXT, headline="وعدهٔ مکتب‌ها", language="fa-AF")
    claim = make_statement(article, PROMISE, speaker=make_actor(SPEAKER))
    answer = make_statement(article, DENIAL, speaker=make_actor("کریم دلاور"), act="denial")
    make_response(claim, answer)
    page = signed_in(user, viewport={"width": width, "height": 900}, color_scheme=scheme)
    open_article(page, article, claim)
    picture(page, f"5-article-{width}-{scheme}")

    assert page.evaluate("document.documentElement.scrollWidth") == width
    text = page.locator("[data-article-text]").bounding_box()
    assert text
    if width > 1000:
        arc = page.locator("article-arcs circle").bounding_box()
        assert arc
        assert 0 < arc["x"] - (text["x"] + text["width"]) < 40
    page.goto(claim.get_absolute_url())
    picture(page, f"6-statement-{width}-{scheme}")
    page.goto("/statements/")
    picture(page, f"7-statements-{width}-{scheme}")
