"""What is typed in a form that is a page of its own outlives a reload and a session, and goes once it is saved."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from annotations.editing.name import rename_actor
from annotations.models import Actor, Article
from annotations.tests.browser.conftest import PASSWORD, Complaints
from annotations.tests.factories import fresh, make_actor, usual

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "KABUL – The army crossed the border."


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
