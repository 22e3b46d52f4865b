"""The files that can be taken away, under any filter of the list of statements."""

from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from annotations.api.requests import order_of
from annotations.api.v1.asking import Shown, refuse_unknown
from annotations.api.v1.filters import refuse_wrong
from annotations.api.v1.problems import wrong_parameter
from annotations.api.v1.resources import Resource
from annotations.api.v1.schema import parameters_of
from annotations.exports.cells import Profile
from annotations.exports.formats import Order
from annotations.exports.registry import FORMATS
from annotations.forms.filters import StatementFilters

FILES = {each.file: each for each in FORMATS.values()}


class AnyType(DefaultContentNegotiation):
    """The file has the type that it has, whatever is asked for; a refusal is JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return JSONRenderer(), JSONRenderer.media_type


class Export(Resource):
    """One file."""

    shown_as = Shown
    content_negotiation_class = AnyType
    is_file = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super(Resource, self).initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="read_export",
        parameters=[
            *parameters_of(StatementFilters),
            OpenApiParameter(
                "file",
                {"type": "string", "examples": ["statements.csv", "actors.csv"]},
                OpenApiParameter.PATH,
                description="Its name on the page of downloads.",
            ),
            OpenApiParameter(
                "profile",
                {"type": "string", "enum": list(Profile)},
                description="`raw` for bare values, without the guard against formulas.",
            ),
        ],
        responses={(200, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, "The file.")},
    )
    def get(self, request: Request, file: str) -> HttpResponseBase:
        """One of the files of the page of downloads, of the statements that the filters leave."""
        chosen = FILES.get(file)
        if chosen is None:
            raise Http404
        filters = StatementFilters(request.query_params, request=request._request)
        refuse_unknown(request.query_params, [*filters.filters, "profile"])
        refuse_wrong(filters)
        return StreamingHttpResponse(
            chosen.pieces(_order(request)),
            content_type=chosen.content_type,
            headers={"Content-Disposition": f'attachment; filename="{chosen.file}"'},
        )


def _order(request: Request) -> Order:
    asked = request.query_params.get("profile", Profile.SPREADSHEET)
    if asked not in list(Profile):
        raise wrong_parameter("profile", "There is no such profile.", "invalid_choice")
    return order_of(request, Profile(asked))
