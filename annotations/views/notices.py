"""Notices are dismissed on the desk."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from annotations import permissions
from annotations.editing.notify import dismiss
from annotations.models import Notice
from annotations.views.desk import back
from annotations.views.guard import only


@require_POST
@only(permissions.may_annotate)
def notice_seen(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The notice leaves the desk; 404 for somebody else's."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), uid=uid)
    dismiss(user=request.user, notice=notice)
    return back(request, reverse("home") + "#notices")


urlpatterns = [path("notices/<uuid:uid>/seen/", notice_seen, name="notice_seen")]
