"""Every address that shows a page: WCAG 2.2 A and AA as far as axe finds it, and nothing wider than the window."""

import os
from typing import Any, Literal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page

from annotations.permissions import ADMINISTRATOR
from annotations.tests import seeded
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.test_accessibility import violations
from annotations.tests.factories import make_user
from annotations.tests.matrix.addresses import SUPERUSER, TABLE, walk
from annotations.tests.matrix.world import fill, make_records

pytestmark = pytest.mark.django_db(transaction=True)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (390, 1280)
# In CSS pixels: 640 is 1280 at 200 %, 320 is what WCAG 1.4.10 asks for.
OTHER_WIDTHS = (320, 640, 2560)
NOT_OURS = {
    "api_docs"
}  # Swagger UI's own markup; docs/api.md and /api/schema/ say the same without it
IS_WIDER = "document.documentElement.scrollWidth > innerWidth"


def pages(user: User) -> dict[str, str]:
    """By name, an address with a record for each that answers a whole page."""
    records: dict[str, Any] = make_records(user, "draft")
    client = Client()
    client.force_login(user)
    found = {}
    for name, route in walk().items():
        line = TABLE[name]
        if line.get != 200 or SUPERUSER not in line.who or line.door == "api" or name in NOT_OURS:
            continue
        more = f"?{line.needs}={records['second'].uid}" if line.needs else ""
        address = fill(route, records[line.of] if line.of else None) + more
        answer = client.get(address)
        if "html" in answer["Content-Type"] and b"<html" in b"".join(answer):
            found[name] = address
    return found


def faults(page: Page, *, wide_tables: bool) -> dict[str, Any]:
    """By theme and width what is broken; the admin's tables may be wider than the window, as Django has them."""
    found: dict[str, Any] = {}
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.reload()  # the admin's colours pass slowly from one theme to the other
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if broken := violations(page):
                found[f"{theme}, {width}"] = broken
    for width in (*WIDTHS, *OTHER_WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        if not wide_tables and page.evaluate(IS_WIDER):
            found[f"wider than {width}"] = {}
    return found


@pytest.mark.long
def test_every_page_in_both_themes_and_all_widths(
    signed_in: SignedIn, complaints: Complaints
) -> None:
    seeded.load()
    user = make_user(ADMINISTRATOR)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    page = signed_in(User.objects.get(pk=user.pk))
    wanted = os.environ.get("PAGES", "").split()

    broken, checked = {}, 0
    for name, address in pages(user).items():
        if wanted and name not in wanted:
            continue
        page.goto(address)
        checked += 1
        if found := faults(page, wide_tables=address.startswith("/admin/")):
            broken[name] = found
            print(name, {where: sorted(rules) for where, rules in found.items()})
    print(f"\n{checked} pages, {len(THEMES)} themes, widths {WIDTHS} with axe and {OTHER_WIDTHS}")

    assert broken == {}
