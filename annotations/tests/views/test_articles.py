from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations.editing.receive import ArticleDetails, describe
from annotations.models import Article
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    request_changes,
)
from annotations.tests.views.typed import ABSENT, HTMX, text_content

pytestmark = pytest.mark.django_db


def typed(**more: Any) -> dict[str, Any]:
    """The new article's form as an editor sends it."""
    return {"text": "A text.", "headline": "", "language": "en"} | more


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/plain")


def test_line_ends_and_the_byte_order_mark_are_all_that_changes(
    client: Client, editor: User
) -> None:
    client.post(reverse("article_new"), typed(text="\ufeff\r\n one \r\n\r\ntwo\rthree \n"))

    article = Article.objects.get()
    assert fresh_text(article) == "\n one \n\ntwo\nthree \n"
    assert text_content(client.get(article.get_absolute_url())) == "\n one \n\ntwo\nthree \n"


def fresh_text(article: Article) -> str:
    return Article.objects.get(pk=article.pk).revision.text


def test_a_pasted_article_is_received_with_its_details(client: Client, editor: User) -> None:
    outlet = make_actor("The Daily", kind="media")
    sent = typed(
        text="KABUL – A text.",
        headline="A headline",
        outlet=outlet.uid,
        outlet_name="The Daily",
        url="https://daily.example/1",
        dateline="KABUL",
        byline="Ann",
        published_on="2026-05-12",
        language="fa-AF",
    )

    answer = client.post(reverse("article_new"), sent)

    article = Article.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, article.get_absolute_url())
    assert article.published_on == date(2026, 5, 12)
    assert (article.outlet, article.language, article.created_by) == (outlet, "fa-AF", editor)


@pytest.mark.parametrize(
    "content",
    [
        b"one\r\ntwo\r\xe2\x80\x9cthree\xe2\x80\x9d",
        b"\xef\xbb\xbfone\ntwo\n\xe2\x80\x9cthree\xe2\x80\x9d",
    ],
)
def test_a_text_file_is_received(client: Client, editor: User, content: bytes) -> None:
    client.post(reverse("article_new"), typed(text="", file=upload("A.TXT", content)))

    assert fresh_text(Article.objects.get()) == "one\ntwo\n“three”"


