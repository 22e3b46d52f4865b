"""A write that a program may send twice: which one it was, and what was answered."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from annotations import permissions

KEPT_FOR = timedelta(hours=24)
# A process that died in the middle of a request leaves its claim behind; after this it is another's to take.
# One that merely took longer finds its claim gone when it stores its answer, and takes its write back.
ABANDONED_AFTER = timedelta(minutes=2)


class InFlight(Exception):
    """The first request with this key has not been answered yet."""


class KeyReused(Exception):
    """The key was sent before with another request."""


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    """Keys."""

    def visible_to(self, user: permissions.User) -> Self:
        """The user's own."""
        return self.filter(owner_id=user.pk or 0)

    def old(self, now: datetime) -> Self:
        """Those whose answer is not kept any longer."""
        return self.filter(created_at__lte=now - KEPT_FOR)

    def claim(self, owner: int, key: str, fingerprint: str, now: datetime) -> "IdempotencyKey":
        """The key, answered before or from now on this request's to answer. InFlight; KeyReused."""
        named = self.filter(owner_id=owner, key=key)
        row = (
            named.first()
        )  # read before all else: on SQLite whoever writes waits for the first request's end
        if row is None or row.created_at <= now - KEPT_FOR:
            try:
                with transaction.atomic():
                    named.old(now).delete()
                    return self.create(
                        owner_id=owner,
                        key=key,
                        fingerprint=fingerprint,
                        created_at=now,
                        claimed_at=now,
                    )
            except IntegrityError:  # the same request came at the same moment
                row = named.get()
        return self._again(row, fingerprint, now)

    def _again(self, row: "IdempotencyKey", fingerprint: str, now: datetime) -> "IdempotencyKey":
        if row.fingerprint != fingerprint:
            raise KeyReused
        if row.status is not None:
            return row
        if row.claimed_at > now - ABANDONED_AFTER:
            raise InFlight
        mine = uuid.uuid4()
        abandoned = self.filter(row.is_claimed(), claimed_at=row.claimed_at)
        if not abandoned.update(claim=mine, claimed_at=now):
            raise InFlight
        row.claim = mine
        return row


class IdempotencyKey(models.Model):
    """One key of one person's, kept for a day: the request's digest and, once there is one, its answer."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    claim = models.UUIDField(default=uuid.uuid4)  # whose request it is to answer
    claimed_at = models.DateTimeField()
    created_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="")

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="key_is_one_persons_once")
        ]

    def __str__(self) -> str:
        return self.key

    def is_claimed(self) -> Q:
        """That it is unanswered, and still the request's that this row was read for."""
        return Q(pk=self.pk, claim=self.claim, status=None)

    def answer(self, status: int, headers: dict[str, str], body: str) -> None:
        """Keep what is answered, in the transaction of the write. InFlight where the claim was lost meanwhile."""
        rows = IdempotencyKey.objects.filter(self.is_claimed())
        if not rows.update(status=status, headers=headers, body=body):
            raise InFlight

    def let_go(self) -> None:
        """Nothing was written: whoever sends the request again may try."""
        IdempotencyKey.objects.filter(self.is_claimed()).delete()
