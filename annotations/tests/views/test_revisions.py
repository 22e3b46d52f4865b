"""An article's earlier texts: the list, each as it was, and the one that was read on a day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from annotations.editing.highlight import revise
from annotations.models import Article, Revision, Statement
from annotations.permissions import REPORTER
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    delete,
    make_actor,
    make_article,
    make_statement,
    make_user,
    select,
    speaks,
    usual,
)
from annotations.tests.views.typed import ABSENT, text_content

pytestmark = pytest.mark.django_db

QUOTE = "Nothing of the kind happened"
STAYS = "crossed the border on Monday"
NEW = TEXT.replace("Nothing of the kind", "Something of the kind")


def page_of(client: Client, article: Article, number: int, **asked: Any) -> Any:
    return client.get(reverse("revision", args=[article.uid, number]), asked)


def list_of(client: Client, article: Article, **asked: Any) -> Any:
    return client.get(reverse("revisions", args=[article.uid]), asked)


def words(page: HttpResponseBase) -> str:
    content: bytes = getattr(page, "content", b"")
    return " ".join(strip_tags(content.decode()).split())


def received(article: Article, *moments: datetime) -> None:
    """As if the revisions had been received at these moments."""
    for number, moment in enumerate(moments, start=1):
        Revision.objects.filter(article=article, number=number).update(received_at=moment)


def marked(page: Any) -> list[tuple[str, str]]:
    """The pieces of the text that are highlighted, with whose they are."""
    blocks = page.context["reading"].blocks
    return [(p.text, p.statements) for block in blocks for p in block.pieces if p.marks]


def test_the_list_tells_of_each_text(client: Client, editor: User) -> None:
    article = make_article()
    make_statement(article, QUOTE)
    make_statement(article, STAYS)
    correct_text(article, NEW)
    correct_text(article, NEW + "It was all made up.", "retraction")

    page = list_of(client, article)

    rows = [(row.number, count) for row, count in page.context["rows"]]
    assert rows == [(3, 1), (2, 1), (1, 2)]
    said = words(page)
    assert "Revision 3 retraction, " in said
    assert "Revision 2 correction, " in said
    assert "Revision 1 as first received, " in said
    assert "by usual-editor" in said


def test_an_old_text_has_the_highlights_that_it_had(client: Client, editor: User) -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)
    article = correct_text(article, NEW)
    later = make_statement(article, "the army crossed the border.")

    old, new = page_of(client, article, 1), page_of(client, article, 2)

    assert text_content(old) == TEXT
    assert marked(old) == [(QUOTE, str(statement.uid))]
    assert text_content(new) == NEW
    assert marked(new) == [("the army crossed the border.", str(later.uid))]
    assert "not the newest text" in words(old)
    assert "needs placing" in words(new)
    assert "<del>Nothing</del>" in new.text


def test_words_taken_out_or_deleted_later_stood_there_then(client: Client, editor: User) -> None:
    article = make_article()
    gone_before = make_statement(article, "denied the claim")
    delete(gone_before)
    revised, gone_later = make_statement(article, QUOTE), make_statement(article, "a spokesman")
    correct_text(article, TEXT + "More.")
    article.refresh_from_db()
    chosen = [select(article, "called it likely")]
    _choose(revised, chosen)
    delete(gone_later)

    old, new = page_of(client, article, 1), page_of(client, article, 2)

    assert marked(old) == [(QUOTE, str(revised.uid)), ("a spokesman", str(gone_later.uid))]
    assert marked(new) == [("called it likely", str(revised.uid))]
    assert [count for _, count in list_of(client, article).context["rows"]] == [1, 2]


def test_words_chosen_in_an_old_text_after_it_was_replaced_did_not_stand_there(
    client: Client, editor: User
) -> None:
    article = make_article()
    chosen = select(article, "called it likely")
    article = correct_text(article, NEW)
    make_statement(article, selections=[chosen], chosen_in=1)

    old, new = page_of(client, article, 1), page_of(client, article, 2)

    assert marked(old) == []
    assert [text for text, _ in marked(new)] == ["called it likely"]


def _choose(statement: Statement, chosen: list[Any]) -> None:
    revise(
        user=usual("editor"),
        statement=statement,
        version=statement.version,
        details=_details(statement),
        parts=[speaks(make_actor())],
        points=[],
        selections=chosen,
        revision_number=2,
    )


def _details(statement: Statement) -> Any:
    from annotations.editing.highlight import StatementDetails

    return StatementDetails(form=statement.form, act=statement.act)


def test_a_reporter_sees_approved_work_and_no_accounts(client: Client) -> None:
    article = make_article()
    approved = approve(make_statement(article, STAYS))
    draft = make_statement(article, QUOTE, gist="a draft")
    correct_text(article, TEXT + "More.")
    client.force_login(make_user(REPORTER))

    old, listed = page_of(client, article, 1), list_of(client, article)

    assert marked(old) == [(STAYS, str(approved.uid))]
    assert str(draft.uid) not in old.text
    assert "a draft" not in old.text
    assert [count for _, count in listed.context["rows"]] == [1, 1]
    assert "usual-editor" not in old.text + listed.text
    assert "Correct the text" not in listed.text


def test_an_article_that_a_reporter_does_not_see_has_no_texts(client: Client) -> None:
    article = make_article()
    client.force_login(make_user(REPORTER))

    answers = [page_of(client, article, 1), list_of(client, article)]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_revision_that_is_not_there_is_not_found(
    client: Client, editor: User, number: int
) -> None:
    assert page_of(client, make_article(), number).status_code == 404


def test_other_methods_are_refused(client: Client, editor: User) -> None:
    article = make_article()

    answers = [
        client.post(reverse("revisions", args=[article.uid])),
        client.post(reverse("revision", args=[article.uid, 1])),
        client.get(reverse("revisions", args=[ABSENT])),
    ]

    assert [answer.status_code for answer in answers] == [405, 405, 404]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"on": "2026-01-01"}, 1),  # the end of the day counts
        ({"on": "2026-01-02"}, 2),  # corrected at 20:00
        ({"on": "2026-01-02", "utc_offset": "-270"}, 1),  # in Kabul the day was over at 19:30
        ({"on": "2026-01-03", "utc_offset": "-270"}, 2),
        ({"on": "2026-01-02", "utc_offset": "480"}, 2),
        ({"on": "9999-12-30"}, 2),
    ],
)
def test_as_it_read_on_a_day(
    client: Client, editor: User, asked: dict[str, str], number: int
) -> None:
    article = make_article()
    correct_text(article, NEW)
    received(article, datetime(2026, 1, 1, 9, tzinfo=UTC), datetime(2026, 1, 2, 20, tzinfo=UTC))

    page = client.get(article.get_absolute_url(), asked, follow=True)

    assert page.context["reading"].revision.number == number
    assert page.context["on"].isoformat() == asked["on"]


def test_a_day_before_the_first_text_says_so(client: Client, editor: User) -> None:
    article = make_article()
    received(article, datetime(2026, 1, 1, 9, tzinfo=UTC))

    page = client.get(article.get_absolute_url(), {"on": "2025-12-31"}, follow=True)

    assert page.status_code == 200
    assert "How it read on 31 December 2025 is not known here" in words(page)
    assert "received on 1 January 2026, 09:00 UTC" in words(page)


def test_a_day_that_is_not_over_is_called_now(client: Client, editor: User) -> None:
    article = make_article()
    today = timezone.now() + timedelta(days=1)

    page = client.get(article.get_absolute_url(), {"on": today.date().isoformat()}, follow=True)

    assert "is not over: so it reads now" in words(page)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"on": "soon"}, "Write the date as 2026-05-12."),
        ({"on": ""}, "This field is required."),
        ({"on": "9999-12-31"}, "No calendar has this day."),
        ({"on": "0001-01-01", "utc_offset": "-900"}, ""),
        ({"on": "2026-01-01", "utc_offset": "99999"}, "less than or equal to 900"),
    ],
)
def test_a_day_that_is_none_is_said(
    client: Client, editor: User, asked: dict[str, str], error: str
) -> None:
    page = client.get(make_article().get_absolute_url(), asked, follow=True)

    assert page.status_code == (422 if error else 200)
    assert error in words(page)


def test_the_article_names_its_revision_and_a_retraction(client: Client, editor: User) -> None:
    article = make_article()
    first = client.get(article.get_absolute_url())
    correct_text(article, NEW)
    corrected = client.get(article.get_absolute_url())
    correct_text(article, NEW + "Retracted.", "retraction")
    retracted = client.get(article.get_absolute_url())
    listed = client.get(reverse("articles"))

    assert "as first received" in words(first)
    assert "corrected on " in words(corrected)
    assert f'href="{reverse("revision", args=[article.uid, 2])}#changes"' in corrected.text
    assert "Retracted. The outlet took this article back." in words(retracted)
    assert "retracted" not in words(corrected).lower()
    assert '<span class="tag retracted">retracted</span>' in listed.text
