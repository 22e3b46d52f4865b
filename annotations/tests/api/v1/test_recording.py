"""A statement in one request: words by themselves or by offsets, actors by uid or name, many at once."""

import json
from itertools import product
from typing import Any

import pytest
from django.test import Client

from annotations.models import Article, Attribution, Span, Statement
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.api.v1.asking import faults, send, signed_in, tag
from annotations.tests.factories import (
    approve,
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_statement,
    make_user,
    usual,
)

pytestmark = pytest.mark.django_db


def said(article: Article, words: Any = "the army crossed the border.", **more: Any) -> Any:
    """The least that a statement is recorded with; `words` is a span's body or its exact words."""
    span = words if isinstance(words, dict) else {"exact": words}
    return {
        "article": str(article.uid),
        "spans": [{"role": "content", **span}],
        "form": "indirect",
        "act": "accusation",
        "attributions": [{"part": "speaker", "name": "Khwarizmi"}],
        **more,
    }


@pytest.fixture
def article() -> Article:
    make_actor("Khwarizmi")
    return make_article()


def test_a_statement_is_recorded_whole(editor: Client, article: Article) -> None:
    army = make_actor("Army", aliases=["The Forces"])
    body = said(
        article,
        spans=[
            {"role": "content", "exact": "the army crossed the border."},
            {"role": "source", "exact": "The ministry"},
            {"role": "cue", "exact": "said", "prefix": "The ministry "},
        ],
        attributions=[
            {"part": "speaker", "name": "KHWARIZMI", "as_printed": "The ministry"},
            {"part": "about", "actor": str(army.uid)},
        ],
        points=[{"text": "It crossed."}],
        gist="It crossed the border.",
        said_on="2026-05",
    )

    answer = send(editor, "post", "statements/", body)

    made = Statement.objects.get()
    assert (answer.status_code, answer.headers["ETag"]) == (201, tag(made))
    assert answer.headers["Location"] == f"http://testserver/api/v1/statements/{made.uid}/"
    assert answer.json()["said_on"] == "2026-05"
    assert [(s.role, s.exact()) for s in made.live_spans()] == [
        ("content", "the army crossed the border."),
        ("cue", "said"),
        ("source", "The ministry"),
    ]
    assert [(a.part, a.actor.name, a.speaker_basis) for a in made.live_attributions()] == [
        ("speaker", "Khwarizmi", "editor_inferred"),
        ("about", "Army", ""),
    ]
    assert (made.state, made.created_by) == ("draft", usual(EDITOR))


def test_words_are_taken_by_their_offsets(editor: Client, article: Article) -> None:
    words = {"start": 18, "end": 26, "exact": "the army"}

    answer = send(editor, "post", "statements/", said(article, words))

    assert answer.json()["quote"] == "the army"


def test_other_words_at_the_offsets_are_told(editor: Client, article: Article) -> None:
    words = {"start": 4, "end": 12, "exact": "the army"}

    answer = send(editor, "post", "statements/", said(article, words))

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["pointer"]) == (
        422,
        "spans[0].exact",
        "#/spans/0/exact",
    )
    assert (error["code"], error["there"]) == ("elsewhere", "ministry")
    assert not Statement.objects.exists()


def test_words_that_stand_at_several_places_are_listed(editor: Client, article: Article) -> None:
    answer = send(editor, "post", "statements/", said(article, "the army"))

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (422, "several")
    assert [(place["start"], place["suffix"][:8]) for place in error["places"]] == [
        (18, " crossed"),
        (152, " crossed"),
    ]


WRONG_WORDS: list[tuple[Any, tuple[str, str]]] = [
    ({"exact": "nobody said this"}, ("spans[0].exact", "not_found")),
    ({"exact": "army", "start": 1}, ("spans[0]", "required")),
    ({"start": 1, "end": 2}, ("spans[0].exact", "required")),
    ({"exact": "x", "start": 9000, "end": 9001}, ("spans[0].exact", "outside")),
    (
        {"exact": "the army", "start": 18, "end": 26, "prefix": "a "},
        ("spans[0].prefix", "elsewhere"),
    ),
    ({"exact": "army", "start": "18", "end": 22}, ("spans[0].start", "invalid")),
    ({"exact": 7}, ("spans[0].exact", "invalid")),
    ({"exact": "a\x00b"}, ("spans[0].exact", "null_characters_not_allowed")),
    ({"exact": "a\ud83d"}, ("spans[0].exact", "surrogate_characters_not_allowed")),
    ({"exact": "army", "colour": "red"}, ("spans[0].colour", "unknown")),
    ({"exact": "army", "\ud83d": 1}, ("spans[0].\\ud83d", "unknown")),
    ({"uid": "5bd6b2f0-3b5c-4a8a-8a8c-000000000000"}, ("spans[0].uid", "does_not_exist")),
]


