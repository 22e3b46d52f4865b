"""The page of a long article, sent as it is made: its frame at once, then the text, then the panel.

An editor sees the page begin while the highlights are still being read. What fails after the first piece cannot
become an error page any more: the connection is cut, which the server's log tells, and a part of the page is
missing. So only the page that takes long is sent so.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from annotations.models import Article
from annotations.views import blocks

PAGE = "annotations/article.html"
DESK = "annotations/partials/_desk.html"


def arrives(article: Article) -> bool:
    """Whether the article's page is sent as it is made."""
    return settings.LONG_PAGES_ARRIVE and len(article.revision.text) >= blocks.PARTED


def arriving(
    request: HttpRequest,
    article: Article,
    text: Callable[[], dict[str, Any]],
    panel: Callable[[], dict[str, Any]],
) -> StreamingHttpResponse:
    """The page in four pieces; `text` and `panel` answer the contexts of the desk's two parts when they are due."""
    cut = mark_safe(secrets.token_hex())  # noqa: S308  hexadecimal
    frame = render_to_string(PAGE, {"reading": {"article": article}, "cut": cut}, request)
    head, tail = frame.split(cut)

    def pieces() -> Iterator[str]:
        yield head
        yield render_to_string(DESK, text() | {"text_only": True}, request)
        yield render_to_string(DESK, panel() | {"side_only": True}, request) + tail

    answer = StreamingHttpResponse(pieces())
    answer["X-Accel-Buffering"] = "no"  # nginx would hold the first pieces back
    return answer
