"""Bring in: what will be made is shown first, carried out once, and each line's fate stays to be read."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from annotations.models import Actor, Article, Upload
from annotations.models.upload import KEPT_EACH, KEPT_FOR
from annotations.permissions import EDITOR
from annotations.tests.factories import make_actor, make_article, make_user
from annotations.tests.imports.made_files import FEED

pytestmark = pytest.mark.django_db
NEW = "/imports/new/articles/"


def file(text: str | bytes, name: str = "report.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def bring(client: Client, text: str | bytes = "A minister spoke.", **typed: Any) -> Upload:
    """The file, uploaded and previewed."""
    name = typed.pop("file_name", "report.txt")
    answer = client.post(NEW, {"file": file(text, name), **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.get(uid=answer["Location"].split("/")[-2])


def carry_out(client: Client, upload: Upload, **typed: Any) -> Any:
    upload.refresh_from_db()
    address = reverse("import_carry_out", args=[upload.uid])
    return client.post(address, {"digest": upload.digest, **typed})


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(EDITOR))
    return client


def test_a_file_is_shown_then_made_then_told_of(editor: Client) -> None:
    upload = bring(editor, "\ufeffA minister spoke.\r\nTwice.", outlet="Kabul Times")
    before = editor.get(f"/imports/{upload.uid}/").content.decode()
    nothing = Article.objects.exists()

    carry_out(editor, upload)

    article = Article.objects.get()
    after = editor.get(f"/imports/{upload.uid}/").content.decode()
    upload.refresh_from_db()
    assert not nothing
    assert "Kabul Times (a new actor, a news medium)" in before
    assert (article.revision.text, str(article.outlet)) == (
        "A minister spoke.\nTwice.",
        "Kabul Times",
    )
    assert article.get_absolute_url() in after
    assert bytes(upload.data) == b""


def test_sent_twice_it_is_made_once(editor: Client) -> None:
    upload = bring(editor)

    answers = [carry_out(editor, upload).status_code for _ in range(2)]

    assert (answers, Article.objects.count()) == ([302, 302], 1)


def test_a_file_whose_plan_has_changed_is_shown_again_first(editor: Client) -> None:
    upload = bring(editor)
    make_article(text="A minister spoke.")

    answer = carry_out(editor, upload)

    assert answer.status_code == 409
    assert "Something changed since this was shown" in answer.content.decode()
    assert "This text is here already" in answer.content.decode()
    assert Article.objects.count() == 1


def test_a_preview_speaks_the_language_of_its_reader(editor: Client) -> None:
    upload = bring(editor, outlet="Kabul Times")
    english = editor.get(f"/imports/{upload.uid}/").content.decode()

    with translation.override("en-gb"):  # what a request leaves active ends here
        editor.post("/language/", {"language": "fa-af"})
        dari = editor.get(f"/imports/{upload.uid}/").content.decode()
        answer = carry_out(editor, upload)

    assert "a new actor" in english
    assert "a new actor" not in dari
    assert "کنشگر تازه" in dari
    assert (answer.status_code, Article.objects.count()) == (302, 1)


def test_a_file_that_was_changed_in_the_database_is_not_carried_out(editor: Client) -> None:
    upload = bring(editor)
    Upload.objects.update(data=b"Other words.")

    answer = carry_out(editor, upload)

    assert (answer.status_code, Article.objects.count()) == (409, 0)


def test_the_same_text_is_left_out_unless_ticked(editor: Client) -> None:
    make_article(text="A minister spoke.")
    upload = bring(editor)

    unticked = carry_out(editor, upload, chosen_here="on").status_code
    ticked = carry_out(editor, upload, chosen_here="on", row="0").status_code

    assert (unticked, ticked, Article.objects.count()) == (409, 302, 2)


def test_an_outlet_of_nearly_the_name_is_asked_about(editor: Client) -> None:
    make_actor("Kabul Times", kind=Actor.Kind.MEDIA)
    upload = bring(editor, outlet="Kabul Timse")

    answer = carry_out(editor, upload)

    assert answer.status_code == 409
    assert "one of nearly this name: Kabul Times" in answer.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"MZ"),
        ("a.txt", b""),
        ("a.txt", b"a\x00b"),
        ("a.html", b"<html></html>"),
        ("a", b"x"),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_kept(
    editor: Client, name: str, data: bytes
) -> None:
    answer = editor.post(NEW, {"file": file(data, name)})

    assert (answer.status_code, list(answer.context["form"].errors)) in [
        (422, ["file"]),
        (422, ["__all__"]),
    ]
    assert not Upload.objects.exists()


def test_a_file_or_an_address_is_asked_for(editor: Client) -> None:
    neither = editor.post(NEW, {})
    both = editor.post(NEW, {"file": file("A text."), "address": "https://example.org/"})
    inner = editor.post(NEW, {"address": "http://127.0.0.1/"})

    assert [answer.status_code for answer in (neither, both, inner)] == [422, 422, 422]
    assert inner.context["form"].errors["address"] == ["This host is not on the public net."]


def test_nobody_else_sees_a_file(editor: Client, client: Client) -> None:
    upload = bring(editor)
    other = Client()
    other.force_login(make_user(EDITOR))

    answers = [
        other.get(f"/imports/{upload.uid}/"),
        carry_out(other, upload),
        other.post(f"/imports/{upload.uid}/delete/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert str(upload.uid) not in other.get("/imports/").content.decode()


def test_a_file_goes_when_it_is_deleted_or_a_day_old_or_one_of_many(editor: Client) -> None:
    deleted, old = bring(editor), bring(editor)
    editor.post(f"/imports/{deleted.uid}/delete/")
    Upload.objects.filter(pk=old.pk).update(at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    gone = editor.get(f"/imports/{old.uid}/").status_code

    many = [bring(editor) for _ in range(KEPT_EACH + 1)]

    assert gone == 404
    assert set(Upload.objects.all()) == set(many[1:])


def test_a_file_that_grew_brings_in_what_is_new(editor: Client) -> None:
    line = "“A text of {0}.”,https://example.org/{0}\n"
    first = bring(editor, "text,url\n" + line.format(1), file_name="a.csv")
    carry_out(editor, first)

    again = bring(editor, "text,url\n" + line.format(1) + line.format(2), file_name="a.csv")
    carry_out(editor, again)

    assert sorted(Article.objects.values_list("url", flat=True)) == [
        "https://example.org/1",
        "https://example.org/2",
    ]


def test_the_number_of_a_row_is_short(editor: Client) -> None:
    answer = carry_out(editor, bring(editor), chosen_here="1", row="9" * 5000)

    assert answer.status_code == 409
    assert not Article.objects.exists()


def test_an_entry_without_text_keeps_no_other_entry_out(editor: Client) -> None:
    answer = editor.post("/imports/new/feed/", {"file": file(FEED, "feed.xml")})
    upload = Upload.objects.get(uid=answer["Location"].split("/")[-2])
    shown = editor.get(answer["Location"]).content.decode()

    carry_out(editor, upload, chosen_here="on", row="0")

    address = "/imports/new/articles/?address=https%3A%2F%2Fexample.org%2Fthird"
    upload.refresh_from_db()
    assert "The feed has no text of this entry" in shown
    assert address in shown
    assert 'value="https://example.org/third"' in editor.get(address).content.decode()
    assert [article.headline for article in Article.objects.all()] == ["First & foremost"]
    assert [row["fate"] for row in upload.plan["rows"]] == ["made", "left_out", "left_out"]


def test_a_file_of_which_nothing_can_come_in_says_so(editor: Client) -> None:
    upload = bring(editor, "text,published_on\nA text.,soon\n", file_name="a.csv")

    shown = editor.get(f"/imports/{upload.uid}/").content.decode()
    sent = carry_out(editor, upload, partly="on")

    assert ">Bring in</button>" not in shown
    assert "There is nothing in this file that can be brought in." in shown
    assert sent.status_code == 409


def test_what_was_ticked_stays_ticked_when_a_line_is_refused(editor: Client) -> None:
    upload = bring(editor, "text,published_on\nBad.,soon\nOne.,\nTwo.,\n", file_name="a.csv")

    answer = carry_out(editor, upload, chosen_here="on", row="2")

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert re.findall(r'name="row" value="(\d)"( checked)?', shown) == [
        ("1", ""),
        ("2", " checked"),
    ]
    assert "<b data-ready>1</b>" in shown
    assert not Article.objects.exists()
