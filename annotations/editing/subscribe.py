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
    refuse_address(url, is_active=is_active)
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
    refuse_address(url, is_active=is_active, kept=webhook.url)
    webhook.url, webhook.events, webhook.is_active = url, list(events), is_active
    return store(webhook)


def refuse_address(url: str, *, is_active: bool, kept: str = "") -> None:
    """ValidationError by field where nothing may be told at the address.

    A webhook that is switched off may stay at the one it has, `kept`, from before https was asked for. What the
    name resolves to is checked with every delivery.
    """
    if url == kept and not is_active:
        return
    try:
        secure_target_of(url)
    except Refused as refused:
        raise ValidationError({"url": str(refused)}) from refused


def _refuse_others(user: permissions.User) -> None:
    if not permissions.may_manage_webhooks(user):
        raise PermissionDenied(f"{user} may not keep webhooks")
