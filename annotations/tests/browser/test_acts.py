"""Acts that come faster than their answers, and answers that come when their button is gone."""

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import open_article, panel, said, select_words, toolbar
from annotations.tests.factories import fresh, make_actor, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "On Monday Ann said that we left. Then, she added, we went.\n\nBob called it baseless."


def add_as_source(page: Page, words: str) -> None:
    select_words(page, words)
    toolbar(page).locator("[data-act=add][data-role=source]").click()


def hold(page: Page, address: str) -> list[Route]:
    """The next request there waits until the test answers it; those after it pass."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route), times=1)  # noqa: PLW0108  # takes no builtin
    return held


def wait_for(page: Page, held: list[Route]) -> Route:
    for _ in range(1000):
        if held:
            return held[0]
        page.wait_for_timeout(20)
    raise AssertionError("the request was never sent")


def test_of_quick_acts_none_is_lost_and_the_one_that_failed_is_sent_again(
    desk: Page, complaints: Complaints
) -> None:
    claim = make_statement(make_article(text=TEXT), "that we left", speaker=make_actor("Ann"))
    open_article(desk, claim.article, claim)
    held = hold(desk, "**/spans/")

    for words in ("On Monday", "Then", "she added", "Bob"):
        add_as_source(desk, words)
    wait_for(desk, held).fulfill(status=500, body="no")
    expect(panel(desk).locator(".piece")).to_have_count(4)

    again = desk.locator("[data-notice]").get_by_role("button", name="Try again")
    expect(desk.locator("[data-notice]")).to_contain_text("The server failed.")
    again.click()
    expect(panel(desk).locator(".piece")).to_have_count(5)
    expect(desk.locator("[data-notice]")).to_be_hidden()
    sources = {span.exact() for span in fresh(claim).live_spans("source")}
    assert sources == {"On Monday", "Then", "she added", "Bob"}
    assert complaints[0] == f"500 statements/{claim.uid}/spans/"
    assert len([said for said in complaints if said.startswith("500")]) == 1
    complaints.clear()


def submit_and_go_on(desk: Page) -> tuple[Statement, Route]:
    """A claim that was sent to review, its request held, while the panel shows the next statement's card."""
    article = make_article(text=TEXT)
    claim = make_statement(article, "that we left", speaker=make_actor("Ann"))
    make_statement(article, "it baseless", speaker=make_actor("Bob"))
    open_article(desk, article, claim)
    held = hold(desk, "**/submit/")
    desk.keyboard.press("s")
    route = wait_for(desk, held)
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(panel(desk).locator(".card")).to_contain_text("it baseless")
    return claim, route


@pytest.mark.parametrize("how", ["failed", "cannot be reached"])
def test_what_failed_once_its_card_is_gone_is_shown_and_sent_again(
    desk: Page, complaints: Complaints, how: str
) -> None:
    claim, route = submit_and_go_on(desk)

    if how == "failed":
        route.fulfill(status=500, body="no")
    else:
        route.abort()
    notice = desk.locator("[data-notice]")
    expect(notice).to_contain_text(f"The server {how}")
    desk.keyboard.press("k")
    expect(panel(desk).locator(".card")).to_contain_text("that we left")
    expect(notice).to_contain_text(f"The server {how}")
    notice.get_by_role("button", name="Try again").click()
    said(desk, "Submitted for review.")

    expect(notice).to_be_hidden()
    assert fresh(claim).state == "submitted"
    # The keys go on.
    desk.keyboard.press("e")
    expect(panel(desk).get_by_label("Gist")).to_be_visible()
    complaints.clear()


def test_a_late_answer_stands_in_its_place_though_its_card_is_gone(desk: Page) -> None:
    _claim, route = submit_and_go_on(desk)

    route.continue_()
    said(desk, "Submitted for review.")

    expect(desk.locator("article-desk article-desk")).to_have_count(0)
    expect(desk.locator("[data-article-text]")).to_have_count(1)


def test_buttons_of_a_card_wait_for_the_act_before_them(desk: Page) -> None:
    statement = make_statement(make_article(text=TEXT), "that we left", speaker=make_actor("Ann"))
    open_article(desk, statement.article, statement)
    held = hold(desk, "**/submit/")

    panel(desk).get_by_text("More", exact=True).click()
    panel(desk).get_by_role("button", name="Submit for review").click()
    route = wait_for(desk, held)
    panel(desk).get_by_role("button", name="Delete", exact=True).click()
    route.continue_()
    expect(desk.locator(".read mark")).to_have_count(0)

    verbs = [row.verb for row in fresh(statement).history.order_by("history_id")]
    assert verbs[-2:] == ["submitted", "withdrawn"]
