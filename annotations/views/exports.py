"""The CSV files, as downloads."""

from collections.abc import Callable, Iterator

from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.exports import files
from annotations.exports.cells import Profile
from annotations.exports.rows import Narrow
from annotations.forms.filters import StatementFilters
from annotations.models.statement import StatementQuerySet

CSV = "text/csv; charset=utf-8"
File = Callable[[permissions.User, str, Narrow, Profile], Iterator[bytes]]


@require_safe
def statements_csv(request: HttpRequest) -> HttpResponseBase:
    """The statements that the list shows under the same address query."""
    return _stream(request, "statements.csv", files.statements_csv)


@require_safe
def exchanges_csv(request: HttpRequest) -> HttpResponseBase:
    """The exchanges whose claims the list shows under the same address query."""
    return _stream(request, "exchanges.csv", files.exchanges_csv)


@require_safe
def codebook_csv(request: HttpRequest) -> HttpResponseBase:
    """What the columns of the other two mean."""
    _require_export(request)
    profile = _profile(request)
    if profile is None:
        return _unknown_profile()
    return HttpResponse(files.codebook_csv(profile), CSV, headers=_saved_as("codebook.csv"))


def _stream(request: HttpRequest, name: str, file: File) -> HttpResponseBase:
    _require_export(request)
    profile = _profile(request)
    if profile is None:
        return _unknown_profile()
    if not StatementFilters(request.GET, request=request).is_valid():
        return _in_plain_words(
            _(
                "The filter in this address cannot be read. Open the list of statements, "
                "choose what you look for, and download from there."
            )
        )

    def narrow(statements: StatementQuerySet) -> StatementQuerySet:
        shown: StatementQuerySet = StatementFilters(request.GET, statements, request=request).qs
        return shown

    site = request.build_absolute_uri("/").removesuffix("/")
    pieces = file(request.user, site, narrow, profile)
    return StreamingHttpResponse(pieces, content_type=CSV, headers=_saved_as(name))


def _require_export(request: HttpRequest) -> None:
    if not permissions.may_export(request.user):
        raise PermissionDenied(_("Only accounts with a role download these files"))


def _profile(request: HttpRequest) -> Profile | None:
    asked = request.GET.get("profile", Profile.SPREADSHEET)
    return Profile(asked) if asked in list(Profile) else None


def _unknown_profile() -> HttpResponse:
    return _in_plain_words(
        _(
            "There is no such profile. Leave it out for a file that is safe to open in a spreadsheet, "
            "or write profile=raw for the bare values."
        )
    )


def _in_plain_words(words: str) -> HttpResponse:
    return HttpResponseBadRequest(f"{words}\n", content_type="text/plain; charset=utf-8")


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


urlpatterns = [
    path("statements.csv", statements_csv, name="statements_csv"),
    path("exchanges.csv", exchanges_csv, name="exchanges_csv"),
    path("codebook.csv", codebook_csv, name="codebook_csv"),
]
