"""What was written as JSON Lines comes back whole into an empty database, or not at all."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from annotations.doctor import examine
from annotations.doctor.found import kept_models
from annotations.imports.lines_file import LinesError
from annotations.models import Article, ArticleWords
from annotations.models.kinds import KINDS, ROWS
from annotations.tests.factories import make_actor, make_article
from annotations.tests.lines.files import dump, edited, empty, load, make_everything

pytestmark = pytest.mark.django_db

Values = dict[str, Any]


def test_all_of_it_comes_back_to_the_byte_and_sound() -> None:
    make_everything()
    written = dump()
    words = set(ArticleWords.objects.values_list("article__uid", "folded"))
    empty()

    stored = load(written)

    assert dump() == written
    assert stored == json.loads(written.split(b"\n")[0])["counts"]
    assert set(ArticleWords.objects.values_list("article__uid", "folded")) == words
    assert [outcome.invariant.name for outcome in examine("default") if outcome.number] == []


def test_every_kind_of_line_is_tried() -> None:
    make_everything()

    found = Counter(json.loads(line)["record"] for line in dump().split(b"\n") if line)

    assert {kind.name for kind in KINDS} - set(found) == set()


def test_whatever_keeps_a_history_is_in_the_file() -> None:
    assert set(kept_models()) - set(ROWS) == set()


def test_the_next_records_are_stored_after_those_restored() -> None:
    make_article(text="One.")
    written = dump()
    empty()
    load(written, is_checked=False)

    make_article(text="Two.")

    assert [a.revision.text for a in Article.objects.order_by("pk")] == ["One.", "Two."]


def test_nobody_signs_in_with_a_password_of_the_file() -> None:
    make_article()
    User.objects.update(password="argon2$secret")
    written = dump()
    empty()
    load(written, is_checked=False)

    assert b"secret" not in written
    assert {user.has_usable_password() for user in User.objects.all()} == {False}


def test_a_database_that_holds_anything_is_refused() -> None:
    written = dump()
    make_actor("Somebody")

    with pytest.raises(LinesError, match=r"not empty .*actor 1"):
        load(written)


@pytest.mark.parametrize(
    ("record", "edit", "said"),
    [
        ("newsroom", lambda v: v.update(format=9), "Line 1: the file's format"),
        ("newsroom", lambda v: v.update(profile="selection"), "one user's download"),
        ("newsroom", lambda v: v["counts"].update(actor=7), "actor: 6 missing"),
        ("newsroom", lambda v: v.update(counts=[]), "the counts are missing"),
        ("actor", lambda v: v.update(version="1"), "version: is of the wrong kind"),
        ("actor", lambda v: v.update(kind="horse"), "kind: is none of the values"),
        ("actor", lambda v: v.update(name="a\0b"), "name: Character 2 cannot be stored"),
        ("actor", lambda v: v.update(uid="7"), "uid: is not a uid"),
        ("actor", lambda v: v.update(horse=1), "horse: no such key"),
        ("actor", lambda v: v.pop("note"), "note: is missing"),
        ("actor", lambda v: v.update(note=None), "note: is empty"),
        ("actor", lambda v: v.update(record="horse"), "record: there is no such kind"),
        ("article", lambda v: v.update(created_by="nobody"), "there is no “nobody” before it"),
        ("article", lambda v: v.update(published_on="soon"), "is not a date"),
        ("article", lambda v: v.update(current_revision=v["uid"]), "current_revision: there is no"),
        ("revision", lambda v: v.update(text="x"), "rules of the domain are broken"),
        ("revision", lambda v: v.update(number=0), "the database refused them"),
    ],
)  # fmt: skip
def test_a_file_with_a_fault_is_refused_with_the_line_and_changes_nothing(
    record: str, edit: Callable[[Values], object], said: str
) -> None:
    make_actor("Somebody")
    make_article()
    written = edited(dump(), record, edit)
    empty()

    with pytest.raises(LinesError, match=said):
        load(written)

    assert {kind.model._base_manager.count() for kind in KINDS} == {0}


@pytest.mark.parametrize(
    "end", [b"", b"{", b"\xff\n", b"[1]\n", b"{}\n", b'{"a":NaN}\n', b"[" * 5000]
)
def test_what_is_no_line_of_ours_is_refused(end: bytes) -> None:
    written = dump()

    with pytest.raises(LinesError, match=r"Line|whole"):
        load(written[:-2] if not end else written + end)
