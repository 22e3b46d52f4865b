"""Damaged files of every kind: no server error, and never a part of one."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from annotations.doctor import examine
from annotations.exports.formats import Order
from annotations.exports.lines_selection import selection
from annotations.imports.plan import Fate, Incoming, Plan, plan_of
from annotations.imports.registry import importer_named
from annotations.models import Revision, Statement, Upload
from annotations.models.kinds import KINDS
from annotations.permissions import EDITOR
from annotations.tests.brat import corpus
from annotations.tests.doctor.world import make_world
from annotations.tests.factories import make_actor, make_statement, make_user, usual
from annotations.tests.imports import made_dna
from annotations.tests.imports.made_files import FEED, PAGE, TEXT, written_document, zipped
from annotations.tests.imports.mutations import mutated, overwritten
from annotations.tests.imports.test_statement_table import changed
from annotations.tests.lines.files import empty_but_accounts
from annotations.tests.lines.spoiling import spoiled

pytestmark = pytest.mark.django_db
SEED = 5
TABLE = 'text,headline,published_on,url\r\n"One, “two”.\nThree.",H,2026-05-04,https://example.org/a\r\nFour.,,,\r\n'
ORIGINALS: dict[str, dict[str, bytes]] = {
    "articles": {
        "a.txt": TEXT.encode(),
        "a.html": PAGE.encode(),
        "a.docx": written_document(),
        "a.zip": zipped(
            ("one.txt", "One."), ("two.html", PAGE), ("three.docx", written_document())
        ),
        "a.csv": TABLE.encode(),
    },
    "feed": {
        "feed.xml": FEED.replace(
            "Third</title>", "Third</title><description>x</description>"
        ).encode()
    },
    "brat": {
        "bridge.ann": corpus.ANN.encode(),
        "bridge.txt": corpus.TEXT.encode(),
        "articles.tsv": b"name\theadline\tpublisher\tdate\nbridge\tThe bridge\tPost\t2026-05-04\n",
    },
    "statements": {},  # these are made from the database
    "lines": {},
    "dna": {},
}


def state() -> Any:
    """What an import could change: how many of each, and every version."""
    versions = tuple(Statement.objects.order_by("pk").values_list("pk", "version"))
    return [kind.model._base_manager.count() for kind in KINDS], versions


def bring(client: Client, kind: str, name: str, data: bytes) -> tuple[int, Plan | None]:
    """The answer's status, and the plan as it was carried out; None where it was not."""
    sent = client.post(f"/imports/new/{kind}/", {"file": SimpleUploadedFile(name, data)})
    if sent.status_code != 302:
        return sent.status_code, None
    upload = Upload.objects.get(uid=sent["Location"].split("/")[-2])
    shown = client.get(sent["Location"]).status_code
    answer = client.post(f"{sent['Location']}carry-out/", {"digest": upload.digest})
    if answer.status_code != 302:
        return max(shown, answer.status_code), None
    upload.refresh_from_db()
    return max(shown, client.get(sent["Location"]).status_code), plan_of(upload.plan)


def tried(client: Client, kind: str, originals: dict[str, bytes], number: int) -> Counter[str]:
    """What became of so many damaged files; fails where one is a server error or half there."""
    counted: Counter[str] = Counter()
    for name, data in damaged(kind, originals, number, SEED):
        with transaction.atomic():
            before = state()
            status, plan = bring(client, kind, name, data)
            assert status < 500, (name, status, data[:500])
            fates = {row.fate for row in plan.rows} if plan else set()
            written = fates & {Fate.MADE, Fate.CHANGED}
            assert not (written and fates & {Fate.REFUSED, Fate.NOT_DONE}), (name, fates)
            assert bool(written) == (state() != before), (name, fates)
            if written:
                assert_nothing_is_wrong()
            counted["taken" if written else "not taken"] += 1
            transaction.set_rollback(True)
    return counted


def assert_nothing_is_wrong() -> None:
    """Texts are those received, whatever came in."""
    for revision in Revision.objects.order_by("-pk")[:5]:
        assert revision.sha256 == Revision.digest(revision.text)
        assert "\x00" not in revision.text
        assert "\r" not in revision.text


GENTLY = {"lines": spoiled, "dna": overwritten}  # they hardly outlive the other ways


def damaged(
    kind: str, originals: dict[str, bytes], number: int, seed: int
) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of so many files; of brat's, one of a sound archive is damaged, or the archive."""
    files = {**originals, "x.zip": zipped(*originals.items())} if kind == "brat" else originals
    chance = random.Random(seed)
    for each, (name, data) in enumerate(mutated(files, number, seed)):
        if kind in GENTLY and each % 2:
            yield name, GENTLY[kind](originals[name], chance)
        elif kind == "brat" and name != "x.zip":
            yield "x.zip", zipped(*{**originals, name: data}.items())
        else:
            yield name, data


def originals_of(kind: str, folder: Path) -> dict[str, bytes]:
    match kind:
        case "statements":
            make_statement(speaker=make_actor("A"), points=["One", "Two"], gist="A gist", note="x")
            make_statement(gist="نیروها")
            return {"statements.csv": changed(gist="Edited", point="One | Other", venue="کابل")}
        case "lines":
            make_world()
            file = b"".join(selection(Order(usual(EDITOR), ""), "default"))
            empty_but_accounts()
            return {"records.jsonl": file}
        case "dna":
            return {"made.dna": made_dna.make(folder / "made.dna").read_bytes()}
    return ORIGINALS[kind]


@pytest.mark.parametrize("kind", ORIGINALS)
def test_a_few_damaged_files_are_taken_whole_or_not(
    kind: str, client: Client, tmp_path: Path
) -> None:
    client.force_login(make_user(EDITOR))

    tried(client, kind, originals_of(kind, tmp_path), 6)


@pytest.mark.long
@pytest.mark.parametrize("kind", ORIGINALS)
def test_two_thousand_damaged_files_are_taken_whole_or_not(
    kind: str, client: Client, tmp_path: Path
) -> None:
    client.force_login(make_user(EDITOR))

    counted = tried(client, kind, originals_of(kind, tmp_path), 2000)

    print(f"{kind}: {dict(counted)}")
    assert counted.total() == 2000
    assert counted["taken"]
    assert {outcome.number for outcome in examine("default", most=1)} == {0}


@pytest.mark.long
@pytest.mark.parametrize("kind", ORIGINALS)
def test_no_reader_fails_on_ten_thousand_more(kind: str, tmp_path: Path) -> None:
    user = make_user(EDITOR)
    importer = importer_named(kind)
    assert importer is not None
    originals = originals_of(kind, tmp_path)
    for name, data in damaged(kind, originals, 10_000, SEED + 1):
        try:
            importer.parse(Incoming(name, data), user)
        except ValidationError:
            continue
