"""What is found as a link's other end, by each of the four ways, and how many questions that takes."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post
from annotations.models import Actor, Statement
from annotations.models.candidates import candidates_for
from annotations.permissions import EDITOR, REPORTER
from annotations.suggestions.candidates import Reason
from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_restatement,
    make_statement,
    usual,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


def one(
    words: str, speaker: Actor | None = None, about: Actor | None = None, day: date | None = None
) -> Statement:
    """A statement in an article of its own."""
    article = make_article(text=f"{words}.", published_on=day)
    return make_statement(article, words, speaker=speaker, about=[about] if about else [])


def offered(statement: Statement, other_is: str = "response", role: str = EDITOR) -> list[int]:
    return [each.key for each in candidates_for(statement, usual(role), other_is).candidates]


def reasons(statement: Statement, other: Statement, other_is: str = "response") -> list[Reason]:
    found = candidates_for(statement, usual(EDITOR), other_is)
    return list(next(each for each in found.candidates if each.key == other.pk).reasons)


def test_each_way_finds_its_own_in_order() -> None:
    ann, army = make_actor("Ann"), make_actor("Army")
    claim = one("Soldiers crossed", ann, army, DAY)
    near = one("Rain fell", day=DAY)
    words = one("Nobody crossed")
    accused = one("Lies", army)
    back = one("Provocation", army, ann)
    answer = one("Baseless")
    make_response(claim, answer)
    beyond = one("Yes, baseless")
    make_restatement(answer, beyond)
    deleted = delete(one("Deleted", army, ann))

    found = offered(claim)

    assert found == [statement.pk for statement in (beyond, back, accused, words, near, answer)]
    assert deleted.pk not in found


def test_of_what_an_answer_answers_the_claim_about_its_speaker_comes_first() -> None:
    ann, army, eve = make_actor("Ann"), make_actor("Army"), make_actor("Eve")
    denial = one("Baseless", army)
    other, claim = one("Soldiers crossed", eve), one("Shots were heard", ann, army)

    assert offered(denial, "claim") == [claim.pk, other.pk]
    assert reasons(denial, claim, "claim") == [Reason("actors", about=army.pk)]


def test_who_holds_a_post_speaks_for_the_organisation_and_who_was_merged_is_one() -> None:
    army, guard, ann = make_actor("Army"), make_actor("Guard"), make_actor("Ann")
    bob, rob = make_actor("Bob"), make_actor("Rob")
    give_post(user=usual(EDITOR), holder=bob, details=PostDetails("spokesman", army))
    claim = one("Soldiers crossed", ann, guard)
    answer = one("Baseless", rob)
    one("Rain fell")
    for gone, kept in ((guard, army), (rob, bob)):
        merge(user=usual(EDITOR), actor=gone, into=fresh(kept), version=gone.version)

    assert offered(fresh(claim))[0] == answer.pk
    assert reasons(fresh(claim), answer) == [Reason("actors", speaker=army.pk)]


def test_a_restatement_is_looked_for_by_its_words() -> None:
    ann = make_actor("Ann")
    claim = one("Soldiers crossed the river and fired", ann)
    again, by_ann = one("Troops crossed over and fired"), one("Rain fell", ann)

    assert offered(claim, "by") == [again.pk, by_ann.pk]
    assert reasons(claim, again, "by") == [Reason("words", words=("crossed", "fired"))]


def test_names_are_compared_as_actors_not_as_words() -> None:
    khwarizmi = make_actor("Enayatullah Khwarizmi")
    claim = make_statement(speaker=khwarizmi, source="The ministry")
    other = one("Enayatullah spoke for the ministry")

    assert reasons(claim, other) == []


def test_what_is_linked_already_the_other_way_round_is_offered() -> None:
    claim, answer = one("Soldiers crossed"), one("Baseless")
    make_response(claim, answer)
    find = candidates_for

    for statement, other_is, is_linked in (
        (claim, "response", True),
        (answer, "claim", True),
        (claim, "claim", False),
        (claim, "by", False),
    ):
        [found] = find(statement, usual(EDITOR), other_is).candidates
        assert found.is_linked is is_linked


def test_nobody_is_offered_what_they_do_not_see() -> None:
    claim, hidden = approve(one("Soldiers crossed")), one("Nobody crossed")
    make_response(claim, hidden)

    assert offered(claim, role=REPORTER) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_as_many_questions_for_more_candidates(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ann, army = make_actor("Ann"), make_actor("Army")
    claim = one("Soldiers crossed", ann, army, DAY)
    for n in range(number):
        make_response(claim, one(f"Baseless, once {n}", army, ann, DAY + timedelta(days=n)))
        one(f"Nobody crossed, twice {n}", day=DAY)
    claim, user = Statement.objects.for_display().get(pk=claim.pk), usual(EDITOR)
    user.has_perm("any")

    with django_assert_num_queries(13):
        found = candidates_for(claim, user, "response").candidates

    assert len(found) == 2 * number
