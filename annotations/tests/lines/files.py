"""What the tests of JSON Lines share: the whole file of the test's database, and an empty one to restore into."""

import io
import json
from collections.abc import Callable
from typing import Any

from annotations.exports.lines import whole_file
from annotations.imports.restore import restore
from annotations.models import ArticleWords, Assignment, Notice, Preference
from annotations.models.kinds import KINDS
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.doctor.world import make_world
from annotations.tests.factories import make_attempt, make_user, usual


def make_everything() -> None:
    """A row of every kind of line, Dari and emoji among them."""
    world = make_world()
    make_attempt(outcome="می‌رویم 🇦🇫 \u2028 “no”")
    Preference.objects.create(user=usual(EDITOR), bindings={"undo": "Ctrl+Z"})
    other, now = make_user(EDITOR), world.link.created_at
    Assignment.objects.create(
        article=world.article,
        editor=other,
        given_by=other,
        taken_at=now,
        released_at=now,
        released_by=other,
    )
    Notice.objects.create(
        recipient=other, response=world.link, event="linked", by=usual(REVIEWER), at=now
    )


def dump() -> bytes:
    """Everything in the test's database."""
    return b"".join(whole_file("default"))


def empty() -> None:
    """Take every row away that a file brings."""
    ArticleWords.objects.all().delete()
    for kind in reversed(KINDS):
        rows: Any = kind.model._base_manager.all()
        rows._raw_delete(rows.db)


def empty_but_accounts() -> None:
    """Take every record away; the accounts stay."""
    ArticleWords.objects.all().delete()
    for kind in reversed(KINDS):
        if kind.model._meta.app_label == "annotations":
            rows: Any = kind.model._base_manager.all()
            rows._raw_delete(rows.db)


def load(file: bytes, *, is_checked: bool = True) -> dict[str, int]:
    """The file, restored."""
    return restore(io.BytesIO(file), watch=lambda _: None, is_checked=is_checked)


def edited(file: bytes, record: str, edit: Callable[[dict[str, Any]], object]) -> bytes:
    """The file with its first line of this kind changed."""
    lines = file.splitlines(keepends=True)
    for number, line in enumerate(lines):
        values = json.loads(line)
        if values["record"] == record:
            edit(values)
            lines[number] = json.dumps(values, ensure_ascii=False).encode() + b"\n"
            return b"".join(lines)
    raise LookupError(record)
