"""An article's text is corrected: looked at first, then saved."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from annotations.models import Article, Placement, Revision
from annotations.permissions import REPORTER, REVIEWER
from annotations.tests import seeded
from annotations.tests.factories import (
    TEXT,
    approve,
    approve_all,
    correct_text,
    delete,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
    make_user,
)
from annotations.tests.views.typed import ABSENT

pytestmark = pytest.mark.django_db

QUOTE = "Nothing of the kind happened"
NEW = TEXT.replace("Nothing of the kind", "Something of the kind")


def address(article: Article) -> str:
    return reverse("article_correct", args=[article.uid])


def typed(article: Article, text: str = NEW, **more: Any) -> dict[str, Any]:
    """The form as it is sent to see what changes."""
    return {"version": article.version, "text": text, "reason": "correction", **more}


def to_save(article: Article, text: str = NEW, **more: Any) -> dict[str, Any]:
    """The form as it is sent from the preview of this text."""
    return typed(article, text, seen=Revision.digest(text), save="on", **more)


def words(page: HttpResponseBase) -> str:
    content: bytes = getattr(page, "content", b"")
    return " ".join(strip_tags(content.decode()).split())


def stored(article: Article) -> list[tuple[int, str, str, str]]:
    rows = Revision.objects.filter(article=article).order_by("number")
    return [(row.number, row.text, row.reason, row.note) for row in rows]


def test_the_form_holds_the_text_that_is_there(client: Client, editor: User) -> None:
    article = make_article(text="\nFirst <b>line</b>\n")

    page = client.get(address(article))

    assert page.context["form"]["text"].value() == "\nFirst <b>line</b>\n"
    assert b">\r\n\nFirst &lt;b&gt;line" in page.content.replace(b">\n\nF", b">\r\n\nF")


def test_looking_writes_nothing_and_tells_what_would_happen(client: Client, editor: User) -> None:
    article = make_article()
    make_statement(article, QUOTE, speaker=make_actor("Ann"))
    approve(make_statement(article, "called it likely"))

    page = client.post(address(article), typed(article))

    assert page.status_code == 200
    assert len(stored(article)) == 1
    said = words(page)
    assert "1 statement stays, 1 needs placing" in said
    assert "Needs placing: the wording changed" in said
    assert "<del>Nothing</del><ins>Something</ins> of the kind happened" in page.text
    assert "approved record" not in said


def test_saving_what_was_looked_at(client: Client, editor: User) -> None:
    article = make_article()
    make_statement(article, QUOTE)
    make_statement(article, "called it likely")

    answer = client.post(address(article), to_save(article, note="Says so below."), follow=True)

    assert answer.redirect_chain == [(article.get_absolute_url(), 302)]
    assert "Corrected. 1 statement stays, 1 needs placing." in words(answer)
    assert stored(article) == [(1, TEXT, "", ""), (2, NEW, "correction", "Says so below.")]


def test_a_text_that_was_not_looked_at_is_not_saved(client: Client, editor: User) -> None:
    article = make_article()
    sent = to_save(article) | {"text": NEW + "More."}

    page = client.post(address(article), sent)

    assert page.status_code == 200
    assert "not the one you looked at" in words(page)
    assert len(stored(article)) == 1
    assert page.context["form"]["seen"].value() == Revision.digest(NEW + "More.")
    assert client.post(address(article), sent | {"seen": page.context["form"]["seen"].value()})
    assert len(stored(article)) == 2


def test_a_file_is_carried_into_the_text_field(client: Client, editor: User) -> None:
    article = make_article()
    upload = SimpleUploadedFile("new.txt", b"\xef\xbb\xbf" + NEW.replace("\n", "\r\n").encode())

    page = client.post(address(article), typed(article, TEXT, file=upload))

    assert page.status_code == 200
    assert page.context["form"].stored() == NEW
    assert page.context["form"]["seen"].value() == Revision.digest(NEW)


@pytest.mark.parametrize(
    ("changed", "field", "error"),
    [
        ({"text": TEXT}, "text", "The text is the same as before."),
        (
            {"text": "\ufeff" + TEXT.replace("\n", "\r\n")},
            "text",
            "The text is the same as before.",
        ),
        ({"text": "  "}, "text", "Paste the text, or choose a file."),
        ({"text": "NUL \0"}, "text", "Null characters are not allowed."),
        ({"reason": ""}, "reason", "Say why the text changes."),
        ({"reason": "whim"}, "reason", "Select a valid choice. whim is not one of the available"),
        (
            {"file": SimpleUploadedFile("new.txt", b"Another text")},
            "file",
            "There is a file and pasted text: give one of them.",
        ),
        (
            {"text": TEXT, "file": SimpleUploadedFile("new.doc", b"Another text")},
            "file",
            "“new.doc” is not a .txt file. Save it as plain text first, or paste the text.",
        ),
        (
            {"text": TEXT, "file": SimpleUploadedFile("new.txt", b"caf\xe9")},
            "file",
            "“new.txt”: The file is not UTF-8 text: byte 4 cannot be read.",
        ),
    ],
)
@pytest.mark.parametrize("act", [typed, to_save])
def test_what_is_wrong_is_said_by_field_and_what_was_typed_is_kept(
    client: Client, editor: User, act: Any, changed: dict[str, Any], field: str, error: str
) -> None:
    article = make_article()
    if "file" in changed:
        changed["file"].seek(0)
    sent = act(article, note="Kept") | changed

    page = client.post(address(article), sent)

    assert page.status_code == 422
    assert [each[: len(error)] for each in page.context["form"].errors[field]] == [error]
    assert set(page.context["form"].errors) == {field}
    assert page.context["form"]["text"].value() == sent["text"]
    assert "Kept" in page.text
    assert len(stored(article)) == 1


@pytest.mark.parametrize("act", [typed, to_save])
def test_who_comes_second_keeps_the_text_and_sees_it_against_the_newest(
    client: Client, editor: User, act: Any
) -> None:
    article = make_article()
    make_statement(article, QUOTE)
    correct_text(article, "Theirs.\n\n" + TEXT)

    page = client.post(address(article), act(article, version=1, note="Mine"))

    assert page.status_code == 409
    said = words(page)
    assert "usual-editor changed this article while you were correcting it" in said
    assert "1 statement needs placing" in said
    assert "<del>Theirs.</del>" in page.text
    assert page.context["form"]["text"].value() == NEW
    assert page.context["form"]["note"].value() == "Mine"
    assert len(stored(article)) == 2
    again = to_save(article) | {"version": page.context["form"]["version"].value()}
    assert client.post(address(article), again).status_code == 302
    assert stored(article)[2][1] == NEW


def test_markers_and_evidence_are_told_of_and_what_goes_back(client: Client, editor: User) -> None:
    filler = "\n\nOne more paragraph, long enough to keep the others apart.\n\n"
    text = filler.join(
        ["Ann accused Bob.", "Bob denied.", "Such a claim is new.", "Bob was asked."]
    )
    article = make_article(text=text)
    claim = make_statement(article, "Ann accused Bob", about=[make_actor("Bob")])
    answer = make_statement(article, "Bob denied", speaker=make_actor("Ann"))
    link = make_response(claim, answer, marker="Such a claim")
    reply = make_reply_record(claim, evidence="Bob was asked")
    approve_all(claim, answer, link, reply)
    new = text.replace("Such a claim", "Such claims").replace("Bob was asked", "Bob was not asked")

    page = client.post(address(article), typed(article, new))

    said = words(page)
    assert "2 statements stay" in said
    assert "2 links and reply records need placing" in said
    assert "marker of the answer by Ann goes back to the reviewers" in said
    assert "evidence on Bob goes back to the reviewers" in said
    assert "2 approved records go back to the reviewers" in said
    assert "a negation changed" in said


def test_deleted_work_and_words_taken_out_are_not_told_of(client: Client, editor: User) -> None:
    article = make_article()
    delete(make_statement(article, QUOTE))

    page = client.post(address(article), typed(article))

    assert "No statement stands in the text" in words(page)


def test_a_large_text_makes_no_larger_page_than_its_own(client: Client, editor: User) -> None:
    lines = [f"Line {number} says something of its own." for number in range(20_000)]
    article = make_article(text="\n".join(lines))
    new = "\n".join(line.replace("something", "nothing") for line in lines)

    page = client.post(address(article), typed(article, new))

    assert page.status_code == 200
    assert "19,800 more paragraphs changed, not shown here" in words(page)
    assert len(page.content) < len(new) + 400_000


@pytest.mark.parametrize("role", ["", REPORTER, REVIEWER])
def test_others_do_not_correct(client: Client, role: str) -> None:
    article = approve(make_statement()).article
    client.force_login(make_user(role))

    answers = [client.get(address(article)), client.post(address(article), to_save(article))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert len(stored(article)) == 1


def test_other_methods_and_articles_that_are_not_there(client: Client, editor: User) -> None:
    article = make_article()

    assert client.put(address(article)).status_code == 405
    assert client.delete(address(article)).status_code == 405
    assert client.get(reverse("article_correct", args=[ABSENT])).status_code == 404


def test_one_clause_of_khwarizmis_quote_changes(client: Client, editor: User) -> None:
    """Named case: what holds the clause, or stands within 32 code points of it, waits; the others are kept."""
    seeded.load()
    article = Article.objects.get(revisions__text__contains="Khwarizmi stated")
    old = article.revision.text
    clause = "Pakistan should answer for this"
    at = old.index(clause)
    new = old.replace(clause, "Pakistan has to answer for this")
    near = Placement.objects.filter(
        revision__article=article,
        start__lt=at + len("Pakistan should") + 32,
        end__gt=at + len("Pakistan ") - 32,
    )
    spans = set(near.values_list("span"))

    page = client.post(address(article), typed(article, new))
    client.post(address(article), to_save(article, new))

    waits = Placement.objects.filter(revision__number=2, state="needs_placing")
    assert set(waits.values_list("span")) == spans
    assert set(Placement.objects.filter(revision__number=2).values_list("state", flat=True)) == {
        "needs_placing",
        "placed",
    }
    assert "14 statements stay, 1 needs placing" in words(page)
