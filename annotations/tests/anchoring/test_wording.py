import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.wording import Change, Piece, what_changed, word_diff

WIDE = st.text(st.sampled_from("ab no. 1“’\n😀👩🏽‍سن می\u200c\u0301"), max_size=30)


@given(WIDE, WIDE)
def test_pieces_join_to_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_words_are_compared_whole() -> None:
    assert word_diff("He will resign", "He will not retire") == (
        Piece("same", "He will "),
        Piece("removed", "resign"),
        Piece("added", "not retire"),
    )


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("did not resign", "did resign", {Change.NEGATION}),
        ("they could", "they couldn’t", {Change.NEGATION}),
        ("a lawful act", "an unlawful act", {Change.NEGATION, Change.OTHER}),
        ("او می‌رود", "او نمی‌رود", {Change.NEGATION}),
        ("هذا صحيح", "هذا غير صحيح", {Change.NEGATION}),
        ("12 dead", "13 dead", {Change.NUMBER}),
        ("۱۲ کشته", "۱۳ کشته", {Change.NUMBER}),
        ("two dead", "three dead", {Change.NUMBER}),
        ("said Karim Khan", "said Maria Khan", {Change.NAME}),
        ("The council met", "A council met", {Change.OTHER}),
        ("Nothing happened", "Something happened", {Change.NEGATION}),
        ("Something happened", "Nothing happened", {Change.NEGATION}),
        ("He never paid", "He always paid", {Change.NEGATION}),
        ("None of them paid", "Some of them paid", {Change.NEGATION}),
        ("No one paid", "Everyone paid", {Change.NEGATION}),
        ("No-one paid", "Somebody paid", {Change.NEGATION, Change.OTHER}),
        ("Neither paid", "Both stole", {Change.NEGATION, Change.OTHER}),
        ("One paid", "Two paid", {Change.NUMBER}),
        ("Everything burned. They left", "Much burned. We left", {Change.OTHER}),
        ("During talks", "After talks", {Change.OTHER}),
        ("Karim paid", "Omar paid", {Change.NAME}),
        ("Will said so", "May said so", {Change.NAME}),
        ("Both paid, and Both Ltd won", "Zed paid, and Both Ltd won", {Change.NAME}),
        ("Both paid, and Both Ltd won", "Each paid, and Both Ltd won", {Change.NAME, Change.OTHER}),
        ("said we’ll pay", "said I’ll pay", {Change.OTHER}),
        ("he said “no”", "he said no", {Change.QUOTATION_MARKS}),
        ("he said", "she said", {Change.OTHER}),
        ("a b", "a  b", {Change.OTHER}),
        ("did not sue Ali", "did sue Omar", {Change.NEGATION, Change.NAME}),
        ("same", "same", set()),
    ],
)
def test_what_changed_is_told_apart(old: str, new: str, changes: set[Change]) -> None:
    assert what_changed(old, new) == changes
