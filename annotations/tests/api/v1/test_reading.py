"""What is read: records and lists, each what the user sees, at a fixed number of queries."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.editing.name import PostDetails, give_post
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.api.v1.asking import faults, send, signed_in, tag
from annotations.tests.factories import (
    approve_all,
    correct_text,
    delete,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db


def uids(answer: Any) -> list[str]:
    return [row["uid"] for row in answer.json()["results"]]


def world(rows: int) -> None:
    """For each row an article with a claim, its response, a restatement, a reply record and a post."""
    for number in range(rows):
        outlet = make_actor(f"Outlet {number}", kind="media", aliases=["The paper"])
        speaker, accused = make_actor(f"Speaker {number}"), make_actor(f"Accused {number}")
        article = make_article(headline=f"Headline {number}", outlet=outlet)
        claim = make_statement(article, speaker=speaker, about=[accused], points=["It crossed."])
        link = make_response(claim, parties=[accused], marker="The army")
        make_restatement(claim, make_statement(article, "an expert called it likely"))
        make_reply_record(claim, accused, evidence="Nothing of the kind happened", claimant=speaker)
        give_post(user=usual(EDITOR), holder=speaker, details=PostDetails("head", outlet))
        assert link.pk


LISTS = {
    "articles/": 5,
    "articles/?expand=outlet": 7,
    "actors/": 6,
    "posts/": 4,
    "posts/?expand=holder,organisation": 8,
    "statements/": 9,
    "statements/?expand=article,actors": 12,
    "responses/": 9,
    "responses/?expand=claim,response,parties": 23,
    "restatements/": 4,
    "restatements/?expand=of,by": 16,
    "reply-records/": 9,
    "reply-records/?expand=claim,party,claimant": 19,
}


def queries_of(client: Client, *, more: int) -> dict[str, int]:
    """How many queries each list takes, with so many rows more."""
    world(more)
    taken = {}
    for address in LISTS:
        with CaptureQueriesContext(connection) as queries:
            answer = send(client, "get", address)
        assert len(answer.json()["results"]) >= more
        taken[address] = len(queries)
    return taken


def test_lists_cost_the_same_at_one_row_and_at_three(editor: Client) -> None:
    at_one, at_three = queries_of(editor, more=1), queries_of(editor, more=2)

    assert at_one == LISTS
    assert at_three == LISTS


def test_a_statement_reads_whole(editor: Client) -> None:
    speaker, accused = make_actor("Khwarizmi"), make_actor("Army", kind="organisation")
    statement = make_statement(
        speaker=speaker,
        about=[accused],
        source="The ministry",
        title="ministry",
        points=["It crossed."],
        said_on=date(2026, 5, 12),
        gist="It crossed.",
    )
    span, source = statement.live_spans("content")[0], statement.live_spans("source")[0]

    answer = send(editor, "get", f"statements/{statement.uid}/")

    read = answer.json()
    assert answer.headers["ETag"] == tag(statement)
    assert {name: read[name] for name in ("quote", "form", "act", "gist", "said_on", "state")} == {
        "quote": "the army crossed the border.",
        "form": "indirect",
        "act": "accusation",
        "gist": "It crossed.",
        "said_on": "2026-05-12",
        "state": "draft",
    }
    assert read["article"] == str(statement.article.uid)
    assert [(row["part"], row["actor"], row["as_printed"]) for row in read["attributions"]] == [
        ("speaker", str(speaker.uid), "The ministry"),
        ("about", str(accused.uid), ""),
    ]
    assert [point["text"] for point in read["points"]] == ["It crossed."]
    assert read["spans"] == [
        {
            "uid": str(each.uid),
            "role": each.role,
            "ordinal": 1,
            "revision": 1,
            "state": "placed",
            "start": start,
            "end": start + len(exact),
            "exact": exact,
            "prefix": prefix,
            "suffix": suffix,
        }
        for each, start, exact, prefix, suffix in (
            (
                span,
                18,
                "the army crossed the border.",
                "The ministry said ",
                " The army denied the claim.\n\n“No",
            ),
            (source, 0, "The ministry", "", " said the army crossed the borde"),
        )
    ]


def test_a_span_that_needs_placing_has_no_place(editor: Client) -> None:
    statement = make_statement(exact="Nothing of the kind happened")
    correct_text(statement.article, statement.article.revision.text.replace("Noth", "Someth"))

    [span] = send(editor, "get", f"statements/{statement.uid}/").json()["spans"]

    assert (span["revision"], span["state"], span["start"], span["end"], span["exact"]) == (
        2,
        "needs_placing",
        None,
        None,
        "Nothing of the kind happened",
    )


def test_only_the_members_asked_for_are_given(editor: Client) -> None:
    statement = make_statement()

    one = send(editor, "get", f"statements/{statement.uid}/?fields=uid,quote").json()
    [row] = send(editor, "get", "statements/?fields=version").json()["results"]

    assert set(one) == {"uid", "quote"}
    assert row == {"version": 1}


def test_what_is_expanded_is_whole(editor: Client) -> None:
    outlet = make_actor("The Paper", kind="media")
    statement = make_statement(make_article(headline="Denied", outlet=outlet), speaker=outlet)

    read = send(editor, "get", f"statements/{statement.uid}/?expand=article,actors").json()

    assert (read["article"]["headline"], read["article"]["outlet"]) == ("Denied", str(outlet.uid))
    assert read["attributions"][0]["actor"]["name"] == "The Paper"


WRONG_QUERIES: list[tuple[str, set[tuple[str, str]]]] = [
    ("fields=uid,nothing", {("fields", "unknown")}),
    ("expand=points", {("expand", "unknown")}),
    ("colour=red", {("colour", "unknown")}),
    ("act=", {("act", "blank")}),
    ("act=denial&act=pledge", {("act", "twice")}),
    ("act=song", {("act", "invalid_choice")}),
    ("sort=uid", {("sort", "invalid_choice")}),
    ("limit=0", {("limit", "invalid")}),
    ("limit=201", {("limit", "invalid")}),
    ("cursor=abc", {("cursor", "invalid")}),
    ("said_from=12/05/2026", {("said_from", "invalid")}),
    ("said_from=2026-5-12", {("said_from", "invalid")}),
    ("changed_since=2026-05-12", {("changed_since", "invalid")}),
    ("changed_since=0001-01-01T00:00:00%2B20:00", {("changed_since", "invalid")}),
    ("text=a%00b", {("text", "null_characters_not_allowed")}),
    ("article__created_by__password=a", {("article__created_by__password", "unknown")}),
]


def test_a_wrong_parameter_is_named(editor: Client) -> None:
    for query, wrong in WRONG_QUERIES:
        answer = send(editor, "get", f"statements/?{query}")

        assert (answer.status_code, faults(answer)) == (400, wrong), query
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_moment_may_have_any_offset_from_utc(editor: Client) -> None:
    actor = make_actor()

    long_ago = send(editor, "get", "actors/?changed_since=0381-09-28T21:29:14.1234567-20:20")
    to_come = send(editor, "get", "actors/?changed_since=2600-04-06T04:57:38%2B20:20")

    assert (uids(long_ago), uids(to_come)) == ([str(actor.uid)], [])


def test_pages_follow_each_other_while_rows_come(editor: Client) -> None:
    first = [str(make_actor(f"Actor {number}").uid) for number in range(5)]
    page = send(editor, "get", "actors/?limit=2")
    make_actor("Comes later")

    second = editor.get(page.json()["next"])
    third = editor.get(second.json()["next"])
    back = editor.get(third.json()["previous"])

    assert [*uids(page), *uids(second), *uids(third)] == first[::-1]
    assert (third.json()["next"], uids(back)) == (None, uids(second))


def test_a_walk_goes_on_though_a_row_is_not_seen_any_more() -> None:
    statements = [make_statement() for _ in range(3)]
    approve_all(*statements)
    reporter = signed_in(make_user(REPORTER))
    page = send(reporter, "get", "statements/?limit=2")

    delete(statements[1])
    rest = reporter.get(page.json()["next"])

    assert uids(rest) == [str(statements[0].uid)]


def test_links_are_found_by_their_ends(editor: Client) -> None:
    found = [make_response(), make_restatement(), make_reply_record()]
    make_response(relation="supports"), make_restatement(), make_reply_record()
    asked = {
        "responses/?claim={0.claim.uid}": 0,
        "responses/?relation=denies": 0,
        "restatements/?of={1.of.uid}": 1,
        "reply-records/?party={2.party.uid}": 2,
    }

    for query, which in asked.items():
        answer = send(editor, "get", query.format(*found))
        assert uids(answer) == [str(found[which].uid)], query


def test_deleted_work_is_listed_only_where_it_is_asked_for(editor: Client) -> None:
    gone, stays = delete(make_statement()), make_statement()

    usually = send(editor, "get", "statements/")
    asked = send(editor, "get", "statements/?state=withdrawn")

    assert (uids(usually), uids(asked)) == ([str(stays.uid)], [str(gone.uid)])


def test_revisions_are_listed_without_and_read_with_their_text(editor: Client) -> None:
    article = make_article(text="One.\nENDS\n")
    correct_text(article, "Two.\n")

    listed = send(editor, "get", f"articles/{article.uid}/revisions/").json()["results"]
    first = send(editor, "get", f"articles/{article.uid}/revisions/1/").json()

    assert [(row["number"], row["reason"]) for row in listed] == [(2, "correction"), (1, "")]
    assert "text" not in listed[0]
    assert (first["text"], first["zones"]) == (
        "One.\nENDS\n",
        [{"kind": "boilerplate", "start": 5, "end": 9}],
    )


def test_reporters_see_approved_work_only() -> None:
    seen, hidden = make_response(), make_response()
    approve_all(seen.claim, seen.response, seen)
    reporter = signed_in(make_user(REPORTER))

    answers = {
        "statements": uids(send(reporter, "get", "statements/")),
        "responses": uids(send(reporter, "get", "responses/")),
        "articles": uids(send(reporter, "get", "articles/")),
    }

    assert answers == {
        "statements": [str(seen.response.uid), str(seen.claim.uid)],
        "responses": [str(seen.uid)],
        "articles": [str(seen.claim.article.uid)],
    }
    assert send(reporter, "get", f"statements/{hidden.claim.uid}/").status_code == 404
    [row] = send(reporter, "get", "responses/").json()["results"]
    assert (row["created_by"], row["review_reason"], row["reviewed_by"]) == (None, "", None)


def test_nothing_is_told_to_who_is_not_signed_in(client: Client) -> None:
    for what in ("articles", "actors", "posts", "statements"):
        answer = send(client, "get", f"{what}/")

        assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


def test_an_address_that_is_none_answers_with_a_problem(editor: Client) -> None:
    answer = send(editor, "get", "statements/7/")

    assert (answer.status_code, answer.json()["code"], answer.headers["Content-Type"]) == (
        404,
        "not_found",
        "application/problem+json",
    )


def test_a_revision_that_was_seen_is_not_sent_again(editor: Client) -> None:
    article = make_article()
    address = f"articles/{article.uid}/revisions/1/"
    first = send(editor, "get", address)
    seen = first.headers["ETag"]

    for named in (seen, f"W/{seen}", f'"other", {seen}', "*"):
        again = send(editor, "get", address, **{"If-None-Match": named})

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == seen
    assert send(editor, "get", address, **{"If-None-Match": '"other"'}).json() == first.json()


def test_a_revision_whose_zones_changed_has_another_tag(editor: Client) -> None:
    article = make_article()
    address = f"articles/{article.uid}/revisions/1/"
    seen = send(editor, "get", address).headers["ETag"]

    zones = {"zones": [{"kind": "boilerplate", "start": 0, "end": 12}]}
    send(editor, "put", f"articles/{article.uid}/zones/", zones, etag=tag(article))
    now = send(editor, "get", address, **{"If-None-Match": seen})

    assert now.status_code == 200
    assert [zone["end"] for zone in now.json()["zones"]] == [12]


@pytest.mark.parametrize("method", ["delete", "patch", "trace"])
def test_a_method_that_is_not_there_is_said_before_what_is_asked_with_it(
    editor: Client, method: str
) -> None:
    answer = editor.generic(method.upper(), "/api/v1/posts/?colour=red")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"
