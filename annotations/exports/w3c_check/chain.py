"""Collections and their pages: the musts of section 5, and that the pages make one whole chain."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.exports.w3c_check import values
from annotations.exports.w3c_check.annotation import annotation
from annotations.exports.w3c_check.found import Finding, Findings, Json, listed, shown


@dataclass(frozen=True)
class Page:
    """A page with where it stands."""

    where: str
    node: dict[str, Json]

    @property
    def items(self) -> list[Json]:
        items = self.node.get("items")
        return items if isinstance(items, list) else []


def collection(node: dict[str, Json], where: str) -> Findings:
    """The musts of a collection by itself."""
    yield from values.context(node, where, must=True)
    yield from values.iri(node, "id", where, must=True)
    yield from values.count(node, "total", where)
    for name in ("created", "modified"):
        yield from values.time(node, name, where)
    if node.get("total") and "first" not in node:
        yield Finding(where, "first is missing", "a collection with annotations has a first page")


def page(node: dict[str, Json], where: str, *, embedded: bool) -> Findings:
    """The musts of a page and of each annotation on it."""
    yield from values.context(node, where, must=not embedded)
    yield from values.iri(node, "id", where, must=True)
    yield from values.count(node, "startIndex", where)
    items = node.get("items")
    if not isinstance(items, list) or not items:
        yield Finding(f"{where}.items", "items is a list of one or more annotations", shown(items))
        return
    for number, item in enumerate(items):
        yield from annotation(item, f"{where}.items[{number}]", embedded=True)


def walk(node: dict[str, Json], where: str, pages: Mapping[str, Page]) -> Findings:
    """From first over next to last: all there, in order, none twice, none left out, all counted."""
    name, seen, at = node.get("id"), list[Page](), _name(node.get("first"))
    while at is not None:
        found = pages.get(at)
        if found is None or found in seen:
            wrong = "leads to no page" if found is None else "leads back"
            yield Finding(
                seen[-1].where if seen else where, f"the chain of pages {wrong}", shown(at)
            )
            return
        yield from _in_chain(found, seen, name)
        seen.append(found)
        at = _name(found.node.get("next"))
    yield from _whole(node, where, seen, pages)


def _in_chain(found: Page, seen: list[Page], name: Json) -> Findings:
    before = seen[-1].node.get("id") if seen else None
    if _name(found.node.get("prev")) != before:
        yield Finding(
            f"{found.where}.prev", "prev is the page before", shown(found.node.get("prev"))
        )
    start = sum(len(each.items) for each in seen)
    if found.node.get("startIndex", start) != start:
        yield Finding(
            f"{found.where}.startIndex", f"startIndex is {start}", shown(found.node["startIndex"])
        )
    if _name(found.node.get("partOf")) not in (None, name):
        yield Finding(
            f"{found.where}.partOf", "partOf is the collection", shown(found.node["partOf"])
        )


def _whole(
    node: dict[str, Json], where: str, seen: list[Page], pages: Mapping[str, Page]
) -> Findings:
    last = _name(node.get("last"))
    if last is not None and (not seen or seen[-1].node.get("id") != last):
        yield Finding(f"{where}.last", "last is the end of the chain", shown(last))
    total = sum(len(each.items) for each in seen)
    if "total" in node and node["total"] != total:
        yield Finding(f"{where}.total", f"total is {total}", shown(node["total"]))
    for left in pages.values():
        if left not in seen and _name(left.node.get("partOf")) == node.get("id"):
            yield Finding(
                left.where, "the chain of pages leaves none out", shown(left.node.get("id"))
            )


def _name(node: Json) -> str | None:
    """The IRI of a page or collection that is named or embedded."""
    found = node.get("id") if isinstance(node, dict) else node
    return found if isinstance(found, str) else None


def embedded(node: dict[str, Json], where: str) -> list[Page]:
    """The pages that stand inside the collection."""
    return [
        Page(f"{where}.{name}", node[name])
        for name in ("first", "last")
        if isinstance(node.get(name), dict)
    ]


def kinds(node: Json) -> list[Json]:
    return listed(node.get("type")) if isinstance(node, dict) else []
