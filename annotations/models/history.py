"""Every earlier state of every record, append-only, kept by django-simple-history.

One change (a save, a merge, an undo) gives all the rows it wrote the same change id and verb.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.dispatch import receiver
from django.utils.translation import pgettext_lazy
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


class Verb(models.TextChoices):
    """What an editor did; shown in histories."""

    RECEIVED = "received", pgettext_lazy("did", "received")
    DESCRIBED = "described", pgettext_lazy("did", "described")
    CORRECTED = "corrected", pgettext_lazy("did", "corrected the text")
    HIGHLIGHTED = "highlighted", pgettext_lazy("did", "highlighted")
    REVISED = "revised", pgettext_lazy("did", "revised")
    PLACED = "placed", pgettext_lazy("did", "placed in the corrected text")
    RESIZED = "resized", pgettext_lazy("did", "moved the ends of the words")
    RECAST = "recast", pgettext_lazy("did", "changed what words carry")
    SPLIT = "split", pgettext_lazy("did", "split")
    JOINED = "joined", pgettext_lazy("did", "merged with another statement")
    LINKED = "linked", pgettext_lazy("did", "linked")
    RESTATED = "restated", pgettext_lazy("did", "marked as restatement")
    REPLY_RECORDED = "reply_recorded", pgettext_lazy("did", "recorded what is known of a reply")
    SUBMITTED = "submitted", pgettext_lazy("did", "submitted")
    APPROVED = "approved", pgettext_lazy("did", "approved")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("did", "asked for changes")
    REJECTED = "rejected", pgettext_lazy("did", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("did", "deleted")
    BROUGHT_BACK = "brought_back", pgettext_lazy("did", "brought back")
    NAMED = "named", pgettext_lazy("did", "named")
    MERGED = "merged", pgettext_lazy("did", "merged")
    UNMERGED = "unmerged", pgettext_lazy("did", "unmerged")
    UNDONE = "undone", pgettext_lazy("did", "undone")
    REDONE = "redone", pgettext_lazy("did", "done again")


JUDGEMENTS = (Verb.SUBMITTED, Verb.APPROVED, Verb.CHANGES_REQUESTED, Verb.REJECTED)
BY_A_PERSON = (Verb.PLACED, Verb.RESIZED, Verb.SPLIT, Verb.JOINED)  # words were given another place


class WriteOutsideChange(RuntimeError):
    """A record was saved outside `editing`: no acting user, no verb, no change id."""


@dataclass(frozen=True)
class Change:
    """One act of one person; `undoes` is the id of the change that it takes back, `wrote` fills while it is written."""

    verb: Verb
    user: User
    undoes: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    wrote: set[type[models.Model]] = field(default_factory=set, compare=False)


_current: ContextVar[Change | None] = ContextVar("change", default=None)


def current_change() -> Change | None:
    """The change that is being written, or None."""
    return _current.get()


@contextmanager
def recording(change: Change) -> Iterator[Change]:
    """History rows written inside carry this change; inside another one, they carry the outer one's."""
    outer = _current.get()
    token = _current.set(outer or change)
    try:
        yield outer or change
    finally:
        _current.reset(token)


class ChangeStamp(models.Model):
    """The columns that every history table has beside simple-history's own."""

    change_id = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=30, choices=Verb.choices)
    undoes = models.UUIDField(null=True)  # the change that this one took back, where it did

    class Meta:
        abstract = True


def _acting_user(instance: models.Model, **_: object) -> Any:
    change = current_change()
    return change.user if change else None


class KeptHistory(HistoryManager):
    """simple-history's manager, its class made once: it made one anew each time a row was saved."""

    @classmethod
    @cache
    def from_queryset(cls, *given: Any) -> Any:
        return super().from_queryset(*given)


def kept_history() -> HistoricalRecords:
    """The history of a record, stamped with the acting user, the verb and the change id."""
    return HistoricalRecords(
        bases=[ChangeStamp], get_user=_acting_user, history_manager=KeptHistory
    )


@receiver(pre_create_historical_record)
def stamp(history_instance: Any, instance: models.Model, **_: object) -> None:
    """Write the change's id and verb into the history row; WriteOutsideChange where there is no change."""
    change = current_change()
    if change is None:
        raise WriteOutsideChange(f"{instance._meta.label} was saved outside annotations.editing")
    history_instance.change_id = change.id
    history_instance.verb = change.verb
    history_instance.undoes = change.undoes
    change.wrote.add(type(instance))
