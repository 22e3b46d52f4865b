"""A file that somebody brings in, kept between its preview and its carrying out; no domain record."""

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from annotations import permissions

KEPT_FOR = timedelta(days=1)
KEPT_EACH = 10  # files of one person, the newest


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads."""

    def visible_to(self, user: permissions.User) -> Self:
        """The user's own of the last day, for those who may annotate."""
        if not permissions.may_annotate(user):
            return self.none()
        return self.filter(owner_id=user.pk, at__gt=timezone.now() - KEPT_FOR)

    def keep(self, upload: "Upload") -> "Upload":
        """The upload, saved; those of anybody that are older than a day go, and the owner's eleventh."""
        self.forget(timezone.now())
        upload.sha256 = hashlib.sha256(upload.data).hexdigest()
        upload.save(force_insert=True)
        own = self.filter(owner=upload.owner)
        newest = own.order_by("-at", "-id").values_list("pk", flat=True)[:KEPT_EACH]
        own.exclude(pk__in=list(newest)).delete()
        return upload

    def forget(self, now: datetime) -> int:
        """Delete what is older than a day; how many there were."""
        return self.filter(at__lte=now - KEPT_FOR).delete()[0]


class Upload(models.Model):
    """The bytes as they came, and the plan as it was shown; once carried out, fates and no bytes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    importer = models.CharField(max_length=50)
    name = models.CharField(max_length=255)
    address = models.CharField(max_length=2000, blank=True)
    content_type = models.CharField(max_length=255, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # to the importer's settings
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    plan: Any = models.JSONField(default=dict)  # imports/plan.py, shown_of
    digest = models.CharField(max_length=64)  # of that plan before it was carried out
    at = models.DateTimeField(default=timezone.now, db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether the bytes are those that were previewed."""
        return hashlib.sha256(self.data).hexdigest() == self.sha256
