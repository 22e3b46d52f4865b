"""The contract as a file, and pages to read it: Swagger UI from our own host, and what each problem means."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from annotations import permissions
from annotations.api.v1.problems import TITLES, answer_problem
from annotations.api.v1.schema import BY_CODE

STATUS_OF = {name: code for code, name in BY_CODE.items()} | {
    "parameter": "400",
    "own_work": "403",
    "same_text": "409",
    "deleted": "409",
    "error": "",
}


class Schema(SpectacularJSONAPIView):
    """The contract: OpenAPI 3.1 as JSON."""

    def get_exception_handler(self) -> Any:
        return answer_problem


class SwaggerPage(SpectacularSwaggerSplitView):
    """Swagger UI, its script at an address of its own: our policy runs no script that stands in a page."""

    url_name = "schema"
    template_name = "annotations/api_docs.html"


@require_safe
def documentation(request: HttpRequest) -> HttpResponseBase:
    """Every operation of the API, to read and to try out."""
    _only_readers(request)
    return SwaggerPage.as_view()(request)


@require_safe
def problem_list(request: HttpRequest) -> HttpResponse:
    """What each code of a problem means; the `type` of a problem leads here."""
    _only_readers(request)
    rows = [(code, STATUS_OF[code], title) for code, title in TITLES.items()]
    return render(request, "annotations/api_problems.html", {"rows": rows})


def _only_readers(request: HttpRequest) -> None:
    if not permissions.may_read(request.user):
        raise PermissionDenied
