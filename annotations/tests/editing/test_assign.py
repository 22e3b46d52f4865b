"""Articles are taken, given and given back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from annotations.editing.assign import Taken, give, give_back
from annotations.models import Article, Assignment
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import fresh, make_article, make_user

pytestmark = pytest.mark.django_db


def held(article: Article) -> list[int]:
    return list(Assignment.objects.live().filter(article=article).values_list("editor", flat=True))


def test_an_article_is_taken_with_author_and_date() -> None:
    me, article = make_user(EDITOR), make_article()

    taken = give(user=me, article=article, editor=me)

    assert (taken.editor, taken.given_by, taken.released_at) == (me, me, None)
    assert timezone.now() - taken.taken_at < timedelta(minutes=1)
    assert held(article) == [me.pk]


def test_taking_it_twice_is_taking_it_once() -> None:
    me, article = make_user(EDITOR), make_article()

    first = give(user=me, article=article, editor=me)
    second = give(user=me, article=article, editor=me)

    assert second == first
    assert Assignment.objects.count() == 1


def test_what_somebody_has_is_taken_only_by_who_knew() -> None:
    me, other, article = make_user(EDITOR), make_user(EDITOR), make_article()
    theirs = give(user=other, article=article, editor=other)

    with pytest.raises(Taken) as taken:
        give(user=me, article=article, editor=me)
    mine = give(user=me, article=article, editor=me, instead_of=theirs.uid)

    assert taken.value.assignment == theirs
    assert held(article) == [me.pk]
    assert (fresh(theirs).released_by, fresh(theirs).released_at is None) == (me, False)
    with pytest.raises(Taken):  # the yes was to another's assignment
        give(user=other, article=article, editor=other, instead_of=theirs.uid)
    assert held(article) == [me.pk]
    assert mine.given_by == me


def test_it_is_given_back_by_who_has_it_and_can_be_taken_again() -> None:
    me, other, article = make_user(EDITOR), make_user(EDITOR), make_article()
    give(user=me, article=article, editor=me)

    not_mine = give_back(user=other, article=article)
    mine = give_back(user=me, article=article)
    again = give_back(user=me, article=article)
    give(user=other, article=article, editor=other)

    assert (not_mine, mine, again) == (False, True, False)
    assert held(article) == [other.pk]
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize("role", [REVIEWER, REPORTER, ""])
def test_only_editors_take_articles_and_get_them(role: str) -> None:
    other, me, article = make_user(role), make_user(EDITOR), make_article()

    with pytest.raises(PermissionDenied):
        give(user=other, article=article, editor=other)
    with pytest.raises(PermissionDenied):
        give_back(user=other, article=article)
    with pytest.raises(ValidationError):
        give(user=me, article=article, editor=other)
    assert held(article) == []
