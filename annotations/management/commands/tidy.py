"""`manage.py tidy`: delete what was kept for a while only, try again what is due. Run it every hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from annotations.background.save_export import forget_past
from annotations.editing.deliver import deliver_due
from annotations.editing.tidy import end_dead_tasks, forget_old_deliveries, forget_old_keys
from annotations.models import Upload


class Command(BaseCommand):
    help = "Delete what is kept for a while only; try again what is due."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_old_keys()} idempotency keys deleted")
        forgotten = Upload.objects.forget(timezone.now())
        self.stdout.write(f"{forgotten} files to bring in deleted")
        self.stdout.write(f"{forget_old_deliveries()} deliveries of webhooks deleted")
        self.stdout.write(f"{forget_past()} saved exports deleted")
        self.stdout.write(f"{end_dead_tasks()} tasks ended whose worker died")
        self.stdout.write(f"{deliver_due()} deliveries of webhooks that were due tried again")
