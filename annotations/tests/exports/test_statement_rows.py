from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.editing import merge, name
from annotations.exports.cells import Profile
from annotations.models import PENDING, Actor, Statement
from annotations.tests.exports.reading import SITE, Cells, statement_cells
from annotations.tests.factories import (
    approve,
    approve_all,
    delete,
    fresh,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db

STATES = ["draft", "submitted", "approved", "changes_requested", "rejected", "withdrawn"]


@pytest.fixture
def editor() -> User:
    return usual("editor")


@pytest.fixture
def reporter() -> User:
    return make_user("reporter")


def test_a_statement_is_told_in_full(editor: User) -> None:
    army, ministry = make_actor("Army"), make_actor("Ministry", kind="organisation")
    article = make_article(
        headline="Border",
        outlet=make_actor("Paper"),
        url="https://paper.example/1",
        dateline="KABUL",
        published_on=date(2026, 2, 3),
        language="fa-AF",
    )
    statement = make_statement(
        article,
        ["“Nothing of the kind happened,”", "an expert called it likely"],
        speaker=make_actor("Spokesman"),
        acting_for=[ministry],
        via=[make_actor("Agency"), make_actor("Radio")],
        addressee=[make_actor("Reporters")],
        about=[army],
        source="a spokesman",
        cue="said.",
        form="mixed",
        act="denial",
        points=["It happened", "It was | likely"],
        gist="Denies it.",
        said_on=date(2026, 2, 1),
        said_on_as_printed="on Sunday",
        venue="press conference",
        note="Checked.",
    )  # fmt: skip

    [row] = statement_cells(editor)

    told = {
        "id": str(statement.uid),
        "address": f"{SITE}/statements/{statement.uid}/",
        "quote": "“Nothing of the kind happened,” … an expert called it likely",
        "content": "“Nothing of the kind happened,” | an expert called it likely",
        "source": "a spokesman",
        "cue": "said.",
        "speaker": "Spokesman",
        "speaker_kind": "person",
        "speaker_basis": "named",
        "speaker_as_printed": "a spokesman",
        "acting_for": "Ministry",
        "acting_for_id": str(ministry.uid),
        "via": "Agency | Radio",
        "addressee": "Reporters",
        "about": "Army",
        "about_id": str(army.uid),
        "form": "mixed",
        "act": "denial",
        "gist": "Denies it.",
        "point_number": "1 | 2",
        "point": "It happened | It was \\| likely",
        "said_on": "2026-02-01",
        "said_on_precision": "day",
        "said_on_as_printed": "on Sunday",
        "venue": "press conference",
        "note": "Checked.",
        "article_id": str(article.uid),
        "article_address": f"{SITE}/articles/{article.uid}/",
        "article_headline": "Border",
        "article_outlet": "Paper",
        "article_url": "https://paper.example/1",
        "article_dateline": "KABUL",
        "article_published_on": "2026-02-03",
        "article_language": "fa-AF",
        "response_count": "0",
        "answer_state": "open",
        "party": "Army",
        "party_answer": "none_on_record",
        "party_points_open": "1,2",
        "party_reply_status": "not_sought",
        "state": "draft",
        "changed_at": f"{fresh(statement).changed_at:%Y-%m-%dT%H:%M:%SZ}",
    }
    assert {key: row[key] for key in told} == told


def test_what_is_missing_is_an_empty_cell(editor: User) -> None:
    make_statement(make_article(), speaker=make_actor())

    [row] = statement_cells(editor)

    empty = {key for key, value in row.items() if not value}
    assert {"acting_for", "gist", "said_on", "article_headline", "party", "reply_id"} <= empty


@pytest.mark.parametrize(
    ("precision", "told"), [("day", "2026-02-01"), ("month", "2026-02"), ("year", "2026")]
)
def test_a_date_is_told_as_far_as_it_is_known(precision: str, told: str) -> None:
    from annotations.exports.statement_columns import said_on

    statement = Statement(said_on=date(2026, 2, 1), said_on_precision=precision)

    assert said_on(statement) == told


def test_a_merged_actor_goes_by_the_name_it_was_merged_into(editor: User) -> None:
    kept, merged = make_actor("Army"), make_actor("The army")
    make_statement(about=[merged], speaker=merged)
    merge.merge(user=editor, actor=merged, version=merged.version, into=kept)

    [row] = statement_cells(editor)

    assert (row["speaker"], row["about"], row["party"]) == ("Army", "Army", "Army")
    assert row["speaker_id"] == row["party_id"] == str(kept.uid)


def test_a_speaker_s_organisations_are_those_of_the_day(editor: User) -> None:
    speaker = make_actor("Spokesman")
    for called, since, until in (
        ("Ministry", date(2025, 1, 1), None),
        ("Party", None, None),
        ("Army", None, date(2025, 1, 1)),
        ("Court", date(2026, 3, 1), None),
    ):
        post = name.PostDetails("spokesman", make_actor(called), since, until)
        name.give_post(user=editor, holder=speaker, details=post)
    make_statement(speaker=speaker, said_on=date(2026, 2, 1))

    [row] = statement_cells(editor)

    assert row["speaker_organisation"] == "Ministry | Party"


def test_answers_and_silence_are_told_party_by_party(editor: User) -> None:
    army, state = make_actor("Army"), make_actor("State", kind="state")
    claim = make_statement(about=[army, state], points=["One", "Two"])
    make_response(claim, parties=[army], answers=claim.live_points()[:1])
    record = make_reply_record(
        claim,
        state,
        status="no_reply_by_deadline",
        evidence="The army denied the claim.",
        as_of=date(2026, 2, 3),
        due_on=date(2026, 2, 2),
        claimant=army,
        title_as_printed="the spokesman",
        note="Rang twice.",
    )

    row = statement_cells(editor)[0]

    told = {
        "response_count": "1",
        "answer_state": "open",
        "party": "Army | State",
        "party_answer": "partly_answered | none_on_record",
        "party_points_answered": "1 | ",
        "party_points_open": "2 | 1,2",
        "party_reply_status": "not_sought | no_reply_by_deadline",
        "reply_id": str(record.uid),
        "reply_party": "State",
        "reply_party_id": str(state.uid),
        "reply_status": "no_reply_by_deadline",
        "reply_as_of": "2026-02-03",
        "reply_due_on": "2026-02-02",
        "reply_evidence": "The army denied the claim.",
        "reply_claimant": "Army",
        "reply_title_as_printed": "the spokesman",
        "reply_note": "Rang twice.",
        "reply_state": "draft",
    }
    assert {key: row[key] for key in told} == told


def test_restatements_are_told_at_both_ends(editor: User) -> None:
    link = make_restatement(note="shorter")

    fuller, shorter = statement_cells(editor)

    assert (fuller["restated_by_id"], fuller["restates_id"]) == (str(link.by.uid), "")
    assert (shorter["restates_id"], shorter["restated_by_id"]) == (str(link.of.uid), "")
    assert (shorter["restates_scope"], shorter["restates_note"]) == ("part", "shorter")


def test_raw_cells_hold_what_the_database_holds(editor: User) -> None:
    article = make_article(text="She said =1+1 and no more.", headline="-1")
    make_statement(
        article, "=1+1", gist="@gist", venue="+venue", note="-note\r\n=note", points=["＝point"],
        said_on_as_printed="\ttab", speaker=Actor.objects.get(pk=make_actor("'=name").pk),
    )  # fmt: skip

    [raw] = statement_cells(editor)
    [safe] = statement_cells(editor, profile=Profile.SPREADSHEET)

    columns = ["quote", "gist", "venue", "note", "point", "said_on_as_printed", "speaker"]
    values = ["=1+1", "@gist", "+venue", "-note\r\n=note", "＝point", "\ttab", "'=name"]
    assert [raw[column] for column in columns] == values
    assert [safe[column] for column in columns] == [f"'{value}" for value in values]
    assert (raw["article_headline"], safe["article_headline"]) == ("-1", "'-1")


def test_rows_are_in_order_of_id_whatever_the_filter_s_order(editor: User) -> None:
    article = make_article()
    ids = [str(make_statement(article).uid) for _ in range(5)]

    rows = statement_cells(editor, lambda statements: statements.order_by("-id"), chunk=2)

    assert [row["id"] for row in rows] == ids


def test_the_filter_narrows(editor: User) -> None:
    article = make_article()
    make_statement(article, act="accusation")
    denial = make_statement(article, act="denial")

    rows = statement_cells(editor, lambda statements: statements.filter(act="denial"))

    assert [row["id"] for row in rows] == [str(denial.uid)]


def test_a_reporter_gets_approved_work_only(reporter: User) -> None:
    article = make_article()
    records = {state: make_in_state(make_statement(article), state) for state in STATES}

    rows = statement_cells(reporter)

    assert [row["id"] for row in rows] == [str(records["approved"].uid)]


@pytest.mark.parametrize("state", [state for state in STATES if state != "approved"])
def test_nothing_at_approved_work_tells_a_reporter_of_other_work(
    reporter: User, state: str
) -> None:
    army = make_actor("Army")
    article = make_article()
    claim, other = make_statement(article, about=[army]), make_statement(article)
    approve_all(claim, other)
    make_in_state(make_reply_record(claim, army, note="hidden reply"), state)
    make_in_state(make_restatement(claim, other, note="hidden restatement"), state)
    make_in_state(make_response(claim, other, parties=[army], note="hidden link"), state)

    rows = statement_cells(reporter)

    assert [row["id"] for row in rows] == [str(claim.uid), str(other.uid)]
    assert "hidden" not in str(rows)
    assert {row["reply_id"] + row["restates_id"] + row["restated_by_id"] for row in rows} == {""}
    waits = state in PENDING
    assert (rows[0]["response_count"], rows[0]["answer_state"]) == ("0", "" if waits else "open")
    assert (rows[0]["party_answer"], rows[0]["party_reply_status"]) == (
        ("", "") if waits else ("none_on_record", "not_sought")
    )


def test_a_reporter_sees_no_post_in_an_organisation_of_hidden_work(
    editor: User, reporter: User
) -> None:
    speaker, hidden = make_actor("Spokesman"), make_actor("Hidden ministry")
    name.give_post(user=editor, holder=speaker, details=name.PostDetails("spokesman", hidden))
    approve(make_statement(speaker=speaker))
    make_statement(about=[hidden])

    [row] = statement_cells(reporter)

    assert row["speaker_organisation"] == ""


def test_an_editor_gets_every_state_but_what_was_deleted(editor: User) -> None:
    article = make_article()
    for state in STATES:
        make_in_state(make_statement(article), state)

    rows = statement_cells(editor)

    assert [row["state"] for row in rows] == STATES[:-1]


def test_what_was_deleted_at_a_statement_is_gone(editor: User) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army])
    response = make_response(claim, parties=[army])
    delete(make_reply_record(claim, army))
    delete(make_restatement(claim, response.response))
    delete(response)

    row = statement_cells(editor)[0]

    assert (row["reply_id"], row["restated_by_id"], row["response_count"]) == ("", "", "0")


