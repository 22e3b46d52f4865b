"""Paragraphs around places in a text."""

from annotations.anchoring.passages import AROUND, Passage, passages

TEXT = "First one.\n\nSecond one, with more.\nThird one."


def around(*words: str) -> list[str]:
    places = [(TEXT.index(word), TEXT.index(word) + len(word)) for word in words]
    return [TEXT[found.start : found.end] for found in passages(TEXT, places)]


def test_a_place_is_shown_in_its_paragraph() -> None:
    assert around("with") == ["Second one, with more."]


def test_the_first_and_last_paragraph_end_with_the_text() -> None:
    assert around("First", "Third") == ["First one.", "Third one."]


def test_a_place_over_two_paragraphs_shows_both() -> None:
    assert around("one.\n\nSecond") == ["First one.\n\nSecond one, with more."]


def test_two_places_in_one_paragraph_show_it_once() -> None:
    assert around("more", "Second") == ["Second one, with more."]


def test_a_paragraph_without_end_is_cut_and_says_so() -> None:
    text = "a" * 5000

    found = passages(text, [(2000, 2010)])

    assert found == [Passage(2000 - AROUND, 2010 + AROUND, True, True)]


def test_no_place_shows_nothing() -> None:
    assert passages(TEXT, []) == []
