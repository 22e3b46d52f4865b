"""The collection as a site serves it, page by page, and each annotation at its address.

Web Annotation Protocol, https://www.w3.org/TR/annotation-protocol/, as far as it is for reading. A page holds the
annotations of so many records, in the order of `fetch.kinds`: so the page of a number is found without making
those before it.
"""

import uuid
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from annotations.exports.around import Around
from annotations.exports.formats import Order
from annotations.exports.w3c.bodies import Json, Names
from annotations.exports.w3c.fetch import kinds
from annotations.exports.w3c.vocabulary import context
from annotations.models import ReplyRecord, Response, Restatement, Span, Statement
from annotations.models.record import LIVE

RECORDS = 200  # of a page
LABEL = "Statements and responses"
BESIDE: dict[type[Model], tuple[str, tuple[str, ...]]] = {  # words with an annotation of their own
    Statement: ("statement", (Span.Role.SOURCE, Span.Role.CUE)),
    Response: ("response", (Span.Role.MARKER,)),
    Restatement: ("", ()),
    ReplyRecord: ("reply_record", (Span.Role.EVIDENCE,)),
}


def collection_name(order: Order) -> str:
    """The collection's IRI: where the site serves it, under its filter."""
    return _asking(order, order.query)


def page_name(order: Order, number: int, *, iris: bool = False) -> str:
    """The IRI of a page, from 1."""
    more = f"page={number}" + ("&iris=1" if iris else "")
    return _asking(order, f"{order.query}&{more}" if order.query else more)


def _asking(order: Order, query: str) -> str:
    at = order.site + reverse("web_annotations")
    return f"{at}?{query}" if query else at


def of(order: Order) -> Json:
    """What a page is part of: an object, since the official schemas look for one, though an IRI is allowed."""
    return {"id": collection_name(order), "label": LABEL}


def annotation(order: Order, using: str, uid: uuid.UUID, words: str = "") -> Json | None:
    """The annotation of the record of this uid, or of its words in a role; None where the user sees none."""
    names = Names(order.site, order.user)
    for rows, make in kinds(Around.of(order, using)):
        for row in rows.filter(uid=uid):
            for made in make(row, names):
                if made["id"] == names.annotation(row, words):
                    return {"@context": context(order.site), **made}
    return None


def collection(order: Order, using: str, *, iris: bool = False) -> Json:
    """The collection without annotations: how many there are, and where its pages are, or those of `iris`."""
    every = [rows for rows, _make in kinds(Around.of(order, using))]
    records = sum(rows.order_by().count() for rows in every)
    found: Json = {
        "@context": context(order.site),
        "id": collection_name(order),
        "type": "AnnotationCollection",
        "label": LABEL,
        "total": sum(map(_number, every)),
    }
    if records:
        last = (records - 1) // RECORDS + 1
        ends = {"first": 1, "last": last}
        found |= {end: page_name(order, number, iris=iris) for end, number in ends.items()}
    return found


def page(order: Order, using: str, number: int, *, iris: bool = False) -> Json | None:
    """The page of this number, from 1; None where there is none. `iris`: its items are named, not described."""
    start, passed, before = (number - 1) * RECORDS, 0, 0
    items, names = list[Json](), Names(order.site, order.user)
    for rows, make in kinds(Around.of(order, using)):
        there = rows.order_by().count()
        first = max(0, start - passed)
        found = list(rows.order_by("pk")[first : max(first, start + RECORDS - passed)])
        before += _number(rows.filter(pk__lt=found[0].pk) if found else rows) if first else 0
        items += [made for row in found for made in make(row, names)]
        passed += there
    if not items:
        return None
    return {
        "@context": context(order.site),
        "id": page_name(order, number, iris=iris),
        "type": "AnnotationPage",
        "partOf": of(order),
        "startIndex": before,
        **beside(order, number, is_last=passed <= start + RECORDS, iris=iris),
        "items": [item["id"] for item in items] if iris else items,
    }


def beside(order: Order, number: int, *, is_last: bool, iris: bool = False) -> Json:
    """The pages before and after this one, where there are any."""
    ends = {"prev": number - 1, "next": 0 if is_last else number + 1}
    return {end: page_name(order, at, iris=iris) for end, at in ends.items() if at}


def _number(rows: "QuerySet[Any]") -> int:
    """How many annotations are made of the records: one of each, and one for each role of words beside it."""
    own, roles = BESIDE[rows.model]
    keys = rows.order_by().values("pk")
    placed = Span.objects.using(rows.db).filter(LIVE, placements__start__isnull=False)
    numbers: list[int] = [
        placed.filter((f"{own}__in", keys), role=role).values(own).distinct().count()
        for role in roles
    ]
    records: int = rows.order_by().count()
    return records + sum(numbers)
