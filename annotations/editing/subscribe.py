"""Webhooks are made and changed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from annotations import permissions
from annotations.editing.change import store
from annotations.models.webhook import Webhook
from newsroom.public_addresses import Refused, secure_target_of

PREFIX = "nrw_"
RANDOM_BYTES = 32


@dataclass(frozen=True)
class Subscribed:
    """A new webhook with its secret, which is shown this once."""

    webhook: Webhook
    secret: str


def subscribe(
    *, user: permissions.User, url: str, events: Sequence[str], is_active: bool = True
) -> Subscribed:
    """A webhook of the user's. ValidationError by field; PermissionDenied."""
    _refuse_others(user)
    _refuse_address(url)
    secret = PREFIX + secrets.token_hex(RANDOM_BYTES)
    webhook = Webhook(owner_id=user.pk or 0, secret=secret, created_at=timezone.now())
    webhook.url, webhook.events, webhook.is_active = url, list(events), is_active
    return Subscribed(store(webhook), secret)


def resubscribe(
    *,
    user: permissions.User,
    webhook: Webhook,
    url: str,
    events: Sequence[str],
    is_active: bool,
) -> Webhook:
    """The webhook as it is now to be, with the secret it has. ValidationError by field; PermissionDenied."""
    _refuse_others(user)
    if is_active or url != webhook.url:  # an old one may be switched off as it is
        _refuse_address(url)
    webhook.url, webhook.events, webhook.is_active = url, list(events), is_active
    return store(webhook)


def _refuse_others(user: permissions.User) -> None:
    if not permissions.may_manage_webhooks(user):
        raise PermissionDenied(f"{user} may not keep webhooks")


def _refuse_address(url: str) -> None:
    """What the name resolves to is checked with every delivery."""
    try:
        secure_target_of(url)
    except Refused as refused:
        raise ValidationError({"url": str(refused)}) from refused
