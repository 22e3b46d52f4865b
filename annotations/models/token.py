"""What a program signs in with: a secret that is shown once and kept as its digest alone."""

import hashlib
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models.validators import refuse_unstorable


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens."""

    def visible_to(self, user: permissions.User) -> Self:
        """The user's own; for those who manage accounts, everybody's."""
        return self if permissions.may_manage_users(user) else self.of(user)

    def of(self, user: permissions.User) -> Self:
        """The user's own, the newest first."""
        return self.filter(owner_id=user.pk or 0).order_by("-created_at", "-id")


class Token(models.Model):
    """A program's way in, with its owner's rights or only to read; it ends by itself, or at once."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(max_length=100, validators=[refuse_unstorable])
    starts = models.CharField(max_length=12, editable=False)  # to tell tokens apart; no secret
    # SHA-256 without salt or rounds: the secret is 256 random bits, which nobody guesses (unlike a password).
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.READ)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)  # to the minute
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.starts}…)"

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is kept of a secret: its SHA-256, in hexadecimal."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_standing(self) -> bool:
        """Whether it still lets its program in."""
        return not self.is_expired and not self.is_revoked