def test_words_that_cannot_be_taken_are_named(editor: Client, article: Article) -> None:
    for words, wrong in WRONG_WORDS:
        answer = send(editor, "post", "statements/", said(article, words))

        assert (answer.status_code, wrong in faults(answer)) == (422, True), wrong
    assert not Statement.objects.exists()


def test_a_character_is_not_cut_in_two(editor: Client) -> None:
    make_actor("Khwarizmi")
    article = make_article(text="He waved 👍🏽 and left.")

    answer = send(editor, "post", "statements/", said(article, "He waved 👍"))

    [error] = answer.json()["errors"]
    assert (error["code"], error["whole"]["exact"]) == ("cut", "He waved 👍🏽")


WRONG_ACTORS: list[tuple[dict[str, str], tuple[str, str]]] = [
    ({"name": "Nobody"}, ("attributions[0].name", "does_not_exist")),
    ({"name": "Twice"}, ("attributions[0].name", "several")),
    ({}, ("attributions[0].actor", "required")),
    ({"actor": "7"}, ("attributions[0].actor", "invalid")),
    (
        {"name": "Khwarizmi", "speaker_basis": "guess"},
        ("attributions[0].speaker_basis", "invalid_choice"),
    ),
]


def test_an_actor_that_is_not_meant_clearly_is_named(editor: Client, article: Article) -> None:
    make_actor("Twice"), make_actor("Another", aliases=["twice"])

    for part, wrong in WRONG_ACTORS:
        body = said(article, attributions=[{"part": "speaker", **part}])
        answer = send(editor, "post", "statements/", body)

        assert (answer.status_code, faults(answer)) == (422, {wrong})


def test_a_statement_without_a_speaker_is_refused_by_the_pages_rule(
    editor: Client, article: Article
) -> None:
    answer = send(editor, "post", "statements/", said(article, attributions=[]))

    assert (answer.status_code, faults(answer)) == (422, {("attributions", "invalid")})


def test_words_of_an_older_text_are_carried(editor: Client, article: Article) -> None:
    correct_text(article, "CORRECTED\n" + article.revision.text)

    answer = send(
        editor,
        "post",
        "statements/",
        said(article, {"start": 18, "end": 26, "exact": "the army"}, revision=1),
    )

    [span] = answer.json()["spans"]
    assert (span["revision"], span["start"]) == (2, 28)


def test_a_patch_changes_what_it_names_and_keeps_the_rest(editor: Client) -> None:
    statement = approve(make_statement(about=[make_actor()], points=["It crossed."]))
    spans, parts = statement.live_spans(), statement.live_attributions()

    answer = send(
        editor, "patch", f"statements/{statement.uid}/", {"act": "denial"}, etag=tag(statement)
    )

    now = fresh(statement)
    assert (answer.status_code, answer.headers["ETag"]) == (200, tag(now))
    assert (now.act, now.state, now.version) == ("denial", "submitted", statement.version + 1)
    assert (now.live_spans(), now.live_attributions()) == (spans, parts)


def test_a_put_replaces_everything(editor: Client, article: Article) -> None:
    statement = make_statement(article, about=[make_actor()], gist="It crossed.")
    body = said(article, "denied the claim")
    del body["article"]

    answer = send(editor, "put", f"statements/{statement.uid}/", body, etag=tag(statement))

    assert answer.status_code == 200
    assert (fresh(statement).quote(), fresh(statement).gist) == ("denied the claim", "")
    assert Span.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert Attribution.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_kept_span_is_not_moved_by_naming_it(editor: Client) -> None:
    statement = make_statement()
    [span] = statement.live_spans()
    words = {"uid": str(span.uid), "role": "content", "exact": "denied the claim"}

    answer = send(
        editor, "patch", f"statements/{statement.uid}/", {"spans": [words]}, etag=tag(statement)
    )

    assert (answer.status_code, faults(answer)) == (422, {("spans[0].exact", "kept")})


def test_delete_keeps_the_row_and_a_review_brings_it_back(editor: Client) -> None:
    statement = make_statement()

    gone = send(editor, "delete", f"statements/{statement.uid}/", etag=tag(statement))
    back = send(
        editor,
        "post",
        f"statements/{statement.uid}/reviews/",
        {"step": "brought_back"},
        etag=gone.headers["ETag"],
    )

    assert (gone.status_code, gone.json()["state"]) == (200, "withdrawn")
    assert (back.status_code, back.json()["state"]) == (200, "draft")


