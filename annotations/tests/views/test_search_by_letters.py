"""Searches and look-up find words however they were typed: on which keyboard, with which marks."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from annotations.models import Actor, ActorAlias, ArticleWords, Statement
from annotations.permissions import EDITOR
from annotations.tests.factories import make_actor, make_article, make_statement, usual

pytestmark = pytest.mark.django_db
TEXT = "رئیس شورای مُحَلّی گفت: «۱۲۰ کتاب نمی\u200cآید». The cafe\u0301 in Łódź closed."
OTHER = "ځوانان څه وايي؟ The office in Lodge stayed."
FOUND = [
    ("كتاب", "Arabic kaf"),
    ("محلي", "Arabic ye, no vowel signs"),
    ("رييس", "no hamza"),
    ("شورای محلی", "two words"),
    ("120", "our digits"),
    ("١٢٠", "Arabic digits"),
    ("نمیاید", "no joiner, no madda"),
    ("نمی\u200cآيد", "joiner"),
    ("کتـــاب", "tatweel"),
    ("\u200fکتاب\u200f", "direction marks"),
    ("café", "NFC"),
    ("cafe\u0301", "NFD"),
    ("CAFE lodz", "no accents"),
]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(usual(EDITOR))
    return client


@pytest.mark.parametrize("words", [words for words, _ in FOUND], ids=[name for _, name in FOUND])
def test_lists_find_words_however_they_were_typed(editor: Client, words: str) -> None:
    article, other = make_article(text=TEXT), make_article(text=OTHER)
    statement = make_statement(article, TEXT)
    make_statement(other, OTHER)

    statements = editor.get("/statements/", {"text": words}).text
    articles = editor.get("/articles/", {"text": words}).text
    by_api = editor.get("/api/statements/", {"text": words}).json()["results"]

    assert str(statement.uid) in statements
    assert (str(article.uid) in articles, str(other.uid) in articles) == (True, False)
    assert [row["uid"] for row in by_api] == [str(statement.uid)]


@pytest.mark.parametrize("words", ["حوانان", "خه", "وایی 120"])
def test_other_letters_find_nothing(editor: Client, words: str) -> None:
    make_statement(make_article(text=OTHER), OTHER, speaker=make_actor("Somebody"))

    assert editor.get("/api/statements/", {"text": words}).json()["results"] == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("كريم علي", "کریم علی"),
        ("ګل احمد", "گل أحمد"),
        ("مُحَمَّد", "محمد"),
        ("فاطمة", "فاطمه"),
        ("ولسي جرګه", "ولسی جرگه"),
        ("Zoe\u0308", "zoë"),
        ("ناحیهٔ ۱۲", "ناحیه 12"),
    ],
)
def test_actors_are_looked_up_however_they_were_typed(
    editor: Client, name: str, typed: str
) -> None:
    make_actor(name)
    make_actor("ځلاند")

    offered = editor.get("/api/actors/", {"q": typed}).json()["results"]

    assert [row["name"] for row in offered] == [name]
    assert name in editor.get("/actors/", {"text": typed}).text


def copies(kind: Any) -> list[str]:
    return list(kind.objects.order_by("pk").values_list("folded", flat=True))


def test_copies_that_were_folded_before_are_made_anew() -> None:
    migration = importlib.import_module("annotations.migrations.0006_fold_anew")
    make_actor("ګل ۱۲", aliases=["ٱلله"])
    make_statement(make_article(text=TEXT), TEXT)
    kinds = (Actor, ActorAlias, ArticleWords, Statement)
    now = [copies(kind) for kind in kinds]
    Actor.objects.filter(name="ګل ۱۲").update(folded="ګل ۱۲")
    ActorAlias.objects.update(folded="ٱلله")
    before = "رییس شورای محلی گفت: «۱۲۰ کتاب نمیاید». the cafe in lodz closed."
    ArticleWords.objects.update(folded=before)
    Statement.objects.update(folded=Statement.objects.get().folded.replace("120", "۱۲۰"))

    migration.fold_anew(apps, connection.schema_editor())

    assert [copies(kind) for kind in kinds] == now
