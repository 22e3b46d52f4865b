"""Responses: which statement answers which claim, and how."""

import uuid
from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.idempotency import idempotent
from annotations.api.v1.actors import complete_actors
from annotations.api.v1.fields import Uid, Whole, choices_of, text_of
from annotations.api.v1.filters import ResponseQuery
from annotations.api.v1.parsing import Body, Rows, rows_of, typed_in
from annotations.api.v1.problems import Fault, refuse_fields
from annotations.api.v1.recording import revision_in
from annotations.api.v1.references import Existing
from annotations.api.v1.resources import Listing, Resource
from annotations.api.v1.schema import acts, lists
from annotations.api.v1.shown import ResponseShown
from annotations.api.v1.spans import MOST as MOST_SPANS
from annotations.api.v1.spans import WordsBody, selections
from annotations.editing.respond import respond, revise_response
from annotations.editing.withdraw import withdraw
from annotations.models import Actor, Article, LinkBasis, Relation, Statement
from annotations.models import Response as Link

MOST = 60


class ResponseBody(Body):
    """How it answers. `parties` are accused parties of the claim, by uid, `answers` uids of its points.

    `marker` are words of the article `marker_in`: that of the response where none is given.
    """

    relation = choices_of(Relation)
    link_basis = choices_of(LinkBasis)
    parties = Rows(child=Existing(Actor), max_length=MOST, default=list)
    answers = Rows(child=Uid(), max_length=MOST, default=list)
    marker = rows_of(WordsBody, MOST_SPANS, default=list)
    marker_in = Existing(Article, required=False)
    marker_revision = Whole(min_value=1, required=False)
    note = text_of(Link, "note", trim_whitespace=True)


class NewResponseBody(ResponseBody):
    """A new link."""

    claim = Existing(Statement)
    response = Existing(Statement)


class Responses(Resource):
    """Responses."""

    shown_as = ResponseShown

    def visible(self) -> "QuerySet[Any]":
        return Link.objects.visible_to(self.request.user)

    def complete(self, rows: Any) -> Any:
        rows = rows.for_display().select_related("reviewed_by")
        rows = complete_ends(rows, ("claim", "response"), self.asked.expand)
        if "parties" in self.asked.expand:
            rows = complete_actors(rows, self.request.user, "parties__party__")
        return rows


def complete_ends(
    rows: "QuerySet[Any]", ends: tuple[str, ...], expand: frozenset[str]
) -> "QuerySet[Any]":
    """The links with the statements at these ends: whole where they are to be expanded."""
    for end in ends:
        if end in expand:
            rows = rows.prefetch_related(Prefetch(end, Statement.objects.for_display()))
        else:
            rows = rows.select_related(end)
    return rows


class ResponseList(Responses, Listing):
    """Responses, and new ones."""

    filtered_by = ResponseQuery
    tagged: tuple[str, ...] = ("POST",)

    @lists("responses", ResponseShown, ResponseQuery, "Response")
    def get(self, request: Request) -> Response:
        """Responses by claim, response, relation, basis and state."""
        return self.page(request)

    @acts("create_response", ResponseShown, NewResponseBody, 201)
    @idempotent
    def post(self, request: Request) -> Response:
        """Link two statements, as a draft."""
        typed = typed_in(request, NewResponseBody)
        given = _told(typed, typed["claim"], typed["response"].article)
        link = respond(user=request.user, claim=typed["claim"], response=typed["response"], **given)
        return self.answer(link, status.HTTP_201_CREATED)


class ResponseDetail(Responses):
    """One response."""

    @acts("read_response", ResponseShown)
    def get(self, request: Request, uid: uuid.UUID) -> Response:
        """The link with its parties, points and marker."""
        return self.answer(self.found(uid))

    @acts("replace_response", ResponseShown, ResponseBody)
    def put(self, request: Request, uid: uuid.UUID) -> Response:
        """The link as it is to be; its two ends stay."""
        return self._revise(request, self.found(uid), {})

    @acts("change_response", ResponseShown, ResponseBody)
    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        """What is to be different about the link; a list that is sent replaces the whole list."""
        link = self.found(uid)
        return self._revise(request, link, _as_sent(link))

    @acts("delete_response", ResponseShown)
    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        """Delete the link; its row and history are kept. A review brings it back."""
        link = self.found(uid)
        withdraw(user=request.user, record=link, version=self.version(link))
        return self.answer(link)

    def _revise(self, request: Request, link: Link, over: dict[str, Any]) -> Response:
        version = self.version(link)
        typed = typed_in(request, ResponseBody, over=over)
        given = _told(typed, link.claim, link.response.article, link)
        revise_response(user=request.user, link=link, version=version, **given)
        return self.answer(link)


def _told(
    typed: dict[str, Any], claim: Statement, article: Article, link: Link | None = None
) -> dict[str, Any]:
    """What `editing` is given; Refused (422) with all that is wrong with points and marker."""
    article = typed.get("marker_in", article)
    revision = revision_in(article, typed.get("marker_revision"))
    stored = link.spans.all() if link else []
    marker, faults = selections(typed["marker"], revision, stored, role="marker", at="marker")
    points = {point.uid: point for point in claim.live_points()}
    faults += [
        Fault("The claim has no point of this uid.", "does_not_exist", ("answers", index))
        for index, uid in enumerate(typed["answers"])
        if uid not in points
    ]
    refuse_fields(faults)
    return {
        "relation": typed["relation"],
        "link_basis": typed["link_basis"],
        "parties": typed["parties"],
        "answers": [points[uid] for uid in typed["answers"]],
        "marker": marker,
        "marker_in": article,
        "marker_revision": revision.number,
        "note": typed["note"],
    }


def _as_sent(link: Link) -> dict[str, Any]:
    return {
        "relation": link.relation,
        "link_basis": link.link_basis,
        "parties": [str(actor.uid) for actor in link.live_parties()],
        "answers": [str(point.uid) for point in link.live_answers()],
        "marker": [{"uid": str(span.uid)} for span in link.spans.all()],
        "note": link.note,
    }
