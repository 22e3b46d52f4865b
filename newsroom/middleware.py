"""What every request and answer passes through, besides Django's own middleware."""

import time
import uuid
from collections.abc import Callable
from typing import Any

from csp.constants import UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve, reverse

from newsroom.logs import current_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# Writing the session on every request would make every read a write.
SEEN_EVERY = 60 * 60
ASKED_BY_ITSELF = {
    "article_now",
    "article_here",
    "saved_export_state",
}  # by an open page, with nobody at it


def request_id(get_response: GetResponse) -> GetResponse:
    """Name each request, in the log and in the answer, so that a complaint can be traced."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        name = uuid.uuid4().hex
        token = current_request.set(name)
        try:
            response = get_response(request)
        finally:
            current_request.reset(token)
        response["X-Request-ID"] = name
        return response

    return handle


def admin_inline_styles(get_response: GetResponse) -> GetResponse:
    """Let the stock admin, and nothing else, use inline styles."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(reverse("admin:index")):
            # django-csp reads this attribute, which its decorator csp_update sets on views.
            response._csp_update = {"style-src": UNSAFE_INLINE}  # type: ignore[attr-defined]
        return response

    return handle


def session_limit(get_response: GetResponse) -> GetResponse:
    """End a session 12 hours after its last use (to the hour), and 7 days after it began.

    What an open page asks by itself is no use: a desk that somebody left is signed out.
    """

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault(SIGNED_IN_AT, now)
            if now - began >= settings.SESSION_ABSOLUTE_AGE:
                logout(request)
            elif now - request.session.get(SEEN_AT, 0) >= SEEN_EVERY and not _is_by_itself(request):
                request.session[SEEN_AT] = now
        return get_response(request)

    return handle


def _is_by_itself(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in ASKED_BY_ITSELF
    except Resolver404:
        return False


class SignInRequired(LoginRequiredMiddleware):
    """Django's own; but a page's script is answered 401, not led to a page that it would swap into a panel."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know of a redirect only
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            ended = {"WWW-Authenticate": "Session", "Cache-Control": "no-store"}
            return HttpResponse(status=401, headers=ended)
        return super().handle_no_permission(request, view_func)


def private_pages(get_response: GetResponse) -> GetResponse:
    """Keep what a signed-in person sees out of every cache."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        signed_in = request.user.is_authenticated
        response = get_response(request)
        is_private = signed_in or request.user.is_authenticated
        if is_private and not getattr(response, "same_for_everybody", False):
            response["Cache-Control"] = "private, no-store"
        return response

    return handle
