"""Everything in annotations.json is stored, as it stands there; compared as whole sets."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from annotations.imports.seeds import uid_of
from annotations.models import (
    Actor,
    Article,
    Attribution,
    Placement,
    Point,
    ReplyRecord,
    Response,
    Restatement,
    Span,
    Statement,
    Zone,
)
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests import seeded
from annotations.tests.factories import usual

ROLES = ("content", "source", "cue")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeds")]


def test_the_database_holds_as_many_of_each_as_the_file_promises() -> None:
    across = [link for link in Response.objects.all() if link.crosses_articles]

    counts = {
        "articles": Article.objects.count(),
        "actors": Actor.objects.count(),
        "statements": Statement.objects.count(),
        "content_spans": Span.objects.filter(role="content").count(),
        "source_spans": Span.objects.filter(role="source").count(),
        "cue_spans": Span.objects.filter(role="cue").count(),
        "attributions": Attribution.objects.count(),
        "points": Point.objects.count(),
        "responses": Response.objects.count(),
        "responses_across_articles": len(across),
        "restatements": Restatement.objects.count(),
        "reply_records": ReplyRecord.objects.count(),
    }

    assert counts == seeded.ANNOTATIONS["counts"]


def test_actors_with_their_kinds_and_other_names() -> None:
    expected = {
        (uid_of("actor", key), actor["name"], actor["kind"], frozenset(actor.get("aliases", [])))
        for key, actor in seeded.ACTORS.items()
    }

    stored = {
        (actor.uid, actor.name, actor.kind, frozenset(a.name for a in actor.live_aliases()))
        for actor in Actor.objects.all()
    }

    assert stored == expected


def test_articles_with_their_texts_as_received() -> None:
    expected = {
        (
            uid_of("article", article["file"]),
            article["headline"] or "",
            article["dateline"] or "",
            seeded.named(article["outlet"]) if article["outlet"] else None,
            article["published_on"],
            article["language"],
            seeded.text_of(article["file"]),
        )
        for article in seeded.ARTICLES
    }

    stored = {
        (
            article.uid,
            article.headline,
            article.dateline,
            article.outlet.name if article.outlet else None,
            article.published_on,
            article.language,
            article.revision.text,
        )
        for article in Article.objects.all()
    }

    assert stored == expected


def test_zones_set_the_headline_the_dateline_and_the_boilerplate_apart() -> None:
    stored = {(zone.kind, zone.revision.text[zone.start : zone.end]) for zone in Zone.objects.all()}

    assert stored == {
        ("headline", seeded.ARTICLES[0]["headline"]),
        ("dateline", "KABUL (SW) –"),
        ("boilerplate", "ENDS"),
        ("boilerplate", "Share:"),
    }


def test_statements_with_their_spans_points_and_all_that_is_known_of_them() -> None:
    expected = {
        (
            uid_of("statement", key),
            uid_of("article", statement["file"]),
            statement["form"],
            statement["act"],
            statement.get("venue", ""),
            statement.get("said_on_as_printed", ""),
            statement.get("note", ""),
            seeded.words(statement, "content"),
            seeded.words(statement, "source"),
            seeded.words(statement, "cue"),
            tuple(statement.get("points", [])),
        )
        for key, statement in seeded.STATEMENTS.items()
    }

    stored = {
        (
            statement.uid,
            statement.article.uid,
            statement.form,
            statement.act,
            statement.venue,
            statement.said_on_as_printed,
            statement.note,
            *(tuple(span.exact() for span in statement.live_spans(role)) for role in ROLES),
            tuple(point.text for point in statement.live_points()),
        )
        for statement in Statement.objects.all()
    }

    assert stored == expected


def test_attributions_with_the_printed_words_and_titles() -> None:
    expected = {
        (
            uid_of("statement", key),
            uid_of("actor", part["actor"]),
            part["part"],
            part.get("as_printed", ""),
            part.get("title_as_printed", ""),
            part.get("speaker_basis", ""),
        )
        for key, statement in seeded.STATEMENTS.items()
        for part in statement["attributions"]
    }

    stored = {
        (
            row.statement.uid,
            row.actor.uid,
            row.part,
            row.as_printed,
            row.title_as_printed,
            row.speaker_basis,
        )
        for row in Attribution.objects.all()
    }

    assert stored == expected


def test_responses_with_markers_parties_and_answered_points() -> None:
    expected = {
        (
            link["claim"],
            link["response"],
            link["relation"],
            link["link_basis"],
            link.get("marker", ""),
            frozenset(seeded.named(party) for party in link["for_parties"]),
            frozenset(
                seeded.STATEMENTS[link["claim"]]["points"][number - 1]
                for number in link.get("answers", [])
            ),
        )
        for link in seeded.ANNOTATIONS["responses"]
    }
    ids = seeded.ids()

    stored = {
        (
            ids[link.claim.uid],
            ids[link.response.uid],
            link.relation,
            link.link_basis,
            link.marker(),
            frozenset(party.name for party in link.live_parties()),
            frozenset(point.text for point in link.live_answers()),
        )
        for link in Response.objects.all()
    }

    assert stored == expected


def test_restatements_with_their_scope_and_notes() -> None:
    expected = {
        (link["of"], link["by"], link["scope"], link.get("note", ""))
        for link in seeded.ANNOTATIONS["restatements"]
    }
    ids = seeded.ids()

    stored = {
        (ids[link.of.uid], ids[link.by.uid], link.scope, link.note)
        for link in Restatement.objects.all()
    }

    assert stored == expected


def test_the_reported_silence_with_its_evidence() -> None:
    expected = {
        (
            reply["claim"],
            seeded.named(reply["party"]),
            reply["status"],
            reply["evidence"],
            seeded.named(reply["claimant"]),
            reply["title_as_printed"],
            reply["note"],
            None,
        )
        for reply in seeded.REPLIES
    }
    ids = seeded.ids()

    stored = {
        (
            ids[record.claim.uid],
            record.party.name,
            record.status,
            record.evidence(),
            record.claimant.name if record.claimant else "",
            record.title_as_printed,
            record.note,
            record.as_of,
        )
        for record in ReplyRecord.objects.all()
    }

    assert stored == expected


def test_a_speaker_is_tied_to_the_source_words_that_hold_its_printed_words() -> None:
    tied = {
        (row.as_printed, row.source_span.exact())
        for row in Attribution.objects.filter(statement__uid=uid_of("statement", "A3"))
        if row.source_span
    }

    assert tied == {
        (
            "Sharif Ahmad Chaudhry",
            "the Pakistani army spokesperson, Sharif Ahmad Chaudhry,",
        )
    }


def test_every_placement_stands_where_its_words_stand() -> None:
    wrong = [
        placement
        for placement in Placement.objects.all()
        if placement.revision.text[placement.start : placement.end] != placement.exact
        or placement.state != Placement.State.PLACED
    ]

    assert (wrong, Placement.objects.count()) == ([], Span.objects.count())


def test_all_of_it_is_approved_by_another_than_its_author() -> None:
    people = {
        (record.state, record.created_by, record.reviewed_by)
        for model in (Statement, Response, Restatement, ReplyRecord)
        for record in model._default_manager.all()
    }

    assert people == {("approved", usual(EDITOR), usual(REVIEWER))}


def test_each_act_writes_its_rows_under_one_change() -> None:
    statement = seeded.stored("A5")
    rows: list[Any] = [
        *statement.history.filter(verb="highlighted"),
        *(row for span in statement.spans.all() for row in span.history.all()),
        *(row for part in statement.attributions.all() for row in part.history.all()),
        *(row for point in statement.points.all() for row in point.history.all()),
    ]

    assert {(row.verb, row.history_user) for row in rows} == {("highlighted", usual(EDITOR))}
    assert len({row.change_id for row in rows}) == 1
    assert [row.verb for row in statement.history.exclude(verb="highlighted")] == [
        "approved",
        "submitted",
    ]


def test_a_second_load_leaves_every_row_of_every_table_as_it_was() -> None:
    before = _tables()

    loaded = seeded.load()

    assert loaded is None
    assert _tables() == before


def test_the_same_names_get_the_same_uids_in_every_database() -> None:
    uids = [str(uid_of("statement", "A1")), str(uid_of("response", "A4", "A6", "disputes"))]

    assert uids == [
        "9b807f74-ce72-5903-a3d4-35239b21fee6",
        "e852826d-e511-5f5d-b88e-bbe958160e81",
    ]


def test_nobody_but_the_two_accounts_was_made() -> None:
    assert set(User.objects.all()) == {usual(EDITOR), usual(REVIEWER)}


def _tables() -> dict[str, list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            tables[table] = sorted(cursor.fetchall(), key=repr)
        return tables
