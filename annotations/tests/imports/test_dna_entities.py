"""Whom the entities of a database become, and what of them, and of what only adds to them, stays out."""

from pathlib import Path

import pytest

from annotations.imports.dna import carry_out, parse
from annotations.imports.dna_file import read
from annotations.imports.plan import Fate, Incoming, Plan
from annotations.models import Actor, Statement
from annotations.tests.factories import make_actor, usual
from annotations.tests.imports.made_dna import ATTRIBUTES, make

ALIAS_IS_ANOTHER = """
INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue)
  VALUES (1, 4, 'ministry of Examples; A. Example');
INSERT INTO DOCUMENTS SELECT ID + 10, Title || ID, Text, 1, '', '', '', '', '', 0 FROM DOCUMENTS;
INSERT INTO DOCUMENTS SELECT ID + 20, Title || ID, Text, 1, '', '', '', '', '', 0 FROM DOCUMENTS;
INSERT INTO STATEMENTS SELECT 100 + ID, 1, ID, 0, 4, 1 FROM DOCUMENTS WHERE ID > 2;
"""
SAYS = "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) SELECT ID, {0}, {0} FROM STATEMENTS WHERE ID > 100;"


def incoming(path: Path) -> Incoming:
    return Incoming(path.name, path.read_bytes())


def imported(path: Path) -> Plan:
    editor = usual("editor")
    plan = carry_out()(parse(incoming(path), editor), editor, whole=True)
    assert {row.fate for row in plan.rows} == {Fate.MADE}
    return plan


@pytest.mark.django_db
@pytest.mark.parametrize("is_first", [True, False])
def test_an_alias_that_another_entity_is_called_makes_neither_the_other(
    tmp_path: Path, is_first: bool
) -> None:
    later = "UPDATE STATEMENTS SET DocumentId = 31 WHERE ID = 1;" if is_first else ""
    path = make(tmp_path / "made.dna", ALIAS_IS_ANOTHER, SAYS.format(2), later)

    plan = imported(path)

    ada, ministry = (Actor.objects.get(name=n) for n in ("Ada Example", "Ministry of Examples"))
    spoke = Statement.objects.filter(attributions__actor=ministry).distinct().count()
    assert ([str(alias) for alias in ada.aliases.all()], spoke) == (["A. Example"], 8)
    assert (
        "Not taken as other names, since others in the file have them as their own: "
        "Ada Example / ministry of Examples."
    ) in plan.warnings


@pytest.mark.django_db
def test_the_actor_of_that_name_is_met_before_one_of_that_other_name(tmp_path: Path) -> None:
    ministry = make_actor("Ministry of Examples", kind=Actor.Kind.ORGANISATION)
    make_actor("Another Ministry", aliases=["Ministry of Examples"])

    imported(make(tmp_path / "made.dna"))

    assert Actor.objects.filter(name="Ministry of Examples").get() == ministry
    assert Statement.objects.filter(attributions__actor=ministry).distinct().count() == 2


@pytest.mark.django_db
def test_what_of_two_of_one_name_is_dropped_is_counted(tmp_path: Path) -> None:
    same = """
    INSERT INTO ENTITIES VALUES (7, 1, 'Ministry of Examples');
    INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) VALUES
      (7, 7, 'A person.'), (7, 4, 'Mr Examples');
    UPDATE DATASHORTTEXT SET Entity = 7 WHERE StatementId = 2 AND VariableId = 1;
    """

    plan = imported(make(tmp_path / "made.dna", same))

    assert Actor.objects.filter(name="Ministry of Examples").count() == 1
    assert (
        "1 person or organization becomes one actor with another of its name and loses: "
        "person Ministry of Examples (kind, other names, note)."
    ) in plan.warnings


@pytest.mark.django_db
def test_attributes_that_cannot_be_stored_are_left_out_and_named(tmp_path: Path) -> None:
    unfit = """
    UPDATE ATTRIBUTEVALUES SET AttributeValue = 'Ada E.; ' || printf('%.301c', 'a') WHERE AttributeVariableId = 4;
    UPDATE ATTRIBUTEVALUES SET AttributeValue = 'a' || char(0) WHERE AttributeVariableId IN (1, 7);
    """

    plan = imported(make(tmp_path / "made.dna", ATTRIBUTES, unfit))

    ada = Actor.objects.get(name="Ada Example")
    assert ([str(alias) for alias in ada.aliases.all()], ada.note) == (["Ada E."], "")
    assert (
        "Attributes that cannot be stored and are left out: Ada Example / Alias (1), "
        "Ada Example / Notes (1), Ada Example / Type (1)."
    ) in plan.warnings


TABLE = "DROP TABLE {0}; CREATE TABLE {0}({1});"
UNREAD = "Tables that are not as they should be, and left out: {0}."
ODD = "Values of another kind than they should be, left out: {0} (1)."
GIVEN = """
DROP TABLE ATTRIBUTEVALUES; CREATE TABLE ATTRIBUTEVALUES(EntityId, AttributeVariableId, AttributeValue);
INSERT INTO ATTRIBUTEVALUES VALUES (1, 1, {0});
"""
EXTRAS = {
    "a column": ("ALTER TABLE CODERS DROP COLUMN Name", UNREAD.format("CODERS")),
    "a view": (
        "DROP TABLE REGEXES; CREATE VIEW REGEXES AS SELECT 1 Label",
        UNREAD.format("REGEXES"),
    ),
    "links": (TABLE.format("VARIABLELINKS", "ID"), UNREAD.format("VARIABLELINKS")),
    "NULL": (
        GIVEN.format("NULL"),
        ODD.format("ATTRIBUTEVALUES"),
    ),
    "a number": (
        GIVEN.format("7"),
        ODD.format("ATTRIBUTEVALUES"),
    ),
    "a coder": ("UPDATE STATEMENTS SET Coder = 'x' WHERE ID = 1", ODD.format("STATEMENTS / Coder")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXTRAS)
def test_what_only_adds_refuses_no_file(tmp_path: Path, name: str) -> None:
    change, said = EXTRAS[name]

    plan = imported(make(tmp_path / "made.dna", change))

    assert said in plan.warnings
    assert Statement.objects.count() == 3


def test_statements_need_no_coder(tmp_path: Path) -> None:
    path = make(tmp_path / "made.dna", "ALTER TABLE STATEMENTS DROP COLUMN Coder")

    database = read(path.read_bytes())

    assert sum(len(document.statements) for document in database.documents) == 3
    assert database.coders == {"": 3}
