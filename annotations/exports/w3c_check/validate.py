"""Everything at once: each document by itself, then all of them together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.exports.w3c_check import words
from annotations.exports.w3c_check.annotation import annotation
from annotations.exports.w3c_check.chain import Page, collection, embedded, kinds, page, walk
from annotations.exports.w3c_check.files import Given
from annotations.exports.w3c_check.found import Finding, Findings, Json, listed, shown


@dataclass(frozen=True)
class Verdict:
    """What was found, and in how much: annotations, targets in texts, and those whose text was there."""

    findings: tuple[Finding, ...]
    annotations: int
    targets: int
    compared: int


@dataclass(frozen=True)
class _Parts:
    """The documents, sorted out."""

    collections: dict[str, dict[str, Json]]
    pages: list[Page]
    alone: dict[str, dict[str, Json]]

    def items(self) -> Iterator[tuple[str, dict[str, Json]]]:
        """Where, and each annotation."""
        for each in self.pages:
            for number, item in enumerate(each.items):
                if isinstance(item, dict):
                    yield f"{each.where}.items[{number}]", item
        yield from self.alone.items()


def validate(given: Given) -> Verdict:
    """All faults of the documents, each with its place."""
    parts, unknown = _sorted_out(given)
    items = list(parts.items())
    found = [
        *unknown,
        *_by_themselves(parts),
        *_chains(parts),
        *_twice(parts, items),
        *(fault for where, item in items for fault in words.check(item, where, given.texts)),
        *_ends(items),
    ]
    chosen = [address for where, item in items for _, address, _ in words.targets(item, where)]
    compared = sum(address in given.texts for address in chosen)
    return Verdict(tuple(found), len(items), len(chosen), compared)


def _sorted_out(given: Given) -> tuple[_Parts, list[Finding]]:
    parts, unknown = _Parts({}, [], {}), []
    for name, node in given.documents.items():
        found = kinds(node)
        if "AnnotationCollection" in found:
            parts.collections[name] = node
            parts.pages.extend(embedded(node, name))
        elif "AnnotationPage" in found:
            parts.pages.append(Page(name, node))
        elif "Annotation" in found:
            parts.alone[name] = node
        else:
            unknown.append(
                Finding(name, "a document is a collection, a page or an annotation", shown(found))
            )
    return parts, unknown


def _by_themselves(parts: _Parts) -> Findings:
    for name, node in parts.collections.items():
        yield from collection(node, name)
    for each in parts.pages:
        inside = any(each.where.startswith(f"{name}.") for name in parts.collections)
        yield from page(each.node, each.where, embedded=inside)
    for name, node in parts.alone.items():
        yield from annotation(node, name)


def _chains(parts: _Parts) -> Findings:
    pages = {str(each.node.get("id")): each for each in parts.pages}
    for name, node in parts.collections.items():
        yield from walk(node, name, pages)


def _twice(parts: _Parts, items: list[tuple[str, dict[str, Json]]]) -> Findings:
    """No two collections, pages or annotations have one name."""
    named = [
        *((name, node.get("id")) for name, node in parts.collections.items()),
        *((each.where, each.node.get("id")) for each in parts.pages),
        *((where, item.get("id")) for where, item in items),
    ]
    counts = Counter(name for _, name in named if isinstance(name, str))
    for where, name in named:
        if isinstance(name, str) and counts[name] > 1:
            yield Finding(f"{where}.id", "an id names one thing", shown(name))


def _ends(items: list[tuple[str, dict[str, Json]]]) -> Findings:
    """Both ends of a link between annotations are among them.

    A link is of motivation “linking”, has one end as a body of purpose “linking” and the other as target,
    as ours are; links to pages elsewhere, without such a body, are passed over.
    """
    known = {item.get("id") for _, item in items}
    for where, item in items:
        if "linking" not in listed(item.get("motivation")):
            continue
        bodies = [each for each in listed(item.get("body")) if isinstance(each, dict)]
        ends = [each.get("source") for each in bodies if each.get("purpose") == "linking"]
        if ends:
            ends += [each for each in listed(item.get("target")) if isinstance(each, str)]
        for end in ends:
            if end not in known:
                yield Finding(where, "a link's ends are among the annotations", shown(end))
