"""Two statements of an article are merged: choose the other one, read what will happen, do it."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Abs
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from annotations import permissions
from annotations.editing.bring_links import refusal
from annotations.editing.change import Stale
from annotations.editing.differ import Difference, closes_circle, differences, unlike
from annotations.editing.join import FILLED, KEPT, join, refuse_unlike
from annotations.models import (
    Article,
    Attribution,
    Placement,
    ReplyRecord,
    Response,
    Restatement,
    Revision,
    Span,
    Statement,
)
from annotations.models.exchange import Links, links_of
from annotations.models.review import Reviewed
from annotations.permissions import User
from annotations.views.desk import desk, open_article, panel, visible_statement
from annotations.views.done import offer_undo
from annotations.views.guard import named_version, only
from annotations.views.offered import Offer, Offers
from annotations.views.pick import OTHER, other_statement
from annotations.views.reading import placement_in
from annotations.views.work import CHANGED

PICK = "annotations/partials/_join_pick.html"
FORM = "annotations/partials/_join_form.html"
MOST = 200
EDITED: dict[type[Reviewed], str] = {
    Response: "response_edit",
    Restatement: "restatement_edit",
    ReplyRecord: "reply_edit",
}


@dataclass(frozen=True)
class Hindrance:
    """Why the two cannot be merged as they are; and where what stands in the way is changed, at each of them."""

    why: str
    kind: str = ""
    stays: Reviewed | None = None
    goes: Reviewed | None = None


@dataclass(frozen=True)
class Foreseen:
    """What a merge does, for the page to say before it does it; and what hinders it."""

    actors: list[Attribution]
    points: int
    links: int
    twice: int
    between: int
    differing: tuple[Difference, ...]
    hindrances: list[Hindrance]


@require_GET
@only(permissions.may_annotate)
def statement_join_pick(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Which statement of the article says the same? Those that stand nearest come first."""
    statement = visible_statement(request, uid)
    article = open_article(request, statement.article)
    address = _address(statement, OTHER, article)
    offers = Offers([Offer(other, "") for other in _nearest(statement, request.user)], [])
    offers = offers.at(address)
    context = {"statement": statement, "address": address, "offers": offers.best}
    return panel(request, PICK, context, article)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def statement_join(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The statement takes over all that ?other= has, which is deleted."""
    statement, other = visible_statement(request, uid), other_statement(request, "other")
    article = open_article(request, statement.article)
    refused, status = "", 200
    try:
        refuse_unlike(statement, other)
        if request.method == "POST":
            _join(request, statement, other)
            offer_undo(request, article, _("Merged: one statement now."))
            return desk(request, article, visible_statement(request, uid))
    except Stale:
        refused, status = str(CHANGED), 409
    except ValidationError as error:
        refused, status = " ".join(error.messages), 422
    return _form(request, article, statement, other, refused, status)


def _join(request: HttpRequest, statement: Statement, other: Statement) -> None:
    named = request.POST.get("other_version", "")
    join(
        user=request.user,
        statement=statement,
        version=named_version(request),
        other=other,
        other_version=int(named) if named.isdecimal() and len(named) < 10 else 0,
    )


def _form(
    request: HttpRequest,
    article: Article,
    statement: Statement,
    other: Statement,
    refused: str,
    status: int,
) -> HttpResponse:
    links = links_of([statement, other], request.user)
    context = {
        "statement": statement,
        "other": other,
        "address": _address(statement, OTHER, article),
        "turned": _address(other, str(statement.uid), article),
        "foreseen": foreseen(statement, other, links),
        "refused": refused,
        "is_stale": status == 409,
    }
    return panel(request, FORM, context, article, status)


def _address(statement: Statement, other: str, article: Article) -> str:
    at = reverse("statement_join", args=[statement.uid])
    return f"{at}?on={article.uid}&other={other}"


def _nearest(statement: Statement, user: User) -> list[Statement]:
    """Those of the article whose words begin nearest; behind them those that wait for a place."""
    revision = statement.article.revision
    own_words = Placement.objects.filter(
        span__statement=OuterRef("pk"),
        span__role=Span.Role.CONTENT,
        span__withdrawn_at__isnull=True,
        revision=revision,
        start__isnull=False,
    )
    begins = Subquery(own_words.order_by("start").values("start")[:1])
    of_article = Statement.objects.visible_to(user).live().filter(article=statement.article)
    others = of_article.exclude(pk=statement.pk).annotate(begins=begins)
    away = Abs(F("begins") - _start(statement, revision))
    keys = list(
        others.order_by(away.asc(nulls_last=True), "pk").values_list("pk", flat=True)[:MOST]
    )
    shown = of_article.filter(pk__in=keys).for_display().in_bulk()
    return [shown[key] for key in keys if key in shown]


def _start(statement: Statement, revision: Revision) -> int:
    """Where its words begin; where they wait for a place, the text's own beginning."""
    places = (placement_in(s, revision) for s in statement.live_spans(Span.Role.CONTENT))
    return min((p.start for p in places if p and p.start is not None), default=0)


def foreseen(kept: Statement, gone: Statement, links: Links) -> Foreseen:
    """What comes over, what would be there twice, and what links the two with each other."""
    there = {(row.part, row.actor.resolved_id) for row in kept.live_attributions()}
    said = {point.text.casefold() for point in kept.live_points()}
    own, came = _ends(kept, kept, links), _ends(gone, kept, links)
    between = [end for end in came if kept.pk in end[1:3] and end[1] == end[2]]
    moved = [end for end in came if end not in between]
    return Foreseen(
        [row for row in gone.live_attributions() if (row.part, row.actor.resolved_id) not in there],
        len({point.text.casefold() for point in gone.live_points()} - said),
        len([end for end in moved if end not in own]),
        len([end for end in moved if end in own]),
        len(between),
        differences(kept, gone, [*KEPT, *FILLED, *_dates(kept, gone)]),
        hindrances(kept, gone),
    )


def _dates(*statements: Statement) -> list[str]:
    """The date, where both are known to the day; else the words as printed tell."""
    days = (one.said_on_precision == Statement.Precision.DAY for one in statements)
    return ["said_on"] if all(days) else []


def hindrances(kept: Statement, gone: Statement) -> list[Hindrance]:
    """The records that keep the two apart, as they stand now; what else refuses a merge is told once it is tried."""
    found = [
        Hindrance(refusal(each), EDITED[type(each.stays)], each.stays, each.goes)
        for each in unlike(kept, gone)
    ]
    if closes_circle(kept, gone):
        found.append(
            Hindrance(
                _(
                    "One of the two says again what the other says, by way of a third statement. "
                    "Delete one of those restatements first."
                )
            )
        )
    return found


def _ends(statement: Statement, kept: Statement, links: Links) -> list[tuple[str, int, int, str]]:
    """The statement's links, as they would stand if it were the other one: kind, ends, relation."""
    key = statement.pk

    def at(end: int) -> int:
        return kept.pk if end == key else end

    responses = [*links.responses[key], *links.answers_to[key]]
    restated = [*links.restated_by[key], *links.restates[key]]
    return [
        *(("response", at(x.claim_id), at(x.response_id), str(x.relation)) for x in responses),
        *(("restatement", at(x.of_id), at(x.by_id), "") for x in restated),
        *(("reply", kept.pk, 0, str(x.party.resolved_id)) for x in links.records[key]),
    ]


urlpatterns = [
    path("statements/<uuid:uid>/merge/", statement_join_pick, name="statement_join_pick"),
    path("statements/<uuid:uid>/merge/with/", statement_join, name="statement_join"),
]
