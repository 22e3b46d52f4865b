"""A second article beside the first: linking in three acts, the pane that remembers, narrow windows."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from annotations.models import Response, Restatement, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import click_at, mark_of, open_article, panel, said
from annotations.tests.factories import make_actor, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "\n\n".join(f"Paragraph {number} tells of the weather." for number in range(1, 40))
HERE = f"{LONG}\n\nAnn said the army crossed and fired.\n\nThe navy denied it.\n\n{LONG}"
FAR = f"{LONG}\n\nBob called such claims baseless.\n\nEve agreed.\n\n{LONG}"


@dataclass
class Ends:
    claim: Statement
    answer: Statement


def make_ends(*, across: bool) -> Ends:
    """A claim, and the answer of whom it accuses: in another article, or in the same."""
    army = make_actor("The army", kind="organisation")
    here = make_article(text=HERE, headline="Here")
    far = make_article(text=FAR, headline="Elsewhere")
    claim = make_statement(
        here, "the army crossed and fired.", speaker=make_actor("Ann"), about=[army]
    )
    article, words = (far, "such claims baseless") if across else (here, "The navy denied it.")
    answer = make_statement(
        article, words, speaker=make_actor("Bob"), acting_for=[army], act="denial"
    )
    make_statement(far, "Eve agreed.", speaker=make_actor("Eve"), act="opinion")
    return Ends(claim, answer)


class Acts:
    """Key presses and clicks, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def press(self, key: str) -> None:
        self.number += 1
        self.page.keyboard.press(key)

    def click(self, target: Locator) -> None:
        self.number += 1
        click_at(self.page, target)


def pane(page: Page) -> Locator:
    return page.locator("link-pane")


def asked_in(page: Page) -> Locator:
    """The words, in the pane, of the statement that it was opened for."""
    return pane(page).locator("mark.asked:not(.source, .cue)")


def button(page: Page, name: str) -> Locator:
    return panel(page).get_by_role("link", name=name, exact=True)


def scrolled(page: Page) -> int:
    return int(page.evaluate("document.querySelector('[data-scrolls]').scrollTop"))


@pytest.mark.parametrize("across", [True, False])
def test_by_keyboard_a_link_takes_three_acts(
    desk: Page, complaints: Complaints, across: bool
) -> None:
    ends = make_ends(across=across)
    open_article(desk, ends.claim.article, ends.claim)
    mark_of(desk, ends.claim).scroll_into_view_if_needed()
    acts = Acts(desk)

    acts.press("l")
    expect(panel(desk).locator("[data-offer] > a").first).to_be_focused()
    acts.press("Enter")
    expect(panel(desk).get_by_role("heading", name="How does it answer?")).to_be_focused()
    if across:
        expect(asked_in(desk)).to_have_text("such claims baseless")
        expect(asked_in(desk)).to_be_in_viewport(ratio=1)
    expect(mark_of(desk, ends.claim)).to_be_in_viewport(ratio=1)
    acts.press("2")
    said(desk, "Linked: Bob disputes “the army crossed and fired.”.")

    assert acts.number == 3
    link = Response.objects.get()
    assert (link.claim, link.response, link.relation) == (ends.claim, ends.answer, "disputes")
    assert [party.name for party in link.live_parties()] == ["The army"]


@pytest.mark.parametrize("across", [True, False])
def test_by_mouse_a_link_takes_three_acts(desk: Page, complaints: Complaints, across: bool) -> None:
    ends = make_ends(across=across)
    open_article(desk, ends.claim.article, ends.claim)
    if across:
        address = f"{ends.claim.article.get_absolute_url()}?statement={ends.claim.uid}"
        desk.goto(f"{address}&beside={ends.answer.article.uid}&at={ends.answer.uid}")
        expect(asked_in(desk)).to_be_in_viewport(ratio=1)
    mark_of(desk, ends.claim).scroll_into_view_if_needed()
    acts = Acts(desk)

    acts.click(button(desk, "Link response"))
    expect(panel(desk).locator("[data-picking]")).to_be_visible()
    acts.click(mark_of(desk, ends.answer))
    expect(panel(desk).get_by_role("heading", name="How does it answer?")).to_be_focused()
    expect(mark_of(desk, ends.claim)).to_be_in_viewport()
    acts.click(desk.get_by_role("button", name="denies"))
    said(desk, "Linked: Bob denies")

    assert acts.number == 3
    link = Response.objects.get()
    assert (link.claim, link.response) == (ends.claim, ends.answer)
    if across:
        expect(pane(desk).locator("mark.response")).to_have_text("such claims baseless")


