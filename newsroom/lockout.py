"""Guessing passwords is stopped per account and address, and per address over all accounts."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest

# High enough for a newsroom behind one address, low enough against a list of passwords.
ADDRESS_FAILURE_LIMIT = 50


class Lockout(AxesDatabaseHandler):
    """An account is never locked for everybody: a stranger could then lock an editor out."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return super().is_locked(request, credentials) or _failures_from(request) >= (
            ADDRESS_FAILURE_LIMIT
        )


def client_address(request: HttpRequest) -> str:
    """The address the outermost trusted proxy saw; the peer's own when there is no proxy."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count: int = settings.PROXY_COUNT
    if count and len(seen) >= count and seen[-count]:
        return seen[-count]
    return str(request.META.get("REMOTE_ADDR", ""))


def _failures_from(request: HttpRequest) -> int:
    recent = AccessAttempt.objects.filter(
        ip_address=client_address(request), attempt_time__gte=get_cool_off_threshold(request)
    )
    return recent.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
