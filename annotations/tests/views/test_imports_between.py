"""Bring in: another language, or somebody else, comes between the preview and the press."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from annotations.imports import uploads
from annotations.imports.plan import Incoming, Plan
from annotations.imports.registry import importer_named
from annotations.models import Article, Upload
from annotations.permissions import EDITOR, User
from annotations.tests.factories import make_article, make_user
from annotations.tests.views.test_imports import bring, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(EDITOR))
    return client


def test_another_language_between_preview_and_press_is_no_change(editor: Client) -> None:
    upload = bring(editor, outlet="Kabul Times")

    with translation.override("en-gb"):
        editor.post("/language/", {"language": "fa-af"})
        answer = carry_out(editor, upload)  # the page is still the English one

    assert (answer.status_code, Article.objects.count()) == (302, 1)


def test_a_change_is_told_in_another_language_too(editor: Client) -> None:
    upload = bring(editor)

    with translation.override("en-gb"):
        editor.post("/language/", {"language": "fa-af"})
        editor.get(f"/imports/{upload.uid}/")
        make_article(text="A minister spoke.")
        answers = [carry_out(editor, upload, row="0", chosen_here="on") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 302]


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_is_refused_in_another_language_is_read_once(
    editor: Client, monkeypatch: pytest.MonkeyPatch, is_whole: bool
) -> None:
    read: list[str] = []

    def refuse(file: Incoming, user: User) -> Plan:
        assert user.is_authenticated
        read.append(file.name)
        raise ValidationError("It cannot be read.")

    upload = bring(editor)
    if not is_whole:
        Upload.objects.update(data=b"Other words.")
    articles = importer_named("articles")
    assert articles is not None
    changed = replace(articles, parse=refuse)
    monkeypatch.setattr("annotations.imports.uploads.importer_named", lambda _name: changed)
    with translation.override("en-gb"):
        editor.post("/language/", {"language": "fa-af"})
        answers = [editor.get(f"/imports/{upload.uid}/").status_code for _ in range(3)]

    assert answers == [200, 200, 200]
    assert read == ["report.txt"] * is_whole


@pytest.mark.parametrize("name", ["in_language_of_reader", "carry_out"])
def test_a_file_that_is_given_up_meanwhile_is_not_found(
    editor: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    act = getattr(uploads, name)

    def given_up_first(*given: Any, **named: Any) -> Any:
        Upload.objects.all().delete()
        return act(*given, **named)

    upload = bring(editor)
    monkeypatch.setattr(f"annotations.views.imports.{name}", given_up_first)
    with translation.override("fa-af"):
        editor.post("/language/", {"language": "fa-af"})
        address = f"/imports/{upload.uid}/"
        answer = carry_out(editor, upload) if name == "carry_out" else editor.get(address)

    assert answer.status_code == 404
