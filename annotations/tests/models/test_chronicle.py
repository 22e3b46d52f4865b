"""A statement's history in plain words."""

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.merge import merge
from annotations.editing.place import Selection
from annotations.editing.undo import undo
from annotations.models import Actor, Statement
from annotations.models.chronicle import chronicle, tell
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_statement,
    request_changes,
    speaks,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db


def change(statement: Statement, venue: str, parts: list[PartInput], points: list[str]) -> None:
    statement = fresh(statement)
    revise(
        user=usual(EDITOR),
        statement=statement,
        version=statement.version,
        details=StatementDetails(form=statement.form, act="denial", venue=venue),
        parts=parts,
        points=[PointInput(text) for text in points],
        selections=[Selection(s.role, 0, 0, "", s.uid) for s in statement.live_spans()],
        revision_number=1,
    )


def test_each_change_says_who_did_what() -> None:
    statement = make_statement()
    request_changes(statement, "Who said it?")

    entries = chronicle(fresh(statement))

    editor, reviewer = usual(EDITOR).username, usual(REVIEWER).username
    assert [(entry.by, entry.verb, entry.reason) for entry in entries] == [
        (reviewer, "asked for changes", "Who said it?"),
        (editor, "submitted", ""),
        (editor, "highlighted", ""),
    ]


def test_changed_fields_are_told_in_words() -> None:
    speaker, army = make_actor("Khwarizmi"), make_actor("Army")
    statement = make_statement(speaker=speaker)
    change(statement, "Kabul", [speaks(speaker), PartInput("about", army)], ["It crossed"])

    entry = chronicle(fresh(statement))[0]

    assert (entry.verb, set(entry.details)) == (
        "revised",
        {
            "act: accusation → denial",
            "venue: nothing → Kabul",
            "added about Army",
            "added point “It crossed”",
        },
    )


def test_what_was_taken_out_is_told() -> None:
    speaker, army = make_actor("Khwarizmi"), make_actor("Army")
    statement = make_statement(speaker=speaker, about=[army], act="denial")
    change(statement, "", [speaks(speaker)], [])

    entry = chronicle(fresh(statement))[0]

    assert entry.details == ("removed about Army",)


def test_undoing_is_told_with_what_was_put_back() -> None:
    speaker, army = make_actor("Khwarizmi"), make_actor("Army")
    statement = make_statement(speaker=speaker, about=[army], act="denial")
    change(statement, "", [speaks(speaker)], ["It crossed"])

    undone = undo(user=usual(EDITOR), change_id=statement.history.latest().change_id)
    undo(user=usual(EDITOR), change_id=undone.change_id)

    again, back = chronicle(fresh(statement))[:2]
    assert (back.verb, set(back.details)) == (
        "undone",
        {"put back about Army", "removed point “It crossed”"},
    )
    assert (again.verb, set(again.details)) == (
        "done again",
        {"removed about Army", "put back point “It crossed”"},
    )


def test_deleting_is_told_as_the_page_calls_it() -> None:
    statement = make_statement()
    delete(statement)

    entry = chronicle(fresh(statement))[0]

    assert (entry.verb, entry.details) == ("deleted", ("review: draft → deleted",))


def test_queries_do_not_grow_with_changes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    short, long = make_statement(), make_statement()
    approve(long)
    delete(long)

    with django_assert_num_queries(5):
        chronicle(short)
    with django_assert_num_queries(5):
        chronicle(long)


def test_a_merge_names_the_other_actor() -> None:
    into, actor = make_actor("Army"), make_actor("The army")
    merged = merge(user=usual(EDITOR), actor=actor, version=actor.version, into=into)

    changes = tell(Actor, merged.history.order_by("-history_id"))

    assert [[str(column) for column in each.columns] for each in changes] == [
        ["merged into: nothing → Army"],
        [],
    ]


def test_rows_are_compared_with_the_one_before_them() -> None:
    statement = submit(make_statement())
    newest, *_, first = statement.history.order_by("-history_id")

    alone, after_another = tell(Statement, [newest]), tell(Statement, [newest], before=first)

    assert alone[0].columns == ()
    assert [str(column) for column in after_another[0].columns] == ["review: draft → submitted"]
