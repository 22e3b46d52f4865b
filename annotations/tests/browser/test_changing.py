"""A statement that is there: more words, changes, deletion and undo, two people at once."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.permissions import EDITOR
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import (
    click_words,
    mark_of,
    open_article,
    options,
    panel,
    said,
    select_words,
    toolbar,
)
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "On Monday Ann said that we left, and added: we went.\n\nNobody answered."


def make_one() -> Statement:
    return make_statement(make_article(text=TEXT), "that we left", speaker=make_actor("Ann"))


@pytest.mark.parametrize(
    ("role", "words"), [("content", "we went"), ("source", "Ann"), ("cue", "said")]
)
def test_words_are_added_to_a_saved_statement(
    desk: Page, complaints: Complaints, role: str, words: str
) -> None:
    statement = make_one()
    open_article(desk, statement.article, statement)

    select_words(desk, words)
    toolbar(desk).get_by_role("button", name=role, exact=True).click()
    said(desk, f"Added as {role}.")

    assert [span.exact() for span in fresh(statement).live_spans(role)][-1] == words
    expect(
        desk.locator(f"mark.{role if role != 'content' else 'plain'}", has_text=words)
    ).to_be_visible()
    expect(panel(desk).locator(".card")).to_be_visible()


@pytest.mark.parametrize("role", ["content", "source", "cue"])
def test_words_are_added_to_an_open_form_and_taken_out_again(
    desk: Page, complaints: Complaints, role: str
) -> None:
    statement = make_one()
    open_article(desk, statement.article, statement)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()
    expect(panel(desk).locator("form[data-form]")).to_be_visible()

    for words in ("we went", "Nobody"):
        select_words(desk, words)
        toolbar(desk).get_by_role("button", name=role, exact=True).click()
    panel(desk).get_by_role("button", name=f"Remove the {role} “Nobody”").click()
    panel(desk).get_by_role("button", name="Save").click()
    said(desk, "Saved.")

    added = [span.exact() for span in fresh(statement).live_spans(role)]
    assert added == (["that we left", "we went"] if role == "content" else ["we went"])


def test_words_are_given_a_role_by_keyboard(desk: Page, complaints: Complaints) -> None:
    statement = make_statement(make_article(text="Ann said we left."), "we left")
    open_article(desk, statement.article, statement)
    text = desk.locator("[data-article-text]")
    text.focus()
    select_words(desk, "said")
    expect(toolbar(desk)).to_be_visible()

    desk.keyboard.press("Tab")
    expect(toolbar(desk).get_by_role("button", name="New statement")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(text).to_be_focused()
    desk.keyboard.press("Tab")
    for _ in range(3):
        desk.keyboard.press("ArrowRight")
    expect(toolbar(desk).get_by_role("button", name="cue")).to_be_focused()
    desk.keyboard.press("Enter")
    said(desk, "Added as cue.")

    assert [span.exact() for span in fresh(statement).live_spans("cue")] == ["said"]


def test_a_statement_is_changed_by_keyboard(desk: Page, complaints: Complaints) -> None:
    statement = make_one()
    open_article(desk, statement.article)

    mark_of(desk, statement).focus()
    desk.keyboard.press("Enter")
    expect(panel(desk).locator(".card")).to_be_focused()
    panel(desk).get_by_role("link", name="Edit", exact=True).press("Enter")
    panel(desk).get_by_label("Gist").fill("They left.")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    assert fresh(statement).gist == "They left."
    expect(desk.locator("[data-row]")).to_contain_text("They left.")


def test_points_and_actors_are_added_and_removed(desk: Page, complaints: Complaints) -> None:
    make_actor("Bob")
    statement = make_one()
    open_article(desk, statement.article, statement)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()

    panel(desk).get_by_role("button", name="about", exact=True).click()
    desk.keyboard.type("Bob")
    expect(options(desk).first).to_contain_text("Bob")
    desk.keyboard.press("Enter")
    for text in ("One", "Two"):
        panel(desk).get_by_role("button", name="Add a point").click()
        desk.keyboard.type(text)
    panel(desk).get_by_role("button", name="Remove this point").first.click()
    panel(desk).get_by_role("button", name="Save").click()
    said(desk, "Saved.")

    now = fresh(statement)
    assert [actor.name for actor in now.accused()] == ["Bob"]
    assert [point.text for point in now.live_points()] == ["Two"]


def test_a_deleted_statement_is_brought_back_by_undo(desk: Page, complaints: Complaints) -> None:
    statement = make_one()
    open_article(desk, statement.article, statement)

    panel(desk).get_by_text("More", exact=True).click()
    panel(desk).get_by_role("button", name="Delete").click()
    said(desk, "The statement was deleted.")
    expect(mark_of(desk, statement)).to_have_count(0)
    assert fresh(statement).state == "withdrawn"
    desk.locator("[data-messages]").get_by_role("button", name="Undo").click()
    said(desk, "Undone: deleted.")

    expect(mark_of(desk, statement)).to_be_visible()
    expect(panel(desk).locator(".card")).to_contain_text("that we left")
    assert fresh(statement).state == "draft"


def test_the_second_of_two_saves_is_refused_with_both_versions(
    signed_in: SignedIn, user: User, complaints: Complaints
) -> None:
    statement = make_one()
    first, second = signed_in(make_user(EDITOR, username="gul")), signed_in(user)
    for page in (first, second):
        open_article(page, statement.article, statement)
        panel(page).get_by_role("link", name="Edit", exact=True).click()
    first.get_by_label("Gist").fill("Gul’s gist")
    second.get_by_label("Gist").fill("Farida’s gist")
    second.get_by_label("Act", exact=True).select_option("denial")

    first.get_by_role("button", name="Save").click()
    said(first, "Saved.")
    second.get_by_role("button", name="Save").click()

    stale = panel(second).get_by_role("alert")
    expect(stale).to_contain_text("gul saved this statement while you were changing it.")
    gist = stale.get_by_role("group", name="Gist")
    expect(gist.get_by_role("radio", name="gul Gul’s gist")).not_to_be_checked()
    expect(gist.get_by_role("radio", name="Farida’s gist")).not_to_be_checked()
    expect(stale.get_by_role("group")).to_have_count(1)
    expect(second.get_by_label("Gist").last).to_have_value("Farida’s gist")
    expect(second.locator("[data-article-text]")).to_have_text(TEXT, use_inner_text=False)
    assert fresh(statement).gist == "Gul’s gist"
    gist.get_by_role("radio", name="gul Gul’s gist").check()
    second.get_by_role("button", name="Save").click()
    said(second, "Saved.")
    assert (fresh(statement).gist, fresh(statement).act) == ("Gul’s gist", "denial")
    assert complaints == [f"409 statements/{statement.uid}/edit/"]
    complaints.clear()


def test_an_open_form_is_not_lost_by_a_click_beside_it(desk: Page, complaints: Complaints) -> None:
    statement = make_one()
    other = make_statement(statement.article, "Nobody answered.")
    open_article(desk, statement.article, statement)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()
    panel(desk).get_by_label("Gist").fill("typed and not saved")

    click_words(desk, "Nobody answered.")
    desk.locator(f'[data-row="{other.uid}"] a').click()
    desk.get_by_role("button", name="Submit 2 drafts").click()

    expect(panel(desk).get_by_label("Gist")).to_have_value("typed and not saved")
    expect(desk.locator("[data-notice]")).to_have_text("Save or cancel the open form first.")
    assert fresh(statement).state == "draft"


def test_an_attempt_beside_a_changed_reply_form_asks_first(
    desk: Page, complaints: Complaints
) -> None:
    record = make_reply_record(
        make_statement(make_article(text=TEXT), "we left", about=[make_actor("Bob")])
    )
    open_article(desk, record.claim.article, record.claim)
    panel(desk).locator(".reply").get_by_role("link", name="Edit").click()
    panel(desk).get_by_label("What is known?").select_option("declined")

    desk.get_by_label("When").fill("2026-05-12T10:30")
    panel(desk).get_by_role("button", name="Add attempt").click()

    expect(desk.locator("[data-notice]")).to_have_text("Save or cancel the open form first.")
    assert not record.attempts.exists()
    panel(desk).get_by_role("button", name="Save").click()
    said(desk, "Saved.")
    assert fresh(record).status == "declined"


def test_an_attempt_is_typed_and_shown_in_the_readers_time_zone(
    signed_in: SignedIn, user: User, complaints: Complaints
) -> None:
    record = make_reply_record(
        make_statement(make_article(text=TEXT), "we left", about=[make_actor("Bob")])
    )
    desk = signed_in(user, timezone_id="Asia/Kabul", locale="en-GB")
    open_article(desk, record.claim.article, record.claim)
    panel(desk).locator(".reply").get_by_role("link", name="Edit").click()

    expect(panel(desk).get_by_text("In your time zone.")).to_be_visible()
    desk.get_by_label("When").fill("2026-05-12T14:00")
    panel(desk).get_by_role("button", name="Add attempt").click()
    said(desk, "Attempt recorded.")

    assert record.attempts.get().attempted_at == datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    expect(panel(desk).locator(".reply time")).to_have_text("12 May 2026, 14:00")


def test_escape_takes_the_peek_away_before_the_form(desk: Page, complaints: Complaints) -> None:
    statement = make_one()
    open_article(desk, statement.article, statement)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()
    expect(panel(desk).get_by_role("combobox", name="Who said it?").first).to_be_focused()
    mark_of(desk, statement).focus()
    box = desk.locator(".peek")
    expect(box).to_be_visible()

    box.hover()
    desk.wait_for_timeout(400)  # longer than the pause after which the pointer has left
    expect(box).to_be_visible()
    desk.keyboard.press("Escape")

    expect(box).to_have_count(0)
    expect(panel(desk).locator("form[data-form]")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(panel(desk).locator("form[data-form]")).to_have_count(0)
