"""The files of the registry as downloads, and the page on which one is chosen."""

from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.exports.cells import Profile
from annotations.exports.files import codebook_csv as whole_codebook
from annotations.exports.formats import Format, Group, Order
from annotations.exports.registry import CSV, FORMATS
from annotations.forms.filters import StatementFilters
from annotations.models.keyset import count_of
from annotations.models.statement import StatementQuerySet


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Every format with what it is for, of what the list shows under the same address query."""
    _require_export(request)
    filters = StatementFilters(request.GET, request=request)
    if not filters.is_valid():
        return redirect(f"{reverse('statements')}?{request.GET.urlencode()}")
    context = {
        "groups": [(group.value, _formats_of(group)) for group in Group if _formats_of(group)],
        "chips": filters.chips(),
        "query": filters.without(),
        "count": count_of(filters.qs),
    }
    return render(request, "annotations/export_list.html", context)


@require_safe
def download(request: HttpRequest, *, name: str) -> HttpResponseBase:
    """What the list of statements shows under the same address query, in one of the formats."""
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
    chosen = FORMATS[name]
    return StreamingHttpResponse(
        chosen.pieces(_order(request, profile)),
        content_type=chosen.content_type,
        headers=_saved_as(chosen.file),
    )


@require_safe
def codebook_csv(request: HttpRequest) -> HttpResponseBase:
    """What the columns of the other files mean."""
    _require_export(request)
    profile = _profile(request)
    if profile is None:
        return _unknown_profile()
    return HttpResponse(whole_codebook(profile), CSV, headers=_saved_as("codebook.csv"))


def _formats_of(group: Group) -> list[Format]:
    return [each for each in FORMATS.values() if each.group is group]


def _order(request: HttpRequest, profile: Profile) -> Order:
    def narrow(statements: StatementQuerySet) -> StatementQuerySet:
        shown: StatementQuerySet = StatementFilters(request.GET, statements, request=request).qs
        return shown

    site = request.build_absolute_uri("/").removesuffix("/")
    query = StatementFilters(request.GET, request=request).without("sort")
    return Order(request.user, site, narrow, profile, query)


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
    path("exports/", exports, name="exports"),
    *(path(each.file, download, {"name": each.name}, name=each.name) for each in FORMATS.values()),
    path("codebook.csv", codebook_csv, name="codebook_csv"),
]
