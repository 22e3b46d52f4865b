"""What is kept for a while only goes when its time is over."""

from datetime import timedelta

from django.utils import timezone

from annotations.models import Delivery, IdempotencyKey

LOG_KEPT_FOR = timedelta(days=30)


def forget_old_keys() -> int:
    """How many idempotency keys went: those whose answers were kept for a day."""
    deleted, _by_model = IdempotencyKey.objects.old(timezone.now()).delete()
    return deleted


def forget_old_deliveries() -> int:
    """How many deliveries went: those that came to an end and are a month old."""
    deleted, _by_model = Delivery.objects.old(timezone.now() - LOG_KEPT_FOR).delete()
    return deleted
