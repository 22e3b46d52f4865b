"""The page of one statement."""

import itertools
import re
import uuid
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations.editing.merge import merge
from annotations.models import ReplyRecord, ReviewState, Statement
from annotations.permissions import EDITOR, REPORTER, REVIEWER
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
    request_changes,
    select,
    usual,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    client.get("/healthz")  # the session notes its first use
    return client


def page(client: Client, statement: Statement) -> str:
    response = client.get(f"/statements/{statement.uid}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


def test_the_quote_stands_in_its_paragraph_with_the_words_marked(editor: Client) -> None:
    article = make_article()
    words = [
        select(article, "the army crossed the border."),
        select(article, "The ministry", "source"),
        select(article, "said", "cue", prefix="The ministry "),
    ]
    statement = make_statement(article, selections=words)

    html = page(editor, statement)

    assert re.search(
        r'<mark class="source ">The ministry</mark> <mark class="cue ">said</mark>', html
    )
    assert re.search(r'<mark class="plain content ">the army crossed the border.</mark>', html)
    assert "The army denied the claim." in html
    assert "Nothing of the kind" not in html
    assert f"/articles/{statement.article.uid}/?statement={statement.uid}#s-{statement.uid}" in html


def test_every_part_is_named_with_the_printed_words(editor: Client) -> None:
    people = {name: make_actor(name) for name in ("Chaudhry", "Army", "Radio", "UN", "Taliban")}
    statement = make_statement(
        speaker=people["Chaudhry"],
        source="The ministry",
        acting_for=[people["Army"]],
        via=[people["Radio"]],
        addressee=[people["UN"]],
        about=[people["Taliban"]],
    )

    words = text_of(page(editor, statement))

    assert "said by Chaudhry printed “The ministry” named" in words
    for part in ("on behalf of Army", "passed on by Radio", "said to UN", "about Taliban"):
        assert part in words


def test_a_merged_actor_is_read_as_the_other_and_named(editor: Client) -> None:
    slip, army = make_actor("Armee"), make_actor("Army")
    statement = make_statement(speaker=slip)
    merge(user=usual(EDITOR), actor=slip, version=slip.version, into=army)

    assert "said by Army recorded as Armee" in text_of(page(editor, statement))


def test_points_say_whether_they_are_answered(editor: Client) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army], points=["It crossed", "It fired"])
    spokesman = make_actor("A spokesman")
    answer = make_statement(claim.article, "denied the claim", speaker=spokesman)
    make_response(claim, answer, parties=[army], answers=claim.live_points()[:1])

    words = text_of(page(editor, claim))

    assert "1. It crossedanswered by A spokesman" in words
    assert "2. It firedNobody has answered yet" in words
    assert "Army: partly answered, not on “It fired”" in words


def test_the_exchange_is_nested_and_each_link_shows_its_basis(editor: Client) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army])
    far = make_statement(make_article(headline="Elsewhere"))
    make_response(claim, far, relation="disputes", parties=[army])
    make_response(far, make_statement(far.article, "denied the claim"), relation="rebuts")

    html = page(editor, claim)

    words = text_of(html)
    assert "disputes editor inferred editor’s link · answers for Army" in words
    assert "rebuts same article · third party" in words
    assert "Elsewhere" in words
    assert html.count('class="links nested"') == 1


def test_mirror_accusations_end(editor: Client) -> None:
    claim = make_statement()
    mirror = make_statement(claim.article, "denied the claim")
    make_response(claim, mirror, relation="counter_accuses")
    make_response(mirror, claim, relation="counter_accuses")

    words = text_of(page(editor, claim))

    assert "(shown above)" in words
    assert "What it answers" in words


