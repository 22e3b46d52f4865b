"""A page of the queue “Needs placing”: the words that wait, by article, the oldest correction first."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from annotations.models import Article, Placement, Span
from annotations.models.keyset import page_of
from annotations.permissions import User
from annotations.views.listing import Listing, listing
from annotations.views.proposals import Group, Refusal, groups_of

# All that waits in an article waits in its newest revision: one order groups and sorts. In it, what one
# record has waiting stands together: statements, then links (markers), then reply records (evidence).
OLDEST = ("revision_id", "owner_kind", "owner_key", "role_rank", "span__ordinal")
KEPT = ("article", "after", "before")


@dataclass(frozen=True)
class Queue:
    """One page of what waits; `article` is what it is narrowed to, `query` how the address carries it all."""

    listing: Listing[Placement]
    groups: list[Group]
    article: Article | None
    query: str


def queue_of(request: HttpRequest, refusal: Refusal | None = None) -> Queue:
    """The page that the address asks for, or the first where nothing is left on it; 404 for an unseen article."""
    article = _article(request)
    rows = waiting(request.user)
    anchors = Placement.objects.visible_to(request.user).filter(
        revision=F("revision__article__current_revision")
    )
    if article is not None:
        rows = rows.filter(revision__article=article)
    narrowed = f"article={article.uid}" if article else ""
    asked = request.GET
    found = _listing(rows, anchors, asked, narrowed)
    if not found.page.rows and found.count.number:
        found = _listing(rows, anchors, QueryDict(), narrowed)
    for row in found.page.rows:
        row.revision.article.current_revision = row.revision
    groups = groups_of(found.page.rows, request.user, refusal)
    return Queue(found, groups, article, query_of(request))


def waiting(user: User) -> "QuerySet[Placement]":
    """What the user sees of what waits, ready for `groups_of`; each row goes by its span's uid."""
    shown = Placement.objects.visible_to(user).waiting()
    dressed = shown.select_related(
        "revision__article__outlet__merged_into",
        "span__statement",
        "span__response",
        "span__reply_record__party__merged_into",
    )
    return _sortable(dressed.defer("revision__text")).order_by(*OLDEST)


def _sortable(rows: "QuerySet[Placement]") -> "QuerySet[Placement]":
    """The rows with what `OLDEST` sorts by and the uid that they go by."""
    return rows.annotate(
        uid=F("span__uid"),
        owner_kind=_rank(Span.Role.MARKER, Span.Role.EVIDENCE),
        owner_key=Coalesce("span__statement_id", "span__response_id", "span__reply_record_id"),
        role_rank=_rank(Span.Role.SOURCE, Span.Role.CUE),
    )


def _rank(*roles: str) -> Case:
    """The place of the span's role among these, from 1; 0 for any other."""
    whens = (When(span__role=role, then=Value(place)) for place, role in enumerate(roles, 1))
    return Case(*whens, default=Value(0))


def _listing(
    rows: "QuerySet[Placement]",
    anchors: "QuerySet[Placement]",
    asked: QueryDict,
    narrowed: str,
) -> Listing[Placement]:
    return listing(rows, OLDEST, anchors=_sortable(anchors), asked=asked, query=narrowed)


def _article(request: HttpRequest) -> Article | None:
    asked = request.GET.get("article")
    if not asked:
        return None
    try:
        uid = uuid.UUID(asked)
    except ValueError as error:
        raise Http404 from error
    seen = Article.objects.visible_to(request.user).select_related("current_revision")
    return get_object_or_404(seen.defer("current_revision__text"), uid=uid)


def query_of(request: HttpRequest) -> str:
    """What the address says of the page of the queue."""
    return urlencode({key: request.GET[key] for key in KEPT if request.GET.get(key)})


def address(request: HttpRequest, row: Placement | None = None) -> str:
    """The page of the queue that the request came from, at an entry."""
    query = query_of(request)
    at = f"#p-{row.span.uid}" if row else ""
    return reverse("placing") + (f"?{query}" if query else "") + at


def next_after(row: Placement, user: User) -> Placement | None:
    """What waits next after the row, which may have been settled."""
    anchors = _sortable(Placement.objects.filter(pk=row.pk))
    found = page_of(waiting(user), OLDEST, anchors=anchors, after=row.span.uid, size=1)
    return next(iter(found.rows), None)
