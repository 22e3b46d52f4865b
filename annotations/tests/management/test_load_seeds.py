from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from annotations.models import Article, Statement
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import make_user

pytestmark = pytest.mark.django_db


def _load(**options: Any) -> str:
    written = StringIO()
    call_command("load_seeds", stdout=written, **options)
    return written.getvalue()


def test_the_named_accounts_write_and_approve() -> None:
    make_user(EDITOR, username="emma")
    make_user(REVIEWER, username="raj")

    said = _load(editor="emma", reviewer="raj")

    people = set(Statement.objects.values_list("created_by__username", "reviewed_by__username"))
    assert people == {("emma", "raj")}
    assert said.startswith("Loaded: 2 articles, 20 actors, 22 statements, ")


def test_a_second_load_says_that_nothing_was_changed() -> None:
    make_user(EDITOR, username="emma")
    make_user(REVIEWER, username="raj")
    _load(editor="emma", reviewer="raj")

    said = _load(editor="emma", reviewer="raj")

    assert said == "The seeds are there already; nothing was changed.\n"


def test_the_demo_accounts_are_used_where_debug_is_on(settings: Any) -> None:
    settings.DEBUG = True

    _load()

    people = set(Statement.objects.values_list("created_by__username", "reviewed_by__username"))
    assert people == {("editor", "reviewer")}


def test_without_debug_no_account_is_made() -> None:
    with pytest.raises(CommandError, match="Name both accounts"):
        _load()

    assert (User.objects.count(), Article.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("editor", "reviewer", "message"),
    [
        ("emma", "", "Name both accounts"),
        ("", "raj", "Name both accounts"),
        ("emma", "emma", "Nobody approves their own work"),
        ("emma", "ghost", "There is no account “ghost”"),
        ("rita", "raj", "rita is not an editor"),
        ("emma", "rita", "rita is not a reviewer"),
    ],
)
def test_accounts_that_do_not_fit_are_refused(editor: str, reviewer: str, message: str) -> None:
    make_user(EDITOR, username="emma")
    make_user(REVIEWER, username="raj")
    make_user(REPORTER, username="rita")

    with pytest.raises(CommandError, match=message):
        _load(editor=editor, reviewer=reviewer)

    assert Article.objects.count() == 0


def test_an_error_in_the_seeds_is_said_with_its_place(tmp_path: Any) -> None:
    make_user(EDITOR, username="emma")
    make_user(REVIEWER, username="raj")
    (tmp_path / "annotations.json").write_text("{}")

    with pytest.raises(CommandError, match=r"annotations\.json: .*missing\nNothing was stored\."):
        _load(editor="emma", reviewer="raj", folder=tmp_path)
