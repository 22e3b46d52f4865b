"""Deliveries are sent, signed, and tried again later."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tasks import task

from annotations import permissions
from annotations.models.webhook import Delivery, Webhook
from newsroom import safe_http

# After the first attempt fails: a restart, a deployment, an outage, a night.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
# Whoever sends a delivery has it for this long; after that its process is taken for dead (`tidy` tries again).
LEASE = timedelta(minutes=10)
RULES = safe_http.Rules(seconds=10, secure=True)
LARGEST_ANSWER = 1024 * 1024  # bytes that are read at most
KEPT = 500  # characters of an answer
SIGNED_WITH = "X-Newsroom-Signature"
SIGNED_AT = "X-Newsroom-Timestamp"


@task()
def deliver(key: int) -> None:
    """Try the delivery with this key once; where it fails, another try is due later."""
    delivery = _taken(key)
    if delivery is None:
        return
    if reason := _why_not(delivery.webhook):
        _end(delivery, Delivery.Status.FAILED, None, reason)
        return
    try:
        answer = _send(delivery)
    except safe_http.Refused as refused:
        _again(delivery, None, str(refused))
        return
    said = answer.body.decode("utf-8", "replace").replace("\0", "�")[:KEPT]
    if answer.status // 100 == 2:
        _end(delivery, Delivery.Status.DELIVERED, answer.status, said)
    else:
        _again(delivery, answer.status, said)


def redeliver(*, user: permissions.User, delivery: Delivery) -> None:
    """Try it now, and as often as a new one; what is sent is the same, signed anew. PermissionDenied."""
    if not permissions.may_manage_webhooks(user):
        raise PermissionDenied(f"{user} may not send webhooks")
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Delivery.Status.WAITING, attempts=0, next_attempt_at=timezone.now()
    )
    deliver.enqueue(delivery.pk)


def deliver_due() -> int:
    """How many deliveries were enqueued because their time had come: tasks get lost, rows do not."""
    keys = list(Delivery.objects.due(timezone.now()).values_list("pk", flat=True))
    for key in keys:
        deliver.enqueue(key)
    return len(keys)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `timestamp.body`, in hexadecimal: a copy sent later has another timestamp, or is refused."""
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _taken(key: int) -> Delivery | None:
    """The delivery, whose next attempt this is; None where it is not due, or another process has it."""
    now = timezone.now()
    due = Delivery.objects.due(now).filter(pk=key)
    delivery = due.select_related("webhook__owner").first()
    if delivery is None:
        return None
    delivery.attempts += 1
    mine = due.filter(attempts=delivery.attempts - 1)
    taken = mine.update(
        attempts=delivery.attempts, tried_at=now, next_attempt_at=now + LEASE
    )  # one statement: of two processes it changes the row for one
    return delivery if taken else None


def _why_not(webhook: Webhook) -> str:
    """Why nothing is sent there, however often it is tried; empty where it is."""
    if not webhook.is_listening:
        return "The webhook is switched off."
    try:
        RULES.target(webhook.url)  # one from before https was asked for, or before a rule was
    except safe_http.Refused as refused:
        return str(refused)
    return ""


def _send(delivery: Delivery) -> safe_http.Answer:
    body = delivery.payload.encode()
    timestamp = str(int(timezone.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Newsroom-Event": delivery.event,
        "X-Newsroom-Delivery": str(delivery.uid),
        SIGNED_AT: timestamp,
        SIGNED_WITH: f"sha256={signature(delivery.webhook.secret, timestamp, body)}",
    }
    return safe_http.post(delivery.webhook.url, body, headers, largest=LARGEST_ANSWER, rules=RULES)


def _again(delivery: Delivery, code: int | None, said: str) -> None:
    if delivery.attempts > len(BACK_OFF):
        _end(delivery, Delivery.Status.FAILED, code, said)
        return
    later = timezone.now() + BACK_OFF[delivery.attempts - 1]
    _note(delivery, Delivery.Status.WAITING, code, said, later)
    if deliver.get_backend().supports_defer:
        deliver.using(run_after=later).enqueue(delivery.pk)


def _end(delivery: Delivery, status: Delivery.Status, code: int | None, said: str) -> None:
    _note(delivery, status, code, said, None)


def _note(
    delivery: Delivery,
    status: Delivery.Status,
    code: int | None,
    said: str,
    later: datetime | None,
) -> None:
    rows = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
    rows.update(status=status, answer_code=code, answer=said, next_attempt_at=later)
