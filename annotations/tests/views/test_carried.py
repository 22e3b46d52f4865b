"""Somebody chooses words, a correction lands, they save; and what shows that words need placing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from annotations.models import Placement, Span
from annotations.permissions import REPORTER, REVIEWER
from annotations.tests.exports.reading import exchange_cells, statement_cells
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
    make_user,
    select,
    submit,
)
from annotations.tests.views.typed import (
    HTMX,
    spans,
    typed_change,
    typed_response,
    typed_statement,
)

pytestmark = pytest.mark.django_db

QUOTE = "Nothing of the kind happened"
CARRIED, CHANGED = "crossed the border on Monday", QUOTE
NEW = TEXT.replace("Nothing of the kind", "Something of the kind")
WAITS = "The text was corrected: some of its words need placing."


def words(page: Any) -> str:
    return " ".join(strip_tags(page.content.decode()).split())


def places(span: Span) -> list[tuple[int, str, str]]:
    rows = Placement.objects.filter(span=span).order_by("revision__number")
    return [(row.revision.number, row.state, row.exact) for row in rows]


@pytest.mark.parametrize(
    ("chosen", "state", "said"),
    [(CARRIED, "placed", "{}"), (CHANGED, "needs_placing", "{} " + WAITS)],
)
class TestWordsChosenBeforeACorrection:
    def test_a_statement(
        self, client: Client, editor: User, chosen: str, state: str, said: str
    ) -> None:
        article = make_article()
        typed = typed_statement(article, chosen, make_actor())
        correct_text(article, NEW)

        answer = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

        assert answer.status_code == 200
        assert places(Span.objects.get()) == [(1, "placed", chosen), (2, state, chosen)]
        assert f"<span>{said.format('Saved.')}</span>" in answer.text

    def test_a_statement_that_is_revised(
        self, client: Client, editor: User, chosen: str, state: str, said: str
    ) -> None:
        statement = make_statement(exact="The ministry said")
        typed = typed_change(statement)
        typed["spans"] = spans(select(statement.article, chosen))
        correct_text(statement.article, NEW)

        answer = client.post(reverse("statement_edit", args=[statement.uid]), typed, headers=HTMX)

        assert answer.status_code == 200
        span = Span.objects.get(withdrawn_at__isnull=True)
        assert places(span) == [(1, "placed", chosen), (2, state, chosen)]
        assert f"<span>{said.format('Saved.')}</span>" in answer.text

    def test_a_span_that_is_added(
        self, client: Client, editor: User, chosen: str, state: str, said: str
    ) -> None:
        statement = make_statement(make_article(text="Ann said.\n" + "." * 40 + TEXT), "Ann said")
        typed = {
            "spans": spans(select(statement.article, chosen)),
            "version": statement.version,
            "revision": 1,
        }
        correct_text(statement.article, statement.article.revision.text.replace(TEXT, NEW))

        answer = client.post(reverse("statement_spans", args=[statement.uid]), typed, headers=HTMX)

        assert answer.status_code == 200
        assert places(Span.objects.get(ordinal=2))[1] == (2, state, chosen)
        assert f"<span>{said.format('Added as content.')}</span>" in answer.text

    def test_a_marker(
        self, client: Client, editor: User, chosen: str, state: str, said: str
    ) -> None:
        claim = make_statement(exact="The ministry said")
        response = make_statement(claim.article, "The minister repeated")
        address = reverse("response_new", args=[claim.uid]) + f"?response={response.uid}"
        form = client.get(address, headers=HTMX).context["form"]
        marker = spans(select(claim.article, chosen, "marker"))
        typed = typed_response(response, marker=marker, revision=form["revision"].value())
        correct_text(claim.article, NEW)

        answer = client.post(address, typed, headers=HTMX)

        assert answer.status_code == 200
        span = Span.objects.get(role="marker")
        assert places(span) == [(1, "placed", chosen), (2, state, chosen)]
        linked = f"Linked: {response.speakers_line()} denies “{claim.quote()}”."
        assert f"<span>{said.format(linked)} <a" in answer.text

    def test_a_marker_of_a_link_that_is_there(
        self, client: Client, editor: User, chosen: str, state: str, said: str
    ) -> None:
        claim = make_statement(exact="The ministry said")
        link = make_response(claim, make_statement(claim.article, "The minister repeated"))
        address = reverse("response_edit", args=[link.uid])
        form = client.get(address, headers=HTMX).context["form"]
        marker = spans(select(claim.article, chosen, "marker"))
        typed = typed_response(
            link.response, link, marker=marker, revision=form["revision"].value()
        )
        correct_text(claim.article, NEW)

        answer = client.post(address, typed, headers=HTMX)

        assert answer.status_code == 200
        assert places(Span.objects.get(role="marker"))[1] == (2, state, chosen)
        assert f"<span>{said.format('Saved.')}</span>" in answer.text

    def test_evidence(
        self, client: Client, editor: User, chosen: str, state: str, said: str
    ) -> None:
        claim = make_statement(exact="The ministry said", about=[make_actor()])
        address = reverse("reply_new", args=[claim.uid])
        form = client.get(address, headers=HTMX).context["form"]
        typed = {
            "party": claim.accused()[0].uid,
            "status": "declined",
            "evidence": spans(select(claim.article, chosen, "evidence")),
            "revision": form["revision"].value(),
        }
        correct_text(claim.article, NEW)

        answer = client.post(address, typed, headers=HTMX)

        assert answer.status_code == 200
        assert places(Span.objects.get(role="evidence"))[1] == (2, state, chosen)
        assert f"<span>{said.format('Recorded.')}</span>" in answer.text

    def test_evidence_of_a_record_that_is_there(
        self, client: Client, editor: User, chosen: str, state: str, said: str
    ) -> None:
        claim = make_statement(exact="The ministry said", about=[make_actor()])
        record = make_reply_record(claim)
        address = reverse("reply_edit", args=[record.uid])
        form = client.get(address, headers=HTMX).context["form"]
        typed = {
            "version": record.version,
            "party": record.party.uid,
            "status": "declined",
            "evidence": spans(select(claim.article, chosen, "evidence")),
            "revision": form["revision"].value(),
        }
        correct_text(claim.article, NEW)

        answer = client.post(address, typed, headers=HTMX)

        assert answer.status_code == 200
        assert places(Span.objects.get(role="evidence"))[1] == (2, state, chosen)
        assert f"<span>{said.format('Saved.')}</span>" in answer.text


def test_a_revision_that_is_not_there_is_refused(client: Client, editor: User) -> None:
    claim = make_statement(exact="The ministry said")
    response = make_statement(claim.article, "The minister repeated")
    marker = spans(select(claim.article, CARRIED, "marker"))

    answer = client.post(
        reverse("response_new", args=[claim.uid]),
        typed_response(response, marker=marker, revision=10**30),
        headers=HTMX,
    )

    assert answer.status_code == 422
    assert "The article has no revision" in words(answer)


def test_a_statement_whose_words_wait_says_so_wherever_it_is_shown(
    client: Client, editor: User
) -> None:
    claim = make_statement(exact=QUOTE, about=[make_actor("Bob")], cue="a spokesman said")
    answer = make_statement(claim.article, "The army denied")
    link = make_response(claim, answer, marker="Nothing of")
    make_reply_record(claim, evidence="of the kind")
    article = correct_text(claim.article, NEW)
    queue = f"{reverse('placing')}?article={article.uid}"

    card = client.get(reverse("statement_card", args=[claim.uid]), headers=HTMX)
    desk = client.get(article.get_absolute_url())
    page = client.get(claim.get_absolute_url())
    listed = client.get(reverse("statements"))
    form = client.get(reverse("statement_edit", args=[claim.uid]), headers=HTMX)
    linked = client.get(reverse("response_edit", args=[link.uid]), headers=HTMX)

    assert [each.status_code for each in (form, linked)] == [200, 200]
    said = f"Needs placing: the wording changed. It read “{QUOTE}”."
    assert said in words(card)
    assert said in words(page)
    for shown in (card, page):
        assert "The marker read “Nothing of”" in words(shown)
        assert "The evidence read “of the kind”" in words(shown)
    assert "needs placing: the wording changed" in words(desk)
    assert "needs placing: the wording changed" in words(listed)
    for shown in (card, page):
        assert f'href="{queue}#p-{claim.live_spans("content")[0].uid}"' in shown.text


def test_words_that_wait_break_neither_the_admin_nor_the_api_nor_the_csv(client: Client) -> None:
    claim = make_statement(exact=QUOTE, about=[make_actor("Bob")])
    link = make_response(
        claim, make_statement(claim.article, "The army denied"), marker="Nothing of"
    )
    record = make_reply_record(claim, evidence="of the kind")
    correct_text(claim.article, NEW)
    submit(claim)
    reviewer = make_user(REVIEWER)
    client.force_login(reviewer)

    changes = [
        client.get(reverse(f"admin:annotations_{model}_change", args=[pk]))
        for model, pk in (
            ("statement", claim.pk),
            ("response", link.pk),
            ("replyrecord", record.pk),
            ("article", claim.article.pk),
        )
    ]
    lists = [
        client.get(reverse(f"admin:annotations_{model}_changelist"))
        for model in ("statement", "response", "replyrecord", "article")
    ]
    answered = client.get(reverse("api_statement", args=[claim.uid])).json()

    assert {answer.status_code for answer in [*changes, *lists]} == {200}
    assert all(QUOTE in answer.text for answer in (changes[0], lists[0]))
    [place] = [span for span in answered["spans"] if span["role"] == "content"]
    assert (place["start"], place["end"], place["state"], place["exact"]) == (
        None,
        None,
        "needs_placing",
        QUOTE,
    )
    assert QUOTE in {row["content"] for row in statement_cells(reviewer)}
    assert {row["claim_quote"] for row in exchange_cells(reviewer)} == {QUOTE}


def test_a_reporter_reads_nothing_whose_words_wait(client: Client) -> None:
    claim = approve(make_statement(exact=QUOTE))
    client.force_login(make_user(REPORTER))

    before = client.get(claim.get_absolute_url())
    correct_text(claim.article, NEW)
    after = client.get(claim.get_absolute_url())

    assert (before.status_code, after.status_code) == (200, 404)
