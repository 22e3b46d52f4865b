from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.difference import Row, side_by_side
from annotations.anchoring.wording import Piece

LINES = st.lists(st.sampled_from(["", "a b c d", "a b c e", "x y", "😀 می‌رویم"]), max_size=8)


@given(LINES, LINES)
def test_cells_join_to_both_texts_and_say_where_they_stand(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)

    rows = side_by_side(before, after)

    assert "\n".join(row.old for row in rows if row.old is not None) == before
    assert "\n".join(row.new for row in rows if row.new is not None) == after
    for row in rows:
        assert row.old is None or row.old_start is not None
        assert before[row.old_start or 0 :].startswith(row.old or "")
        assert after[row.new_start or 0 :].startswith(row.new or "")


def test_a_changed_paragraph_stands_beside_its_new_form() -> None:
    rows = side_by_side("one two three four\nend", "new here\none two 3 four\nend")

    assert rows == [
        Row(None, "new here", (), None, 0),
        Row(
            "one two three four",
            "one two 3 four",
            (
                Piece("same", "one two "),
                Piece("removed", "three"),
                Piece("added", "3"),
                Piece("same", " four"),
            ),
            0,
            9,
        ),
        Row("end", "end", (), 19, 24),
    ]


def test_unlike_paragraphs_stand_in_rows_of_their_own() -> None:
    rows = side_by_side("all of this is gone", "something else stands here")

    assert [(row.old, row.new) for row in rows] == [
        ("all of this is gone", None),
        (None, "something else stands here"),
    ]


def test_without_time_changed_paragraphs_come_without_word_diffs() -> None:
    rows = side_by_side("a b c d", "a b c e", seconds=0)

    assert [(row.old, row.new, row.pieces) for row in rows] == [("a b c d", "a b c e", ())]