NUL = "Character 3 cannot be stored (code U+0000)."


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"file": upload("story.docx", b"PK")}, "file", "“story.docx” is not a .txt file."),
    ({"file": upload("scan.png", b"\x89PNG")}, "file", "“scan.png” is not a .txt file."),
    ({"file": upload("txt", b"text")}, "file", "“txt” is not a .txt file."),
    (
        {"file": upload("old.txt", "café".encode("latin-1"))},
        "file",
        "“old.txt”: The file is not UTF-8 text: byte 4",
    ),
    (
        {"file": upload("wide.txt", "hello".encode("utf-16"))},
        "file",
        "“wide.txt”: The file is not UTF-8 text: byte 1",
    ),
    ({"file": upload("nul.txt", b"ab\x00c")}, "file", f"“nul.txt”: {NUL}"),
    ({"file": upload("none.txt", b"")}, "file", "The submitted file is empty."),
    ({"file": upload("blank.txt", b" \n")}, "text", "Paste the text, or choose a file."),
    ({"text": "ab\x00c"}, "text", "Null characters are not allowed."),
    ({"text": " \n "}, "text", "Paste the text, or choose a file."),
    ({"text": "A", "headline": "a\x00"}, "headline", "Null characters are not allowed."),
    ({"text": "A", "dateline": "a\x00"}, "dateline", "Null characters are not allowed."),
    (
        {"text": "A", "language": "English!"},
        "language",
        "Use a language tag such as en, fa-AF or ps.",
    ),
    ({"text": "A", "url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
    ({"text": "A", "published_on": "soon"}, "published_on", "Enter a valid date."),
    (
        {"text": "A", "outlet_name": "Nobody"},
        "outlet",
        "Choose “Nobody” from the list, or create it there.",
    ),
    (
        {"text": "A", "file": upload("a.txt", b"B")},
        "file",
        "There is a file and pasted text: give one of them.",
    ),
]


@pytest.mark.parametrize(("wrong", "field", "said"), REFUSED)
def test_what_cannot_be_received_is_refused_at_its_field(
    client: Client, editor: User, wrong: dict[str, Any], field: str, said: str
) -> None:
    if "file" in wrong:
        wrong["file"].seek(0)

    page = client.post(reverse("article_new"), typed(text="", byline="kept") | wrong)

    assert page.status_code == 422
    [error] = page.context["form"].errors[field]
    assert error.startswith(said)
    assert 'value="kept"' in page.text
    assert not Article.objects.exists()


def test_an_address_that_another_article_has_is_refused(client: Client, editor: User) -> None:
    make_article(url="https://daily.example/1")

    page = client.post(reverse("article_new"), typed(url="https://daily.example/1"))

    assert page.status_code == 422
    assert "Another article has this address already." in page.text


def test_the_same_text_twice_is_offered_as_the_article_that_is_there(
    client: Client, editor: User
) -> None:
    there = make_article(text="A text.\n", headline="The one that is here")

    page = client.post(reverse("article_new"), typed(text="A text.\r\n", headline="kept"))

    assert page.status_code == 409
    assert f'href="{there.get_absolute_url()}">The one that is here</a>' in page.text
    assert 'value="kept"' in page.text
    assert Article.objects.count() == 1
    client.post(reverse("article_new"), typed(text="A text.\r\n", although_same="on"))
    assert Article.objects.count() == 2


def test_details_are_changed_and_the_text_stays(client: Client, editor: User) -> None:
    article = make_article(headline="Before")
    form = client.get(reverse("article_edit", args=[article.uid])).context["form"]

    answer = client.post(
        reverse("article_edit", args=[article.uid]),
        {"version": form["version"].value(), "headline": "After", "language": "ps"},
    )

    now = Article.objects.get()
    assert answer.headers["Location"] == article.get_absolute_url()
    assert (now.headline, now.language, now.revision.text) == ("After", "ps", article.revision.text)


def test_details_that_are_wrong_keep_what_was_typed(client: Client, editor: User) -> None:
    article = make_article()

    page = client.post(
        reverse("article_edit", args=[article.uid]),
        {"version": article.version, "headline": "typed", "language": "?"},
    )

    assert page.status_code == 422
    assert "Use a language tag such as en, fa-AF or ps." in page.text
    assert 'value="typed"' in page.text


def test_stale_details_show_both_versions_and_save_the_second_time(
    client: Client, editor: User
) -> None:
    article = make_article(headline="Before")
    address = reverse("article_edit", args=[article.uid])
    sent = {"version": article.version, "headline": "Mine", "language": "en"}
    describe(
        user=make_user(EDITOR),
        article=article,
        version=article.version,
        details=ArticleDetails(headline="Theirs", dateline="KABUL"),
    )

    page = client.post(address, sent)

    assert page.status_code == 409
    rows = {(row.label, row.theirs, row.yours) for row in page.context["stale"].differences}
    assert rows == {("Headline", "Theirs", "Mine"), ("Dateline", "KABUL", "")}
    assert 'value="Mine"' in page.text
    version = page.context["form"]["version"].value()
    assert client.post(address, sent | {"version": version}).status_code == 302
    assert Article.objects.get().headline == "Mine"


def test_the_drafts_that_the_button_counts_are_those_it_submits(
    client: Client, editor: User
) -> None:
    claim = approve(make_statement(about=[make_actor()]))
    answer = approve(make_statement(claim.article, "Nothing of the kind happened"))
    drafts = [
        make_response(claim, answer),
        make_restatement(claim, answer),
        make_reply_record(claim),
        make_statement(claim.article, "The minister"),
    ]
    back = request_changes(make_statement(claim.article, "a spokesman said"))

    page = client.get(claim.article.get_absolute_url())
    client.post(reverse("article_submit", args=[claim.article.uid]), headers=HTMX)

    assert "Submit 4 drafts for review" in page.text
    assert {fresh(record).state for record in drafts} == {"submitted"}
    assert fresh(back).state == "changes_requested"


def test_all_drafts_of_an_article_are_submitted_at_once(client: Client, editor: User) -> None:
    claim = make_statement(about=[make_actor()])
    link = make_response(claim)
    elsewhere = make_statement(make_article(text="the army crossed the border."))

    page = client.post(reverse("article_submit", args=[claim.article.uid]), headers=HTMX)

    assert page.status_code == 200
    assert "3 submitted for review" in page.text
    states = [fresh(record).state for record in (claim, link.response, link, elsewhere)]
    assert states == ["submitted", "submitted", "submitted", "draft"]


def test_without_the_script_submitting_leads_back_to_the_article(
    client: Client, editor: User
) -> None:
    statement = make_statement()

    answer = client.post(reverse("article_submit", args=[statement.article.uid]))

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        statement.article.get_absolute_url(),
    )


WRITES = ["article_new", "article_edit", "article_submit"]


@pytest.mark.parametrize("role", [REPORTER, REVIEWER])
@pytest.mark.parametrize("name", WRITES)
def test_only_those_who_annotate_write(client: Client, name: str, role: str) -> None:
    article = approve(make_statement()).article
    draft = make_statement(article, "The army denied the claim.")
    client.force_login(make_user(role))

    answer = client.post(
        reverse(name, args=[] if name == "article_new" else [article.uid]), typed(headline="x")
    )

    assert answer.status_code == 403
    assert [(a.headline, a.version) for a in Article.objects.all()] == [("", article.version)]
    assert fresh(draft).state == "draft"


@pytest.mark.parametrize("name", [*WRITES, "article"])
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, name: str) -> None:
    address = reverse(name, args=[] if name == "article_new" else [make_article().uid])

    answer = client.post(address)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={address}")


@pytest.mark.parametrize(
    ("name", "methods"),
    [
        ("article", {"post", "put", "delete"}),
        ("article_new", {"put", "delete"}),
        ("article_edit", {"put", "delete"}),
        ("article_submit", {"get", "put", "delete"}),
    ],
)
def test_other_methods_are_refused(
    client: Client, editor: User, name: str, methods: set[str]
) -> None:
    address = reverse(name, args=[] if name == "article_new" else [make_article().uid])

    answers = {getattr(client, method)(address).status_code for method in methods}

    assert answers == {405}


@pytest.mark.parametrize("name", ["article", "article_edit", "article_submit"])
def test_what_is_not_there_is_not_found(client: Client, editor: User, name: str) -> None:
    address = reverse(name, args=[ABSENT])

    answer = client.post(address) if name == "article_submit" else client.get(address)

    assert answer.status_code == 404
