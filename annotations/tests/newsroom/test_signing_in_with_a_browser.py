import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.permissions import EDITOR

pytestmark = pytest.mark.django_db(transaction=True)


def test_signing_in_by_keyboard_leads_home_without_a_complaint(
    live_server: LiveServer, page: Page
) -> None:
    editor = User.objects.create_user("editor", password="a long enough password")
    editor.groups.add(Group.objects.get(name=EDITOR))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{live_server.url}/")
    page.get_by_label("Name").focus()
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    page.keyboard.type("a long enough password")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{live_server.url}/")
    assert complaints == []