def test_a_silence_is_printed_with_its_scope_and_day(editor: Client) -> None:
    claim = make_statement(about=[make_actor("Army")])
    make_article()

    words = text_of(page(editor, claim))

    today = timezone.localdate()
    day = f"{today.day} {today:%B %Y}"
    assert f"Army: no reply on record in 2 articles as of {day} · not sought" in words
    assert "did not respond" not in words


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("minister of war", "Two titles: the evidence says “minister of war”"),
        ("MINISTER of defence", ""),
    ],
)
def test_a_reply_record_shows_its_evidence_and_another_title(
    editor: Client, printed: str, words: str
) -> None:
    minister, army = make_actor("The Minister"), make_actor("Army")
    claim = make_statement(speaker=minister, about=[army], title="Minister of Defence")
    make_reply_record(
        claim,
        army,
        status=ReplyRecord.Status.REPORTED_NO_RESPONSE,
        evidence="The army denied the claim.",
        claimant=minister,
        title_as_printed=printed,
    )

    shown = text_of(page(editor, claim))

    assert "Army: reported as not having responded draft The army denied the claim." in shown
    assert f"speaks of The Minister as “{printed}”" in shown
    assert words in shown
    assert ("Two titles" in shown) is bool(words)


def test_restatements_are_shown_both_ways(editor: Client) -> None:
    row = make_restatement(note="Wording drifted.")

    of, by = text_of(page(editor, row.of)), text_of(page(editor, row.by))

    assert "said again by a part of it" in of
    assert "restates a part of it" in by
    assert "Wording drifted." in of


@pytest.mark.parametrize(
    ("said", "claimed", "words"),
    [
        (date(2024, 1, 1), date(2024, 5, 1), "said before this claim"),
        (None, date(2024, 5, 1), "undated"),
        (date(2024, 1, 1), None, "undated"),
        (date(2024, 6, 1), date(2024, 5, 1), ""),
    ],
)
def test_a_standing_position_is_called_earlier_only_where_dates_show_it(
    said: date | None, claimed: date | None, words: str
) -> None:
    claim = make_statement(said_on=claimed)
    position = make_statement(claim.article, "denied the claim", said_on=said)

    link = make_response(claim, position, relation="standing_position")

    assert link.standing_words == words


def test_the_history_says_who_did_what(editor: Client) -> None:
    statement = make_statement()
    request_changes(statement, "Name the ministry.")

    words = text_of(page(editor, statement))

    assert "usual-reviewer asked for changes" in words
    assert "usual-editor highlighted" in words


def test_reporters_see_no_unapproved_state_and_no_history(client: Client) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army, make_actor("Navy")])
    hidden = make_statement(claim.article, "denied the claim", speaker=make_actor("Hidden"))
    make_response(claim, hidden, parties=[army], note="secret note")
    make_reply_record(claim, army, note="secret record")
    make_restatement(claim, make_statement(claim.article, "called it likely"), note="secret again")
    request_changes(claim, "A reason nobody else reads.")
    approve(claim)
    client.force_login(make_user(REPORTER))

    words = text_of(page(client, claim))

    for secret in ("Hidden", "secret", "A reason", "History", "usual-editor", "changes", "Delete"):
        assert secret not in words
    assert "Approved on" in words
    assert "Army: not settled yet" in words
    assert "Navy: no approved reply on record in 1 article" in words
    assert "Nobody has answered" not in words


def test_reporters_see_approved_answers(client: Client) -> None:
    link = make_response()
    approve_all(link.claim, link.response, link)
    client.force_login(make_user(REPORTER))

    assert "denies same article · third party" in text_of(page(client, link.claim))


