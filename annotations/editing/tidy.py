"""What is kept for a while only goes when its time is over."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from annotations.models import Delivery, IdempotencyKey

LOG_KEPT_FOR = timedelta(days=30)
LONGEST_TASK = timedelta(days=1)  # after which its worker is taken for dead


def forget_old_keys() -> int:
    """How many idempotency keys went: those whose answers were kept for a day."""
    deleted, _by_model = IdempotencyKey.objects.old(timezone.now()).delete()
    return deleted


def forget_old_deliveries() -> int:
    """How many deliveries went: those that came to an end and are a month old."""
    deleted, _by_model = Delivery.objects.old(timezone.now() - LOG_KEPT_FOR).delete()
    return deleted


def end_dead_tasks() -> int:
    """How many tasks are said to have failed because their worker died: else they would be kept for ever.

    What they were to do is not lost with them: deliveries are tried again when they are due, and who waits for an
    export is told to ask for it again.
    """
    now = timezone.now()
    dead = DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST_TASK)
    return dead.update(status=TaskResultStatus.FAILED, finished_at=now)
