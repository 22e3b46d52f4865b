import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.segments import segments

Spans = list[tuple[int, int, int]]
WIDE = st.text(st.sampled_from("ab \n’“é😀👩🏽س\u0301"), max_size=30)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Spans]:
    """A text and spans in it, each with a number as its key."""
    text = draw(WIDE)
    spans: Spans = []
    for key in range(draw(st.integers(0, 8)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        spans.append((key, start, draw(st.integers(start + 1, len(text)))))
    return text, spans


@given(marked())
def test_the_pieces_join_to_the_text(given_: tuple[str, Spans]) -> None:
    text, spans = given_

    pieces = segments(text, spans)

    assert "".join(piece.text for piece in pieces) == text


@given(marked())
def test_each_piece_stands_where_it_says_and_is_not_empty(given_: tuple[str, Spans]) -> None:
    text, spans = given_

    pieces = segments(text, spans)

    assert all(text[piece.start : piece.end] == piece.text != "" for piece in pieces)


@given(marked())
def test_each_code_point_has_exactly_the_keys_that_cover_it(given_: tuple[str, Spans]) -> None:
    text, spans = given_
    expected = [{key for key, start, end in spans if start <= at < end} for at in range(len(text))]

    pieces = segments(text, spans)

    covered = [set(piece.keys) for piece in pieces for _ in piece.text]
    assert covered == expected


@given(marked())
def test_each_span_opens_once_and_closes_once_where_it_stands(given_: tuple[str, Spans]) -> None:
    text, spans = given_

    pieces = segments(text, spans)

    opened = {(key, piece.start) for piece in pieces for key in piece.opening}
    closed = {(key, piece.end) for piece in pieces for key in piece.closing}
    assert opened == {(key, start) for key, start, _ in spans}
    assert closed == {(key, end) for key, _, end in spans}
    assert sum(len(piece.opening) for piece in pieces) == len(spans)


@given(marked())
def test_a_piece_ends_only_where_a_span_begins_or_ends(given_: tuple[str, Spans]) -> None:
    text, spans = given_

    pieces = segments(text, spans)

    borders = {0, len(text), *(s for _, s, _ in spans), *(e for _, _, e in spans)}
    assert {edge for piece in pieces for edge in (piece.start, piece.end)} <= borders


def test_overlapping_spans_are_cut_flat_longer_ones_first() -> None:
    pieces = segments("abcdef", [("short", 0, 2), ("long", 0, 4), ("late", 3, 6)])

    assert [(piece.text, piece.keys) for piece in pieces] == [
        ("ab", ("long", "short")),
        ("c", ("long",)),
        ("d", ("long", "late")),
        ("ef", ("late",)),
    ]


def test_an_astral_character_is_one_place_long() -> None:
    pieces = segments("a😀b", [("smile", 1, 2)])

    assert [(piece.text, piece.keys) for piece in pieces] == [
        ("a", ()),
        ("😀", ("smile",)),
        ("b", ()),
    ]


def test_two_spans_at_the_same_place_keep_their_order() -> None:
    pieces = segments("ab", [("first", 0, 2), ("second", 0, 2)])

    assert [piece.keys for piece in pieces] == [("first", "second")]


def test_a_text_without_spans_is_one_piece_and_an_empty_one_none() -> None:
    nobody: list[tuple[str, int, int]] = []

    texts = [[piece.text for piece in segments(text, nobody)] for text in ("ab", "")]

    assert texts == [["ab"], []]


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (1, 1), (2, 1), (0, 3)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span 'x'"):
        segments("ab", [("x", start, end)])
