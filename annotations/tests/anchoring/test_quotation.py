import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.quotation import CONTEXT, NotFoundOnce, describe, find

TEXT = "He said no. 😀 She said no, and Ma’arij said nothing."
WIDE = st.text(st.sampled_from("ab \n’“é😀👩🏽سa\u0301"), min_size=1, max_size=40)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a place in it."""
    text = draw(WIDE)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def test_offsets_are_code_points_also_after_an_astral_character() -> None:
    found = find(TEXT, "Ma’arij")

    assert (found.start, found.end, TEXT[found.start : found.end]) == (31, 38, "Ma’arij")


def test_an_astral_character_is_found_as_one() -> None:
    found = find(TEXT, "😀")

    assert found.end - found.start == 1


def test_prefix_and_suffix_tell_the_places_apart() -> None:
    found = [find(TEXT, "said no", prefix="She ").start, find(TEXT, "said no", suffix=".").start]

    assert found == [18, 3]


def test_words_that_stand_twice_are_refused_with_their_places() -> None:
    with pytest.raises(NotFoundOnce, match="“said no” stands 3 times in the text") as refused:
        find(TEXT, "said no")

    assert refused.value.places == [3, 18, 39]


def test_overlapping_places_are_all_counted() -> None:
    with pytest.raises(NotFoundOnce) as refused:
        find("aaa", "aa")

    assert refused.value.places == [0, 1]


@pytest.mark.parametrize(
    "exact", ["said No", "Ma'arij", "said  no", ""], ids=["case", "apostrophe", "space", "empty"]
)
def test_nothing_but_the_exact_words_is_accepted(exact: str) -> None:
    with pytest.raises(NotFoundOnce, match="is not in the text"):
        find(TEXT, exact)


def test_words_written_with_other_code_points_are_not_the_same() -> None:
    with pytest.raises(NotFoundOnce):
        find("cafe\u0301", "café")


def test_the_surroundings_end_with_the_text() -> None:
    quotation = describe(TEXT, 0, 2)

    assert (quotation.prefix, quotation.suffix) == ("", TEXT[2 : 2 + CONTEXT])


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 4), (4, 5)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not a place in a text of 3 characters"):
        describe("abc", start, end)


@given(places())
def test_what_was_described_is_found_again_between_its_surroundings(
    place: tuple[str, int, int],
) -> None:
    text, start, end = place
    quotation = describe(text, start, end)

    assert text[quotation.start : quotation.end] == quotation.exact
    assert quotation.prefix + quotation.exact + quotation.suffix in text


@given(places())
def test_with_all_of_the_text_around_them_words_stand_once(place: tuple[str, int, int]) -> None:
    text, start, end = place

    found = find(text, text[start:end], text[:start], text[end:])

    assert (found.start, found.end) == (start, end)
