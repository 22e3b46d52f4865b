"""`manage.py codebook`: writes docs/codebook.md from the columns of the CSV files."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotations.exports.codebook import codebook_page


class Command(BaseCommand):
    help = "Write docs/codebook.md: what the columns of the CSV files mean."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "codebook.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(codebook_page(), encoding="utf-8")
        self.stdout.write(f"Wrote {page.relative_to(settings.BASE_DIR)}")
