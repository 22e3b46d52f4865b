"""Who asks, by a token: `Authorization: Bearer nrt_…`."""

import hmac
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from annotations.editing.issue import note_use
from annotations.models import Token

SCHEME = "Bearer"
LONGEST = 200  # characters; a secret of ours has 68


class TokenAuthentication(BaseAuthentication):
    """The token's owner, with the token as `request.auth`; 401 with a code where it lets nobody in.

    A token for reading is refused other methods here, for every address: 403, `token_only_reads`.
    """

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        secret = _secret_in(request)
        if secret is None:
            return None
        token = _token_of(secret)
        if token.scope == Token.Scope.READ and request.method not in SAFE_METHODS:
            raise PermissionDenied("This token only reads.", code="token_only_reads")
        note_use(token)
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers the class
    """What the API's description says of tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        scheme = build_bearer_security_scheme_object("Authorization", SCHEME)
        words = (
            "A token from the page “Tokens for programs”; one for reading is refused other methods."
        )
        return {**scheme, "description": words}


def _secret_in(request: Request) -> str | None:
    """What stands after “Bearer”; None where another scheme or nothing is sent."""
    scheme, _space, given = get_authorization_header(request).partition(b" ")
    if scheme.lower() != SCHEME.lower().encode():
        return None
    secret = given.strip()
    if not secret or len(secret) > LONGEST or not secret.isascii():
        raise AuthenticationFailed("This is no token of ours.", code="token_unknown")
    return secret.decode("ascii")


def _token_of(secret: str) -> Token:
    """The standing token of this secret, found by its digest: how long that takes says nothing of the secret."""
    digest = Token.digest_of(secret)
    token = Token.objects.select_related("owner__preference").filter(digest=digest).first()
    if token is None or not hmac.compare_digest(token.digest, digest):
        raise AuthenticationFailed("This is no token of ours.", code="token_unknown")
    if token.is_revoked:
        raise AuthenticationFailed("This token was revoked.", code="token_revoked")
    if token.is_expired:
        raise AuthenticationFailed("This token has expired.", code="token_expired")
    if not token.owner.is_active:
        raise AuthenticationFailed("This account is closed.", code="account_inactive")
    return token
