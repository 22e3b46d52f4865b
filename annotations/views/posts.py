"""The posts that actors hold."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.name import bring_back_post, give_post, revise_post, withdraw_post
from annotations.forms.actor import PostForm, post_initial
from annotations.forms.errors import name_version, show
from annotations.models import Post
from annotations.views.actors import visible_actor
from annotations.views.guard import named_version, only
from annotations.views.stale import Difference

SHOWN = ("title", "organisation", "since", "until")
CHANGED = _("Somebody changed this post just now. Look at it as it is, then do it again.")


def visible_post(request: HttpRequest, uid: uuid.UUID, *, deleted: bool = False) -> Post:
    """The post, or 404 where the user does not see it or it was deleted; a deleted one only if asked for."""
    posts = Post.objects.visible_to(request.user)
    if not deleted:
        posts = posts.live()
    return get_object_or_404(posts.select_related("holder", "organisation__merged_into"), uid=uid)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def post_new(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A title that the actor holds in an organisation."""
    holder = visible_actor(request, uid)
    form = PostForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_post(user=request.user, holder=holder, details=form.details())
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(holder)
    context = {"form": form, "actor": holder}
    status = 422 if form.errors else 200
    return render(request, "annotations/post_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def post_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a post; where somebody saved first, both versions side by side."""
    post = visible_post(request, uid)
    form = PostForm(request.user, request.POST or None, initial=post_initial(post))
    stale: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            revise_post(user=request.user, post=post, version=version, details=form.details())
        except Stale:
            post = visible_post(request, uid)
            stale = _differences(post, form)
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(post.holder)
    context = {"form": form, "actor": post.holder, "post": post, "stale": stale}
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "annotations/post_form.html", context, status=status)


def _differences(now: Post, form: PostForm) -> list[Difference]:
    """What differs between the post as stored and as typed; the form then names its version."""
    initial = post_initial(now) | {"organisation": now.organisation}
    stored = {name: str(value or "") for name, value in initial.items() if name in SHOWN}
    typed = {name: str(form.cleaned_data[name] or "") for name in SHOWN}
    name_version(form, now.version)
    differing = [
        Difference(str(form.fields[name].label), stored[name], typed[name])
        for name in stored
        if stored[name] != typed[name]
    ]
    return differing or [Difference(gettext("Title"), stored["title"], typed["title"])]


@require_POST
@only(permissions.may_annotate)
def post_delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Delete a post, as the page calls it."""
    post = visible_post(request, uid)
    try:
        post = withdraw_post(user=request.user, post=post, version=named_version(request))
    except Stale:
        messages.error(request, CHANGED)
    else:
        undo = reverse("post_bring_back", args=[uid]) + f"?version={post.version}"
        messages.success(
            request, _("The post “%(title)s” was deleted.") % {"title": post.title}, extra_tags=undo
        )
    return redirect(post.holder)


@require_POST
@only(permissions.may_annotate)
def post_bring_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Undo the deletion of a post."""
    post = visible_post(request, uid, deleted=True)
    try:
        bring_back_post(user=request.user, post=post, version=named_version(request))
    except Stale:
        messages.error(request, CHANGED)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Brought back."))
    return redirect(post.holder)


urlpatterns = [
    path("actors/<uuid:uid>/posts/new/", post_new, name="post_new"),
    path("posts/<uuid:uid>/edit/", post_edit, name="post_edit"),
    path("posts/<uuid:uid>/delete/", post_delete, name="post_delete"),
    path("posts/<uuid:uid>/bring-back/", post_bring_back, name="post_bring_back"),
]
