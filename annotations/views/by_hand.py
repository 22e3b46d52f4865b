"""The article page in the mode in which an editor selects where words that wait stand now."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations import permissions
from annotations.models import Article, Placement
from annotations.views.alike import Alike, alike
from annotations.views.queue import address, query_of, waiting


@dataclass(frozen=True)
class ByHand:
    """The words to place, and about where in the text to begin looking, in code points.

    `alike` is what else waits at the same words, None where nothing does.
    """

    row: Placement
    version: int
    near: int
    query: str
    leave: str
    alike: Alike | None


def by_hand_address(request: HttpRequest, row: Placement) -> str:
    """The article page in this mode; it knows the page of the queue to return to."""
    query = query_of(request)
    article = reverse("article", args=[row.revision.article.uid])
    return f"{article}?place={row.span.uid}" + (f"&{query}" if query else "")


def by_hand(request: HttpRequest, article: Article) -> dict[str, object]:
    """What the article page shows beside the text in this mode; nothing in any other."""
    asked = request.GET.get("place")
    if not asked or not permissions.may_annotate(request.user):
        return {}
    row = _row(request, article, asked)
    if row is None:
        messages.warning(request, _("These words do not need placing any more."))
        return {}
    found = ByHand(
        row=row,
        version=row.span.owner.version,
        near=_near(row, article),
        query=query_of(request),
        leave=address(request, row),
        alike=alike([row], request.user).get(row.pk),
    )
    return {"work": "annotations/partials/_by_hand.html", "by_hand": found}


def _row(request: HttpRequest, article: Article, asked: str) -> Placement | None:
    try:
        uid = uuid.UUID(asked)
    except ValueError:
        return None
    return waiting(request.user).filter(revision__article=article, span__uid=uid).first()


def _near(row: Placement, article: Article) -> int:
    """As far into the text as the words were in the old one, so that nobody looks for them from the top."""
    stood = Placement.objects.filter(span=row.span, start__isnull=False)
    last = stood.select_related("revision").order_by("-revision__number").first()
    if last is None or last.start is None:
        return 0
    return last.start * len(article.revision.text) // len(last.revision.text)
