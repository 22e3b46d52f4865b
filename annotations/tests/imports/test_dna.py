import io
import random
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from annotations.imports.dna import carry_out, parse
from annotations.imports.dna_file import OPTIONAL, read
from annotations.imports.plan import Fate, Incoming
from annotations.models import Actor, Article, Attribution, Statement
from annotations.tests.factories import make_actor, usual
from annotations.tests.imports.made_dna import ATTRIBUTES, FIRST, QUOTES, make
from annotations.tests.imports.mutations import overwritten


def incoming(path: Path) -> Incoming:
    return Incoming(path.name, path.read_bytes())


def parts(statement: Statement) -> list[tuple[str, str, str]]:
    rows = statement.live_attributions()
    return [(row.part, row.actor.name, row.actor.kind) for row in rows]


@pytest.mark.django_db
def test_documents_become_articles_and_statements_drafts(tmp_path: Path) -> None:
    editor, file = usual("editor"), incoming(make(tmp_path / "made.dna"))

    plan = carry_out()(parse(file, editor), editor, whole=True)

    assert [row.fate for row in plan.rows] == [Fate.MADE, Fate.MADE]
    first, second = Article.objects.order_by("id")
    assert (first.headline, first.byline, first.published_on) == (
        "Talks",
        "A. Writer",
        date(2026, 1, 1),
    )
    assert first.outlet is not None
    assert (first.outlet.name, first.outlet.kind) == ("The Gazette", Actor.Kind.MEDIA)
    assert first.revision.text == FIRST.replace("\r\n", "\n")
    assert (second.outlet, second.published_on) == (None, None)
    said, denied, marked = Statement.objects.order_by("id")
    assert (said.quote(), denied.quote(), marked.quote()) == (*QUOTES, "marked here")
    assert parts(said) == [
        ("speaker", "Ada Example", "person"),
        ("acting_for", "Ministry of Examples", "organisation"),
    ]
    assert parts(denied) == [("speaker", "Ministry of Examples", "organisation")]
    assert parts(marked) == [("speaker", "Unnamed source", "unnamed_person")]
    assert (said.gist, denied.gist) == (
        "The bridge is unsafe",
        "Disagrees: The bridge is unsafe",
    )
    assert (denied.act, denied.state) == ("denial", "draft")
    assert said.note == "Discourse Network Analyzer: DNA Statement 1\nweight: 7"
    assert marked.note == 'Discourse Network Analyzer: Annotation 3\nnote: Look; "here"'


@pytest.mark.django_db
def test_actors_that_are_here_are_met_and_printed_words_are_not_invented(tmp_path: Path) -> None:
    editor, ada = usual("editor"), make_actor("Ada  Example", aliases=["A. Example"])
    file = incoming(make(tmp_path / "made.dna"))

    carry_out()(parse(file, editor), editor, whole=True)

    said = Statement.objects.order_by("id")[0]
    [speaker] = said.speakers()
    assert speaker.actor == ada
    assert (speaker.as_printed, speaker.speaker_basis) == ("", Attribution.Basis.EDITOR_INFERRED)


@pytest.mark.django_db
def test_attributes_come_with_new_actors_and_what_stays_out_is_counted(tmp_path: Path) -> None:
    editor = usual("editor")
    file = incoming(make(tmp_path / "made.dna", ATTRIBUTES))
    said = parse(file, editor).warnings
    carry_out()(parse(file, editor), editor, whole=True)

    ada, ministry = (Actor.objects.get(name=n) for n in ("Ada Example", "Ministry of Examples"))
    assert ([str(a) for a in ada.aliases.all()], ada.kind, ada.note) == (
        ["A. Example", "Ada E."],
        "person",
        "Type: Expert\nOf the bridge.",
    )
    assert (ministry.kind, ministry.note) == ("state", "Website: example.org")
    assert said == (
        "Attributes that are not taken, since only actors have a place for them: concept / Type (1).",
        "1 person or organization with attributes stands in no statement and does not come in.",
        (
            "Who coded is not taken: drafts are the work of who brings them in. "
            "Statements by coder: Coder 1 (2), nobody named (1)."
        ),
        "Not taken: words to be coloured (2).",
    )


@pytest.mark.django_db
def test_an_actor_that_is_here_is_not_changed_by_attributes(tmp_path: Path) -> None:
    editor, ada = usual("editor"), make_actor("Ada  Example", aliases=["A. Example"])
    file = incoming(make(tmp_path / "made.dna", ATTRIBUTES))

    plan = carry_out()(parse(file, editor), editor, whole=True)

    ada.refresh_from_db()
    assert (ada.note, ada.version, ada.aliases.count()) == ("", 1, 1)
    assert "Here already, and not changed by their attributes: Ada Example." in plan.warnings


def test_tables_that_nothing_stands_on_may_be_missing(tmp_path: Path) -> None:
    drops = "".join(f"DROP TABLE {name};" for name in OPTIONAL)

    database = read(make(tmp_path / "made.dna", drops).read_bytes())

    assert len(database.documents) == 2
    assert not any(entity.attributes for entity in database.entities)


