"""Two actors turn out to be one; or not, after all."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.merge import merge, unmerge
from annotations.forms.actor import MergeForm
from annotations.models import Actor, Article, Post, ReplyRecord, Statement
from annotations.models.keyset import Count, count_of
from annotations.models.response import Response
from annotations.permissions import User
from annotations.views.actors import visible_actor
from annotations.views.guard import named_version, only

CHANGED = _("Somebody changed this actor just now. Look at it as it is, then do it again.")


@dataclass(frozen=True)
class Preview:
    """What will be read as the other actor's, and goes back when the two are unmerged."""

    into: Actor
    statements: Count
    answers: Count
    reply_records: Count
    articles: Count
    posts: int
    names: list[str]
    followers: list[Actor]


def preview(actor: Actor, into: Actor, user: User) -> Preview:
    """What moves when the actor is merged into the other."""
    statements = Statement.objects.visible_to(user).live()
    return Preview(
        into=into,
        statements=count_of(statements.with_actor(actor)),
        answers=count_of(Response.objects.visible_to(user).live().for_any_party([actor.pk])),
        reply_records=count_of(ReplyRecord.objects.visible_to(user).live().filter(party=actor)),
        articles=count_of(Article.objects.visible_to(user).filter(outlet=actor)),
        posts=Post.objects.visible_to(user).live().filter(holder=actor).count(),
        names=[actor.name, *(alias.name for alias in actor.live_aliases())],
        followers=list(Actor.objects.visible_to(user).filter(merged_into=actor).order_by("id")),
    )


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def actor_merge(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Choose into whom, see what moves, merge."""
    actor = visible_actor(request, uid)
    typed = request.POST or (request.GET if {"into", "into_name"} & request.GET.keys() else None)
    form = MergeForm(request.user, actor, typed, initial={"version": actor.version})
    into: Actor | None = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and into:
        try:
            version = form.cleaned_data["version"] or 0
            merge(user=request.user, actor=actor, version=version, into=into)
        except Stale:
            messages.error(request, CHANGED)
            again = urlencode({"into": into.uid, "into_name": into.name})
            return redirect(f"{reverse('actor_merge', args=[uid])}?{again}")
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request, _("%(one)s is merged into %(other)s.") % {"one": actor, "other": into}
            )
            return redirect(into)
    moves = preview(actor, into, request.user) if into and not form.errors else None
    context = {"form": form, "actor": actor, "preview": moves}
    status = 422 if form.errors else 200
    return render(request, "annotations/actor_merge.html", context, status=status)


@require_POST
@only(permissions.may_annotate)
def actor_unmerge(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The actor is its own again."""
    actor = visible_actor(request, uid)
    try:
        unmerge(user=request.user, actor=actor, version=named_version(request))
    except Stale:
        messages.error(request, CHANGED)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(name)s is its own again.") % {"name": actor})
    return redirect(actor)


urlpatterns = [
    path("actors/<uuid:uid>/merge/", actor_merge, name="actor_merge"),
    path("actors/<uuid:uid>/unmerge/", actor_unmerge, name="actor_unmerge"),
]
