"""The files: one collection whole, or an archive of pages with the texts that they are about."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from annotations.exports.around import Around
from annotations.exports.formats import Order
from annotations.exports.w3c.bodies import Json, Names, moment
from annotations.exports.w3c.fetch import annotations
from annotations.exports.w3c.vocabulary import context
from annotations.models import Article, Revision

PAGE = 500  # annotations on a page of the archive
TEXTS = "texts.json"  # which member holds the text of which address
LABEL = "Statements and responses"


def annotations_jsonld(order: Order, using: str) -> Iterator[bytes]:
    """annotations.jsonld in pieces: an AnnotationCollection whose one page is embedded.

    One file of one page is what most readers take; nothing has to be counted or sorted beforehand.
    """
    name = _name(order, "annotations.jsonld")
    found = annotations(Around.of(order, using))
    head = _collection(name, order.site)
    yield _json(head)[:-1].encode()
    first = list(islice(found, 1))
    total = 0
    if first:
        page = {
            "id": f"{name}#page-1",
            "type": "AnnotationPage",
            "partOf": _of(name),
            "startIndex": 0,
        }
        yield f',"first":{_json(page)[:-1]},"items":['.encode()
        for total, each in enumerate(chain(first, found), start=1):
            yield f"{',' if total > 1 else ''}\n{_json(each)}".encode()
        yield f'\n]}},"last":{_json(page["id"])}'.encode()
    yield f',"total":{total}}}\n'.encode()


def annotations_zip(order: Order, using: str, size: int = PAGE) -> Iterator[bytes]:
    """annotations.zip in pieces: page-1.jsonld …, collection.jsonld, and each text as a file.

    Each page is a whole document; texts.json says which file is the text at which address.
    """
    name, out, sources = _name(order, "annotations.zip"), _Pipe(), set[str]()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        number = total = 0
        for number, page in enumerate(_pages(name, order, using, size), start=1):
            total += len(page["items"])
            sources.update(_sources(page["items"]))
            _add(archive, f"page-{number}.jsonld", _json(page))
            yield out.taken()
        ends = {end: f"{name}#page-{at}" for end, at in (("first", 1), ("last", number)) if number}
        _add(
            archive,
            "collection.jsonld",
            _json({**_collection(name, order.site), **ends, "total": total}),
        )
        yield out.taken()
        members = {}
        for source, member, text in _texts(order, using, sources):
            members[source] = member
            _add(archive, member, text)
            yield out.taken()
        _add(archive, TEXTS, json.dumps(members, indent=1))
    yield out.taken()


class _Pipe:
    """What the archive is written to: it keeps what was not taken yet."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._kept.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is buffered elsewhere."""

    def close(self) -> None:
        """What was not taken yet stays."""

    def taken(self) -> bytes:
        kept, self._kept = b"".join(self._kept), []
        return kept


def _name(order: Order, file: str) -> str:
    """The collection's IRI: where it was taken from."""
    return f"{order.site}/{file}{f'?{order.query}' if order.query else ''}"


def _collection(name: str, site: str) -> Json:
    return {
        "@context": context(site),
        "id": name,
        "type": "AnnotationCollection",
        "label": LABEL,
        "created": moment(timezone.now()),
    }


def _of(name: str) -> Json:
    """What a page is part of: an object, since the official schemas look for one, though an IRI is allowed."""
    return {"id": name, "label": LABEL}


def _pages(name: str, order: Order, using: str, size: int) -> Iterator[Json]:
    found = annotations(Around.of(order, using))
    items, number = list(islice(found, size)), 1
    while items:
        following = list(islice(found, size))
        page: Json = {
            "@context": context(order.site),
            "id": f"{name}#page-{number}",
            "type": "AnnotationPage",
            "partOf": _of(name),
            "startIndex": (number - 1) * size,
        }
        if number > 1:
            page["prev"] = f"{name}#page-{number - 1}"
        if following:
            page["next"] = f"{name}#page-{number + 1}"
        yield {**page, "items": items}
        items, number = following, number + 1


def _sources(items: Iterable[Json]) -> Iterator[str]:
    for item in items:
        if isinstance(item["target"], list):
            yield from (target["source"] for target in item["target"])


def _texts(order: Order, using: str, sources: set[str]) -> Iterator[tuple[str, str, str]]:
    """Address, file name and text of each revision that a target stands in, one at a time in memory."""
    names = Names(order.site, order.user)
    visible = Article.objects.using(using).visible_to(order.user)
    rows = Revision.objects.using(using).filter(article__in=visible.order_by().values("pk"))
    for revision in rows.select_related("article").defer("text").order_by("pk").iterator():
        address = names.text(revision)
        if address in sources:
            yield address, f"texts/{revision.article.uid}-{revision.number}.txt", revision.text


def _add(archive: ZipFile, name: str, text: str) -> None:
    member = ZipInfo(name)  # of 1980: the same rows make the same bytes
    member.compress_type = ZIP_DEFLATED
    archive.writestr(member, text.encode())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
