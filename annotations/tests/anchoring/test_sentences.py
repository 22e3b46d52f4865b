"""Where sentences end and start."""

import pytest

from annotations.anchoring.sentences import ends, first_start, last_end

TEXT = "He left. “Did he?” Yes!\n\nGen. Khan came to the U.S. in May… خبر تمام شد؟ بلی"


def said(*words: str) -> list[int]:
    """Where each of the words ends in the text."""
    return [TEXT.index(word) + len(word) for word in words]


def test_sentences_end_at_their_signs_and_closing_marks_and_at_a_line() -> None:
    assert list(ends(TEXT, 0, len(TEXT))) == [
        *said("left.", "he?”", "Yes!", "Yes!\n", "May…", "شد؟"),
        len(TEXT),
    ]


def test_a_place_at_either_bound_counts() -> None:
    (end,) = said("he?”")

    assert list(ends(TEXT, end, end)) == [end]


def test_the_last_end_before_a_cut() -> None:
    (cut,) = said("Gen. Khan")

    assert last_end(TEXT, 0, cut) == said("Yes!\n")[0]


def test_the_last_end_is_found_far_back() -> None:
    text = "One. " + "word " * 2_000

    assert last_end(text, 0, len(text) - 1) == 4


def test_no_end_in_the_midst_of_a_sentence() -> None:
    assert last_end(TEXT, 1, 6) is None


@pytest.mark.parametrize(
    ("cut", "found"),
    [("He", "left."), ("left. ", "left. "), ("left.", "left."), ("Gen.", "May…")],
)
def test_the_first_start_after_a_cut(cut: str, found: str) -> None:
    assert first_start(TEXT, said(cut)[0], len(TEXT)) == said(found)[0]


def test_the_text_s_start_is_one() -> None:
    assert first_start(TEXT, 0, len(TEXT)) == 0
