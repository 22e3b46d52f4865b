"""A file that is made in the background and kept for a week, for one person."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations import permissions

KEPT_FOR = timedelta(days=7)
DEAD_AFTER = timedelta(hours=6)  # of being made: its worker ended without a word


class SavedExportQuerySet(models.QuerySet["SavedExport"]):
    """Saved exports."""

    def visible_to(self, user: permissions.User) -> Self:
        """The user's own, the newest first; nobody else's, whoever asks."""
        mine = self.filter(owner_id=user.pk or 0) if permissions.may_export(user) else self.none()
        return mine.order_by("-created_at", "-id")

    def unfinished(self) -> Self:
        """Those that wait or are being made."""
        return self.filter(state__in=SavedExport.UNFINISHED)

    def past(self, now: datetime) -> Self:
        """Those whose week is over."""
        return self.filter(expires_at__lte=now)

    def orphaned(self, now: datetime) -> Self:
        """Those whose worker must be dead."""
        return self.filter(state=SavedExport.State.RUNNING, started_at__lt=now - DEAD_AFTER)


class SavedExport(models.Model):
    """Which file of which filter, how far it is, and why it failed where it did."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits its turn")
        RUNNING = "running", _("is being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Failure(models.TextChoices):
        FORBIDDEN = "forbidden", _("Your account may not download files any more.")
        UNREADABLE = "unreadable", _("The filter could not be read. Choose statements anew.")
        DISK = "disk", _("There was no room for the file. Tell whoever runs this site.")
        DATABASE = "database", _("The database did not answer in time. Try again, or narrow it.")
        STOPPED = "stopped", _("The machine stopped before it was done. Try again.")
        FAULT = "fault", _("Something went wrong here, and was noted. Try again later.")

    UNFINISHED = (State.WAITING, State.RUNNING)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=50)  # its name in the registry
    file = models.CharField(max_length=100)  # what it is called when it is downloaded
    profile = models.CharField(max_length=20)
    query = models.TextField(blank=True, default="")  # of the statements list's address
    site = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    failure = models.CharField(max_length=20, choices=Failure.choices, blank=True, default="")
    rows_read = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True)
    shows_everything = models.BooleanField(
        default=False
    )  # made for somebody who saw unapproved work
    size = models.PositiveBigIntegerField(null=True)  # bytes
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    objects = SavedExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(size__isnull=False), name="ready_export_has_a_size"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} of {self.owner}"

    @property
    def path(self) -> Path:
        """Where the file is once it is ready."""
        return Path(settings.EXPORTS_DIR) / self.uid.hex

    @property
    def is_unfinished(self) -> bool:
        return self.state in self.UNFINISHED

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def rows_shown(self) -> int:
        """How many rows are read; a workbook reads them several times over."""
        return min(self.rows_read, self.rows or 0)
