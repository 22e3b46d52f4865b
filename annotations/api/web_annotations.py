"""Annotations at the addresses that files of them name: the W3C's Web Annotation Protocol, for reading.

https://www.w3.org/TR/annotation-protocol/: a container that is an LDP BasicContainer and an AnnotationCollection,
its pages, and each annotation. They are as public as the statements that they are made of, and of this moment:
between two pages others may change what is on them, unlike in a file.
"""

import hashlib
import json
import re
import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.requests import ReadsOrAnnotates, order_of, refuse_unknown
from annotations.exports.w3c import served
from annotations.exports.w3c.bodies import Json
from annotations.forms.filters import StatementFilters
from annotations.models import Span

TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
LDP, OA = "http://www.w3.org/ns/ldp#", "http://www.w3.org/ns/oa#"
PROTOCOL = "http://www.w3.org/TR/annotation-protocol/"
LINKS_OF_RESOURCE = f'<{LDP}Resource>; rel="type"'
LINKS_OF_CONTAINER = f'<{LDP}BasicContainer>; rel="type", <{PROTOCOL}>; rel="{LDP}constrainedBy"'
PREFERRED = re.compile(r'\binclude="?([^";]*)')
LIVE_NOW = "default"  # the alias to read through: no snapshot, as for the API's lists
MINIMAL, IRIS = f"{OA}PreferMinimalContainer", f"{OA}PreferContainedIRIs"


class JsonLd(DefaultContentNegotiation):
    """There is one form of it, whatever is asked for; a refusal is JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return JSONRenderer(), JSONRenderer.media_type


class Served(APIView):
    """What is read only."""

    permission_classes = (ReadsOrAnnotates,)
    content_negotiation_class = JsonLd
    links = LINKS_OF_RESOURCE

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What may be done here; the methods stand in Allow."""
        return Response(headers={"Link": self.links})

    def answer(self, request: Request, document: Json | None) -> HttpResponse:
        """The document, or 304 where the asker has it; Http404 for None."""
        if document is None:
            raise Http404
        body = json.dumps(document, ensure_ascii=False).encode()
        etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
        headers = {"ETag": etag, "Link": self.links}
        whole = HttpResponse(body, content_type=TYPE, headers=headers)
        patch_vary_headers(whole, ["Accept", "Prefer"])
        found = get_conditional_response(request._request, etag=etag, response=whole)
        assert isinstance(found, HttpResponse)
        return found


@extend_schema(exclude=True)
class WebAnnotation(Served):
    """One annotation: a record's, or with `words` that of its words in a role."""

    def get(self, request: Request, uid: uuid.UUID) -> HttpResponse:
        refuse_unknown(request, ["words"])
        words = request.query_params.get("words", "")
        if words not in ("", *Span.Role.values):
            raise ValidationError({"words": ["There is no such role."]})
        # Deleted ones, too: files name those.
        order = replace(order_of(request), narrow=lambda seen: seen)
        return self.answer(request, served.annotation(order, LIVE_NOW, uid, words))


@extend_schema(exclude=True)
class WebAnnotations(Served):
    """The collection of what the user sees, by the filters of the statements list; a page of it with `page`."""

    links = LINKS_OF_CONTAINER

    def get(self, request: Request) -> HttpResponse:
        filters = StatementFilters(request.query_params, request=request._request)
        refuse_unknown(request, [*filters.filters, "page", "iris"])
        if filters.errors:
            raise ValidationError(filters.errors)
        if request.query_params.get("iris", "1") != "1":
            raise ValidationError(
                {"iris": ["Only 1 is known: the items are named, not described."]}
            )
        if "page" in request.query_params:
            self.links = LINKS_OF_RESOURCE
            return self.answer(request, _page(request))
        return self.answer(request, _collection(request))


def _page(request: Request) -> Json | None:
    asked = request.query_params["page"]
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 8 and int(asked)):
        raise ValidationError({"page": ["A page is named by its number, from 1."]})
    iris = "iris" in request.query_params
    return served.page(order_of(request), LIVE_NOW, int(asked), iris=iris)


def _collection(request: Request) -> Json:
    """The collection, its first page inside unless the asker prefers less."""
    named = PREFERRED.search(request.headers.get("Prefer", ""))
    preferred = named.group(1).split() if named else []
    order, iris = order_of(request), IRIS in preferred
    found = served.collection(order, LIVE_NOW, iris=iris)
    if MINIMAL not in preferred and "first" in found:
        first = served.page(order, LIVE_NOW, 1, iris=iris) or {}
        found["first"] = {name: value for name, value in first.items() if name != "@context"}
    return found
