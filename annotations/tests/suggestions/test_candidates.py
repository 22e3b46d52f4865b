"""The order in which a link's other end is offered, and why."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from annotations.suggestions.candidates import Candidate, Reason, Said, Search, rank, rare, stems

ANN, ARMY, EVE = 1, 2, 3
DAY = date(2026, 5, 4)
CLAIM = Said(10, 1, frozenset({ANN}), frozenset({ARMY}), frozenset({"cross", "fire", "river"}), DAY)


def said(key: int, *, article: int = 2, **what: Any) -> Said:
    """A statement of another article, sets given as what iterates."""
    sets = {name: frozenset(value) for name, value in what.items() if name != "day"}
    return Said(key, article, day=what.get("day"), **sets)


def ranked(*others: Said, other_is: str = "response", **more: Any) -> list[Candidate]:
    return rank(Search(CLAIM, other_is, **more), others)


def keys(*others: Said, **more: Any) -> list[int]:
    return [candidate.key for candidate in ranked(*others, **more)]


def test_the_exchange_comes_first_then_actors_then_words_then_nearness() -> None:
    others = [
        said(1, day=DAY),
        said(2, words=["fire"]),
        said(3, speaking=[ARMY]),
        said(4),
        said(5, day=DAY + timedelta(days=3)),
    ]

    assert keys(*others, exchange={4}) == [4, 3, 2, 1, 5]


def test_of_restatements_the_same_words_come_first() -> None:
    others = [said(1), said(2, speaking=[ANN]), said(3, words=["fire", "cross"])]

    assert keys(*others, exchange={1}, other_is="by") == [3, 1, 2]
    assert keys(*others, exchange={1}, other_is="of") == [3, 1, 2]


def test_one_word_makes_no_restatement() -> None:
    assert keys(said(1, words=["fire"]), said(2, speaking=[ANN]), other_is="by") == [2, 1]


@pytest.mark.parametrize("other_is", ["response", "claim"])
def test_two_who_speak_about_each_other_come_before_one_who_does(other_is: str) -> None:
    one = said(1, speaking=[ARMY], article=1)
    both = said(2, speaking=[ARMY], about=[ANN])

    assert keys(one, both, other_is=other_is) == [2, 1]


def test_nobody_answers_themselves_as_soon_as_others_do() -> None:
    own, other = said(1, speaking=[ANN], article=1, words=["fire"]), said(2, words=["fire"])

    assert keys(own, other) == [2, 1]
    assert keys(own, other, other_is="claim") == [2, 1]
    assert keys(other, own, other_is="of") == [1, 2]


def test_where_the_reason_is_equal_the_same_article_comes_first_then_words_then_days() -> None:
    others = [
        said(1, speaking=[ARMY], day=DAY),
        said(2, speaking=[ARMY], words=["fire"]),
        said(3, speaking=[ARMY], article=1),
        said(4, speaking=[ARMY], day=DAY + timedelta(days=1)),
        said(5, speaking=[ARMY]),
    ]

    assert keys(*others) == [3, 2, 1, 4, 5]


def test_among_those_that_share_only_words_more_of_them_come_first() -> None:
    others = [said(1, words=["fire"], article=1), said(2, words=["fire", "cross"])]

    assert keys(*others) == [2, 1]


def test_an_answer_is_rather_looked_for_after_the_claim_and_a_claim_before_its_answer() -> None:
    before, after = (said(1, day=DAY - timedelta(days=2)), said(2, day=DAY + timedelta(days=2)))

    assert keys(before, after) == [2, 1]
    assert keys(after, before, other_is="claim") == [1, 2]


def test_what_is_linked_already_comes_last() -> None:
    linked, other = said(1, speaking=[ARMY]), said(2)

    assert ranked(linked, other, exchange={1}, linked={1})[1] == Candidate(
        1, (Reason("exchange"), Reason("actors", speaker=ARMY)), is_linked=True
    )


def test_each_says_all_that_speaks_for_it_the_strongest_first() -> None:
    other = said(
        1, speaking=[ARMY], about=[ANN, EVE], words=["river", "fire"], day=DAY - timedelta(days=1)
    )

    [found] = ranked(other, exchange={1}, shown={"fire": "fired", "river": "river"})

    assert found.reasons == (
        Reason("exchange"),
        Reason("actors", speaker=ARMY, about=ANN),
        Reason("words", words=("fired", "river")),
        Reason("time", days=-1),
    )


def test_a_restatement_says_who_speaks_again_about_whom() -> None:
    [found] = ranked(said(1, speaking=[ANN], about=[ARMY]), other_is="of")

    assert found.reasons == (Reason("actors", speaker=ANN, about=ARMY),)


def test_nothing_speaks_for_a_statement_of_nobody_and_no_day() -> None:
    assert ranked(said(1)) == [Candidate(1, ())]


def test_words_are_compared_without_their_endings_and_without_those_that_say_nothing() -> None:
    assert stems("the army crossed it and such attacks were fired on") == {
        "army": "army",
        "cross": "crossed",
        "attack": "attacks",
        "fire": "fired",
    }
    assert stems("ارتش از مرز گذشت") == {"ارتش": "ارتش", "مرز": "مرز", "گذشت": "گذشت"}


def test_a_word_in_many_statements_is_not_rare() -> None:
    counted = Counter({"army": 30, "river": 2, "zanzibar": 2, "bridge": 25})

    assert rare({"army", "river", "zanzibar", "bridge"}, counted, 500) == [
        "zanzibar",
        "river",
        "bridge",
    ]
    assert rare({"army"}, Counter(army=4), 10) == ["army"]