def test_what_is_said_again_takes_three_acts(desk: Page, complaints: Complaints) -> None:
    ends = make_ends(across=True)
    again = make_statement(
        make_article(text="Once more: the army crossed and fired at night."),
        "the army crossed and fired at night.",
    )
    open_article(desk, ends.claim.article, ends.claim)
    acts = Acts(desk)

    acts.press("Shift+R")
    expect(panel(desk).locator("[data-offer] > a").first).to_be_focused()
    acts.press("1")
    expect(panel(desk).get_by_role("heading", name="How much of it")).to_be_focused()
    acts.press("1")
    said(desk, "Linked: ")

    assert acts.number == 3
    link = Restatement.objects.get()
    assert (link.of, link.by, link.scope) == (ends.claim, again, "whole")


def test_the_pane_remembers_where_it_was(desk: Page, complaints: Complaints) -> None:
    ends = make_ends(across=True)
    open_article(desk, ends.claim.article, ends.claim)

    desk.get_by_role("link", name="open another beside").click()
    expect(pane(desk).get_by_role("searchbox")).to_be_focused()
    desk.keyboard.type("baseless")
    pane(desk).get_by_role("link", name="such claims baseless").click()
    expect(pane(desk).get_by_role("heading", name="Elsewhere")).to_be_focused()
    expect(asked_in(desk)).to_be_in_viewport(ratio=1)
    pane(desk).locator("[data-scrolls]").evaluate("(box) => { box.scrollTop = 123; }")
    desk.reload()
    expect(pane(desk).get_by_role("heading", name="Elsewhere")).to_be_visible()
    expect(pane(desk).locator("mark.asked")).not_to_have_count(0)
    assert scrolled(desk) == 123

    desk.keyboard.press("F6")
    desk.keyboard.press("F6")
    expect(pane(desk).locator("[data-pane-text]")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(pane(desk)).to_be_hidden()
    expect(desk.locator("[data-article-text]")).to_be_focused()
    assert "beside" not in desk.url
    desk.get_by_role("link", name="open another beside").click()
    expect(pane(desk).get_by_role("heading", name="Elsewhere")).to_be_focused()
    assert scrolled(desk) == 123
    desk.go_back()
    expect(pane(desk)).to_be_hidden()
    desk.go_forward()
    expect(pane(desk).get_by_role("heading", name="Elsewhere")).to_be_visible()


def test_a_save_leaves_the_pane_where_it_is_and_shows_what_became_of_it(
    desk: Page, complaints: Complaints
) -> None:
    ends = make_ends(across=True)
    article = ends.claim.article
    desk.goto(
        f"{article.get_absolute_url()}?statement={ends.claim.uid}&beside={ends.answer.article.uid}"
    )
    expect(desk.locator("html[data-ready]")).to_be_attached()
    mark = pane(desk).locator(f'mark[data-statements="{ends.answer.uid}"]')
    expect(mark).to_have_class("content plain")
    mark.scroll_into_view_if_needed()
    before = scrolled(desk)

    button(desk, "Link response").click()
    expect(panel(desk).locator("[data-picking]")).to_be_visible()
    mark.click()
    desk.get_by_role("button", name="denies").click()
    said(desk, "Linked: ")

    expect(
        pane(desk).locator(f'mark[data-statements="{ends.answer.uid}"].response')
    ).to_be_visible()
    assert scrolled(desk) == before > 0
    assert f"beside={ends.answer.article.uid}" in desk.url


def test_in_a_narrow_window_the_pane_covers_the_page_and_leads_back(
    signed_in: SignedIn, user: User, complaints: Complaints
) -> None:
    ends = make_ends(across=True)
    page = signed_in(user, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    open_article(page, ends.claim.article, ends.claim)

    button(page, "Link response").click()
    page.get_by_role("link", name="open beside Elsewhere").first.click()
    expect(pane(page).get_by_role("heading", name="Elsewhere")).to_be_focused()
    expect(asked_in(page)).to_be_in_viewport(ratio=1)
    expect(pane(page).get_by_text("What answers it? “the army crossed")).to_be_visible()
    expect(panel(page)).to_be_hidden()
    pane(page).get_by_role("link", name="Back").click()
    expect(page.get_by_role("link", name="open beside Elsewhere").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(asked_in(page)).to_be_in_viewport(ratio=1)
    click_at(page, asked_in(page))
    expect(panel(page).get_by_role("heading", name="How does it answer?")).to_be_focused()
    page.get_by_role("button", name="denies").click()
    said(page, "Linked: ")

    assert Response.objects.get().response == ends.answer
