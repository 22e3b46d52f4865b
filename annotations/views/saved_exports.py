"""Exports that are made in the background: asked for, looked after, downloaded and deleted by their owner."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import permissions
from annotations.background.save_export import drop_export, save_export
from annotations.exports.registry import FORMATS
from annotations.forms.chips import Chip
from annotations.forms.filters import StatementFilters
from annotations.forms.filters_told import filters_told
from annotations.forms.saved_export import SavedExportForm
from annotations.models.saved_export import SavedExport
from annotations.views.guard import only
from annotations.views.listing import listing

NEWEST_FIRST = ("-created_at", "-id")


@require_http_methods(["GET", "POST"])
@only(permissions.may_export)
def saved_exports(request: HttpRequest) -> HttpResponse:
    """The user's own, and a form for another one of what the list shows under the same address query."""
    typed = request.POST if request.method == "POST" else None
    choices = [(each.name, f"{each.label}: {each.file}") for each in FORMATS.values()]
    query = StatementFilters(request.GET, request=request).without()
    form = SavedExportForm(typed, request=request, formats=choices, query=query)
    if form.is_valid() and _save(request, form):
        return redirect("saved_exports")
    filters = StatementFilters(QueryDict(form["query"].value() or ""), request=request)
    own = SavedExport.objects.visible_to(request.user)
    found = listing(own, NEWEST_FIRST, anchors=own, asked=request.GET, query=query)
    context = {
        "form": form,
        "chips": filters.chips() if filters.is_valid() else [],
        "is_unreadable": not filters.is_valid(),
        "listing": found,
        "rows": _told(found.page.rows, request),
    }
    status = 422 if form.errors else 200
    return render(request, "annotations/saved_exports.html", context, status=status)


def _save(request: HttpRequest, form: SavedExportForm) -> bool:
    site = request.build_absolute_uri("/").removesuffix("/")
    try:
        saved = save_export(user=request.user, site=site, **form.values())
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    saved.refresh_from_db()  # where there is no worker, it was made at once
    if saved.is_unfinished:
        messages.success(request, _("The file is being made. You may leave this page."))
    return True


def _told(
    rows: list[SavedExport], request: HttpRequest
) -> list[tuple[SavedExport, str, list[Chip]]]:
    """Each with what its file is called on the page of downloads, and what it was filtered by."""
    chips = filters_told([saved.query for saved in rows], request)
    labels = [str(FORMATS[row.format].label) if row.format in FORMATS else row.file for row in rows]
    return list(zip(rows, labels, chips, strict=True))


@require_safe
@only(permissions.may_export)
def saved_export_state(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """How far it is, for the page that asks again and again."""
    saved = _own(request, uid)
    return render(request, "annotations/partials/_saved_state.html", {"saved": saved})


@require_safe
def saved_export(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The file itself; not for who has lost the right to all that is in it."""
    saved = _own(request, uid)
    is_lost = saved.shows_everything and not permissions.sees_everything(request.user)
    if is_lost or not saved.is_ready or not saved.path.exists():
        raise Http404
    return FileResponse(
        saved.path.open("rb"),
        as_attachment=True,
        filename=saved.file,
        content_type=FORMATS[saved.format].content_type,
    )


@require_POST
@only(permissions.may_export)
def saved_export_delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """It goes now, whether it is ready or not."""
    drop_export(_own(request, uid))
    messages.success(request, _("Deleted."))
    return redirect("saved_exports")


def _own(request: HttpRequest, uid: uuid.UUID) -> SavedExport:
    return get_object_or_404(SavedExport.objects.visible_to(request.user), uid=uid)


urlpatterns = [
    path("exports/saved/", saved_exports, name="saved_exports"),
    path("exports/saved/<uuid:uid>/", saved_export, name="saved_export"),
    path("exports/saved/<uuid:uid>/state/", saved_export_state, name="saved_export_state"),
    path("exports/saved/<uuid:uid>/delete/", saved_export_delete, name="saved_export_delete"),
]
