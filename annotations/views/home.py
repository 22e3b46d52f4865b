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
    """Work sent back, drafts, work to review, open claims, new articles and new approved work."""
    return render(request, "annotations/home.html", {"desk": desk_of(request.user)})


urlpatterns = [path("", home, name="home")]
