"""In a narrow window the article page shows what was asked for, and hides nothing behind messages."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Article, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import panel, said
from annotations.tests.factories import correct_text, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
LINES = [f"Claim {number} stands, and much more is said of it here." for number in range(100, 130)]
TEXT = "\n\n".join(LINES)
AT_THE_BOTTOM = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"


def make_statements(article: Article) -> list[Statement]:
    return [make_statement(article, f"Claim {number} stands") for number in range(100, 130)]


def narrow(signed_in: SignedIn, user: User) -> Page:
    return signed_in(user, viewport={"width": 390, "height": 844}, reduced_motion="reduce")


def open_at(page: Page, statement: Statement) -> None:
    """As a row, a link or a saved form leads to the statement."""
    uid = statement.uid
    page.goto(f"{statement.article.get_absolute_url()}?statement={uid}#s-{uid}")
    expect(page.locator("html[data-ready]")).to_be_attached()


def test_a_statement_whose_words_wait_opens_at_its_card(
    signed_in: SignedIn, user: User, complaints: Complaints
) -> None:
    article = make_article(text=TEXT)
    waits, *_, stands, _, _ = make_statements(article)
    correct_text(article, TEXT.replace("Claim 100 stands", "Claim 100 falls"))
    page = narrow(signed_in, user)

    open_at(page, waits)
    expect(panel(page).locator(".card")).to_be_in_viewport()
    expect(panel(page).get_by_text("Needs placing")).to_be_in_viewport()
    open_at(page, stands)
    expect(page.locator(f'mark[data-statements~="{stands.uid}"]')).to_be_in_viewport()
    assert page.locator(f"[id='s-{stands.uid}']").count() == 1


def test_a_message_leaves_the_last_row_free(
    signed_in: SignedIn, user: User, complaints: Complaints
) -> None:
    statements = make_statements(make_article(text=TEXT))
    page = narrow(signed_in, user)
    open_at(page, statements[3])

    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Delete", exact=True).click()
    said(page, "The statement was deleted.")
    message = page.locator("[data-messages] .message")
    expect(message).to_be_in_viewport(ratio=1)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function(AT_THE_BOTTOM)

    expect(message).to_be_in_viewport(ratio=1)
    last, shown = page.locator(".rows > .row").last.bounding_box(), message.bounding_box()
    assert last
    assert shown
    assert last["y"] + last["height"] <= shown["y"]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
