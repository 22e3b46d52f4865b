from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exports.cells import (
    FORMATS,
    Cell,
    Profile,
    guarded,
    split,
    text_of,
    unguarded,
)

TRIGGERS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
UID = UUID("5b0c7e2a-3f59-4d6f-9a35-7d6c0f0e8a41")
KABUL = timezone(timedelta(hours=4, minutes=30))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ("“Ma’arij”", "“Ma’arij”"),
        (7, "7"),
        (0, "0"),
        (True, "true"),
        (False, "false"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00Z"),
        (datetime(2026, 1, 1, 4, 30, 59, 999_999, KABUL), "2026-01-01T00:00:59Z"),
        (UID, "5b0c7e2a-3f59-4d6f-9a35-7d6c0f0e8a41"),
    ],
)
def test_a_value_has_one_form(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ((), ""),
        (("one",), "one"),
        (("one", "two"), "one | two"),
        (("one", None, "three"), "one |  | three"),
        ((None, ""), ""),
        (("a | b", "c\\"), "a \\| b | c\\\\"),
    ],
)
def test_several_values_are_joined(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


@given(st.lists(st.text(), min_size=1).filter(any))
def test_joined_values_are_split_exactly(values: list[str]) -> None:
    assert split(text_of(tuple(values))) == tuple(values)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_formula_gets_an_apostrophe(trigger: str) -> None:
    assert guarded(f"{trigger}1+1") == f"'{trigger}1+1"


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_an_apostrophe_before_a_formula_gets_one_more(trigger: str) -> None:
    assert guarded(f"'{trigger}1") == f"''{trigger}1"


@pytest.mark.parametrize("text", ["", "1+1", "“=1”", "'tis", "'", "– a dash", "Ma’arij", " | "])
def test_other_text_stays(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet=st.one_of(st.sampled_from([*TRIGGERS, "'", " ", "a"]), st.characters())))
def test_the_guard_can_be_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet=st.one_of(st.sampled_from([*TRIGGERS, "'"]), st.characters())))
def test_nothing_that_is_guarded_runs(text: str) -> None:
    assert guarded(text)[:1] not in TRIGGERS


def test_raw_cells_are_not_guarded() -> None:
    assert FORMATS[Profile.RAW]("=1+1") == "=1+1"
    assert FORMATS[Profile.SPREADSHEET]("=1+1") == "'=1+1"


def test_a_joined_cell_is_guarded_once() -> None:
    assert FORMATS[Profile.SPREADSHEET](("=1", "=2")) == "'=1 | =2"