def test_a_write_without_the_version_is_refused(editor: Client) -> None:
    statement = make_statement()
    named = ("", "*", "abc", tag(statement).strip('"'))

    for method, sent in product(("put", "patch", "delete"), named):
        answer = send(editor, method, f"statements/{statement.uid}/", {}, etag=sent)
        assert (answer.status_code, answer.json()["code"]) == (428, "no_version")
    assert fresh(statement).version == 1


def test_an_old_version_is_refused_with_both(editor: Client) -> None:
    statement = make_statement(gist="first")
    old = tag(statement)
    send(editor, "patch", f"statements/{statement.uid}/", {"gist": "second"}, etag=old)

    stale = send(editor, "patch", f"statements/{statement.uid}/", {"gist": "third"}, etag=old)
    weak = send(editor, "patch", f"statements/{statement.uid}/", {"gist": "x"}, etag=f"W/{old}")
    other = send(
        editor, "delete", f"statements/{statement.uid}/", etag=tag(make_statement(gist="other"))
    )

    problem = stale.json()
    assert (stale.status_code, problem["code"]) == (412, "stale")
    assert problem["versions"] == {"sent": 1, "current": 2}
    assert (problem["current"]["gist"], problem["current"]["version"]) == ("second", 2)
    assert (weak.status_code, weak.json()["versions"]["sent"]) == (412, None)
    assert (other.status_code, fresh(statement).state) == (412, "draft")


def test_deleted_work_is_not_changed(editor: Client) -> None:
    statement = make_statement()
    gone = send(editor, "delete", f"statements/{statement.uid}/", etag=tag(statement))

    answer = send(
        editor, "patch", f"statements/{statement.uid}/", {"gist": "x"}, etag=gone.headers["ETag"]
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "deleted")


@pytest.mark.parametrize("role", [REPORTER, REVIEWER, ""])
def test_only_those_who_annotate_write(article: Article, role: str) -> None:
    statement = approve(make_statement(article))
    client = signed_in(make_user(role))

    answers = [
        send(client, "post", "statements/", said(article)),
        send(client, "post", "statements/bulk/", {"statements": [said(article)]}),
        send(client, "patch", f"statements/{statement.uid}/", {"gist": "x"}, etag=tag(statement)),
        send(client, "delete", f"statements/{statement.uid}/", etag=tag(statement)),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert Statement.objects.get().version == statement.version


def test_what_no_field_lists_is_refused_and_changes_nothing(
    editor: Client, article: Article
) -> None:
    columns = {field.name for field in Statement._meta.concrete_fields}
    forged = (
        columns - set(said(article)) - {"gist", "said_on", "said_on_as_printed", "venue", "note"}
    )

    answer = send(editor, "post", "statements/", said(article) | dict.fromkeys(forged, "1"))

    assert (answer.status_code, faults(answer)) == (422, {(name, "unknown") for name in forged})
    assert not Statement.objects.exists()


UNREADABLE: list[tuple[bytes, int, str]] = [
    (b"{", 400, "malformed"),
    (b"[]", 422, "invalid"),
    (b"\xff", 400, "malformed"),
    (b'{"act": NaN}', 400, "malformed"),
    (b"[" * 100_000, 400, "malformed"),
]


def test_what_is_no_object_is_refused(editor: Client) -> None:
    for body, status, code in UNREADABLE:
        answer = editor.generic("POST", "/api/v1/statements/", body, "application/json")

        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_other_media_types_are_refused(editor: Client) -> None:
    form = editor.post("/api/v1/statements/", {"act": "denial"})
    page = editor.get("/api/v1/statements/", headers={"Accept": "text/html"})

    assert (form.status_code, form.json()["code"]) == (415, "unsupported_media_type")
    assert (page.status_code, page.json()["code"]) == (406, "not_acceptable")


def test_a_body_that_is_too_large_is_refused(editor: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = send(editor, "post", "articles/", {"text": "x" * 100})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_json_comes_in_utf_8_only() -> None:
    client = signed_in(usual(EDITOR))
    sent = json.dumps({"name": "A", "kind": "person"})

    answers = [
        client.post("/api/v1/actors/", sent, content_type=f"application/json; charset={each}")
        for each in ("punycode", "utf-16", "UTF-8")
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 201]
