"""A text is corrected in the browser: pasted, looked at, saved; then read as it was."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Article, Placement, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn, in_each_look
from annotations.tests.browser.hands import mark_of, open_article, panel, said
from annotations.tests.browser.test_accessibility import violations
from annotations.tests.factories import (
    approve,
    correct_text,
    make_actor,
    make_article,
    make_response,
    make_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)

FILLER = (
    "The river is low in summer, and people wade through it with their flocks.\n\n"
    "A market stands on the far bank; it opens at dawn.\n\n"
    "Nobody was hurt, a doctor in the town told reporters."
)
LAST = "The two sides have said so before, and more than once.\n"
TEXT = f"Ann said the army crossed the river.\n\n{FILLER}\n\nBob denied it all. {LAST}"
NEW = TEXT.replace("crossed the river", "never crossed two rivers") + "\nCorrected on Monday.\n"


def make_work() -> tuple[Statement, Statement]:
    article = make_article(text=TEXT)
    claim = make_statement(article, "the army crossed the river", speaker=make_actor("Ann"))
    denial = make_statement(article, "Bob denied it", speaker=make_actor("Bob"))
    make_response(claim, denial, marker="it all")
    return approve(claim), denial


def correct(page: Page, article: Article, text: str) -> None:
    """Paste the text and look at what it changes."""
    open_article(page, article)
    page.get_by_role("link", name="correct the text").click()
    page.get_by_label("The text as it now reads").fill(text)
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_role("heading", name="What the correction changes")).to_be_visible()


@in_each_look
def test_from_the_new_text_to_the_old_one(
    signed_in: SignedIn, user: User, complaints: Complaints, width: int, theme: str
) -> None:
    claim, denial = make_work()
    article = claim.article
    page = signed_in(user, viewport={"width": width, "height": 900}, color_scheme=theme)
    broken = {}

    def check(state: str) -> None:
        found: dict[str, list[str]] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found["wider than the window"] = []
        if found:
            broken[state] = found

    open_article(page, article)
    page.get_by_role("link", name="correct the text").click()
    check("form")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("The text is the same as before.")).to_be_visible()
    check("errors")
    correct(page, article, NEW)
    expect(page.get_by_role("heading", name="1 statement stays, 1 needs placing")).to_be_visible()
    expect(page.get_by_text("a negation changed, a number changed")).to_be_visible()
    check("preview")
    assert article.revisions.count() == 1
    page.get_by_label("Update: the story went on").check()
    page.get_by_label("Note").fill("At the foot of the text.")
    page.get_by_role("button", name="Save the correction").last.click()
    said(page, "Corrected. 1 statement stays, 1 needs placing.")
    expect(page.locator(".head")).to_contain_text("updated on")
    expect(mark_of(page, denial)).to_have_text("Bob denied it")
    expect(mark_of(page, claim)).to_have_count(0)
    check("article")
    page.locator(f'[data-row="{claim.uid}"] > a').press("Enter")
    expect(panel(page).locator(".message")).to_contain_text("Needs placing: the wording changed.")
    check("card")
    page.get_by_role("link", name="2 revisions").click()
    check("revisions")
    page.get_by_role("link", name="Revision 1").click()
    expect(mark_of(page, claim)).to_have_text("the army crossed the river")
    check("old text")

    assert broken == {}
    assert Placement.objects.filter(state="needs_placing").count() == 1
    assert complaints == [f"422 articles/{article.uid}/correct/"]
    complaints.clear()


def test_who_comes_second_keeps_the_text(desk: Page, user: User, complaints: Complaints) -> None:
    claim, _ = make_work()
    correct(desk, claim.article, NEW)
    correct_text(claim.article, "Theirs first.\n\n" + TEXT)

    desk.get_by_role("button", name="Save the correction").first.click()

    expect(desk.get_by_role("alert")).to_contain_text("changed this article while you were")
    expect(desk.get_by_label("The text as it now reads")).to_have_value(NEW)
    assert violations(desk) == {}
    desk.get_by_role("button", name="Save the correction").first.click()
    said(desk, "Corrected.")
    assert complaints == [f"409 articles/{claim.article.uid}/correct/"]
    complaints.clear()


def test_a_day_is_the_readers(signed_in: SignedIn, user: User) -> None:
    claim, _ = make_work()
    page = signed_in(user, timezone_id="Asia/Kabul")

    page.goto(f"/articles/{claim.article.uid}/revisions/")
    page.get_by_label("As it read on").fill("2020-01-02")
    page.get_by_role("button", name="Read").click()

    expect(page.get_by_text("How it read on 2 January 2020 is not known here")).to_be_visible()
    assert page.url.endswith("?on=2020-01-02&utc_offset=-270")


def test_without_scripts(signed_in: SignedIn, user: User) -> None:
    claim, _ = make_work()
    page = signed_in(user, java_script_enabled=False)

    page.goto(f"/articles/{claim.article.uid}/correct/")
    page.get_by_label("The text as it now reads").fill(NEW)
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("link", name="Change the text").click()
    page.get_by_label("The text as it now reads").fill(NEW + "More.\n")
    page.get_by_role("button", name="Save the correction").first.click()
    expect(page.get_by_role("alert")).to_contain_text("not the one you looked at")
    page.get_by_role("button", name="Save the correction").first.click()

    said(page, "Corrected. 1 statement stays, 1 needs placing.")
    assert claim.article.revisions.get(number=2).text == NEW + "More.\n"
