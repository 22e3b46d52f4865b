"""`manage.py tidy`: delete what was kept for a while only. Run it every day or hour."""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.editing.tidy import forget_old_keys


class Command(BaseCommand):
    help = "Delete what is kept for a while only and is past its time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_old_keys()} idempotency keys deleted")
