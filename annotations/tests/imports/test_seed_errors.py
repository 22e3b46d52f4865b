"""What is wrong in the seeds stops the load, is named with its place, and nothing is stored."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotations.editing.attribute import PartInput
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.place import Selection
from annotations.imports import seeds
from annotations.imports.seed_records import SeedError
from annotations.models import Actor, Article, Statement
from annotations.tests import seeded
from annotations.tests.factories import make_article

pytestmark = pytest.mark.django_db

A5 = "article 000_a77fe9d7a1452a56.txt, statement A5"
Change = Callable[[dict[str, Any]], object]


def _statement(file: dict[str, Any], key: str) -> dict[str, Any]:
    statements: list[dict[str, Any]] = [s for a in file["articles"] for s in a["statements"]]
    return next(statement for statement in statements if statement["id"] == key)


WRONG: dict[str, tuple[Change, str]] = {
    "words that are missing": (
        lambda file: _statement(file, "A5").update(cue=["referred to"]),
        f"{A5}, cue: “referred to” is not in the text",
    ),
    "words that are ambiguous": (
        lambda file: _statement(file, "A5").update(source=["He"]),
        f"{A5}, source: “He” stands 2 times in the text",
    ),
    "a prefix that does not fit": (
        lambda file: _statement(file, "A5").update(cue=[{"exact": "alleged", "prefix": "or "}]),
        f"{A5}, cue: “alleged” is not in the text",
    ),
    "an unknown key": (
        lambda file: _statement(file, "A5").update(tone="harsh"),
        f"{A5}: tone unknown",
    ),
    "a missing key": (lambda file: _statement(file, "A5").pop("act"), f"{A5}: act missing"),
    "an unknown form": (
        lambda file: _statement(file, "A5").update(form="shouted"),
        f"{A5}: form “shouted” unknown",
    ),
    "an unknown act": (
        lambda file: _statement(file, "A5").update(act="rumour"),
        f"{A5}: act “rumour” unknown",
    ),
    "an unknown actor": (
        lambda file: _statement(file, "A5")["attributions"][0].update(actor="nobody"),
        f"{A5}, attribution 1: actor “nobody” unknown",
    ),
    "an unknown part": (
        lambda file: _statement(file, "A5")["attributions"][0].update(part="hero"),
        f"{A5}, attribution 1: part “hero” unknown",
    ),
    "a speaker without a basis": (
        lambda file: _statement(file, "A5")["attributions"][0].pop("speaker_basis"),
        f"{A5}: Say how the speaker is known",
    ),
    "an unknown relation": (
        lambda file: file["responses"][1].update(relation="refutes"),
        "response 2 (A6 to A4): relation “refutes” unknown",
    ),
    "an unknown claim": (
        lambda file: file["responses"][1].update(claim="Z1"),
        "response 2: claim “Z1” unknown",
    ),
    "a marker that stands in neither article": (
        lambda file: file["responses"][1].update(marker="in reply"),
        "response 2 (A6 to A4), marker: “in reply” is not in the text",
    ),
    "a point that the claim has not": (
        lambda file: file["responses"][1].update(answers=[3]),
        "response 2 (A6 to A4): answers 3: the claim has 2 points",
    ),
    "a party that is not accused": (
        lambda file: file["responses"][1].update(for_parties=["sw"]),
        "response 2 (A6 to A4): SW is not accused in this claim.",
    ),
    "a response linked twice": (
        lambda file: file["responses"].append(copy.deepcopy(file["responses"][1])),
        "This response is linked to this claim already",
    ),
    "a restatement of itself": (
        lambda file: file["restatements"][0].update(by="A6"),
        "restatement 1 (A6 of A6): A statement does not restate itself.",
    ),
    "a circle of restatements": (
        lambda file: file["restatements"].append({"of": "A1", "by": "A6", "scope": "part"}),
        "restatement 9 (A6 of A1): That closes a circle",
    ),
    "an unknown status": (
        lambda file: file["articles"][1]["reply_records"][0].update(status="silent"),
        "reply record 1: status “silent” unknown",
    ),
    "evidence that is missing": (
        lambda file: file["articles"][1]["reply_records"][0].update(evidence="said nothing"),
        "reply record 1, evidence: “said nothing” is not in the text",
    ),
    "an unknown outlet": (
        lambda file: file["articles"][0].update(outlet="reuters"),
        "article 000_a77fe9d7a1452a56.txt: outlet “reuters” unknown",
    ),
    "a date that is none": (
        lambda file: file["articles"][0].update(published_on="Tuesday"),
        "article 000_a77fe9d7a1452a56.txt: published_on is not a date like 2026-01-31",
    ),
    "a text that is not there": (
        lambda file: file["articles"][0].update(file="001.txt"),
        "article 001.txt: the text cannot be read",
    ),
    "an id that stands twice": (
        lambda file: _statement(file, "B1").update(id="A1"),
        "statement A1: id “A1” stands twice",
    ),
    "an actor's key that stands twice": (
        lambda file: file["actors"][1].update(key="chaudhry"),
        "actor chaudhry: key “chaudhry” stands twice",
    ),
    "an unknown kind of actor": (
        lambda file: file["actors"][0].update(kind="robot"),
        "actor chaudhry: kind “robot” unknown",
    ),
    "other counts than promised": (
        lambda file: file["counts"].update(statements=23),
        "statements: 22 stored, 23 promised",
    ),
    "a count that is missing": (
        lambda file: file["counts"].pop("points"),
        "counts: points missing",
    ),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_an_error_names_its_place_and_nothing_is_stored(
    tmp_path: Path, change: Change, message: str
) -> None:
    folder = _changed(tmp_path, change)
    editor, reviewer = seeded.people()

    with pytest.raises(SeedError) as refused:
        seeds.load(folder, editor=editor, reviewer=reviewer)

    assert message in str(refused.value)
    assert _stored() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "annotations.json cannot be read"), ("[]", "annotations.json: not an object")],
)
def test_a_file_that_is_not_what_it_should_be(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "annotations.json").write_text(content)
    editor, reviewer = seeded.people()

    with pytest.raises(SeedError, match=message):
        seeds.load(tmp_path, editor=editor, reviewer=reviewer)


def test_nobody_approves_their_own_seeds() -> None:
    editor, _ = seeded.people()

    with pytest.raises(SeedError):
        seeds.load(seeded.FOLDER, editor=editor, reviewer=editor)

    assert _stored() == (0, 0, 0, 0, 0)


def test_articles_that_came_in_otherwise_do_not_stand_in_for_the_seeds() -> None:
    make_article(text=seeded.text_of(seeded.ARTICLES[0]["file"]))

    loaded = seeded.load()

    assert loaded == seeded.ANNOTATIONS["counts"]


def test_a_load_that_finds_only_some_of_its_articles_stops(tmp_path: Path) -> None:
    seeded.load()
    folder = _changed(tmp_path, lambda file: file["articles"][1].update(file="other.txt"))
    shutil.copy(folder / seeded.ARTICLES[1]["file"], folder / "other.txt")
    editor, reviewer = seeded.people()

    with pytest.raises(SeedError, match=r"without other\.txt"):
        seeds.load(folder, editor=editor, reviewer=reviewer)


def test_what_an_editor_changed_since_stays_changed() -> None:
    seeded.load()
    statement = seeded.stored("A1")
    _reword(statement, gist="The ministry rejects what Pakistan says")

    seeded.load()

    again = seeded.stored("A1")
    assert (again.gist, again.state) == ("The ministry rejects what Pakistan says", "submitted")


def _reword(statement: Statement, gist: str) -> None:
    revise(
        user=statement.created_by,
        statement=statement,
        version=statement.version,
        details=StatementDetails(form=statement.form, act=statement.act, gist=gist),
        parts=[
            PartInput(row.part, row.actor, row.as_printed, row.title_as_printed, row.speaker_basis)
            for row in statement.live_attributions()
        ],
        points=[],
        selections=[Selection(s.role, 0, 0, "", s.uid) for s in statement.live_spans()],
        revision_number=1,
    )


def _changed(folder: Path, change: Change) -> Path:
    """A copy of the seeds with one change in annotations.json."""
    for article in seeded.ARTICLES:
        shutil.copy(seeded.FOLDER / article["file"], folder)
    file = copy.deepcopy(seeded.ANNOTATIONS)
    change(file)
    (folder / "annotations.json").write_text(json.dumps(file), encoding="utf-8")
    return folder


def _stored() -> tuple[int, ...]:
    return (
        Actor.objects.count(),
        Article.objects.count(),
        Statement.objects.count(),
        Actor.history.count(),
        Statement.history.count(),
    )