@pytest.mark.django_db
def test_what_came_in_before_is_left_out(tmp_path: Path) -> None:
    editor, file = usual("editor"), incoming(make(tmp_path / "made.dna"))
    carry_out()(parse(file, editor), editor, whole=True)

    again = carry_out()(parse(file, editor), editor, whole=True)

    assert [row.fate for row in again.rows] == [Fate.LEFT_OUT, Fate.LEFT_OUT]
    assert all(row.links for row in again.rows)
    assert Article.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE STATEMENTS SET Stop = 9999 WHERE ID = 2", "is not a place in the text"),
        ("UPDATE STATEMENTS SET Start = 1 WHERE ID = 1", "begins or ends inside a character"),
        ("UPDATE DOCUMENTS SET Text = ' ' WHERE ID = 1", "There is no text."),
        ("UPDATE DOCUMENTS SET Title = 'a' || char(0) WHERE ID = 1", "cannot be stored"),
    ],
)
def test_a_fault_in_one_document_stops_all_or_only_itself(
    tmp_path: Path, change: str, said: str
) -> None:
    editor, file = usual("editor"), incoming(make(tmp_path / "made.dna", change))
    plan = parse(file, editor)
    assert said in " ".join(plan.rows[0].errors)

    whole = carry_out()(plan, editor, whole=True)
    assert ([row.fate for row in whole.rows], Article.objects.count()) == (
        [Fate.REFUSED, Fate.NOT_DONE],
        0,
    )

    partly = carry_out()(plan, editor, whole=False)
    assert [row.fate for row in partly.rows] == [Fate.REFUSED, Fate.MADE]


BOMB = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS ID, "
HOSTILE = {
    "a view": (
        "DROP TABLE ENTITIES; CREATE VIEW ENTITIES AS "
        + BOMB
        + "1 AS VariableId, 'a' AS Value FROM n",
        "no table ENTITIES",
    ),
    "a virtual table": (
        "DROP TABLE ENTITIES; CREATE VIRTUAL TABLE ENTITIES USING fts5(ID, VariableId, Value)",
        "no table ENTITIES",
    ),
    "a computed column": (
        "DROP TABLE ENTITIES; CREATE TABLE ENTITIES(ID INTEGER, VariableId INTEGER, Value TEXT AS (hex(zeroblob(9))))",
        "no column Value",
    ),
    "a number for a text": ("UPDATE DOCUMENTS SET Title = x'00ff'", "of another kind"),
    "a text for a number": ("UPDATE DATABOOLEAN SET Value = 'yes'", "of another kind"),
    "bytes that are no text": (
        "UPDATE DOCUMENTS SET Title = CAST(x'ff' AS TEXT)",
        "cannot be read",
    ),
    "a value too long": (
        "UPDATE DOCUMENTS SET Text = CAST(zeroblob(40000000) AS TEXT)",
        "cannot be read",
    ),
    "another version": ("UPDATE SETTINGS SET Value = '2.0.1'", "version 2.0.1"),
    "no table": ("DROP TABLE DATAINTEGER", "no table DATAINTEGER"),
    "no column": ("ALTER TABLE DOCUMENTS DROP COLUMN Source", "no column Source"),
    "a statement of no document": ("DELETE FROM DOCUMENTS WHERE ID = 2", "not there"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_database_is_refused_in_plain_words(tmp_path: Path, name: str) -> None:
    change, said = HOSTILE[name]
    data = make(tmp_path / "made.dna", change).read_bytes()

    with pytest.raises(ValidationError, match=said):
        read(data)


@pytest.mark.parametrize("data", [b"", b"PK", b"SQLite format 3\0", b"SQLite format 3\0" * 99])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(ValidationError):
        read(data)


def read_or_refused(data: bytes) -> bool:
    try:
        read(data)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "times", [50, pytest.param(2000, marks=pytest.mark.long)], ids=["some", "many"]
)
def test_mutated_files_are_read_or_refused(tmp_path: Path, times: int) -> None:
    data, chance = make(tmp_path / "made.dna").read_bytes(), random.Random(7)
    began = time.monotonic()

    outcomes = {read_or_refused(overwritten(data, chance)) for _ in range(times)}

    assert outcomes == {True, False}
    assert time.monotonic() - began < times


@pytest.mark.django_db
def test_the_command_previews_and_imports(tmp_path: Path) -> None:
    editor, path, said = usual("editor"), make(tmp_path / "made.dna"), io.StringIO()

    call_command("import_dna", path, user=editor.username, preview=True, stdout=said)
    assert Article.objects.count() == 0
    assert "Article “Talks” with 2 statements" in said.getvalue()
    call_command("import_dna", path, user=editor.username, stdout=said)

    assert "Documents: 2 imported, 0 left out, 0 refused" in said.getvalue()
    assert Statement.objects.count() == 3


@pytest.mark.django_db
def test_the_command_refuses_in_plain_words(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "x.dna").write_bytes(b"x")
    broken = make(tmp_path / "b.dna", "UPDATE STATEMENTS SET Stop = 9999 WHERE ID = 2")

    with pytest.raises(CommandError, match=r"“x\.dna”: This is no SQLite database\."):
        call_command("import_dna", tmp_path / "x.dna", user=usual("editor").username)
    with pytest.raises(CommandError, match="is not an editor"):
        call_command("import_dna", broken, user=usual("reporter").username)
    with pytest.raises(SystemExit):
        call_command("import_dna", broken, user=usual("editor").username)
    assert "statement 2: 99 to 9999 is not a place" in capsys.readouterr().out
    assert Article.objects.count() == 0
