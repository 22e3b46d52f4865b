"""`Idempotency-Key` on POST: a request that is sent again is answered again, and done once.

draft-ietf-httpapi-idempotency-key-header: a key in flight is a 409, a key with another request a 422.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.editing.change import Stale
from annotations.models.idempotency import IdempotencyKey, InFlight, KeyReused

P = ParamSpec("P")
V = TypeVar("V", bound=APIView)
Handler = Callable[Concatenate[V, Request, P], HttpResponseBase]

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Content-Type", "Content-Language", "ETag", "Link", "Location")
REFUSALS = (APIException, PermissionDenied, ValidationError, Http404, Stale)  # what a view answers
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class UnreadableKey(APIException):
    """The header is there and no key."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "idempotency_key_unreadable"
    default_detail = f"{HEADER} takes 1 to 255 printable ASCII characters without blanks."


class InUse(APIException):
    """The first request with this key is still being answered; its answer is there soon."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "idempotency_key_in_use"
    default_detail = f"The first request with this {HEADER} has not been answered yet."
    wait = 1  # seconds, sent as Retry-After


class SentBefore(APIException):
    """The key was sent with another request within a day."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = f"This {HEADER} was sent before with another request: use a new one."


def idempotent(handler: Handler[V, P]) -> Handler[V, P]:
    """For a view's `post`: what was done under a key is answered for 24 hours and not done again.

    The write and its answer are stored in one transaction: a crash leaves both or neither. A refusal
    (4xx of the handler) is kept too, a failure (5xx) is not. Who signs in and how often they ask is
    judged before.
    """

    @wraps(handler)
    def handle(view: V, request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if HEADER not in request.headers:
            return handler(view, request, *args, **kwargs)
        row = _claimed(request)
        if row.status is not None:
            return _replay(row)
        try:
            with _let_go_unless_kept(row), transaction.atomic():
                response: HttpResponse = _answer(
                    view, request, lambda: handler(view, request, *args, **kwargs)
                )
                headers = {name: response[name] for name in KEPT_HEADERS if name in response}
                row.answer(response.status_code, headers, response.content.decode())
        except InFlight as lost:
            raise InUse from lost
        return response

    return handle


def _claimed(request: Request) -> IdempotencyKey:
    key = request.headers[HEADER]
    if not _KEY.fullmatch(key):
        raise UnreadableKey
    now = timezone.now()
    try:
        owner = request.user.pk or 0
        return IdempotencyKey.objects.claim(owner, key, _fingerprint(request), now)
    except InFlight as first:
        raise InUse from first
    except KeyReused as before:
        raise SentBefore from before


def _fingerprint(request: Request) -> str:
    """A digest of the address with its query, and the body byte for byte."""
    asked = request._request  # its body can be read only before the view parses it
    head = f"{asked.method} {asked.get_full_path()}\n{asked.content_type}\n"
    return hashlib.sha256(head.encode("utf-8", "surrogateescape") + asked.body).hexdigest()


def _answer(view: APIView, request: Request, handle: Callable[[], HttpResponseBase]) -> Any:
    """What the view answers, made whole; what it wrote before it refused is taken back."""
    with transaction.atomic():
        response: Any
        try:
            with transaction.atomic():
                response = handle()
        except REFUSALS as refusal:
            response = view.handle_exception(refusal)
        if response.status_code >= status.HTTP_400_BAD_REQUEST:
            transaction.set_rollback(True)
    if isinstance(response, Response):
        view.finalize_response(request, response)
        response.render()
    return response


@contextmanager
def _let_go_unless_kept(row: IdempotencyKey) -> Iterator[None]:
    kept = False
    try:
        yield
        kept = True
    finally:
        if not kept:
            row.let_go()


def _replay(row: IdempotencyKey) -> HttpResponse:
    assert row.status is not None
    return HttpResponse(row.body, status=row.status, headers={**row.headers, REPLAYED: "true"})
