import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.units import InsideCharacter, Units


@given(st.text(st.sampled_from("a😀نé👩‍👧\n")))
def test_every_place_in_points_is_found_again_from_units(text: str) -> None:
    units = Units.of(text)

    for point in range(len(text) + 1):
        assert units.point(len(text[:point].encode("utf-16-le")) // 2) == point


@pytest.mark.parametrize("unit", [-1, 5])
def test_a_place_outside_of_the_text_is_refused(unit: int) -> None:
    with pytest.raises(ValueError, match="is not a place"):
        Units.of("a😀b").point(unit)


def test_a_place_inside_a_character_is_refused() -> None:
    with pytest.raises(InsideCharacter):
        Units.of("a😀b").point(2)
