"""`manage.py screenshots`: the README's pictures, taken from a running demo."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.management.demo_accounts import PASSWORD
from annotations.models import Statement

LARGEST = 200 * 1024  # bytes: what the README may weigh


class Command(BaseCommand):
    help = "Take the README's pictures from a running demo; needs what verify installs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the demo runs")

    def handle(self, *args: Any, **options: Any) -> None:
        from playwright.sync_api import sync_playwright

        from newsroom.local_chromium import find

        claim = Statement.objects.filter(folded__contains="chinese citizens").order_by("id").first()
        if claim is None:
            raise CommandError("The seed articles are not there: run the demo first.")
        chromium = find()
        if chromium is None:
            raise CommandError("There is no Chromium: run verify first, or install one.")
        pages = {
            "article": f"/articles/{claim.article.uid}/?statement={claim.uid}",
            "statement": f"/statements/{claim.uid}/",
        }
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.executable,
                env={**os.environ, **chromium.environment},
                args=["--no-sandbox"],
            )
            page = browser.new_page(viewport={"width": 1120, "height": 720})
            page.goto(f"{options['url']}/sign-in/")
            page.fill("#id_username", "editor")
            page.fill("#id_password", PASSWORD)
            page.click("button.main")
            for name, address in pages.items():
                page.goto(options["url"] + address)
                page.wait_for_selector("html[data-ready]")
                self._save(name, page.screenshot())
            browser.close()

    def _save(self, name: str, picture: bytes) -> None:
        if len(picture) > LARGEST:
            raise CommandError(
                f"{name}.png would have {len(picture):,} bytes: the most is {LARGEST:,}."
            )
        path = Path(settings.BASE_DIR) / "docs" / "images" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture)
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}: {len(picture):,} bytes")
