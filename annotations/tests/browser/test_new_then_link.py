"""The other end of a link is not recorded yet: selected in either text, recorded, linked at once."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Article, Response, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import (
    click_at,
    mark_of,
    name_speaker,
    open_article,
    panel,
    said,
    select_words,
    toolbar,
)
from annotations.tests.factories import make_actor, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "Ann said the army crossed and fired.\n\nBob called such claims baseless."
FAR = "Eve told of rain.\n\nBob of the army denied everything at noon."
SELECT_BESIDE = """(words) => {
  const text = document.querySelector("[data-pane-text]");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && !walker.currentNode.data.includes(words));
  const at = walker.currentNode.data.indexOf(words);
  getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
}"""


def make_claim() -> tuple[Statement, Article]:
    army = make_actor("The army", kind="organisation")
    make_actor("Bob")
    claim = make_statement(
        make_article(text=HERE, headline="Here"),
        "the army crossed and fired.",
        speaker=make_actor("Ann"),
        about=[army],
    )
    return claim, make_article(text=FAR, headline="Elsewhere")


def open_beside(page: Page, claim: Statement, far: Article) -> None:
    address = f"{claim.article.get_absolute_url()}?statement={claim.uid}&beside={far.uid}"
    page.goto(address)
    expect(page.locator("html[data-ready]")).to_be_attached()


def pick_response(page: Page) -> None:
    panel(page).get_by_role("link", name="Link response").click()
    expect(panel(page).locator("[data-picking]")).to_be_visible()


def record_bob(page: Page) -> None:
    expect(panel(page).get_by_text("it is linked with")).to_be_visible()
    name_speaker(page, "Bob")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", name="How does it answer?")).to_be_focused()


def test_words_of_the_same_article_are_recorded_and_linked(
    desk: Page, complaints: Complaints
) -> None:
    claim, _ = make_claim()
    open_article(desk, claim.article, claim)
    pick_response(desk)

    select_words(desk, "such claims baseless")
    toolbar(desk).get_by_role("button", name="New statement, then link").click()
    record_bob(desk)
    expect(mark_of(desk, claim)).to_be_in_viewport(ratio=1)
    desk.get_by_role("button", name="disputes").click()
    said(desk, "Linked: Bob disputes")

    link = Response.objects.get()
    assert (link.claim, link.response.quote()) == (claim, "such claims baseless")


def test_words_of_the_article_beside_are_recorded_and_linked_by_keyboard(
    desk: Page, complaints: Complaints
) -> None:
    claim, far = make_claim()
    open_beside(desk, claim, far)
    pick_response(desk)

    text = desk.locator("[data-pane-text]")
    text.focus()
    for key in ["p", "p", "x"]:
        desk.keyboard.press(key)
    expect(toolbar(desk)).to_be_visible()
    desk.keyboard.press("Enter")
    record_bob(desk)
    marks = desk.locator("link-pane mark.asked.content")
    expect(marks.last).to_be_in_viewport(ratio=1)
    assert "".join(marks.all_text_contents()) == "Bob of the army denied everything at noon."
    desk.keyboard.press("1")
    said(desk, "Linked: Bob denies")

    link = Response.objects.get()
    assert (link.claim, link.response.article) == (claim, far)
    assert link.link_basis == "editor_inferred"
    expect(desk.locator("[data-article-text]")).to_have_text(HERE)


def test_giving_up_the_new_statement_leads_back_to_the_choice(
    desk: Page, complaints: Complaints
) -> None:
    claim, far = make_claim()
    open_beside(desk, claim, far)
    pick_response(desk)
    desk.evaluate(SELECT_BESIDE, "denied everything")
    toolbar(desk).get_by_role("button", name="New statement, then link").click()
    expect(panel(desk).get_by_role("heading", name="New statement")).to_be_visible()

    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")

    expect(panel(desk).get_by_role("heading", name="What answers it?")).to_be_visible()
    assert not Statement.objects.filter(article=far).exists()


def test_a_statement_beside_is_recorded_and_shown_without_leaving_the_page(
    desk: Page, complaints: Complaints
) -> None:
    claim, far = make_claim()
    open_beside(desk, claim, far)

    desk.evaluate(SELECT_BESIDE, "denied everything")
    toolbar(desk).get_by_role("button", name="New statement").click()
    expect(panel(desk).get_by_text("In Elsewhere")).to_be_visible()
    desk.evaluate(SELECT_BESIDE, "at noon")
    toolbar(desk).get_by_role("button", name="content").click()
    select_words(desk, "Ann said")
    expect(toolbar(desk)).to_be_hidden()
    panel(desk).get_by_role("combobox", name="Who said it?").first.focus()
    name_speaker(desk, "Bob")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    new = Statement.objects.get(article=far)
    assert new.quote() == "denied everything … at noon"
    mark = desk.locator(f'link-pane mark[data-statements="{new.uid}"]').first
    expect(mark).to_be_visible()
    click_at(desk, mark)
    expect(panel(desk).get_by_role("link", name="Edit in its article")).to_be_visible()
    assert claim.article.get_absolute_url() in desk.url


def test_in_a_narrow_window_the_form_comes_up_over_the_text_beside(
    signed_in: SignedIn, user: User, complaints: Complaints
) -> None:
    claim, far = make_claim()
    page = signed_in(user, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    open_article(page, claim.article, claim)
    pick_response(page)
    panel(page).get_by_role("searchbox").fill("noon")
    page.get_by_role("link", name="open another beside").focus()
    page.keyboard.press("Enter")
    page.locator("link-pane").get_by_role("link", name="Elsewhere").click()
    expect(page.locator("[data-pane-text]")).to_be_visible()

    page.evaluate(SELECT_BESIDE, "denied everything")
    toolbar(page).get_by_role("button", name="New statement, then link").click()
    record_bob(page)
    page.get_by_role("button", name="denies").click()
    said(page, "Linked: ")

    assert Response.objects.get().response.article == far