def test_without_a_role_there_is_nothing() -> None:
    approve(make_statement())

    assert statement_cells(make_user("")) == []


def _approved_claim(number: int) -> None:
    """A claim that has one of everything."""
    army, state = make_actor(), make_actor()
    claim = make_statement(about=[army, state], points=[f"Point {number}"])
    answer = make_response(
        claim, parties=[army], answers=claim.live_points(), marker="denied the claim"
    )
    again = make_restatement(claim)
    record = make_reply_record(claim, state, evidence="The army denied the claim.", claimant=army)
    name.give_post(
        user=usual("editor"),
        holder=claim.speakers()[0].actor,
        details=name.PostDetails("spokesman", army),
    )
    approve_all(claim, answer.response, answer, again.by, again, record)


@pytest.mark.parametrize("claims", [8, pytest.param(50, marks=pytest.mark.long)])
def test_a_chunk_costs_the_same_at_one_claim_and_at_many(
    cells_of: Callable[[User], Cells], reporter: User, claims: int
) -> None:
    _approved_claim(0)
    cells_of(reporter)  # content types and roles are looked up once
    with CaptureQueriesContext(connection) as one:
        few = cells_of(reporter)
    for number in range(1, claims):
        _approved_claim(number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database that is in use has its statistics

    with CaptureQueriesContext(connection) as more:
        many = cells_of(reporter)

    assert len(many) == claims * len(few)
    assert len(more) == len(one)
