"""What is recorded at once is what would be recorded one by one."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.highlight import StatementDetails, highlight
from annotations.editing.highlight_many import (
    NewStatement,
    Unfit,
    highlight_many,
    look_over,
)
from annotations.editing.place import Selection
from annotations.models import Article, Attribution, Placement, Point, Span, Statement
from annotations.models.article import EARLIEST
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    correct_text,
    fresh,
    make_actor,
    make_article,
    select,
    speaks,
    usual,
)

pytestmark = pytest.mark.django_db

DETAILS = StatementDetails(form="mixed", act="accusation", gist="Où", venue="Kabul")
UNLIKE = {"id", "uid", "created_at", "changed_at", "statement_id", "span_id", "source_span_id"}
MODELS: tuple[Any, ...] = (Statement, Span, Placement, Attribution, Point)


def new(article: Article, *selections: Selection, **more: Any) -> NewStatement:
    parts = [speaks(make_actor())]
    given: dict[str, Any] = {"place": "line 1", "details": DETAILS, "parts": parts} | more
    given["uid"] = uuid.uuid4()
    return NewStatement(article=article, selections=selections, **given)


def one_by_one(each: NewStatement) -> Statement:
    number = each.chosen_in or each.article.revision.number
    return highlight(
        user=usual(EDITOR),
        article=each.article,
        revision_number=number,
        selections=each.selections,
        details=each.details,
        parts=each.parts,
        points=each.points,
    )


def stored(keys: list[int]) -> dict[str, list[dict[str, Any]]]:
    """The rows of these statements, without what differs between equals; the history as it is left."""
    paths = dict.fromkeys(MODELS, "statement") | {Statement: "id", Placement: "span__statement"}
    found = {}
    for model, path in paths.items():
        rows = list(model.objects.filter(**{f"{path}__in": keys}).order_by("id"))
        found[model.__name__] = [_like(row) for row in rows]
        found[f"{model.__name__} then"] = [_like(row.history.latest()) for row in rows]
    return found


def _like(row: Any) -> dict[str, Any]:
    left_out = UNLIKE | {"history_id", "history_date", "history_type", "change_id"}
    return {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if f.attname not in left_out
    }


def statements() -> list[NewStatement]:
    """Of two articles, one of them corrected: pieces, sources, every part, points, words that move and that wait."""
    first, second = make_article(published_on=date(2026, 5, 12)), make_article()
    text = second.revision.text.replace("denied the claim", "denied all claims")
    army, ministry = make_actor("Army"), make_actor("The Ministry")
    parts = [
        PartInput("speaker", ministry, "The ministry", "", "named"),
        PartInput("speaker", army, "", "", "pronoun"),
        PartInput("via", army, "", "general", ""),
        PartInput("about", army),
        PartInput("about", ministry),
    ]
    pieces = [
        select(first, "an expert called it likely"),
        select(first, "crossed the border."),
        select(first, "The ministry", "source"),
        select(first, "a spokesman", "source"),
        select(first, "said", "cue", prefix="The ministry "),
    ]
    old = [select(second, "denied the claim."), select(second, "Nothing of the kind happened")]
    dated = replace(DETAILS, said_on=date(2026, 5, 1), said_on_precision="month")
    correct_text(second, text)
    points = [PointInput("It crossed."), PointInput("It knew.")]
    return [
        new(first, *pieces, parts=parts, points=points),
        new(second, *old, chosen_in=1, details=dated),
        new(second, old[1], chosen_in=1),
        new(first, pieces[0]),
        new(second, select(second, "an expert called it likely"), old[0], chosen_in=1),
        new(fresh(second), select(fresh(second), "denied all claims")),
    ]


def test_many_are_stored_as_each_would_be() -> None:
    given = statements()

    singly = stored([one_by_one(each).pk for each in given])
    at_once = stored([row.pk for row in highlight_many(user=usual(EDITOR), statements=given)])

    assert at_once == singly


def test_the_date_is_that_of_the_article_once_it_is_held() -> None:
    article, undated = make_article(), make_article(published_on=date(2026, 5, 12))
    words = [select(each, "denied the claim") for each in (article, undated)]
    Article.objects.filter(pk=article.pk).update(published_on=date(2026, 6, 1))  # since it was read
    Article.objects.filter(pk=undated.pk).update(published_on=None)

    made = highlight_many(
        user=usual(EDITOR), statements=[new(article, words[0]), new(undated, words[1])]
    )

    assert [row.article_day for row in made] == [date(2026, 6, 1), EARLIEST]
    assert [row.history.latest().article_day for row in made] == [date(2026, 6, 1), EARLIEST]


def test_what_would_be_refused_is_told_without_writing() -> None:
    article = make_article()
    words = select(article, "denied the claim")
    wrong = replace(DETAILS, said_on=date(2026, 5, 1))
    given = [new(article, words), new(article), new(article, words, details=wrong)]
    given += [new(article, words, chosen_in=7)]

    with CaptureQueriesContext(connection) as queries:
        errors = look_over(user=usual(EDITOR), statements=given)

    assert {number: set(each.message_dict) for number, each in errors.items()} == {
        1: {"spans"},
        2: {"__all__"},
        3: {"spans"},
    }
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_value_that_breaks_a_constraint_is_told_with_its_place() -> None:
    article = make_article()
    words = select(article, "denied the claim")
    wrong = replace(DETAILS, said_on=date(2026, 5, 1))
    given = [new(article, words), new(article, words, details=wrong, place="line 2")]

    with pytest.raises(Unfit, match="line 2: Say how precise the date is") as refused:
        highlight_many(user=usual(EDITOR), statements=given)

    assert list(refused.value.errors) == [1]
    assert not Statement.objects.exists()


def test_all_that_is_wrong_is_told_by_number() -> None:
    article = make_article()
    words = select(article, "denied the claim")
    given = [new(article), new(article, words), new(article, words, parts=[])]

    with pytest.raises(ValidationError) as refused:
        highlight_many(user=usual(EDITOR), statements=given)

    assert isinstance(refused.value, Unfit)
    assert {n: set(e.message_dict) for n, e in refused.value.errors.items()} == {
        0: {"spans"},
        2: {"parts"},
    }
