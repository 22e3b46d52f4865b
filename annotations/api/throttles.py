"""How often a person and each of their tokens may ask; counted by each process of the server for itself."""

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from annotations.models import Token

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which reads the settings that name this module


class TokenRateThrottle(SimpleRateThrottle):
    """A limit for each token, below its owner's: one program that runs wild leaves room for the others."""

    scope = "token"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if not isinstance(request.auth, Token):
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}
