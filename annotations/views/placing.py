"""The queue “Needs placing”: words that a correction left without a certain place, and what is done with them."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.remove import remove
from annotations.editing.settle import Named, settle_together
from annotations.editing.withdraw import withdraw
from annotations.forms.placing import PlaceForm
from annotations.models import Placement, Span, Statement
from annotations.views.by_hand import by_hand_address
from annotations.views.desk import is_partial
from annotations.views.done import offer_undo
from annotations.views.guard import named_version, only
from annotations.views.proposals import Refusal
from annotations.views.queue import address, next_after, queue_of


@require_safe
@only(permissions.sees_everything)
def placing(request: HttpRequest) -> HttpResponse:
    """What waits to be placed, with the places proposed."""
    return render(request, "annotations/placing.html", {"queue": queue_of(request)})


@require_POST
@only(permissions.may_annotate)
def placing_settle(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The words stand here: a proposal, or what was selected in the text."""
    row = _row(request, uid)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _refuse(request, row, form.complaint(), 422)

    waiting = _named(request, row, form)

    def act() -> None:
        settle_together(
            user=request.user,
            waiting=waiting,
            selection=form.selection(row.span),
            chosen_in=form.cleaned_data["revision"],
        )

    number = len(waiting)
    said = ngettext("Placed.", "%(number)d placed.", number) % {"number": number}
    return _answer(request, row, act, said)


@require_POST
@only(permissions.may_annotate)
def placing_remove(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Delete the statement whose words wait; of a source, a cue, a marker, evidence the words alone."""
    row = _row(request, uid)
    version, owner = named_version(request), row.span.owner
    if isinstance(owner, Statement) and row.span.role == "content":
        return _answer(
            request,
            row,
            lambda: withdraw(user=request.user, record=owner, version=version),
            _("The statement was deleted."),
        )
    return _answer(
        request,
        row,
        lambda: remove(user=request.user, span=row.span, version=version),
        _("The %(role)s was removed.") % {"role": row.span.get_role_display()},
    )


def _named(request: HttpRequest, row: Placement, form: PlaceForm) -> list[Named]:
    """The row's span and the others that go along, as far as the user sees them, with the versions named."""
    versions = form.others()
    seen = Placement.objects.visible_to(request.user).values("span")
    others = Span.objects.filter(uid__in=versions, pk__in=seen).exclude(pk=row.span_id)
    dressed = others.select_related("statement", "response", "reply_record").order_by("id")
    return [
        Named(row.span, named_version(request)),
        *(Named(span, versions[span.uid]) for span in dressed),
    ]


def _row(request: HttpRequest, uid: uuid.UUID) -> Placement:
    """Where the span stands or waits now; 404 where the user does not see what it belongs to."""
    rows = Placement.objects.visible_to(request.user).filter(span__uid=uid)
    dressed = rows.select_related(
        "revision__article", "span__statement", "span__response", "span__reply_record"
    ).defer("revision__text")
    found = dressed.order_by("-revision__number").first()
    if found is None:
        raise Http404
    return found


def _answer(
    request: HttpRequest,
    row: Placement,
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    """The queue after the act, with an offer to undo it."""
    try:
        act()
    except Stale as stale:
        return _refuse(request, row, _came_first(stale), 409)
    except ValidationError as error:
        return _refuse(request, row, " ".join(error.messages), 422)
    offer_undo(request, row.revision.article, said)
    if is_partial(request):
        return _fragment(request, None, 200, row)
    return redirect(address(request, next_after(row, request.user)))


def _refuse(request: HttpRequest, row: Placement, words: str, status: int) -> HttpResponse:
    """The queue, the entry in it as it is now, and why nothing was done; without the script, back to its page."""
    if is_partial(request):
        return _fragment(request, Refusal(row.span.uid, words), status, row)
    messages.error(request, words)
    if request.POST.get("by_hand"):
        return redirect(by_hand_address(request, row))
    return redirect(address(request, row))


def _came_first(stale: Stale) -> str:
    """Who did what in between, as the history tells it."""
    last = stale.current.history.select_related("history_user").order_by("-history_id").first()
    if last is None:
        return _(
            "Nothing was done: somebody changed this meanwhile. "
            "This is how it is now; look, then choose again."
        )
    said = _(
        "Nothing was done: %(who)s %(did)s this %(what)s meanwhile. "
        "This is how it is now; look, then choose again."
    )
    what = stale.current._meta.verbose_name
    return said % {"who": last.history_user, "did": last.get_verb_display(), "what": what}


def _fragment(
    request: HttpRequest, refusal: Refusal | None, status: int, row: Placement
) -> HttpResponse:
    queue = queue_of(request, refusal)
    shown = {entry.uid for group in queue.groups for entry in group.entries}
    if refusal and refusal.uid not in shown:
        messages.error(request, refusal.words)
    html = render_to_string("annotations/partials/_queue.html", {"queue": queue}, request)
    html += render_to_string(
        "annotations/partials/_messages_oob.html",
        {"messages": messages.get_messages(request), "next": address(request, row)},
        request,
    )
    return HttpResponse(html, status=status)


urlpatterns = [
    path("placing/", placing, name="placing"),
    path("placing/<uuid:uid>/settle/", placing_settle, name="placing_settle"),
    path("placing/<uuid:uid>/remove/", placing_remove, name="placing_remove"),
]
