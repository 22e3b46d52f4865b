"""Characters as readers count them are never cut in two."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.graphemes import REACH, cuts_cluster, whole

FLAGS = "🇦🇫🇵🇰"
ASTRONAUT = "👩🏽‍🚀"


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301e", ["e\u0301", "e"]),
        (" \u0301a", [" \u0301", "a"]),
        (f"{FLAGS}🇮", ["🇦🇫", "🇵🇰", "🇮"]),
        (f"a{ASTRONAUT}b", ["a", ASTRONAUT, "b"]),
        ("👨‍👩‍👧‍👦", ["👨‍👩‍👧‍👦"]),
        ("1️⃣2", ["1️⃣", "2"]),
        ("می‌رویم", ["م", "ی\u200c", "ر", "و", "ی", "م"]),
        ("مُحَمَّد", ["مُ", "حَ", "مَّ", "د"]),
        ("\u2067پښتو\u2069", ["\u2067", "پ", "ښ", "ت", "و", "\u2069"]),
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("각", ["각"]),
    ],
    ids=["latin", "nfd", "marked space", "flags", "zwj", "family", "keycap", "zwnj", "tashkeel",
         "bidi controls", "conjuncts", "jamo"],
)  # fmt: skip
def test_cuts_stand_between_clusters_only(text: str, clusters: list[str]) -> None:
    bounds = {0}
    for cluster in clusters:
        bounds.add(max(bounds) + len(cluster))

    assert {at for at in range(len(text) + 1) if not cuts_cluster(text, at)} == bounds


def test_what_cuts_a_character_is_widened_to_the_whole_of_it() -> None:
    text = f"ab{ASTRONAUT}cd{FLAGS}"

    assert whole(text, 3, 9) == (2, 10)
    assert whole(text, 0, 2) == (0, 2)


@given(st.text(alphabet="a \n\u0301\u200d\u0915\u094d\u0937🇦👩🚀🏽\u0600ی", max_size=40))
def test_reading_from_nearby_finds_the_same_as_reading_the_whole(text: str) -> None:
    far = "ب" * (REACH * 2) + "\n"

    near = [cuts_cluster(text, at) for at in range(1, len(text))]

    assert near == [cuts_cluster(far + text, len(far) + at) for at in range(1, len(text))]


@pytest.mark.parametrize("before", [0, 1, REACH, REACH + 1])
def test_a_long_row_of_flags_is_paired_from_its_beginning(before: int) -> None:
    text = "ب" * before + "🇦🇫" * (REACH + 3)

    assert not cuts_cluster(text, before + 2 * (REACH + 1))
    assert cuts_cluster(text, before + 2 * (REACH + 1) + 1)


@pytest.mark.parametrize("filler", ["a", "ب"])
def test_a_text_of_ten_million_characters_costs_nothing(filler: str) -> None:
    text = filler * 10_000_000

    began = time.perf_counter()
    for at in range(5_000_000, 5_000_100):
        assert not cuts_cluster(text, at)

    assert time.perf_counter() - began < 1
