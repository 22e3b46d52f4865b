"""What a person placed waits again, as before."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.change import Stale
from annotations.editing.settle import settle
from annotations.editing.unsettle import unsettle
from annotations.models import Article, Placement, Span, Statement
from annotations.permissions import REVIEWER
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    fresh,
    make_article,
    make_statement,
    make_user,
    select,
    usual,
)

pytestmark = pytest.mark.django_db
QUOTE = "Nothing of the kind happened"
NOW = TEXT.replace("Nothing", "Something")


def waiting() -> Span:
    """The content of a statement whose words were corrected."""
    article = make_article()
    statement = make_statement(article, QUOTE)
    correct_text(article, NOW)
    return Span.objects.get(statement=statement)


def settled() -> tuple[Span, Statement]:
    """A span placed by a person, and its statement."""
    span = waiting()
    assert span.statement is not None
    words = select(article_of(span), "Something of the kind happened")
    settle(
        user=usual("editor"),
        span=span,
        version=fresh(span.statement).version,
        selection=words,
        chosen_in=2,
    )
    return fresh(span), fresh(span.statement)


def article_of(span: Span) -> Article:
    assert span.statement is not None
    return Article.objects.select_related("current_revision").get(pk=span.statement.article_id)


def test_it_waits_again_with_the_words_it_had() -> None:
    span, statement = settled()
    approve(statement)

    unsettle(user=usual("editor"), span=span, version=fresh(statement).version)

    row = Placement.objects.waiting().get()
    assert (row.span, row.exact, row.reason, row.start) == (span, QUOTE, "wording_changed", None)
    assert fresh(statement).folded.startswith("nothing of the kind")
    assert fresh(statement).state == "submitted"


def test_what_waits_has_nothing_to_undo() -> None:
    span = waiting()
    assert span.statement is not None

    with pytest.raises(ValidationError, match="nothing to undo"):
        unsettle(user=usual("editor"), span=span, version=fresh(span.statement).version)


def test_what_a_later_correction_carried_has_nothing_to_undo() -> None:
    span, statement = settled()
    correct_text(article_of(span), "A new first line.\n\n" + NOW)

    with pytest.raises(ValidationError, match="nothing to undo"):
        unsettle(user=usual("editor"), span=span, version=fresh(statement).version)


def test_a_stale_undo_is_refused() -> None:
    span, statement = settled()

    with pytest.raises(Stale):
        unsettle(user=usual("editor"), span=span, version=statement.version - 1)


def test_a_reviewer_undoes_nothing() -> None:
    span, statement = settled()

    with pytest.raises(PermissionDenied):
        unsettle(user=make_user(REVIEWER), span=span, version=statement.version)
