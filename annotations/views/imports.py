"""Bring in: choose a kind, upload a file, see what it will make, carry that out, read each line's fate."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations import permissions
from annotations.forms.bring_in import BringInForm
from annotations.forms.errors import show
from annotations.imports.plan import Importer, plan_of
from annotations.imports.registry import IMPORTERS, importer_named
from annotations.imports.uploads import CHOSEN_ONE_BY_ONE, carry_out, in_language_of_reader, preview
from annotations.models import Upload
from annotations.views.guard import only
from annotations.views.import_rows import rows_shown
from newsroom.public_addresses import LONGEST


@require_GET
@only(permissions.may_annotate)
def imports(request: HttpRequest) -> HttpResponse:
    """The kinds, and what one brought in during the last day."""
    own = Upload.objects.visible_to(request.user).defer("data", "plan").order_by("-at")
    lately = [(upload, importer_named(upload.importer)) for upload in own]
    context = {"importers": IMPORTERS, "lately": lately}
    return render(request, "annotations/import_list.html", context)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def import_new(request: HttpRequest, kind: str) -> HttpResponse:
    """A file or an address; what cannot be read is refused here and not kept."""
    importer = importer_named(kind)
    if importer is None:
        raise Http404
    form = _form(request, importer)
    if request.method == "POST" and form.is_valid():
        try:
            upload = preview(request.user, importer, form.cleaned_data, form.answers())
        except ValidationError as error:
            show(form, error)
        else:
            return redirect("import", upload.uid)
    context = {"form": form, "importer": importer}
    status = 422 if form.errors else 200
    return render(request, "annotations/import_new.html", context, status=status)


def _form(request: HttpRequest, importer: Importer) -> BringInForm:
    return BringInForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"address": request.GET.get("address", "")[:LONGEST]},
        endings=importer.accepts,
        largest=importer.largest,
        takes_address=bool(importer.media),
        asked=[(each.name, each.label, each.help, each.initial) for each in importer.settings],
    )


@require_GET
@only(permissions.may_annotate)
def import_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What the file will make or, once it was carried out, what became of each line."""
    try:
        upload = in_language_of_reader(request.user, _own(request, uid))
    except Upload.DoesNotExist as gone:  # given up meanwhile
        raise Http404 from gone
    return _page(request, upload)


@require_POST
@only(permissions.may_annotate)
def import_carry_out(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Make what the preview said; where that would differ by now, show the new preview instead."""
    upload = _own(request, uid)
    chosen = _chosen(request) if "chosen_here" in request.POST else None
    whole = "partly" not in request.POST
    digest = request.POST.get("digest", "")
    try:
        outcome = carry_out(request.user, upload, digest, chosen=chosen, whole=whole)
    except Upload.DoesNotExist as gone:  # given up meanwhile
        raise Http404 from gone
    if outcome.is_done:
        return redirect("import", uid)
    upload = _own(request, uid)
    is_same = upload.digest == digest  # of another preview nothing is ticked yet
    return _page(
        request,
        upload,
        complaint=outcome.complaint,
        chosen=chosen if is_same else None,
        is_partly=is_same and not whole,
        status=409,
    )


def _chosen(request: HttpRequest) -> list[int]:
    """The numbers of the rows that were ticked."""
    numbers = request.POST.getlist("row")
    return [int(number) for number in numbers if number.isdecimal() and len(number) < 10]


@require_POST
@only(permissions.may_annotate)
def import_give_up(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The file is deleted; what it made stays."""
    _own(request, uid).delete()
    messages.success(request, _("The file is deleted."))
    return redirect("imports")


def _own(request: HttpRequest, uid: uuid.UUID) -> Upload:
    return get_object_or_404(Upload.objects.visible_to(request.user).defer("data"), uid=uid)


def _page(
    request: HttpRequest,
    upload: Upload,
    *,
    complaint: str = "",
    chosen: list[int] | None = None,
    is_partly: bool = False,
    status: int = 200,
) -> HttpResponse:
    plan = plan_of(upload.plan)
    context: dict[str, Any] = {
        "upload": upload,
        "importer": importer_named(upload.importer),
        "plan": plan,
        "shown": rows_shown(plan, request.GET.get("from", ""), chosen=chosen),
        "is_partly": is_partly,
        "one_by_one": len(plan.rows) <= CHOSEN_ONE_BY_ONE and upload.done_at is None,
        "complaint": complaint,
    }
    return render(request, "annotations/import_page.html", context, status=status)


urlpatterns = [
    path("imports/", imports, name="imports"),
    path("imports/new/<slug:kind>/", import_new, name="import_new"),
    path("imports/<uuid:uid>/", import_page, name="import"),
    path("imports/<uuid:uid>/carry-out/", import_carry_out, name="import_carry_out"),
    path("imports/<uuid:uid>/delete/", import_give_up, name="import_give_up"),
]
