"""How often a person and each of their tokens may ask; on PostgreSQL counted once for all processes of the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction
from django.utils.connection import ConnectionProxy
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from annotations.models import Token

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which reads the settings that name this module

CACHE = "throttles"


class Counted(SimpleRateThrottle):
    """Counts in a cache of its own, one request of each key after the other.

    Django REST framework reads the count and writes it anew: of 800 requests, 16 at a time over four processes,
    it counted 250.
    """

    cache = ConnectionProxy(caches, CACHE)  # type: ignore[assignment]  # as Django's default cache is

    def allow_request(self, request: Request, view: "APIView") -> bool:
        key = self.get_cache_key(request, view)
        if key is None:
            return True
        with _alone(key):
            return super().allow_request(request, view)


class AddressThrottle(Counted, AnonRateThrottle):
    """A limit for each address that asks without signing in."""


class AccountThrottle(Counted, UserRateThrottle):
    """A limit for each account, whatever it asks with."""


class TokenThrottle(Counted):
    """A limit for each token, below its owner's: one program that runs wild leaves room for the others."""

    scope = "token"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if not isinstance(request.auth, Token):
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk}


@contextmanager
def _alone(key: str) -> Iterator[None]:
    """Nobody else counts under this key meanwhile, where counts are kept in the database."""
    cache = caches[CACHE]
    if not isinstance(cache, DatabaseCache):
        yield
        return
    alias = router.db_for_write(cache.cache_model_class)
    with transaction.atomic(alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        yield
