from datetime import date
from typing import Any

import pytest

from annotations.editing import merge, name
from annotations.models.statement import StatementQuerySet
from annotations.tests.exports.reading import actor_cells
from annotations.tests.factories import (
    approve_all,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db


def test_who_stands_in_the_other_files_has_a_row() -> None:
    outlet, speaker, army, state, asked = (
        make_actor(called) for called in ("Gazette", "Saphire", "Army", "State", "Asked")
    )
    make_actor("Nobody")
    claim = make_statement(make_article(outlet=outlet), speaker=speaker, about=[army])
    make_response(claim, make_statement(claim.article, speaker=army), parties=[army])
    make_reply_record(claim, army, claimant=asked)
    make_statement(claim.article, speaker=speaker, acting_for=[state])

    rows = actor_cells(usual("editor"))

    assert [row["name"] for row in rows] == ["Gazette", "Saphire", "Army", "State", "Asked"]
    assert [(row["name"], row["speaker_count"], row["about_count"]) for row in rows][1:3] == [
        ("Saphire", "2", "0"),
        ("Army", "1", "1"),
    ]


def test_a_filter_chooses_the_statements() -> None:
    first, second = make_actor("First"), make_actor("Second")
    make_statement(speaker=first, act="demand")
    make_statement(speaker=second, act="denial")

    def denials(rows: StatementQuerySet) -> StatementQuerySet:
        return rows.filter(act="denial")

    assert [row["name"] for row in actor_cells(usual("editor"), denials)] == ["Second"]


def test_a_merged_actor_is_told_at_the_one_that_was_kept() -> None:
    kept, gone = make_actor("Kept"), make_actor("Gone")
    statement = make_statement(speaker=gone, about=[kept])
    merge.merge(user=usual("editor"), actor=gone, version=gone.version, into=kept)

    [row] = actor_cells(usual("editor"))

    assert (row["name"], row["merged_name"], row["merged_id"]) == ("Kept", "Gone", str(gone.uid))
    assert (row["speaker_count"], row["about_count"]) == ("1", "1")
    assert statement.speakers()[0].actor_id == gone.pk


def test_names_posts_and_notes() -> None:
    editor, ministry = usual("editor"), make_actor("Ministry")
    actor = make_actor("Minister", aliases=["M.", "The | one"], wikidata="Q42")
    type(actor).objects.filter(pk=actor.pk).update(note="for editors")
    details = name.PostDetails("head", ministry, date(2024, 1, 31))
    name.give_post(user=editor, holder=actor, details=details)
    approve_all(make_statement(speaker=actor, about=[ministry]))

    full = actor_cells(editor)[-1]
    public = actor_cells(make_user("reporter"))[-1]

    assert full | {"note": ""} == public
    assert full["note"] == "for editors"
    assert (full["other_name"], full["wikidata"]) == (r"M. | The \| one", "Q42")
    assert (full["post_title"], full["post_organisation"]) == ("head", "Ministry")
    assert (full["post_since"], full["post_until"]) == ("2024-01-31", "")


def test_small_chunks_make_the_same_rows() -> None:
    for _ in range(3):
        make_statement(about=[make_actor()])

    assert actor_cells(usual("editor"), chunk=1) == actor_cells(usual("editor"))


def test_queries_do_not_grow_with_the_actors(django_assert_num_queries: Any) -> None:
    make_statement(about=[make_actor(), make_actor()])
    editor = usual("editor")
    actor_cells(editor)

    with django_assert_num_queries(6):
        actor_cells(editor)
    for _ in range(3):
        make_statement(about=[make_actor(aliases=["x"])])
    with django_assert_num_queries(6):
        actor_cells(editor)
