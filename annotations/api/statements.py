"""Statements for the page's scripts: searched for a link, and one whole."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.requests import ReadsOrAnnotates, refuse_unknown
from annotations.forms.filters import StatementFilters
from annotations.models import Actor, Restatement, Span, Statement
from annotations.models import Response as Link
from annotations.models.exchange import Links, links_of
from annotations.models.keyset import NoSuchPlace, page_of


class Place(serializers.Serializer[Any]):
    """Where in the list a page begins, and the short name of the words looked for."""

    after = serializers.UUIDField(required=False, default=None)
    before = serializers.UUIDField(required=False, default=None)


@extend_schema(exclude=True)
class StatementList(APIView):
    """The statements that the user sees, by the filters of the statements list; `q` is its `text`."""

    permission_classes = (ReadsOrAnnotates,)

    def get(self, request: Request) -> Response:
        query = request.query_params.copy()
        if "q" in query:
            query["text"] = query.pop("q")[-1]
        filters = StatementFilters(query, request=request._request)
        refuse_unknown(request, [*filters.filters, "q", "after", "before"])
        if filters.errors:
            raise ValidationError(filters.errors)
        place = Place(data=query)
        place.is_valid(raise_exception=True)
        anchors = Statement.objects.visible_to(request.user)
        rows = filters.qs.for_display()
        try:
            page = page_of(rows, filters.columns, anchors=anchors, **place.validated_data)
        except NoSuchPlace as gone:
            raise ValidationError({"after": ["There is no such place in the list."]}) from gone
        return Response(
            {
                "results": [_row(statement) for statement in page.rows],
                "next": page.following,
                "previous": page.previous,
                "notices": filters.notices,
            }
        )


@extend_schema(exclude=True)
class StatementDetail(APIView):
    """One statement with its words, parts, points and links."""

    permission_classes = (ReadsOrAnnotates,)

    def get(self, request: Request, uid: uuid.UUID) -> Response:
        refuse_unknown(request, [])
        visible = Statement.objects.visible_to(request.user).for_display()
        statement = get_object_or_404(visible, uid=uid)
        return Response(_whole(statement, links_of([statement], request.user)))


def _row(statement: Statement) -> dict[str, Any]:
    return {
        "uid": str(statement.uid),
        "url": statement.get_absolute_url(),
        "quote": statement.quote(),
        "speakers": [row.actor.resolved.name for row in statement.speakers()],
        "article": {
            "uid": str(statement.article.uid),
            "title": statement.article.title,
            "url": statement.article.get_absolute_url(),
            "published_on": statement.article.published_on,
        },
        "form": statement.form,
        "act": statement.act,
        "act_label": statement.get_act_display(),
        "said_on": statement.said_on,
        "said_on_precision": statement.said_on_precision,
        "said_on_as_printed": statement.said_on_as_printed,
        "state": statement.state,
    }


def _whole(statement: Statement, links: Links) -> dict[str, Any]:
    return {
        **_row(statement),
        "version": statement.version,
        "gist": statement.gist,
        "venue": statement.venue,
        "note": statement.note,
        "spans": [span for span in map(_span, statement.live_spans()) if span],
        "attributions": [
            {
                "uid": str(row.uid),
                "part": row.part,
                "actor": _actor(row.actor),
                "as_printed": row.as_printed,
                "title_as_printed": row.title_as_printed,
                "speaker_basis": row.speaker_basis,
            }
            for row in statement.live_attributions()
        ],
        "points": [
            {"uid": str(point.uid), "ordinal": point.ordinal, "text": point.text}
            for point in statement.live_points()
        ],
        "responses": [_link(link) for link in links.responses[statement.pk]],
        "answers": [_link(link) for link in links.answers_to[statement.pk]],
        "restated_by": [_restatement(row) for row in links.restated_by[statement.pk]],
        "restates": [_restatement(row) for row in links.restates[statement.pk]],
    }


def _actor(actor: Actor) -> dict[str, Any]:
    """The actor as chosen, and the one it was merged into where it was."""
    standing = actor.resolved
    return {"uid": str(actor.uid), "name": actor.name, "standing": str(standing.uid)}


def _span(span: Span) -> dict[str, Any] | None:
    """Offsets are half-open, in code points of the text of that revision; null while it needs placing."""
    placement = span.placement()
    if placement is None:
        return None
    return {
        "uid": str(span.uid),
        "role": span.role,
        "ordinal": span.ordinal,
        "revision": placement.revision.number,
        "state": placement.state,
        "start": placement.start,
        "end": placement.end,
        "exact": placement.exact,
        "prefix": placement.prefix,
        "suffix": placement.suffix,
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "uid": str(link.uid),
        "version": link.version,
        "claim": str(link.claim.uid),
        "response": str(link.response.uid),
        "relation": link.relation,
        "link_basis": link.link_basis,
        "parties": [_actor(actor) for actor in link.live_parties()],
        "answers": [str(point.uid) for point in link.live_answers()],
        "state": link.state,
        "note": link.note,
    }


def _restatement(row: Restatement) -> dict[str, Any]:
    return {
        "uid": str(row.uid),
        "version": row.version,
        "of": str(row.of.uid),
        "by": str(row.by.uid),
        "scope": row.scope,
        "state": row.state,
        "note": row.note,
    }
