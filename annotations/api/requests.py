"""What every address of the API asks of a request."""

from collections.abc import Collection

from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations import permissions
from annotations.exports.cells import Profile
from annotations.exports.formats import Order
from annotations.forms.filters import StatementFilters
from annotations.models.statement import StatementQuerySet


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


def order_of(request: Request, profile: Profile = Profile.SPREADSHEET) -> Order:
    """What the request's filters leave of what its user sees, to be written out."""

    def narrow(statements: StatementQuerySet) -> StatementQuerySet:
        filters = StatementFilters(request.query_params, statements, request=request._request)
        narrowed: StatementQuerySet = filters.qs
        return narrowed

    site = request.build_absolute_uri("/").removesuffix("/")
    query = StatementFilters(request.query_params, request=request._request).without("sort")
    return Order(request.user, site, narrow, profile, query)
