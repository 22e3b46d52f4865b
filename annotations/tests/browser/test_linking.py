"""A claim and what answers it: chosen by a click, in the list, by search; silences and restatements."""

import pytest
from playwright.sync_api import Page, expect

from annotations.models import ReplyRecord, Response, Restatement, Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import (
    click_words,
    open_article,
    panel,
    said,
    select_words,
    toolbar,
)
from annotations.tests.factories import make_actor, make_article, make_response, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = (
    "Ann said the army crossed and fired.\n\nBob called such claims baseless.\n\n"
    "Ann repeated that the army crossed. The navy did not reply."
)


def make_claim() -> Statement:
    return make_statement(
        make_article(text=TEXT, headline="Here"),
        "the army crossed and fired.",
        speaker=make_actor("Ann"),
        about=[make_actor("The army", kind="organisation"), make_actor("The navy")],
        points=["It crossed", "It fired"],
    )


def make_answer(claim: Statement) -> Statement:
    army = claim.accused()[0]
    return make_statement(
        claim.article,
        "such claims baseless",
        speaker=make_actor("Bob"),
        acting_for=[army],
        act="denial",
    )


def choose(page: Page, act: str) -> None:
    """Press one of the card's buttons; some are folded under “More”."""
    button = panel(page).get_by_role("link", name=act, exact=True)
    if not button.is_visible():
        panel(page).get_by_text("More", exact=True).click()
    button.click()
    expect(panel(page).locator("[data-picking], form[data-form]")).to_be_visible()


def link_it(page: Page) -> None:
    """Say that it disputes, which links it."""
    expect(panel(page).get_by_role("heading", name="How does it answer?")).to_be_focused()
    page.get_by_role("button", name="disputes").click()
    said(page, "Linked: ")


@pytest.mark.parametrize("how", ["click", "list", "keyboard"])
def test_the_response_is_chosen_in_the_article(
    desk: Page, complaints: Complaints, how: str
) -> None:
    claim = make_claim()
    answer = make_answer(claim)
    open_article(desk, claim.article, claim)

    choose(desk, "Link response")
    expect(panel(desk).get_by_role("heading", name="What answers it?")).to_be_visible()
    if how == "click":
        click_words(desk, "such claims baseless")
    elif how == "list":
        panel(desk).locator(".found a").filter(has_text="such claims baseless").click()
    else:
        desk.locator(f'mark[data-statements="{answer.uid}"]').press("Enter")
    link_it(desk)

    link = Response.objects.get()
    assert (link.claim, link.response, link.relation) == (claim, answer, "disputes")
    assert [party.name for party in link.live_parties()] == ["The army"]
    expect(panel(desk).get_by_text("What answered it")).to_be_visible()


