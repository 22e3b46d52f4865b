"""Pages of a list by cursor: each begins beside a row, so that rows that come or go shift nothing."""

import re
import uuid
from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from rest_framework.request import Request

from annotations.api.v1.problems import wrong_parameter
from annotations.models.keyset import NoSuchPlace, Page, page_of

SALT = "annotations.api.cursor"
USUAL, MOST = 50, 200
NAMES = ("cursor", "limit")
NO_CURSOR = "This is no cursor of ours: take it from `next` or `previous` of a page."
R = TypeVar("R", bound=Model)


def page_asked(
    request: Request, rows: "QuerySet[R]", columns: tuple[str, ...], anchors: "QuerySet[R]"
) -> tuple[Page[R], str | None, str | None]:
    """The page that the request asks for, the addresses of the one after it and of the one before.

    Refused (400) for a cursor that is not ours. `anchors` are all rows, seen by the user or not: a cursor,
    signed by us, names a row that was seen, and a walk goes on though that is not seen any more.
    """
    limit, side, uid = _limit(request), *_place(request)
    beside: dict[str, Any] = {side: uid} if side else {}
    try:
        page = page_of(rows, columns, anchors=anchors, size=limit, **beside)
    except NoSuchPlace as gone:
        raise wrong_parameter("cursor", NO_CURSOR) from gone
    following = _address(request, "after", page.following)
    return page, following, _address(request, "before", page.previous)


def _limit(request: Request) -> int:
    asked = request.query_params.get("limit", str(USUAL))
    if re.fullmatch("[0-9]{1,3}", asked) and 1 <= int(asked) <= MOST:
        return int(asked)
    raise wrong_parameter("limit", f"Ask for 1 to {MOST} rows.")


def _place(request: Request) -> tuple[str, uuid.UUID | None]:
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return "", None
    try:
        side, uid = signing.loads(cursor, salt=SALT)
        return side, uuid.UUID(uid)
    except (signing.BadSignature, ValueError) as error:
        raise wrong_parameter("cursor", NO_CURSOR) from error


def _address(request: Request, side: str, uid: uuid.UUID | None) -> str | None:
    if uid is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = signing.dumps([side, str(uid)], salt=SALT)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
