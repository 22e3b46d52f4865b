"""The validator finds what was planted; no database is asked."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from annotations.exports.w3c_check.files import Given, Unreadable, read
from annotations.exports.w3c_check.validate import validate

ANNO = "http://www.w3.org/ns/anno.jsonld"
SITE = "https://desk.example"
TEXT = "😀 “It was 👩‍👧 false,” he said — «نه»."
SOURCE = f"{SITE}/texts/1"


def target(exact: str) -> dict[str, Any]:
    start = TEXT.index(exact)
    end = start + len(exact)
    quote = {
        "type": "TextQuoteSelector",
        "exact": exact,
        "prefix": TEXT[:start][-8:],
        "suffix": TEXT[end:][:8],
    }
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    state = {"type": "TimeState", "sourceDate": "2026-01-31T12:00:00Z"}
    return {"source": SOURCE, "selector": [quote, place], "state": state}


def quote(number: int, exact: str) -> dict[str, Any]:
    return {
        "id": f"{SITE}/{number}",
        "type": "Annotation",
        "motivation": "identifying",
        "created": "2026-01-31T12:00:00Z",
        "body": [{"type": "TextualBody", "value": "he", "purpose": "identifying"}],
        "target": [target(exact)],
    }


def page(number: int, items: list[dict[str, Any]], **beside: Any) -> dict[str, Any]:
    of = {"@context": ANNO, "id": f"{SITE}/page{number}", "type": "AnnotationPage"}
    return {**of, "partOf": f"{SITE}/all", "startIndex": 2 * (number - 1), "items": items, **beside}


def given() -> Given:
    """A collection of two pages with two quotes and a link between them."""
    link = {
        "id": f"{SITE}/3",
        "type": "Annotation",
        "motivation": "linking",
        "body": [{"type": "SpecificResource", "source": f"{SITE}/2", "purpose": "linking"}],
        "target": f"{SITE}/1",
    }
    quotes = [quote(1, "“It was 👩‍👧 false,”"), quote(2, "«نه»")]
    collection = {
        "@context": ANNO,
        "id": f"{SITE}/all",
        "type": "AnnotationCollection",
        "total": 3,
        "first": f"{SITE}/page1",
        "last": f"{SITE}/page2",
    }
    documents = {
        "collection.jsonld": collection,
        "page-1.jsonld": page(1, quotes, next=f"{SITE}/page2"),
        "page-2.jsonld": page(2, [link], prev=f"{SITE}/page1"),
    }
    return Given(deepcopy(documents), {SOURCE: TEXT})


@dataclass(frozen=True)
class At:
    """What a fault is planted in: the collection, its pages, the first quote and its selectors."""

    whole: Any
    first: Any
    second: Any
    quote: Any
    selectors: Any


Plant = Callable[[At], object]
FAULTS: dict[str, tuple[Plant, str]] = {
    "no target": (lambda at: at.quote.pop("target"), "target is missing"),
    "a relative id": (lambda at: at.quote.update(id="1"), "id is one absolute IRI"),
    "no context": (lambda at: at.first.pop("@context"), "@context is missing"),
    "bodyValue beside body": (
        lambda at: at.quote.update(bodyValue="x"),
        "bodyValue stands without",
    ),
    "a time without Z": (
        lambda at: at.quote.update(created="2026-01-31T12:00:00+01:00"),
        "ends in Z",
    ),
    "an unknown motivation": (
        lambda at: at.quote.update(motivation="denies"),
        "is a motivation",
    ),
    "two exact words": (lambda at: at.selectors[0].update(exact=["a", "b"]), "exact is one string"),
    "other words": (lambda at: at.selectors[0].update(exact="“It was true,”"), "exact words stand"),
    "UTF-16 units": (lambda at: at.selectors[1].update(start=3, end=24), "count UTF-16 units"),
    "a prefix elsewhere": (lambda at: at.selectors[0].update(prefix="He said "), "prefix stands"),
    "a suffix elsewhere": (lambda at: at.selectors[0].update(suffix=" he cried"), "suffix stands"),
    "a place backwards": (
        lambda at: at.selectors[1].update(start=9, end=2),
        "starts before it ends",
    ),
    "a place past the end": (lambda at: at.selectors[1].update(end=999), "a place in a text"),
    "true for a number": (lambda at: at.selectors[1].update(start=True), "start is a whole number"),
    "a selector of no type": (lambda at: at.selectors[0].pop("type"), "exactly one known type"),
    "a wrong total": (lambda at: at.whole.update(total=4), "total is 3"),
    "no first": (lambda at: at.whole.pop("first"), "first is missing"),
    "last in the middle": (
        lambda at: at.whole.update(last=f"{SITE}/page1"),
        "end of the chain",
    ),
    "a broken chain": (lambda at: at.first.update(next=f"{SITE}/page9"), "leads to no page"),
    "a page left out": (lambda at: at.first.pop("next"), "leaves none out"),
    "a chain in a ring": (lambda at: at.second.update(next=f"{SITE}/page1"), "leads back"),
    "a wrong prev": (
        lambda at: at.second.update(prev=f"{SITE}/page2"),
        "prev is the page before",
    ),
    "a wrong startIndex": (lambda at: at.second.update(startIndex=1), "startIndex is 2"),
    "an empty page": (lambda at: at.second.update(items=[]), "one or more annotations"),
    "an id twice": (lambda at: at.quote.update(id=f"{SITE}/2"), "an id names one thing"),
    "a link into nothing": (
        lambda at: at.second["items"][0].update(target=f"{SITE}/9"),
        "ends are among",
    ),
    "a TimeState both ways": (
        lambda at: at.quote["target"][0]["state"].update(sourceDateEnd="2026-01-31T12:00:00Z"),
        "sourceDate, or both ends",
    ),
    "no source": (lambda at: at.quote["target"][0].pop("source"), "source is missing"),
}


def test_a_sound_collection_has_no_faults() -> None:
    verdict = validate(given())

    assert verdict.findings == ()
    assert (verdict.annotations, verdict.targets, verdict.compared) == (3, 2, 2)


@pytest.mark.parametrize("name", FAULTS)
def test_what_was_planted_is_found(name: str) -> None:
    plant, said = FAULTS[name]
    files = given()
    whole, first, second = files.documents.values()
    chosen = first["items"][0]
    plant(At(whole, first, second, chosen, chosen["target"][0]["selector"]))

    faults = [str(finding) for finding in validate(files).findings]

    assert any(said in fault for fault in faults), faults


def test_the_place_of_a_fault_is_named() -> None:
    files = given()
    files.documents["page-1.jsonld"]["items"][1]["target"][0]["selector"][0]["exact"] = "«بلی»"

    [finding] = validate(files).findings

    assert str(finding) == (
        "page-1.jsonld.items[1].target[0]: exact words stand at 32 to 36: '«نه»'"
    )


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff", b'{"id": 1, "id": 2}', b'{"total": NaN}', b"[" * 100_000],
    ids=["cut off", "not UTF-8", "a name twice", "no number", "too deep"],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.jsonld").write_bytes(content)

    with pytest.raises(Unreadable, match=r"page\.jsonld"):
        read([tmp_path / "page.jsonld"])


@pytest.mark.parametrize(
    "node", [None, 1, [], "x", {"type": []}, {"type": "AnnotationPage", "items": 3}]
)
def test_any_json_is_told_apart(node: Any) -> None:
    assert validate(Given({"x.jsonld": node})).findings


def test_the_command_tells_faults_and_fails(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "files.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("page.jsonld", '{"@context": "x", "id": "a:b", "type": "AnnotationPage"}')

    with pytest.raises(CommandError, match=r"^\d faults"):
        call_command("validate_w3c", path)

    assert "page.jsonld.items: items is a list" in capsys.readouterr().out