@pytest.mark.parametrize("state", sorted(set(ReviewState.values) - {"suggested", "approved"}))
def test_hidden_and_absent_statements_answer_alike(client: Client, state: str) -> None:
    hidden = make_in_state(make_statement(), state)
    client.force_login(make_user(REPORTER))

    answers = [client.get(f"/statements/{uid}/") for uid in (hidden.uid, uuid.uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_people_without_a_role_are_refused(client: Client) -> None:
    client.force_login(make_user(""))

    assert client.get(f"/statements/{uuid.uuid4()}/").status_code == 403


def test_the_page_only_reads(editor: Client) -> None:
    assert editor.post(f"/statements/{make_statement().uid}/").status_code == 405


def test_a_deleted_statement_says_so_and_can_be_brought_back(editor: Client) -> None:
    statement = make_statement()
    address = f"/statements/{statement.uid}/"

    deleted = editor.post(
        f"{address}withdraw/", {"version": statement.version, "next": address}, follow=True
    )
    back = editor.post(
        f"{address}bring-back/",
        {"version": fresh(statement).version, "next": address},
        follow=True,
    )

    assert "This statement is deleted" in deleted.content.decode()
    assert "Undo" in deleted.content.decode()
    assert "This statement is deleted" not in back.content.decode()
    assert fresh(statement).state == ReviewState.DRAFT


def test_undo_in_the_message_carries_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(usual(EDITOR))
    statement = make_statement()
    address = f"/statements/{statement.uid}/"
    token = _token(client.get(address).content.decode())
    html = client.post(
        f"{address}withdraw/",
        {"version": statement.version, "next": address, "csrfmiddlewaretoken": token},
        follow=True,
    ).content.decode()
    undo = re.search(
        r'action="([^"]*/undo/[^"]*)".*?csrfmiddlewaretoken" value="([^"]+)"', html, re.DOTALL
    )
    assert undo

    client.post(undo.group(1).replace("&amp;", "&"), {"csrfmiddlewaretoken": undo.group(2)})

    assert "hx-post" not in undo.group(0)  # there is no desk on this page to put an answer into
    assert fresh(statement).state == ReviewState.DRAFT


def _token(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found
    return found.group(1)


def test_submitting_takes_the_links_along(editor: Client) -> None:
    link = make_response()
    address = f"/statements/{link.claim.uid}/"

    editor.post(f"{address}submit/", {"version": link.claim.version, "next": address})

    assert (fresh(link.claim).state, fresh(link).state) == ("submitted", "submitted")


def test_what_was_deleted_at_a_statement_is_listed_and_brought_back(editor: Client) -> None:
    claim = make_statement(about=[make_actor()])
    made = [make_response(claim), make_restatement(claim), make_reply_record(claim)]
    for record in made:
        delete(record)
    html = page(editor, claim)
    undo = re.findall(r'action="([^"]+/bring-back/)".*?name="version" value="(\d+)"', html)

    for address, version in undo:
        editor.post(address, {"version": version, "next": claim.get_absolute_url()})

    assert len(undo) == 3
    assert {fresh(record).state for record in made} == {"draft"}
    assert "/bring-back/" not in page(editor, claim)


def test_reviewers_are_shown_no_deleted_links(client: Client) -> None:
    link = delete(make_response())
    client.force_login(make_user(REVIEWER))

    assert "/bring-back/" not in page(client, link.claim)


def test_a_stale_delete_changes_nothing(editor: Client) -> None:
    statement = make_statement()
    address = f"/statements/{statement.uid}/"

    answer = editor.post(
        f"{address}withdraw/", {"version": statement.version - 1, "next": address}, follow=True
    )

    assert fresh(statement).state == ReviewState.DRAFT
    assert "Somebody changed this just now" in answer.content.decode()


def test_a_deleted_statement_offers_no_edit_and_calls_nobody_silent(editor: Client) -> None:
    statement = make_statement(about=[make_actor()], points=["One"])
    delete(statement)

    html = page(editor, statement)

    assert "no reply on record" not in html
    assert "Nobody has answered" not in html

    assert f"/statements/{statement.uid}/edit/" not in html
    assert "/withdraw/" not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_responses(
    editor: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    army = make_actor()
    claim = make_statement(about=[army], points=["One"])
    for _ in range(rows):
        make_response(claim, make_statement(claim.article, "denied the claim"), parties=[army])
        make_restatement(claim, make_statement(claim.article, "called it likely"))

    with django_assert_num_queries(42):
        editor.get(f"/statements/{claim.uid}/")


def test_headings_come_in_order(editor: Client) -> None:
    claim = make_statement(about=[make_actor()], points=["One"])
    make_response(claim)

    levels = [int(level) for level in re.findall(r"<h([1-6])", page(editor, claim))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_an_answer_to_a_restatement_stands_in_the_claims_exchange(editor: Client) -> None:
    claim = make_statement(about=[make_actor()])
    again = make_statement(claim.article, "called it likely")
    make_restatement(claim, again)
    before = text_of(page(editor, claim))
    make_response(again, make_statement(claim.article, "denied the claim"))

    words = text_of(page(editor, claim))

    assert "Nobody has answered yet." in before
    assert "Nobody has answered yet." not in words
    assert "says again a part of it" in words.split("What answers it")[1]
    assert "denied the claim" in words.split("What answers it")[1]
