"""What is typed in a form that is a page of its own outlives a reload and a session, and goes once it is saved."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from annotations.editing.name import rename_actor
from annotations.models import Actor, Article
from annotations.permissions import EDITOR
from annotations.tests.browser.conftest import PASSWORD, Complaints, sign_in
from annotations.tests.factories import fresh, make_actor, make_user, usual

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "KABUL – The army crossed the border."
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('newsroom-draft')).length"


def type_text(page: Page, text: str = TEXT) -> None:
    """A new article, kept in the browser but not sent."""
    page.goto("/articles/new/")
    page.get_by_label("Text", exact=True).fill(text)
    expect(page.locator("form[data-stored]")).to_have_count(1)


def is_back(page: Page, text: str) -> None:
    """What a new article's form begins with."""
    page.goto("/articles/new/")
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.get_by_label("Text", exact=True)).to_have_value(text)


def test_what_was_typed_is_back_after_the_session_ended(desk: Page, user: User) -> None:
    desk.goto("/articles/new/")
    desk.get_by_label("Text", exact=True).fill(TEXT)
    desk.get_by_label("Byline").fill("By Ann Example")
    Session.objects.all().delete()
    desk.get_by_role("button", name="Save article").press("Enter")
    desk.get_by_label("Name").fill(user.username)
    desk.get_by_label("Password").fill(PASSWORD)
    desk.keyboard.press("Enter")

    expect(desk.locator(".kept-from")).to_contain_text("Kept from")
    expect(desk.locator("[data-live]")).to_contain_text("What you typed is back.")
    expect(desk.get_by_label("Text", exact=True)).to_have_value(TEXT)
    desk.get_by_role("button", name="Save article").press("Enter")
    expect(desk.locator("[data-article-text]")).to_have_text(TEXT)
    assert Article.objects.get().byline == "By Ann Example"
    desk.goto("/articles/new/")
    expect(desk.get_by_label("Text", exact=True)).to_have_value("")
    expect(desk.locator(".kept-from")).to_have_count(0)


def test_a_draft_over_anothers_change_is_compared_and_one_given_up_is_gone(
    desk: Page, complaints: Complaints
) -> None:
    actor = make_actor("Ann Example")
    edit = f"{actor.get_absolute_url()}edit/"
    desk.goto(edit)
    desk.get_by_label("Note").fill("Seen in Kabul.")
    expect(desk.locator("form[data-stored]")).to_have_count(1)
    rename_actor(
        user=usual("editor"),
        actor=actor,
        version=1,
        name="Ann A. Example",
        kind="person",
        aliases=[],
    )

    desk.goto(edit)
    expect(desk.get_by_label("Note")).to_have_value("Seen in Kabul.")
    desk.get_by_role("button", name="Save").press("Enter")
    expect(desk.locator("main")).to_contain_text("Ann A. Example")
    assert fresh(actor).note == ""
    assert complaints == [f"409 actors/{actor.uid}/edit/"]
    complaints.clear()
    expect(desk.get_by_label("Note")).to_have_value("Seen in Kabul.")
    desk.get_by_label("Note").fill("Seen in Herat.")
    for _ in range(2):
        desk.get_by_role("link", name="Cancel").press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ann A. Example")
    desk.goto(edit)

    expect(desk.get_by_label("Note")).to_have_value("")
    assert Actor.objects.get(pk=actor.pk).name == "Ann A. Example"


def test_who_shares_the_computer_never_sees_it_and_its_owner_gets_it_back(
    desk: Page, user: User
) -> None:
    other = make_user(EDITOR, username="bahram")
    other.set_password(PASSWORD)
    other.save()
    type_text(desk)
    address = desk.evaluate("location.origin")
    Session.objects.all().delete()
    desk.get_by_role("button", name="Save article").press("Enter")
    desk.get_by_label("Name").fill("bahram")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", level=1)).to_have_text("New article")
    expect(desk.locator("html[data-ready]")).to_be_attached()
    expect(desk.get_by_label("Text", exact=True)).to_have_value("")
    assert TEXT not in desk.content()
    desk.goto("/")
    is_back(desk, "")
    expect(desk.locator(".kept-from")).to_have_count(0)
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in(desk.context, user, address)
    is_back(desk, TEXT)


