"""The desk: what waits for the one who signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.views.guard import only
from annotations.views.waiting import desk_of


@require_safe
@only(permissions.may_read)
def home(request: HttpRequest) -> HttpResponse:
    """Articles taken, work sent back, drafts, what to review, to place, to answer; `?all=` names a section."""
    desk = desk_of(request.user, whole=request.GET.get("all", ""))
    return render(request, "annotations/home.html", {"desk": desk})


urlpatterns = [path("", home, name="home")]
