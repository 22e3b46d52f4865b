"""A token and an export made by keyboard; the page says by itself when the file is ready."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.background.save_export import make_export
from annotations.models import SavedExport, Token
from annotations.tests.browser.test_accessibility import violations
from annotations.tests.factories import make_statement

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "export"]),
    pytest.mark.long,
]


def test_a_token_and_an_export(desk: Page, user: User, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": settings.TASK_BACKENDS["database"]}}
    make_statement(user=user)

    desk.goto("/preferences/")
    desk.get_by_role("link", name="Tokens for programs").press("Enter")
    desk.get_by_label("What is it for?").press_sequentially("Night desk")
    desk.get_by_label("What is it for?").press("Enter")
    secret = desk.locator(".secret-words").inner_text()
    assert violations(desk) == {}
    desk.get_by_role("button", name="Revoke Night desk").press("Enter")
    expect(desk.locator("#messages")).to_contain_text("the program cannot use it any more")
    assert Token.objects.get(digest=Token.digest_of(secret)).is_revoked

    desk.goto("/exports/")
    desk.get_by_role("link", name="made in the background").press("Enter")
    desk.get_by_role("button", name="Make the file").press("Enter")
    expect(desk.get_by_text("waits its turn")).to_be_visible()
    delete = desk.get_by_role("button", name="Delete statements.csv")
    delete.focus()
    make_export.call(SavedExport.objects.get().pk)
    download = desk.get_by_role("link", name="Download statements.csv")
    expect(download).to_be_visible(timeout=10_000)
    expect(delete).to_be_focused()
    assert violations(desk) == {}
    with desk.expect_download() as came:
        download.click()
    assert came.value.suggested_filename == "statements.csv"
    assert b"the army crossed the border." in came.value.path().read_bytes()


def test_an_operation_opened_for_trying_can_be_read_and_named(desk: Page) -> None:
    desk.goto("/api/docs/")

    for name in ("statements-list_statements", "statements-create_statement"):
        operation = desk.locator(f"#operations-{name}")
        operation.locator(".opblock-summary-control").click()
        operation.get_by_role("button", name="Try it out").click()
    expect(desk.get_by_role("combobox", name="sort")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Request body")).to_be_visible()

    assert violations(desk) == {}
    desk.get_by_role("button", name="Authorize").first.click()
    expect(desk.locator(".modal-ux").get_by_role("button", name="Close").first).to_be_visible()
    assert violations(desk) == {}
