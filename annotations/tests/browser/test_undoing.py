"""What was done on the page is undone and done again, by its buttons."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import (
    mark_of,
    name_speaker,
    open_article,
    panel,
    said,
    select_words,
)
from annotations.tests.factories import fresh, make_actor, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)


def record(page: Page, words: str) -> Statement:
    """A statement of these words by Ann."""
    select_words(page, words)
    page.locator("[data-act=new]").click()
    expect(page.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(page, "Ann")
    page.keyboard.press("Enter")
    said(page, "Saved.")
    return Statement.objects.latest("pk")


def test_what_was_done_is_undone_step_by_step_and_done_again(
    desk: Page, complaints: Complaints
) -> None:
    make_actor("Ann")
    open_article(desk, make_article(text="Ann said we left. Then she went."))
    undo, redo = desk.locator("[data-act=undo]"), desk.locator("[data-act=redo]")
    expect(undo).to_be_disabled()
    statement = record(desk, "we left")
    panel(desk).get_by_role("button", name="Submit for review").click()
    said(desk, "Submitted for review.")

    desk.reload()
    expect(undo).to_have_text("Undo: submitted")
    undo.focus()
    desk.keyboard.press("Enter")
    said(desk, "Undone: submitted.")
    expect(undo).to_be_focused()
    desk.keyboard.press("Enter")
    said(desk, "Undone: highlighted.")
    expect(mark_of(desk, statement)).to_have_count(0)
    expect(undo).to_be_disabled()
    expect(desk.locator("[data-article-text]")).to_be_focused()
    assert fresh(statement).state == "withdrawn"

    redo.focus()
    desk.keyboard.press("Enter")
    said(desk, "Done again: highlighted.")
    expect(mark_of(desk, statement)).to_be_visible()
    expect(panel(desk).locator(".card")).to_contain_text("we left")
    expect(desk.locator("[data-live]")).to_contain_text("Done again: highlighted.")
    expect(redo).to_be_focused()
    assert fresh(statement).state == "draft"


def test_an_open_form_is_not_taken_away_by_undo(desk: Page, complaints: Complaints) -> None:
    make_actor("Ann")
    open_article(desk, make_article(text="Ann said we left. Then she went."))
    statement = record(desk, "we left")
    select_words(desk, "she went")
    desk.locator("[data-act=new]").click()
    expect(desk.get_by_role("combobox", name="Who said it?")).to_be_focused()

    desk.locator("[data-act=undo]").click()

    expect(desk.locator("[data-notice]")).to_have_text("Save or cancel the open form first.")
    assert fresh(statement).state == "draft"


def test_an_undo_works_without_a_script(
    signed_in: SignedIn, user: User, complaints: Complaints
) -> None:
    statement = make_statement()
    page = signed_in(user, java_script_enabled=False)
    page.goto(f"{statement.article.get_absolute_url()}?statement={statement.uid}")

    page.get_by_role("button", name="Submit for review").click()
    said(page, "Submitted for review.")
    page.get_by_role("button", name="Undo: submitted").click()
    said(page, "Undone: submitted.")
    page.get_by_role("button", name="Redo: submitted").click()
    said(page, "Done again: submitted.")

    assert fresh(statement).state == "submitted"
