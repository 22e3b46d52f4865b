"""Keys and settings: what everybody sets for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import permissions
from annotations.forms.preference import PreferenceForm
from annotations.keyboard import fixed_for
from annotations.models import Preference
from annotations.views.guard import only


@require_http_methods(["GET", "POST"])
@only(permissions.may_read)
def preferences(request: HttpRequest) -> HttpResponse:
    """The preferences of the one who is signed in; nobody else's."""
    typed = request.POST if request.method == "POST" else None
    annotates = permissions.may_annotate(request.user)
    form = PreferenceForm(Preference.of(request.user), typed, annotates=annotates)
    if request.method == "POST" and form.is_valid():
        Preference.objects.update_or_create(user_id=request.user.pk or 0, defaults=form.values())
        messages.success(request, _("Saved."))
        return redirect("preferences")
    status = 422 if form.errors else 200
    context = {"form": form, "fixed": fixed_for(annotates=annotates)}
    return render(request, "annotations/preferences.html", context, status=status)


urlpatterns = [path("preferences/", preferences, name="preferences")]
