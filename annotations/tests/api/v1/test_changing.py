"""Articles, actors, posts, links, reply records and reviews: each written by the function that the pages use."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import Actor, Article, Post, ReplyRecord, Response, Restatement, Statement
from annotations.permissions import REPORTER, REVIEWER
from annotations.tests.api.v1.asking import faults, send, signed_in, tag
from annotations.tests.factories import (
    TEXT,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> Client:
    return signed_in(usual(REVIEWER))


def test_an_article_is_received_to_the_letter(editor: Client) -> None:
    outlet = make_actor("The Paper", kind="media")
    text = "\ufeff  KABUL – He said “no”.\r\nENDS\r"

    answer = send(
        editor,
        "post",
        "articles/",
        {"text": text, "headline": "No", "outlet": str(outlet.uid), "published_on": "2026-05-12"},
    )

    article = Article.objects.get()
    assert (answer.status_code, answer.headers["ETag"]) == (201, tag(article))
    assert article.revision.text == "  KABUL – He said “no”.\nENDS\n"
    assert (article.outlet, answer.json()["zones"]) == (
        outlet,
        [{"kind": "boilerplate", "start": 24, "end": 28}],
    )


def test_the_same_text_is_received_again_only_where_it_is_meant(editor: Client) -> None:
    there = make_article()

    same = send(editor, "post", "articles/", {"text": TEXT})
    meant = send(editor, "post", "articles/", {"text": TEXT, "although_same": True})

    assert (same.status_code, same.json()["code"], same.json()["article"]) == (
        409,
        "same_text",
        str(there.uid),
    )
    assert meant.status_code == 201


WRONG_ARTICLES: list[tuple[dict[str, str], str]] = [
    ({"text": "  \n"}, "text"),
    ({}, "text"),
    ({"text": "A", "published_on": "12.5.2026"}, "published_on"),
    ({"text": "A", "language": "English!"}, "language"),
    ({"text": "A", "url": "ftp"}, "url"),
    ({"text": "A", "headline": "x" * 501}, "headline"),
]


def test_an_article_that_cannot_be_received_is_told_why(editor: Client) -> None:
    for body, field in WRONG_ARTICLES:
        answer = send(editor, "post", "articles/", body)

        assert (answer.status_code, {place for place, _ in faults(answer)}) == (422, {field})
    assert not Article.objects.exists()


def test_details_and_zones_change_with_the_articles_version(editor: Client) -> None:
    article = make_article(headline="Old", dateline="KABUL")
    address = f"articles/{article.uid}/"

    described = send(editor, "patch", address, {"headline": "New"}, etag=tag(article))
    zones = {"zones": [{"kind": "boilerplate", "start": 0, "end": 3}]}
    marked = send(editor, "put", f"{address}zones/", zones, etag=described.headers["ETag"])
    outside = {"zones": [{"kind": "boilerplate", "start": 0, "end": 9000}]}
    refused = send(editor, "put", f"{address}zones/", outside, etag=marked.headers["ETag"])

    assert (described.json()["headline"], described.json()["dateline"]) == ("New", "KABUL")
    assert marked.json()["zones"] == [{"kind": "boilerplate", "start": 0, "end": 3}]
    assert (refused.status_code, faults(refused)) == (422, {("zones", "invalid")})


def test_a_correction_is_tried_out_then_made(editor: Client) -> None:
    statement = make_statement(exact="Nothing of the kind happened")
    article = statement.article
    body = {"text": TEXT.replace("Nothing", "Little"), "reason": "correction"}

    seen = send(editor, "post", f"articles/{article.uid}/corrections/preview/", body)
    made = send(editor, "post", f"articles/{article.uid}/corrections/", body, etag=tag(article))
    stale = send(editor, "post", f"articles/{article.uid}/corrections/", body, etag=tag(article))

    assert (seen.status_code, made.status_code, stale.status_code) == (200, 201, 412)
    assert seen.json()["revision"] is None
    assert made.json()["revision"]["number"] == 2
    assert seen.json()["fates"] == made.json()["fates"]
    [fate] = made.json()["fates"]
    assert (fate["owner"], fate["owner_kind"], fate["outcome"], fate["start"]) == (
        str(statement.uid),
        "statement",
        "needs_placing",
        None,
    )
    assert made.headers["ETag"] == tag(fresh(article))
    assert made.headers["Location"].endswith(f"/api/v1/articles/{article.uid}/revisions/2/")


def test_a_correction_with_the_same_text_is_refused(editor: Client) -> None:
    article = make_article()
    body = {"text": TEXT, "reason": "update"}

    for address in ("corrections/", "corrections/preview/"):
        answer = send(editor, "post", f"articles/{article.uid}/{address}", body, etag=tag(article))
        assert (answer.status_code, faults(answer)) == (422, {("text", "invalid")})


def test_the_drafts_of_an_article_are_submitted(editor: Client) -> None:
    link = make_response()

    answer = send(editor, "post", f"articles/{link.claim.article.uid}/submission/")

    assert (answer.status_code, answer.json()) == (200, {"submitted": 3})
    assert set(Statement.objects.values_list("state", flat=True)) == {"submitted"}


def test_an_actor_is_named_and_renamed(editor: Client) -> None:
    named = send(
        editor,
        "post",
        "actors/",
        {"name": " Sadeq Shinwari ", "kind": "person", "aliases": ["Shinwari"], "wikidata": "Q889"},
    )
    address = f"actors/{named.json()['uid']}/"
    renamed = send(editor, "patch", address, {"aliases": []}, etag=named.headers["ETag"])

    assert (named.status_code, named.json()["name"], named.json()["aliases"]) == (
        201,
        "Sadeq Shinwari",
        ["Shinwari"],
    )
    assert (renamed.json()["aliases"], renamed.json()["wikidata"]) == ([], "Q889")


def test_a_near_duplicate_is_told_with_whom_it_may_be(editor: Client) -> None:
    there = make_actor("Sadeq Shinwari")
    body = {"name": "Sadeq Shinwary", "kind": "person"}

    refused = send(editor, "post", "actors/", body)
    meant = send(editor, "post", "actors/", body | {"although_near": True})

    assert (refused.status_code, refused.json()["code"]) == (409, "near_duplicate")
    assert [row["uid"] for row in refused.json()["candidates"]] == [str(there.uid)]
    assert meant.status_code == 201


def test_actors_are_merged_and_told_apart(editor: Client) -> None:
    slip, army = make_actor("Amry"), make_actor("Army")
    address = f"actors/{slip.uid}/merge/"

    merged = send(editor, "post", address, {"into": str(army.uid)}, etag=tag(slip))
    again = send(editor, "post", address, {"into": str(army.uid)}, etag=merged.headers["ETag"])
    apart = send(editor, "delete", address, etag=merged.headers["ETag"])

    assert merged.json()["merged_into"] == str(army.uid)
    assert (again.status_code, faults(again)) == (422, {("into", "invalid")})
    assert (apart.status_code, apart.json()["merged_into"]) == (200, None)


def test_an_actor_is_never_deleted(editor: Client) -> None:
    actor = make_actor()

    answer = send(editor, "delete", f"actors/{actor.uid}/", etag=tag(actor))

    assert (answer.status_code, Actor.objects.count()) == (405, 1)


def test_a_post_is_given_changed_deleted_and_brought_back(editor: Client) -> None:
    holder, office = make_actor(), make_actor("Office", kind="organisation")
    body = {"holder": str(holder.uid), "title": "head", "organisation": str(office.uid)}
    given = send(editor, "post", "posts/", body)
    address = f"posts/{given.json()['uid']}/"

    changed = send(editor, "patch", address, {"since": "2020-01-01"}, etag=given.headers["ETag"])
    wrong = send(editor, "patch", address, {"until": "2019-01-01"}, etag=changed.headers["ETag"])
    gone = send(editor, "delete", address, etag=changed.headers["ETag"])
    back = send(editor, "post", f"{address}return/", etag=gone.headers["ETag"])

    assert (changed.json()["since"], changed.json()["title"]) == ("2020-01-01", "head")
    assert wrong.status_code == 422
    assert (gone.json()["deleted"], back.json()["deleted"]) == (True, False)
    assert Post.objects.get().withdrawn_at is None


def test_two_statements_are_linked(editor: Client) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army], points=["It crossed."])
    answer_ = make_statement(claim.article, "denied the claim", speaker=army)
    [point] = claim.live_points()
    body = {
        "claim": str(claim.uid),
        "response": str(answer_.uid),
        "relation": "denies",
        "link_basis": "same_article",
        "parties": [str(army.uid)],
        "answers": [str(point.uid)],
        "marker": [{"exact": "denied the claim"}],
    }

    made = send(editor, "post", "responses/", body)
    twice = send(editor, "post", "responses/", body)
    changed = send(
        editor,
        "patch",
        f"responses/{made.json()['uid']}/",
        {"relation": "rebuts", "answers": []},
        etag=made.headers["ETag"],
    )

    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("group", "parties", "answers")} == {
        "group": "deny",
        "parties": [str(army.uid)],
        "answers": [str(point.uid)],
    }
    assert [span["exact"] for span in made.json()["marker"]] == ["denied the claim"]
    assert twice.status_code == 422
    assert (changed.json()["relation"], changed.json()["answers"]) == ("rebuts", [])
    assert [span["exact"] for span in changed.json()["marker"]] == ["denied the claim"]


def test_a_link_that_does_not_fit_is_told_why(editor: Client) -> None:
    claim = make_statement(about=[make_actor()])
    response = make_statement(claim.article, "denied the claim")
    body = {"claim": str(claim.uid), "response": str(response.uid), "relation": "denies"}
    nobody = "5bd6b2f0-3b5c-4a8a-8a8c-000000000000"
    cases: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"relation": "refutes"}, ("relation", "invalid_choice")),
        ({"parties": [str(make_actor("Stranger").uid)]}, ("parties", "invalid")),
        ({"parties": [nobody]}, ("parties[0]", "does_not_exist")),
        ({"answers": [nobody]}, ("answers[0]", "does_not_exist")),
        ({"marker": [{"exact": "nobody"}]}, ("marker[0].exact", "not_found")),
        ({"response": str(claim.uid)}, ("", "invalid")),
    ]

    for more, wrong in cases:
        answer = send(editor, "post", "responses/", body | {"link_basis": "anaphora"} | more)

        assert (answer.status_code, faults(answer)) == (422, {wrong})
    assert not Response.objects.exists()


def test_a_restatement_is_made_changed_and_deleted(editor: Client) -> None:
    of = make_statement()
    by = make_statement(of.article, "denied the claim")
    made = send(
        editor, "post", "restatements/", {"of": str(of.uid), "by": str(by.uid), "scope": "part"}
    )
    address = f"restatements/{made.json()['uid']}/"

    changed = send(editor, "put", address, {"scope": "whole"}, etag=made.headers["ETag"])
    gone = send(editor, "delete", address, etag=changed.headers["ETag"])

    assert (made.status_code, changed.json()["scope"], gone.json()["state"]) == (
        201,
        "whole",
        "withdrawn",
    )
    assert Restatement.objects.count() == 1


def test_what_is_known_of_a_reply_is_recorded(editor: Client) -> None:
    army = make_actor("Army")
    claim = make_statement(about=[army])
    made = send(
        editor,
        "post",
        "reply-records/",
        {
            "claim": str(claim.uid),
            "party": str(army.uid),
            "status": "sought",
            "due_on": "2026-05-14",
            "evidence": [{"exact": "denied the claim"}],
        },
    )
    address = f"reply-records/{made.json()['uid']}/"
    attempt = {"attempted_at": "2026-05-12T14:30:00+04:30", "means": "phone"}

    tried = send(editor, "post", f"{address}attempts/", attempt, etag=made.headers["ETag"])
    [row] = tried.json()["attempts"]
    mended = send(
        editor,
        "put",
        f"{address}attempts/{row['uid']}/",
        attempt | {"outcome": "Nobody answered."},
        etag=tried.headers["ETag"],
    )
    changed = send(editor, "patch", address, {"status": "declined"}, etag=mended.headers["ETag"])

    assert (made.status_code, tried.status_code, mended.status_code) == (201, 201, 200)
    assert row["attempted_at"] == "2026-05-12T10:00:00Z"
    assert mended.json()["attempts"][0]["outcome"] == "Nobody answered."
    assert (changed.json()["status"], changed.json()["due_on"]) == ("declined", "2026-05-14")
    assert [span["exact"] for span in changed.json()["evidence"]] == ["denied the claim"]
    assert ReplyRecord.objects.count() == 1


def test_work_goes_through_its_review(editor: Client, reviewer: Client) -> None:
    statement = make_statement()
    address = f"statements/{statement.uid}/reviews/"

    sent = send(editor, "post", address, {"step": "submitted"}, etag=tag(statement))
    own = send(editor, "post", address, {"step": "approved"}, etag=sent.headers["ETag"])
    silent = send(
        reviewer, "post", address, {"step": "changes_requested"}, etag=sent.headers["ETag"]
    )
    back = send(
        reviewer,
        "post",
        address,
        {"step": "changes_requested", "reason": "Who?"},
        etag=sent.headers["ETag"],
    )
    again = send(editor, "post", address, {"step": "submitted"}, etag=back.headers["ETag"])
    approved = send(reviewer, "post", address, {"step": "approved"}, etag=again.headers["ETag"])

    assert (sent.json()["state"], own.status_code) == ("submitted", 403)
    assert silent.status_code == 422
    assert (back.json()["state"], back.json()["review_reason"], back.json()["reviewed_by"]) == (
        "changes_requested",
        "Who?",
        usual(REVIEWER).get_username(),
    )
    assert (approved.json()["state"], approved.json()["review_reason"]) == ("approved", "")


def test_nobody_approves_their_own_work() -> None:
    user = make_user("administrator")
    statement = submit(make_statement(user=user), user=user)

    answer = send(
        signed_in(user),
        "post",
        f"statements/{statement.uid}/reviews/",
        {"step": "approved"},
        etag=tag(fresh(statement)),
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "own_work")


@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("responses", make_response),
        ("restatements", make_restatement),
        ("reply-records", make_reply_record),
    ],
)
def test_links_and_records_go_through_review_too(
    editor: Client, reviewer: Client, what: str, make: Any
) -> None:
    record = make()
    address = f"{what}/{record.uid}/reviews/"

    sent = send(editor, "post", address, {"step": "submitted"}, etag=tag(record))
    judged = send(
        reviewer, "post", address, {"step": "rejected", "reason": "No."}, etag=sent.headers["ETag"]
    )
    skipped = send(reviewer, "post", address, {"step": "approved"}, etag=judged.headers["ETag"])

    assert (judged.json()["state"], skipped.status_code) == ("rejected", 422)


def test_reporters_take_no_step() -> None:
    statement = make_statement()

    answer = send(
        signed_in(make_user(REPORTER)),
        "post",
        f"statements/{statement.uid}/reviews/",
        {"step": "withdrawn"},
        etag=tag(statement),
    )

    assert (answer.status_code, fresh(statement).state) == (403, "draft")
