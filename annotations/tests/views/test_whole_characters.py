"""No door takes words that cut in two what readers see as one character."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Placement, Statement
from annotations.tests.factories import (
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
)
from annotations.tests.views.typed import (
    HTMX,
    json_spans,
    typed_change,
    typed_response,
    typed_statement,
)

pytestmark = pytest.mark.django_db
TEXT = "Ann said we left 👩🏽‍🚀 behind. Bob denied it e\u0301. 🇦🇫🇵🇰"
CUTS = [
    pytest.param("👩", "👩🏽‍🚀", id="emoji"),
    pytest.param("denied it e", "denied it e\u0301", id="combining mark"),
    pytest.param("\u0301.", "e\u0301.", id="at the start"),
    pytest.param("🇫🇵", "🇦🇫🇵🇰", id="flags"),
]


def row(cut: str, role: str) -> dict[str, object]:
    start = TEXT.index(cut)
    return {"role": role, "start": start, "end": start + len(cut), "exact": cut, "uid": ""}


@pytest.mark.parametrize(("cut", "whole"), CUTS)
def test_a_new_statement_is_refused_at_its_words(
    client: Client, editor: User, cut: str, whole: str
) -> None:
    article = make_article(text=TEXT)
    typed = typed_statement(article, "we left", make_actor())
    typed["spans"] = json_spans(row(cut, "content"))

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    said = f"The content “{cut}” would cut a character in two: select the whole of “{whole}”."
    assert page.context["forms"].form.errors["spans"] == [said]
    assert said in page.text
    assert not Statement.objects.exists()


def test_a_changed_statement_is_refused_at_its_words(client: Client, editor: User) -> None:
    statement = make_statement(make_article(text=TEXT), "we left")
    typed = typed_change(statement, spans=json_spans(row("👩", "content")))

    page = client.post(reverse("statement_edit", args=[statement.uid]), typed, headers=HTMX)

    assert (page.status_code, list(page.context["forms"].form.errors)) == (422, ["spans"])
    assert statement.quote() == "we left"


def test_one_more_span_is_refused(client: Client, editor: User) -> None:
    statement = make_statement(make_article(text=TEXT), "we left")
    typed = {"spans": json_spans(row("👩", "cue")), "version": statement.version, "revision": 1}

    page = client.post(reverse("statement_spans", args=[statement.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "The cue “👩” would cut a character in two" in page.text
    assert Placement.objects.count() == 1


def test_a_marker_is_refused(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    claim, answer = make_statement(article, "we left"), make_statement(article, "Bob denied")
    typed = typed_response(answer, marker=json_spans(row("👩", "marker")))

    page = client.post(reverse("response_new", args=[claim.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "The marker “👩” would cut a character in two" in page.text
    assert not Placement.objects.filter(span__role="marker").exists()


def test_a_changed_marker_is_refused(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    claim, answer = make_statement(article, "we left"), make_statement(article, "Bob denied")
    link = make_response(claim, answer, marker="denied it")
    typed = typed_response(answer, link, marker=json_spans(row("👩", "marker")))

    page = client.post(reverse("response_edit", args=[link.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "The marker “👩” would cut a character in two" in page.text
    assert fresh(link).marker() == "denied it"


@pytest.mark.parametrize("is_there", [False, True], ids=["new", "changed"])
def test_evidence_is_refused(client: Client, editor: User, is_there: bool) -> None:
    bob = make_actor("Bob")
    claim = make_statement(make_article(text=TEXT), "we left", about=[bob])
    typed: dict[str, object] = {"party": bob.uid, "status": "declined"}
    typed["evidence"] = json_spans(row("👩", "evidence"))
    address = reverse("reply_new", args=[claim.uid])
    if is_there:
        record = make_reply_record(claim, bob, evidence="denied it")
        address = reverse("reply_edit", args=[record.uid])
        typed["version"] = record.version

    page = client.post(address, typed, headers=HTMX)

    assert page.status_code == 422
    assert "The evidence “👩” would cut a character in two" in page.text
    assert not Placement.objects.filter(span__role="evidence", exact="👩").exists()


def test_a_place_chosen_by_hand_is_refused(client: Client, editor: User) -> None:
    statement = make_statement(make_article(text=TEXT), "we left")
    correct_text(statement.article, TEXT.replace("we left", "they left"))
    span, start = statement.spans.get(), TEXT.index("👩") + 2
    words = json_spans(row("👩", "content") | {"start": start, "end": start + 1})
    typed = {"spans": words, "version": statement.version, "revision": 2, "by_hand": "on"}
    address = reverse("placing_settle", args=[span.uid])

    page = client.post(address, typed, headers=HTMX)
    without_script = client.post(address, typed, follow=True)

    assert page.status_code == 422
    assert "The content “👩” would cut a character in two" in page.text
    assert "The content “👩” would cut a character in two" in without_script.text
    assert Placement.objects.waiting().get().span == span


def test_words_between_whole_characters_are_taken(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    typed = typed_statement(article, "👩🏽‍🚀 behind. Bob denied it e\u0301", make_actor())

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    assert page.status_code == 200
    assert Statement.objects.get().quote() == "👩🏽‍🚀 behind. Bob denied it e\u0301"
