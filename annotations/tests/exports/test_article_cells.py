"""What the rows say of the article's text: how often it changed, when, whether it was taken back."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User

from annotations.tests.exports.reading import exchange_cells, statement_cells
from annotations.tests.factories import (
    TEXT,
    correct_text,
    make_actor,
    make_article,
    make_statement,
    usual,
)

pytestmark = pytest.mark.django_db


def article_cells(user: User) -> list[str]:
    """Of the only statement; exchanges.csv says the same of its claim."""
    [statement], [exchange] = statement_cells(user), exchange_cells(user)
    names = ["article_retracted", "article_revision", "article_revised_at"]
    cells = [statement[name] for name in names]
    assert [exchange[f"claim_{name}"] for name in names[:2]] == cells[:2]
    return cells


def test_what_became_of_the_text() -> None:
    article, editor = make_article(), usual("editor")
    make_statement(article, about=[make_actor()])
    received = article_cells(editor)
    with time_machine.travel(datetime(2026, 1, 31, 12, tzinfo=UTC), tick=False):
        correct_text(article, f"CORRECTED\n\n{TEXT}")
    corrected = article_cells(editor)
    with time_machine.travel(datetime(2026, 2, 1, 12, tzinfo=UTC), tick=False):
        correct_text(article, TEXT, "retraction")
    retracted = article_cells(editor)

    assert received == ["false", "1", ""]
    assert corrected == ["false", "2", "2026-01-31T12:00:00Z"]
    assert retracted == ["true", "3", "2026-02-01T12:00:00Z"]
