"""The filters of the article page's rows: in its address, and kept there over saves."""

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

from annotations.forms.row_filters import NAMES, RowFilters
from annotations.models import Article


def filters_of(request: HttpRequest, article: Article) -> RowFilters:
    """The filters that the page's address names."""
    return RowFilters(_asked(request), article, request=request)


def filter_query(request: HttpRequest) -> str:
    """They as they stand in an address."""
    return _asked(request).urlencode()


def _asked(request: HttpRequest) -> QueryDict:
    """From the page's own address; of what its script sends elsewhere, from the address it shows."""
    given = request.GET
    if request.method != "GET":
        htmx = getattr(request, "htmx", None)
        given = QueryDict(urlsplit((htmx and htmx.current_url) or "").query)
    asked = QueryDict(mutable=True)
    for name in NAMES:
        if given.get(name):
            asked[name] = given[name]
    return asked
