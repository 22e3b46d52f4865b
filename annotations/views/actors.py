"""Actors: the list, a page for each, and their names."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.name import NearDuplicate, name_actor, rename_actor
from annotations.forms.actor import ActorFilters, ActorForm, initial_of
from annotations.forms.errors import name_version, show
from annotations.models import Actor, Post
from annotations.views.actor_page import page_of_actor
from annotations.views.guard import only
from annotations.views.listing import listing
from annotations.views.stale import Difference

BY_NAME = ("folded", "id")


@require_safe
@only(permissions.may_read)
def actors(request: HttpRequest) -> HttpResponse:
    """Actors by the words of their names and by kind, in the order of their names."""
    filters = ActorFilters(request.GET, request=request)
    rows = filters.qs.prefetch_related("aliases")
    anchors = Actor.objects.visible_to(request.user)
    found = listing(rows, BY_NAME, anchors=anchors, asked=request.GET, query=filters.without())
    posts = Post.objects.visible_to(request.user).live()
    held = posts.by_holder([actor.pk for actor in found.page.rows])
    context = {
        "filters": filters,
        "chips": filters.chips(),
        "listing": found,
        "rows": [(actor, held[actor.pk]) for actor in found.page.rows],
    }
    return render(request, "annotations/actor_list.html", context)


def visible_actor(request: HttpRequest, uid: uuid.UUID) -> Actor:
    """The actor, or 404 where the user does not see it."""
    visible = Actor.objects.visible_to(request.user).select_related("merged_into")
    return get_object_or_404(visible, uid=uid)


@require_safe
@only(permissions.may_read)
def actor(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What an actor said, passed on, was accused of and answered; its names and posts."""
    found = page_of_actor(visible_actor(request, uid), request.user)
    return render(request, "annotations/actor_page.html", {"page": found, "actor": found.actor})


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def actor_new(request: HttpRequest) -> HttpResponse:
    """A new actor; those of nearly the same name are offered instead."""
    form = ActorForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    near: list[Actor] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = name_actor(
                user=request.user,
                although_near=form.cleaned_data["although_near"],
                **_names(form),
            )
        except NearDuplicate as error:
            near = error.candidates
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("%(name)s is there now.") % {"name": made})
            return redirect(made)
    status = 409 if near else 422 if form.errors else 200
    return render(
        request, "annotations/actor_new.html", {"form": form, "near": near}, status=status
    )


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def actor_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Name, kind, other names; where somebody saved first, both versions side by side."""
    found = visible_actor(request, uid)
    form = ActorForm(request.POST or None, initial=initial_of(found))
    stale: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            rename_actor(user=request.user, actor=found, version=version, **_names(form))
        except Stale:
            found = visible_actor(request, uid)
            stale = _differences(found, form)
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    status = 409 if stale else 422 if form.errors else 200
    context = {"form": form, "actor": found, "stale": stale}
    return render(request, "annotations/actor_edit.html", context, status=status)


def _names(form: ActorForm) -> dict[str, Any]:
    return {
        name: form.cleaned_data[name] for name in ("name", "kind", "aliases", "wikidata", "note")
    }


def _differences(now: Actor, form: ActorForm) -> list[Difference]:
    """What differs between the actor as stored and as typed; the form then names its version."""
    stored, typed = initial_of(now), form.cleaned_data
    pairs = [
        (str(form.fields[name].label or name.capitalize()), str(stored[name]), _typed(typed[name]))
        for name in ("name", "kind", "aliases", "wikidata", "note")
    ]
    name_version(form, now.version)
    differing = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    return differing or [Difference(_("Name"), now.name, typed["name"])]


def _typed(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)


urlpatterns = [
    path("actors/", actors, name="actors"),
    path("actors/new/", actor_new, name="actor_new"),
    path("actors/<uuid:uid>/", actor, name="actor"),
    path("actors/<uuid:uid>/edit/", actor_edit, name="actor_edit"),
]
