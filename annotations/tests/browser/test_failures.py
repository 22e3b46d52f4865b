"""What fails is said in plain words, and what was typed stays and can be sent again."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Response, Statement
from annotations.permissions import EDITOR
from annotations.tests.browser.conftest import PASSWORD, Complaints, SignedIn
from annotations.tests.browser.hands import open_article, options, panel, said
from annotations.tests.factories import fresh, make_actor, make_article, make_statement, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def open_form(page: Page) -> tuple[Statement, str]:
    """A statement's form with something typed in it."""
    statement = make_statement(make_article(text="We left."), "We left", speaker=make_actor("Ann"))
    open_article(page, statement.article, statement)
    panel(page).get_by_role("link", name="Edit", exact=True).click()
    panel(page).get_by_label("Gist").fill("typed")
    return statement, f"statements/{statement.uid}/edit/"


def is_kept_and_explained(page: Page, words: str) -> None:
    notice = page.locator("[data-notice]")
    expect(notice).to_contain_text(words)
    expect(notice).to_contain_text("What you typed is still here")
    expect(panel(page).get_by_label("Gist")).to_have_value("typed")


def again(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Sign in again")


def sign_in_elsewhere(page: Page, name: str = "farida") -> None:
    """In another window of the same browser."""
    other = page.context.new_page()
    other.goto("/sign-in/")
    other.get_by_label("Name").fill(name)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("navigation", name="Main")).to_be_visible()


def test_after_the_session_ended_one_signs_in_in_place_and_the_save_goes_on(
    desk: Page, complaints: Complaints
) -> None:
    statement, _ = open_form(desk)
    Session.objects.all().delete()

    panel(desk).get_by_label("Gist").press("Enter")
    expect(again(desk).get_by_label("Name")).to_have_value("farida")
    expect(again(desk).get_by_label("Password")).to_be_focused()
    desk.keyboard.type("a wrong password")
    desk.keyboard.press("Enter")
    expect(again(desk).get_by_role("alert")).to_contain_text("That name and password don’t match.")
    desk.keyboard.press("Escape")
    is_kept_and_explained(desk, "You are signed out.")
    desk.get_by_role("button", name="Try again").click()
    again(desk).get_by_label("Password").fill(PASSWORD)
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    expect(again(desk)).to_be_hidden()
    expect(desk.locator("[data-notice]")).to_be_hidden()
    assert fresh(statement).gist == "typed"
    complaints.clear()


def test_the_button_that_was_pressed_is_the_one_sent_again(
    desk: Page, complaints: Complaints
) -> None:
    article = make_article()
    claim = make_statement(article, speaker=make_actor("Ann"))
    answer = make_statement(article, "denied the claim", speaker=make_actor("Bob"))
    open_article(desk, article, claim)
    desk.keyboard.press("l")
    desk.locator(f"link-pick [data-offer='{answer.uid}'] > a").first.click()
    expect(panel(desk).get_by_role("button", name="disputes")).to_be_visible()
    Session.objects.all().delete()

    panel(desk).get_by_role("button", name="disputes").click()
    again(desk).get_by_label("Password").fill(PASSWORD)
    again(desk).get_by_role("button", name="Sign in and go on").click()
    said(desk, "Linked:")

    assert [link.relation for link in Response.objects.all()] == ["disputes"]
    complaints.clear()


def test_somebody_who_signed_in_again_meanwhile_just_saves(
    desk: Page, complaints: Complaints
) -> None:
    statement, _ = open_form(desk)
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in_elsewhere(desk)

    panel(desk).get_by_role("button", name="Save").click()
    said(desk, "Saved.")

    assert fresh(statement).gist == "typed"
    # Refused was only what the page asked in between: signed out, or with the token of before.
    assert [said for said in complaints if not {"401", "403"} & set(said.split())] == []
    complaints.clear()


def test_nobody_goes_on_with_the_work_of_another(
    desk: Page, user: User, complaints: Complaints
) -> None:
    statement, _ = open_form(desk)
    other = make_user(EDITOR, username="rahimi")
    other.set_password(PASSWORD)
    other.save()
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in_elsewhere(desk, "rahimi")

    panel(desk).get_by_role("button", name="Save").click()
    expect(desk.locator("[data-notice]")).to_contain_text("rahimi is signed in now.")
    expect(desk.locator("details.account > summary")).to_contain_text("rahimi")

    expect(desk.get_by_text("You were writing")).to_have_count(0)
    assert fresh(statement).gist == ""
    complaints.clear()


def test_a_server_that_cannot_be_reached(desk: Page, complaints: Complaints) -> None:
    statement, _ = open_form(desk)
    desk.route("**/edit/", lambda route: route.abort())

    panel(desk).get_by_role("button", name="Save").click()
    is_kept_and_explained(desk, "The server cannot be reached.")
    desk.unroute("**/edit/")
    desk.get_by_role("button", name="Try again").click()
    said(desk, "Saved.")

    assert fresh(statement).gist == "typed"
    assert len(complaints) >= 1
    complaints.clear()


@pytest.mark.parametrize(
    ("status", "words"),
    [(500, "The server failed."), (502, "The server failed."), (429, "Too many requests")],
)
def test_a_server_that_fails(desk: Page, complaints: Complaints, status: int, words: str) -> None:
    open_form(desk)
    desk.route("**/edit/", lambda route: route.fulfill(status=status, body="<h1>no</h1>"))

    panel(desk).get_by_role("button", name="Save").click()

    notice = desk.locator("[data-notice]")
    expect(notice).to_contain_text(words)
    expect(notice).to_contain_text("what you typed is still here", ignore_case=True)
    expect(panel(desk).get_by_label("Gist")).to_have_value("typed")
    complaints.clear()


def test_a_session_that_ended_while_an_actor_is_looked_for(
    desk: Page, complaints: Complaints
) -> None:
    open_form(desk)
    Session.objects.all().delete()

    panel(desk).get_by_role("combobox", name="Who said it?").first.fill("Ann")

    again(desk).get_by_label("Password").fill(PASSWORD)
    desk.keyboard.press("Enter")
    expect(options(desk).first).to_contain_text("Ann")
    complaints.clear()


def test_without_scripts_the_page_reads_and_its_cards_open(
    signed_in: SignedIn, user: User, live_server: LiveServer, complaints: Complaints
) -> None:
    statement = make_statement(make_article(text="We left. They went."), "They went.")
    page = signed_in(user, java_script_enabled=False)

    page.goto(statement.article.get_absolute_url())
    expect(page.locator("[data-article-text]")).to_have_text("We left. They went.")
    page.locator("[data-row] a").click()

    expect(page).to_have_url(
        f"{live_server.url}{statement.article.get_absolute_url()}?statement={statement.uid}#s-{statement.uid}"
    )
    expect(page.locator(f"#s-{statement.uid}")).to_have_count(1)
    expect(page.locator(".card[data-statement]")).to_contain_text("They went.")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("[data-row] a").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Gist").fill("They are gone.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert fresh(statement).gist == "They are gone."
