"""Addresses of other programs that are told what happened, and each telling."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations import permissions


class Event(models.TextChoices):
    """What a program can be told of."""

    SUBMITTED = "submitted", _("work was submitted for review")
    APPROVED = "approved", _("work was approved")
    LINKED = "linked", _("statements were linked")
    CORRECTED = "corrected", _("the text of an article was corrected")


def refuse_unknown_events(value: object) -> None:
    """ValidationError where this is no list of events."""
    known = set(Event.values)
    if not isinstance(value, list) or not all(isinstance(e, str) and e in known for e in value):
        raise ValidationError(_("There is no such event."))


class Webhook(models.Model):
    """One address and the events that are told there, with its owner's rights."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=2000)
    # Kept as it is, unlike a token's: each telling is signed with it. Shown once, on no page after that.
    secret = models.CharField(max_length=100, editable=False)
    events = models.JSONField(default=list, validators=[refuse_unknown_events])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url

    @property
    def is_listening(self) -> bool:
        """Whether anything is told there: it is on, and its owner may still have it."""
        return self.is_active and permissions.may_manage_webhooks(self.owner)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries."""

    def due(self, now: datetime) -> Self:
        """Those that wait, and whose time has come."""
        return self.filter(status=Delivery.Status.WAITING, next_attempt_at__lte=now)

    def old(self, before: datetime) -> Self:
        """Those that came to an end, and are older."""
        return self.exclude(status=Delivery.Status.WAITING).filter(created_at__lt=before)


class Delivery(models.Model):
    """One telling of one address: what was said, how often it was tried, and what was answered last."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=20, choices=Event.choices)
    payload = models.TextField()  # the bytes that are signed and sent: JSON
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    answer_code = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")  # its first characters, or why there is none

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(status="waiting"),
                name="delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} → {self.webhook}"
