"""The vocabulary of the annotations, as a page and as JSON-LD at the same address; public, as data that names it is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from annotations.exports.w3c.vocabulary import PATH, PROPERTIES, SETS, terms_of, vocabulary

LD_JSON = "application/ld+json"


@login_not_required
@require_safe
def vocabulary_page(request: HttpRequest) -> HttpResponse:
    """Every term with its meaning; JSON-LD for who asks for it rather than for a page."""
    wanted = request.get_preferred_type(["text/html", LD_JSON, "application/json"])
    if wanted in (LD_JSON, "application/json"):
        answer = vocabulary_jsonld(request)
    else:
        sets = [(each.name, list(terms_of(each))) for each in SETS]
        context = {"sets": sets, "properties": PROPERTIES.items(), "address": _address(request)}
        answer = render(request, "annotations/vocabulary.html", context)
    patch_vary_headers(answer, ["Accept"])
    return answer


@login_not_required
@require_safe
def vocabulary_jsonld(request: HttpRequest) -> HttpResponse:
    """The vocabulary as JSON-LD; other sites may read it."""
    return JsonResponse(
        vocabulary(_address(request).removesuffix(PATH)),
        content_type=LD_JSON,
        headers={"Access-Control-Allow-Origin": "*"},
        json_dumps_params={"indent": 1, "ensure_ascii": False},
    )


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(PATH)


urlpatterns = [
    path("ns/statements", vocabulary_page, name="vocabulary"),
    path("ns/statements.jsonld", vocabulary_jsonld, name="vocabulary_jsonld"),
]
