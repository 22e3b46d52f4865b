"""The nonce of the Content-Security-Policy, under the name that Django 6 gives it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def csp_nonce(request: HttpRequest) -> dict[str, object]:
    """`csp_nonce` for templates; a page that uses none has none in its policy.

    django-csp's own lazy nonce is false until it was used, so that `if nonce` never uses it.
    """
    return {"csp_nonce": SimpleLazyObject(lambda: str(request.csp_nonce))}  # type: ignore[attr-defined]  # by its middleware
