"""An article's texts over time: the list of them, each as it was, and the one that was read on a day."""

import uuid
from itertools import pairwise

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations import permissions
from annotations.forms.on_date import OnDateForm
from annotations.models import Placement, Revision, Span
from annotations.permissions import User
from annotations.views.desk import visible_article
from annotations.views.guard import only
from annotations.views.old_text import old_text


@require_safe
@only(permissions.may_read)
def revisions(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The texts, newest first; with ?on= the one that was the newest at the end of that day."""
    article = visible_article(request, uid)
    form = OnDateForm(request.GET if "on" in request.GET else None)
    too_early = False
    if form.is_bound and form.is_valid():
        found = article.revision_before(form.cleaned_data["until"])
        if found is not None:
            return redirect(f"{address(found)}?{request.GET.urlencode()}")
        too_early = True
    rows = article.revisions.defer("text").select_related("received_by").order_by("-number")
    context = {
        "article": article,
        "form": form,
        "too_early": too_early,
        "rows": _counted(list(rows), request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "annotations/revision_list.html", context, status=status)


@require_safe
@only(permissions.may_read)
def revision(request: HttpRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """One text, read-only, with the highlights that it had."""
    article = visible_article(request, uid)
    found = article.revisions.select_related("received_by").filter(number=number).first()
    if found is None:
        raise Http404
    found.article = article
    context = {"reading": old_text(found, request.user), "article": article}
    form = OnDateForm(request.GET if "on" in request.GET else None)
    if form.is_bound and form.is_valid():
        until = form.cleaned_data["until"]
        if article.revision_before(until) == found:
            context |= {"on": form.cleaned_data["on"], "is_over": until <= timezone.now()}
    return render(request, "annotations/revision_page.html", context)


def address(revision: Revision) -> str:
    """The page of the revision."""
    return reverse("revision", args=[revision.article.uid, revision.number])


def _counted(rows: list[Revision], user: User) -> list[tuple[Revision, int]]:
    """Each revision, newest first, with how many statements that the user sees stand, or stood, in it."""
    replaced_at = {row.pk: after.received_at for after, row in pairwise(rows)}
    places = Placement.objects.filter(
        revision__in=rows, start__isnull=False, span__role=Span.Role.CONTENT
    )
    counted = (
        places.visible_to(user)
        .of_statements_then(replaced_at)
        .values_list("revision")
        .annotate(Count("span__statement", distinct=True))
    )
    numbers = dict(counted)
    return [(row, numbers.get(row.pk, 0)) for row in rows]


urlpatterns = [
    path("articles/<uuid:uid>/revisions/", revisions, name="revisions"),
    path("articles/<uuid:uid>/revisions/<int:number>/", revision, name="revision"),
]