def test_parties_points_and_the_marker_are_chosen(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    make_answer(claim)
    open_article(desk, claim.article, claim)
    choose(desk, "Link response")
    click_words(desk, "such claims baseless")

    panel(desk).get_by_role("link", name="More… points").click()
    expect(panel(desk).get_by_role("heading", name="Link response")).to_be_visible()
    expect(desk.get_by_role("checkbox", name="The army")).to_be_checked()
    desk.get_by_role("checkbox", name="The navy").check()
    desk.get_by_role("checkbox", name="2. It fired").check()
    select_words(desk, "such claims")
    toolbar(desk).get_by_role("button", name="marker").click()
    desk.get_by_role("radio", name="disputes").check()
    desk.get_by_role("button", name="Link").click()
    said(desk, "Linked: ")

    link = Response.objects.get()
    assert {party.name for party in link.live_parties()} == {"The army", "The navy"}
    assert [point.text for point in link.live_answers()] == ["It fired"]
    assert link.marker() == "such claims"
    expect(panel(desk)).to_contain_text("2 points, 1 answered")


def test_the_response_is_searched_in_all_articles(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    far = make_statement(
        make_article(text="Eve denied everything.", headline="Elsewhere"), "denied everything"
    )
    open_article(desk, claim.article, claim)

    choose(desk, "Link response")
    expect(desk.get_by_role("searchbox", name="Search all articles")).to_be_focused()
    desk.keyboard.type("EVERYTHING")
    expect(panel(desk).locator(".found")).to_contain_text("Elsewhere")
    expect(desk.locator("[data-live]")).to_contain_text("1 to choose from")
    desk.keyboard.press("Enter")
    link_it(desk)

    link = Response.objects.get()
    assert (link.claim, link.response, link.link_basis) == (claim, far, "editor_inferred")
    expect(panel(desk).get_by_role("link", name="in another article: Elsewhere")).to_be_visible()
    expect(panel(desk).locator(".links")).to_contain_text("editor’s link")


def test_this_answers(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    answer = make_answer(claim)
    open_article(desk, claim.article, answer)

    choose(desk, "This answers…")
    click_words(desk, "the army crossed and fired.")
    link_it(desk)

    link = Response.objects.get()
    assert (link.claim, link.response) == (claim, answer)


def test_a_statement_is_not_linked_to_itself_by_a_click(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)
    choose(desk, "Link response")
    expect(panel(desk).get_by_role("heading", name="What answers it?")).to_be_visible()

    click_words(desk, "the army crossed and fired.")

    expect(desk.locator("[data-notice]")).to_have_text("A statement is not linked to itself.")
    expect(panel(desk).get_by_role("heading", name="What answers it?")).to_be_visible()


AT_ONCE = """() => new MutationObserver((_, watch) => {
  const words = document.querySelector("#pick-words");
  if (!words) return;
  watch.disconnect();
  words.value = "crossed and fired";
  words.dispatchEvent(new Event("input", { bubbles: true }));
}).observe(document.querySelector("#work"), { childList: true, subtree: true })"""


def test_what_is_typed_as_soon_as_the_search_is_there_is_searched_for(
    desk: Page, complaints: Complaints
) -> None:
    claim = make_claim()
    answer = make_answer(claim)
    open_article(desk, claim.article, answer)
    desk.evaluate(AT_ONCE)

    with desk.expect_response(lambda answer: "text=crossed" in answer.url):
        choose(desk, "This answers…")

    expect(desk.locator("#found")).to_contain_text("the army crossed and fired.")


@pytest.mark.parametrize("act", ["Restates…", "Said again by…"])
def test_the_same_thing_said_again(desk: Page, complaints: Complaints, act: str) -> None:
    claim = make_claim()
    again = make_statement(claim.article, "that the army crossed.")
    start, other = (
        (again, "the army crossed and fired.")
        if act == "Restates…"
        else (claim, "that the army crossed.")
    )
    open_article(desk, claim.article, start)

    choose(desk, act)
    expect(panel(desk).locator("[data-picking]")).to_be_visible()
    click_words(desk, other)
    expect(panel(desk).get_by_role("heading", name="How much of it")).to_be_focused()
    desk.get_by_role("button", name="A part of it").click()
    said(desk, "Linked: ")

    row = Restatement.objects.get()
    assert (row.of, row.by, row.scope) == (claim, again, "part")


def test_a_silence_is_recorded_with_its_evidence(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)

    choose(desk, "Has not responded")
    panel(desk).get_by_label("Who has not responded?").select_option("The navy")
    select_words(desk, "The navy did not reply.")
    toolbar(desk).get_by_role("button", name="evidence").click()
    desk.get_by_role("button", name="Save").click()
    said(desk, "Recorded.")

    record = ReplyRecord.objects.get()
    assert (record.party.name, record.status) == ("The navy", "reported_no_response")
    assert record.evidence() == "The navy did not reply."
    expect(panel(desk).locator(".statuses")).to_contain_text("The navy did not reply.")


def test_a_deleted_link_is_brought_back_by_undo(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    answer = make_answer(claim)
    link = make_response(claim, answer)
    open_article(desk, claim.article, claim)

    panel(desk).get_by_role("button", name="Delete link").click()
    said(desk, "The response was deleted.")
    expect(panel(desk).get_by_text("What answered it")).to_have_count(0)
    desk.locator("[data-messages]").get_by_role("button", name="Undo").click()
    said(desk, "Undone: deleted.")

    expect(panel(desk).get_by_text("What answered it")).to_be_visible()
    assert Response.objects.live().get() == link
