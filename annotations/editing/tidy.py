"""What is kept for a while only goes when its time is over."""

from django.utils import timezone

from annotations.models import IdempotencyKey


def forget_old_keys() -> int:
    """How many idempotency keys went: those whose answers were kept for a day."""
    deleted, _by_model = IdempotencyKey.objects.old(timezone.now()).delete()
    return deleted