def test_what_another_tab_saved_takes_nothing_away_that_is_typed_here(desk: Page) -> None:
    type_text(desk, "Typed here.")
    other = desk.context.new_page()
    type_text(other, "Typed there.")

    other.get_by_role("button", name="Save article").press("Enter")
    expect(other.locator("[data-article-text]")).to_have_text("Typed there.")

    expect(desk.locator("form[data-stored]")).to_be_attached()
    other.wait_for_function("JSON.stringify({...localStorage}).includes('Typed here.')")
    is_back(other, "Typed here.")


def test_a_form_asked_for_with_a_name_has_that_name_until_it_is_answered(
    desk: Page, complaints: Complaints
) -> None:
    make_actor("Ann Example")
    desk.goto("/actors/new/")
    name = desk.get_by_role("textbox", name="Name", exact=True)
    name.fill("Foo")
    expect(desk.locator("form[data-stored]")).to_have_count(1)
    desk.goto("/actors/new/?name=Ann%20Exampel")
    expect(desk.locator("html[data-ready]")).to_be_attached()
    expect(name).to_have_value("Ann Exampel")
    desk.get_by_label("Note").fill("Seen in Kabul.")
    desk.get_by_role("button", name="Create", exact=True).press("Enter")
    expect(name).to_have_value("Ann Exampel")
    assert desk.evaluate(KEPT) == 2
    desk.get_by_role("link", name="Use this one").press("Enter")

    expect(desk.get_by_role("heading", level=1)).to_have_text("Ann Example")
    assert desk.evaluate(KEPT) == 1
    desk.goto("/actors/new/?name=Bar")
    desk.get_by_label("Note").fill("Seen in Herat.")
    desk.get_by_role("button", name="Create", exact=True).press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Bar")
    assert desk.evaluate(KEPT) == 1
    desk.goto("/actors/new/")
    expect(name).to_have_value("Foo")
    assert complaints == ["409 actors/new/"]
    complaints.clear()


def test_what_is_too_long_to_keep_leaves_no_older_half_of_it(desk: Page) -> None:
    type_text(desk)
    text = desk.get_by_label("Text", exact=True)
    text.fill("They left. " * 200_000)
    expect(desk.locator("form[data-stored]")).to_have_count(0)
    assert desk.evaluate(KEPT) == 0

    text.fill("Short again.")
    expect(desk.locator("form[data-stored]")).to_have_count(1)
    desk.evaluate("Storage.prototype.setItem = () => { throw new Error('full'); }; null")
    text.fill("Not so short.")
    expect(desk.locator("form[data-stored]")).to_have_count(0)
    assert desk.evaluate(KEPT) == 0


def test_cancel_in_a_second_window_gives_nothing_up_here(desk: Page) -> None:
    type_text(desk)
    for _ in range(2):  # the first only warns
        desk.get_by_role("link", name="Cancel").click(modifiers=["Control"])
    assert desk.evaluate(KEPT) == 1
    is_back(desk, TEXT)


def test_a_send_that_hangs_gives_nothing_up_when_a_script_goes_on(desk: Page) -> None:
    def hang(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()

    type_text(desk)
    desk.route("**/articles/new/", hang)
    desk.evaluate(
        "document.addEventListener('submit',"
        " () => setTimeout(() => location.assign('/articles/'), 500))"
    )
    desk.get_by_role("button", name="Save article").press("Enter", no_wait_after=True)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Articles")
    expect(desk.locator("html[data-ready]")).to_be_attached()

    is_back(desk, TEXT)
