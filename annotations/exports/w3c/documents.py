"""The files: one collection whole, or an archive of pages with the texts that they are about."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from annotations.exports.around import Around
from annotations.exports.formats import Order
from annotations.exports.w3c import served
from annotations.exports.w3c.bodies import Json, Names, moment
from annotations.exports.w3c.fetch import annotations, by_record
from annotations.exports.w3c.vocabulary import context
from annotations.models import Article, Revision

TEXTS = "texts.json"  # which member holds the text of which address


def annotations_jsonld(order: Order, using: str) -> Iterator[bytes]:
    """annotations.jsonld in pieces: an AnnotationCollection whose one page is embedded.

    One file of one page is what most readers take; nothing has to be counted or sorted beforehand.
    """
    name = _name(order)
    found = annotations(Around.of(order, using))
    head = _collection(name, order.site)
    yield _json(head)[:-1].encode()
    first = list(islice(found, 1))
    total = 0
    if first:
        page = {
            "id": f"{name}#page-1",
            "type": "AnnotationPage",
            "partOf": {"id": name, "label": served.LABEL},
            "startIndex": 0,
        }
        yield f',"first":{_json(page)[:-1]},"items":['.encode()
        for total, each in enumerate(chain(first, found), start=1):
            yield f"{',' if total > 1 else ''}\n{_json(each)}".encode()
        yield f'\n]}},"last":{_json(page["id"])}'.encode()
    yield f',"total":{total}}}\n'.encode()


def annotations_zip(order: Order, using: str, size: int = served.RECORDS) -> Iterator[bytes]:
    """annotations.zip in pieces: page-1.jsonld …, collection.jsonld, and each text as a file.

    Each page is a whole document, as the site serves it where it says it is; texts.json says which file is
    the text at which address.
    """
    out, sources = _Pipe(), set[str]()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        number = total = 0
        for number, page in enumerate(_pages(order, using, size), start=1):
            total += len(page["items"])
            sources.update(_sources(page["items"]))
            _add(archive, f"page-{number}.jsonld", _json(page))
            yield out.taken()
        ends = {"first": served.page_name(order, 1), "last": served.page_name(order, number)}
        whole = _collection(served.collection_name(order), order.site)
        whole |= {**(ends if number else {}), "total": total}
        _add(archive, "collection.jsonld", _json(whole))
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


def _name(order: Order) -> str:
    """The IRI of the collection in one file: where it was taken from."""
    return f"{order.site}/annotations.jsonld{f'?{order.query}' if order.query else ''}"


def _collection(name: str, site: str) -> Json:
    return {
        "@context": context(site),
        "id": name,
        "type": "AnnotationCollection",
        "label": served.LABEL,
        "created": moment(timezone.now()),
    }


def _pages(order: Order, using: str, size: int) -> Iterator[Json]:
    found, number, before = by_record(Around.of(order, using)), 1, 0
    records = list(islice(found, size))
    while records:
        items = [item for record in records for item in record]
        following = list(islice(found, size))
        yield {
            "@context": context(order.site),
            "id": served.page_name(order, number),
            "type": "AnnotationPage",
            "partOf": served.of(order),
            "startIndex": before,
            **served.beside(order, number, is_last=not following),
            "items": items,
        }
        records, number, before = following, number + 1, before + len(items)


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
