"""What was typed in a form of the article page is kept in the browser until it is saved or given up."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from annotations.models import Statement
from annotations.permissions import EDITOR
from annotations.tests.browser.conftest import Complaints, SignedIn, sign_in
from annotations.tests.browser.hands import (
    name_speaker,
    open_article,
    panel,
    said,
    select_words,
)
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
)
from annotations.tests.views.typed import revised_by_another

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('newsroom-draft')).length"


def kept(page: Page) -> Locator:
    return page.locator("kept-drafts")


def test_a_half_typed_statement_survives_a_reload_and_is_saved(
    desk: Page, complaints: Complaints
) -> None:
    make_actor("Ann Example")
    make_actor("Bob Example")
    article = make_article(text="“We left,” Ann said. They went.")
    open_article(desk, article)
    select_words(desk, "We left")
    desk.keyboard.press("n")
    expect(panel(desk).get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(desk, "Ann Example")
    panel(desk).get_by_role("button", name="to whom").click()
    name_ = panel(desk).get_by_role("combobox", name="To whom?")
    name_.fill("Bob Exa")
    panel(desk).get_by_text("More: points").click()
    panel(desk).get_by_role("button", name="Add a point").click()
    panel(desk).get_by_label("Point").fill("They left.")
    panel(desk).get_by_label("Act", exact=True).select_option("denial")
    select_words(desk, "Ann said")
    desk.keyboard.press("a")
    desk.get_by_role("toolbar").get_by_role("button", name="source").click()

    desk.reload()
    expect(kept(desk)).to_contain_text("New statement We left")
    kept(desk).get_by_role("button", name="Go on").click()

    form = panel(desk).locator("form")
    expect(form).to_contain_text("Kept from")
    expect(kept(desk)).to_be_hidden()
    expect(form.get_by_role("combobox", name="Who said it?")).to_have_value("Ann Example")
    expect(form.get_by_role("combobox", name="To whom?")).to_have_value("Bob Exa")
    expect(form.get_by_label("Point")).to_have_value("They left.")
    expect(form.get_by_label("Act", exact=True)).to_have_value("denial")
    expect(form.locator("[data-spans]")).to_contain_text("Ann said")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Choose “Bob Exa” from the list")
    desk.reload()
    kept(desk).get_by_role("button", name="Go on").click()
    form.get_by_role("combobox", name="To whom?").fill("")
    form.get_by_role("button", name="Save").click()
    said(desk, "Saved.")

    statement = Statement.objects.get()
    assert (statement.act, statement.quote()) == ("denial", "We left")
    assert [point.text for point in statement.live_points()] == ["They left."]
    assert "Ann said" in [span.exact() for span in statement.live_spans("source")]
    expect(kept(desk)).to_be_hidden()
    assert desk.evaluate(KEPT) == 0
    complaints.clear()  # the refused save


def test_a_link_and_an_edit_are_kept_side_by_side_and_discarded(desk: Page) -> None:
    claim = make_statement(gist="as it was", about=[make_actor("The army")])
    link = make_response(claim)
    open_article(desk, claim.article, claim)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()
    panel(desk).get_by_label("Gist").fill("half typed")
    desk.reload()
    desk.evaluate(f"htmx.ajax('GET', '/responses/{link.uid}/edit/', {{target: '#work'}})")
    panel(desk).get_by_label("The army").check()
    panel(desk).get_by_label("disputes").check()
    desk.reload()

    expect(kept(desk).get_by_role("listitem")).to_have_count(2)
    kept(desk).get_by_role("button", name="Discard: Change the statement").click()
    expect(kept(desk).get_by_role("listitem")).to_have_count(1)
    kept(desk).get_by_role("button", name="Go on").click()
    expect(panel(desk).get_by_role("checkbox", name="The army")).to_be_checked()
    expect(panel(desk).get_by_label("disputes")).to_be_checked()
    panel(desk).get_by_role("button", name="Start afresh").click()
    expect(panel(desk).get_by_label("disputes")).not_to_be_checked()

    expect(panel(desk).get_by_text("Kept from")).to_have_count(0)
    assert desk.evaluate(KEPT) == 0
    assert (fresh(claim).gist, fresh(link).relation) == ("as it was", "denies")


def test_who_shares_the_computer_never_sees_it_and_signing_out_takes_it_away(
    signed_in: SignedIn, user: User
) -> None:
    statement = make_statement()
    page = signed_in(user)
    open_article(page, statement.article, statement)
    panel(page).get_by_role("link", name="Edit", exact=True).click()
    panel(page).get_by_label("Gist").fill("mine alone")
    page.reload()
    expect(kept(page)).to_be_visible()
    address = page.evaluate("location.origin")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in(page.context, make_user(EDITOR), address)
    page.reload()

    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(kept(page)).to_be_hidden()
    page.locator("details.account > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate(KEPT) == 1
    sign_in(page.context, user, address)
    page.goto("/")
    page.locator("details.account > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate(KEPT) == 0


def test_what_was_typed_while_offline_outlives_the_window(
    desk: Page, complaints: Complaints
) -> None:
    statement = make_statement()
    open_article(desk, statement.article, statement)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()
    expect(panel(desk).get_by_label("Gist")).to_be_visible()
    desk.context.set_offline(True)
    expect(desk.locator("[data-notice]")).to_contain_text("You are offline.")
    panel(desk).get_by_label("Gist").fill("typed offline")
    panel(desk).get_by_role("button", name="Save").click()
    expect(desk.locator("[data-notice]")).to_contain_text("The server cannot be reached.")
    desk.close()
    page = desk.context.new_page()
    page.context.set_offline(False)

    open_article(page, statement.article)
    kept(page).get_by_role("button", name="Go on").click()
    expect(panel(page).get_by_label("Gist")).to_have_value("typed offline")
    panel(page).get_by_role("button", name="Save").click()
    said(page, "Saved.")

    assert fresh(statement).gist == "typed offline"
    complaints.clear()


def test_a_draft_of_what_somebody_changed_since_is_compared_when_it_is_taken_up_again(
    desk: Page, complaints: Complaints
) -> None:
    statement = make_statement(gist="as it was")
    open_article(desk, statement.article, statement)
    panel(desk).get_by_role("link", name="Edit", exact=True).click()
    panel(desk).get_by_label("Gist").fill("mine")
    panel(desk).get_by_label("Venue").fill("Kabul")
    desk.reload()
    revised_by_another(statement, "theirs")

    kept(desk).get_by_role("button", name="Go on").click()
    asked = panel(desk).get_by_role("alert")
    expect(asked).to_contain_text("Farida saved this statement while you were changing it.")
    expect(panel(desk).get_by_role("textbox", name="Gist")).to_have_value("mine")
    desk.reload()
    kept(desk).get_by_role("button", name="Go on").click()
    expect(panel(desk).get_by_role("textbox", name="Venue")).to_have_value("Kabul")
    panel(desk).get_by_role("button", name="Save").click()
    said(desk, "Saved.")

    now = fresh(statement)
    assert (now.gist, now.venue) == ("mine", "Kabul")
    assert desk.evaluate(KEPT) == 0
    complaints.clear()  # the refused save


def test_what_another_tab_saved_takes_nothing_away_that_is_typed_here(desk: Page) -> None:
    statement = make_statement(gist="as it was")
    other = desk.context.new_page()
    for page, words in ((desk, "typed here"), (other, "typed there")):
        open_article(page, statement.article, statement)
        panel(page).get_by_role("link", name="Edit", exact=True).click()
        panel(page).get_by_label("Gist").fill(words)
        expect(panel(page).locator("form[data-stored]")).to_be_attached()

    panel(other).get_by_role("button", name="Save").click()
    said(other, "Saved.")

    expect(kept(other)).to_contain_text("You were writing")  # it is kept once more
    assert desk.evaluate("JSON.stringify({...localStorage})").count("typed here") == 1
    expect(panel(desk).locator("form[data-stored]")).to_be_attached()
