"""Tokens for programs are issued, used and revoked."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from annotations import permissions
from annotations.editing.change import store
from annotations.models import Token

PREFIX = "nrt_"  # by which scanners of code and logs find a secret: nrt_ and 64 hexadecimal digits
RANDOM_BYTES = 32
SHOWN = len(PREFIX) + 6  # characters by which its owner tells it from others
USE_NOTED_EVERY = timedelta(minutes=1)  # a write for each request would make every read a write


@dataclass(frozen=True)
class Issued:
    """A new token with its secret, which is kept nowhere."""

    token: Token
    secret: str


def issue(*, user: permissions.User, name: str, scope: str, lasts: timedelta) -> Issued:
    """A token of the user's. ValidationError by field; PermissionDenied for who has no role."""
    if not permissions.may_read(user):
        raise PermissionDenied(f"{user} may have no token")
    secret = PREFIX + secrets.token_hex(RANDOM_BYTES)
    now = timezone.now()
    token = Token(
        owner_id=user.pk or 0,
        name=name,
        starts=secret[:SHOWN],
        digest=Token.digest_of(secret),
        scope=scope,
        created_at=now,
        expires_at=now + lasts,
    )
    return Issued(store(token), secret)


def revoke(*, user: permissions.User, token: Token) -> None:
    """The token lets nobody in from now on; revoked twice is revoked once. PermissionDenied for others' tokens."""
    if token.owner_id != user.pk and not permissions.may_manage_users(user):
        raise PermissionDenied(f"{user} may not revoke this")
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def note_use(token: Token) -> None:
    """The token was used just now, to the minute."""
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)
