"""The way into a view: 403 in plain words for a role that may never do what it does, and the version named."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from annotations.permissions import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def named_version(request: HttpRequest) -> int:
    """The version that an act was based on; 0, which none is, where it is not named."""
    named = request.POST.get("version") or request.GET.get("version") or ""
    return int(named) if named.isdecimal() and len(named) < 10 else 0


def only(allowed: Callable[[User], bool]) -> Callable[[View[P]], View[P]]:
    """Let in those for whom the predicate says yes."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not allowed(request.user):
                raise PermissionDenied(_("This is not for your role."))
            return view(request, *args, **kwargs)

        return guarded

    return decorate
