"""Two editors in one article: what one does appears with the other, who is not disturbed by it."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.editing.assign import give
from annotations.editing.receive import ArticleDetails, describe
from annotations.permissions import EDITOR
from annotations.tests.browser.conftest import SignedIn
from annotations.tests.browser.hands import (
    mark_of,
    name_speaker,
    open_article,
    panel,
    said,
    select_words,
)
from annotations.tests.factories import (
    correct_text,
    make_actor,
    make_article,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCES = [f"Minister {number} said that road {number} was closed." for number in range(60)]
SOON = 5000  # milliseconds: what was promised
HELD = """() => ({
  selected: document.getSelection().toString(),
  top: document.querySelector("[data-article-text]").getBoundingClientRect().top,
  scrolled: scrollY,
  active: document.activeElement.id || document.activeElement.tagName,
})"""


def test_what_one_adds_the_other_sees_within_five_seconds_undisturbed(
    signed_in: SignedIn, user: User
) -> None:
    article = make_article(text="\n\n".join(SENTENCES))
    old = make_statement(article, "road 30 was closed", speaker=make_actor("Ann Example"))
    rahimi_user = make_user(EDITOR, username="Rahimi")
    rahimi, mine = signed_in(rahimi_user), signed_in(user)
    for page in (rahimi, mine):
        open_article(page, article, old)
    panel(mine).get_by_role("link", name="Edit", exact=True).click()
    panel(mine).get_by_label("Gist").fill("half ty")
    mine.evaluate("scrollTo({top: 900, behavior: 'instant'})")
    select_words(mine, "Minister 31 said that road 31")
    expect(mine.locator("[data-people]")).to_have_text("Here now: Rahimi", timeout=2 * SOON)
    before = mine.evaluate(HELD)

    select_words(rahimi, "road 31 was closed")
    rahimi.keyboard.press("n")
    expect(panel(rahimi).get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(rahimi, "Ann Example")
    rahimi.keyboard.press("Control+Enter")
    said(rahimi, "Saved.")
    told = mine.locator("[data-live]")
    expect(told).to_have_text("Rahimi added a statement", timeout=SOON)

    expect(mine.locator(".row", has_text="road 31 was closed")).to_have_class("row plain fresh")
    expect(mine.locator("mark.plain.fresh")).to_have_text("road 31 was closed")
    expect(mine.locator(".head").get_by_role("link", name="2 statements")).to_be_visible()
    expect(panel(mine).get_by_label("Gist")).to_have_value("half ty")
    assert mine.evaluate(HELD) == before
    told.evaluate("(line) => { line.textContent = ''; }")
    expect(mine.locator("mark.fresh")).to_have_count(0, timeout=SOON)
    expect(rahimi.locator("mark.fresh")).to_have_count(0)

    details = ArticleDetails(byline="By Ann Example", published_on=date(2026, 3, 1))
    describe(user=rahimi_user, article=article, version=1, details=details)
    give(user=rahimi_user, article=article, editor=rahimi_user)
    head = mine.locator(".head")
    expect(told).to_contain_text("Rahimi changed the article’s details", timeout=SOON)
    expect(head).to_contain_text("By Ann Example")
    expect(head).to_contain_text("1 March 2026")
    expect(head).to_contain_text("Taken by Rahimi since")
    expect(panel(mine).get_by_label("Gist")).to_have_value("half ty")

    panel(mine).get_by_label("Gist").fill("typed to the end")
    panel(mine).get_by_role("button", name="Save").click()
    said(mine, "Saved.")
    expect(rahimi.locator("[data-live]")).to_have_text("farida changed a statement", timeout=SOON)
    correct_text(article, article.revision.text + "\n\nOne more.")
    bar = mine.locator("[data-corrected]")
    expect(bar).to_contain_text("usual-editor corrected the text.", timeout=SOON)
    expect(mine.locator("[data-article-text]")).not_to_contain_text("One more.")
    bar.get_by_role("link", name="Show the new text").click()
    expect(mine.locator("[data-article-text]")).to_contain_text("One more.")


def test_what_has_the_focus_keeps_it_when_its_highlight_is_drawn_anew(desk: Page) -> None:
    article = make_article(text="“We left,” Ann said. They went on Monday.")
    first = make_statement(article, "We left", speaker=make_actor("Ann"))
    open_article(desk, article)
    mark_of(desk, first).focus()
    caret = "document.activeElement.dataset.statements"

    make_statement(article, "left,” Ann said", speaker=make_actor("Bob"))
    make_statement(article, "on Monday", speaker=make_actor("Bob"))
    expect(desk.locator("[data-article-text] mark")).to_have_count(4, timeout=SOON)

    assert str(first.uid) in desk.evaluate(caret)
    assert desk.locator("[data-article-text]").text_content() == article.revision.text


def test_what_is_added_to_the_article_beside_appears_there_undisturbed(desk: Page) -> None:
    first, far = make_article(text="Nothing here."), make_article(text="\n\n".join(SENTENCES))
    desk.goto(f"{first.get_absolute_url()}?beside={far.uid}")
    pane = desk.locator("link-pane")
    expect(pane.locator("[data-pane-text]")).to_contain_text("Minister 59")
    pane.locator("[data-scrolls]").evaluate("body => body.scrollTo({top: 700})")

    make_statement(far, "road 31 was closed")
    expect(pane.locator("mark")).to_have_text("road 31 was closed", timeout=SOON)
    assert pane.locator("[data-scrolls]").evaluate("body => body.scrollTop") == 700

    pane.get_by_role("link", name="open by itself").focus()
    correct_text(far, far.revision.text.replace("Minister 59", "Minister 60"))
    make_statement(far, "road 20 was closed")
    pane.get_by_role("link", name="open by itself").blur()
    expect(pane.locator("[data-pane-text]")).to_contain_text("Minister 60", timeout=2 * SOON)
    expect(pane.locator("mark")).to_have_count(2)
