"""Names, titles and candidates in a source phrase."""

import pytest

from annotations.suggestions.names import Name, name_candidates, take_apart


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Jan Perez, the head of the bank,", Name("Jan Perez", "the head of the bank", "named")),
        ("the mayor, Anna Lopez,", Name("Anna Lopez", "the mayor", "named")),
        ("UN Secretary General Li Wei", Name("Li Wei", "UN Secretary General", "named")),
        ("the minister", Name("the minister", "the minister", "role_only")),
        ("officials", Name("officials", "", "role_only")),
        ("NATO", Name("NATO", "", "named")),
        ("Lopez", Name("Lopez", "", "surname_only")),
        ("They", Name("They", "", "pronoun")),
        ("", Name("", "", "")),
        (",,", Name("", "", "")),
    ],
)
def test_a_source_is_taken_apart(source: str, name: Name) -> None:
    assert take_apart(source) == name


def test_candidates_are_the_longest_first_and_stay_between_commas() -> None:
    candidates = name_candidates("Lopez, the Lima mayor")

    assert candidates == ["the Lima mayor", "the Lima", "Lima mayor", "Lopez", "Lima"]


def test_candidates_come_without_the_possessive() -> None:
    assert name_candidates("Peru’s army") == ["Peru’s army", "Peru"]


def test_candidates_have_at_most_six_words() -> None:
    candidates = name_candidates("A B C D E F G")

    assert max(len(candidate.split()) for candidate in candidates) == 6


def test_a_group_without_a_capital_is_a_candidate() -> None:
    assert name_candidates("experts") == ["experts"]


@pytest.mark.parametrize("source", ["", "He", "they", " , "])
def test_nothing_to_look_up(source: str) -> None:
    assert name_candidates(source) == []
