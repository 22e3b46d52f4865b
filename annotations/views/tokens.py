"""Tokens for programs: each person's own."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import permissions
from annotations.editing.issue import Issued, issue, revoke
from annotations.forms.token import TokenForm
from annotations.models import Token
from annotations.views.guard import only


@require_http_methods(["GET", "POST"])
@only(permissions.may_read)
def tokens(request: HttpRequest) -> HttpResponse:
    """The user's own tokens; a new one's secret stands in this one answer, and is kept nowhere."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    issued: Issued | None = None
    if request.method == "POST" and form.is_valid():
        issued = issue(user=request.user, **form.values())
        form = TokenForm()
    context = {"form": form, "issued": issued, "rows": Token.objects.of(request.user)}
    status = 422 if form.errors else 200
    return render(request, "annotations/tokens.html", context, status=status)


@require_POST
@only(permissions.may_read)
def token_revoke(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The user's own token lets nobody in any more."""
    token = get_object_or_404(Token.objects.of(request.user), uid=uid)
    revoke(user=request.user, token=token)
    messages.success(request, _("Revoked: the program cannot use it any more."))
    return redirect("tokens")


urlpatterns = [
    path("preferences/tokens/", tokens, name="tokens"),
    path("preferences/tokens/<uuid:uid>/revoke/", token_revoke, name="token_revoke"),
]
