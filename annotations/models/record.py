"""What every editable record has."""

import uuid
from typing import Any

from django.db import models


class Record(models.Model):
    """`uid` outlives export, import and undo; `version` is what a write must name."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    history: Any  # each record's `kept_history()`; django-simple-history carries no types

    class Meta:
        abstract = True


class Part(models.Model):
    """A row that belongs to a record and shares its version; taken out, it stays with the time of it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    history: Any  # as a record's

    class Meta:
        abstract = True


LIVE = models.Q(withdrawn_at__isnull=True)
