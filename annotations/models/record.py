"""What every editable record has."""

import uuid
from typing import Any

from django.db import models
from django.db.models.lookups import IsNull


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
NEWEST = 500  # rows looked at to tell how common something is


def row_by_row(rows: "models.QuerySet[Any, Any]") -> IsNull:
    """Whether there are such rows, asked for each row of the outer query by itself.

    Exists() leaves it to the database to answer for all of them at once, which costs as much as the
    tables are long; a page needs a few.
    """
    return IsNull(models.Subquery(rows.order_by().values("pk")[:1]), False)


def is_common(rows: "models.QuerySet[Any, Any]", condition: models.Q) -> bool:
    """Whether one in twenty of the newest rows meets it."""
    newest = rows.order_by("-pk").values("pk")[:NEWEST]
    return rows.filter(condition, pk__in=newest).count() * 20 >= NEWEST
