"""The assertions of the W3C's own test suite, as JSON schemas, over files that we wrote.

    .venv/bin/python -m bench.w3c_official SUITE FILE… [--share 0.1] [--seed 1]

SUITE is a folder with the files of https://github.com/w3c/web-annotation-tests, FILE an archive of pages
or a collection with its page inside. Each “must” of the suite for collections, pages and annotations is
asked of each of them; with --share, of such a part of the annotations, chosen at random (and of all pages). The
formats “uri” and “date-time”, which jsonschema knows only with further packages, are checked here.
Exit code 1 where a must is not met; those are listed with the ids of the first few.
"""

import argparse
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT4

Json = dict[str, Any]
KINDS = {
    "Annotation": "annotations/annotationMusts.test",
    "AnnotationCollection": "collections/collectionMusts.test",
    "AnnotationPage": "collections/pages/pageMusts.test",
}
# RFC 3986: a scheme and the letters that an address may hold; RFC 3339: a moment with its offset.
URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
FORMATS = FormatChecker(())


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(URI.fullmatch(value))


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return bool(MOMENT.fullmatch(value)) and bool(datetime.fromisoformat(value.upper()))


@dataclass(frozen=True)
class Must:
    """One assertion: its file within the suite, and what asks it."""

    name: str
    validator: Draft4Validator


def musts(suite: Path) -> dict[str, list[Must]]:
    """The assertions by kind of document; ValueError for one that is no “must” or expects a failure."""
    shared = [json.loads(path.read_bytes()) for path in sorted(suite.glob("definitions/*.json"))]
    registry: Registry[Any] = Registry().with_resources(
        (each["id"], DRAFT4.create_resource(each)) for each in shared
    )
    return {kind: list(_asked(suite, file, registry)) for kind, file in KINDS.items()}


def _asked(suite: Path, file: str, registry: "Registry[Any]") -> Iterator[Must]:
    for name in json.loads((suite / file).read_bytes())["assertions"]:
        schema = json.loads((suite / name).read_bytes())
        if schema["expectedResult"] != "valid":
            raise ValueError(f"{name} expects {schema['expectedResult']}")
        yield Must(name, Draft4Validator(schema, registry=registry, format_checker=FORMATS))


def documents(path: Path) -> Iterator[Json]:
    """The JSON-LD documents of a file, one at a time in memory."""
    if not is_zipfile(path):
        yield json.loads(path.read_bytes())
        return
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".jsonld"):
                yield json.loads(archive.read(name))


def parts(document: Json) -> Iterator[Json]:
    """The document, the pages inside it and their annotations, each with the context that it stands in."""
    yield document
    context = {"@context": document["@context"]}
    for name in ("first", "last", "items"):
        for inside in _listed(document.get(name)):
            yield from parts({**context, **inside})


def _listed(value: Any) -> list[Json]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, dict)]


def unmet(document: Json, asked: Sequence[Must]) -> Iterator[str]:
    """The names of the assertions that the document does not meet."""
    return (must.name for must in asked if not must.validator.is_valid(document))


def check(paths: Sequence[Path], asked: dict[str, list[Must]], share: float, seed: int) -> int:
    """Print what was asked and what is not met; how many are not."""
    chance = random.Random(seed)  # noqa: S311 (which annotations are looked at is no secret)
    seen, checked, run = (defaultdict[str, int](int) for _ in range(3))
    wrong = defaultdict[str, list[str]](list)
    began = time.monotonic()
    for document in (each for path in paths for each in documents(path)):
        for part in parts(document):
            kind = part["type"]
            seen[kind] += 1
            if kind == "Annotation" and chance.random() >= share:
                continue
            checked[kind] += 1
            run[kind] += len(asked[kind])
            for name in unmet(part, asked[kind]):
                wrong[name].append(part["id"])
    for kind, of_kind in asked.items():
        print(f"{kind}: {checked[kind]:,} of {seen[kind]:,}, {len(of_kind)} musts each")
    for name, ids in wrong.items():
        print(f"NOT MET {name}: {len(ids):,} times, such as {ids[:3]}")
    failed = sum(map(len, wrong.values()))
    seconds = time.monotonic() - began
    print(f"{sum(run.values()):,} assertions asked, {failed:,} not met, {seconds:.0f} s")
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("suite", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--share", type=float, default=1.0, help="of the annotations, at random")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    return 1 if check(options.files, musts(options.suite), options.share, options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
