"""The page of one statement; what editors do with it from there is in `work`."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.models import Statement
from annotations.views.deleted import deleted_at
from annotations.views.guard import only
from annotations.views.statement_page import page_of_statement


@require_safe
@only(permissions.may_read)
def statement(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The quote in its context, who said it, what it answers, what answers it, its history."""
    statements = Statement.objects.visible_to(request.user).for_display().with_text()
    found = get_object_or_404(statements, uid=uid)
    context = {
        "statement": found,
        "page": page_of_statement(found, request.user),
        "deleted": deleted_at(found, request.user),
    }
    return render(request, "annotations/statement_page.html", context)


urlpatterns = [path("statements/<uuid:uid>/", statement, name="statement")]
