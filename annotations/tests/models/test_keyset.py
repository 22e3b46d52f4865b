"""Pages of a list by keyset."""

import uuid
from datetime import date

import pytest
from django.db.models import Value
from django.db.models.functions import Coalesce
from pytest_django import DjangoAssertNumQueries

from annotations.models import Article
from annotations.models.keyset import NoSuchPlace, Page, count_of, page_of
from annotations.tests.factories import make_article

pytestmark = pytest.mark.django_db
NEWEST = ("-id",)


def page(columns: tuple[str, ...] = NEWEST, **place: uuid.UUID) -> Page[Article]:
    rows = Article.objects.annotate(day=Coalesce("published_on", Value(date(1, 1, 1))))
    return page_of(rows, columns, anchors=rows, size=2, **place)


def test_pages_go_on_and_back() -> None:
    a, b, c, d, e = (make_article() for _ in range(5))

    first = page()
    second = page(after=d.uid)
    third = page(after=b.uid)
    back = page(before=c.uid)

    assert first == Page([e, d], None, d.uid)
    assert second == Page([c, b], c.uid, b.uid)
    assert third == Page([a], a.uid, None)
    assert back == first


def test_new_rows_do_not_shift_the_next_page() -> None:
    a, b, c = (make_article() for _ in range(3))
    first = page()
    make_article()

    following = page(after=first.following or uuid.uuid4())

    assert (first.rows, following.rows) == ([c, b], [a])


def test_the_page_before_the_second_row_is_the_first_page() -> None:
    a, b, c = (make_article() for _ in range(3))

    back = page(before=b.uid)

    assert (back.rows, back.previous) == ([c, b], None)
    assert a not in back.rows


def test_ties_are_told_apart_by_the_next_column() -> None:
    day = date(2024, 5, 1)
    a, b = make_article(published_on=day), make_article(published_on=day)
    unknown, late = make_article(), make_article(published_on=date(2024, 6, 1))
    columns = ("-day", "-id")

    first, second = page(columns), page(columns, after=b.uid)

    assert (first.rows, second.rows) == ([late, b], [a, unknown])


def test_a_place_that_is_not_there_is_told() -> None:
    with pytest.raises(NoSuchPlace):
        page(after=uuid.uuid4())


def test_a_count_is_exact_up_to_its_end() -> None:
    for _ in range(3):
        make_article()

    counts = [str(count_of(Article.objects.all(), most)) for most in (2, 3, 4)]

    assert counts == ["more than 2", "3", "3"]


def test_counting_stops_at_its_end(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as asked:
        count_of(Article.objects.order_by("headline"), 10)

    assert "LIMIT 11" in asked[0]["sql"]
