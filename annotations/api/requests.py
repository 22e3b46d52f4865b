"""What every address of the API asks of a request."""

from collections.abc import Collection

from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations import permissions


class ReadsOrAnnotates(BasePermission):
    """Reading for everyone with a role, writing for those who annotate."""

    message = "Your account may not do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.method in SAFE_METHODS:
            return permissions.may_read(request.user)
        return permissions.may_annotate(request.user)


def refuse_unknown(request: Request, known: Collection[str]) -> None:
    """ValidationError, which answers 400, naming each parameter that this address does not know."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise ValidationError({name: ["There is no such parameter."] for name in unknown})
