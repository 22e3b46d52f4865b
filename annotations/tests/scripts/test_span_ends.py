"""Where an end of marked words goes that is dragged."""

from annotations.tests.scripts.node import call

TEXT = "He said: “We left.” 👩‍👩‍👧 stayed. نه، گفت."


def moved(words: str, edge: str, to: int, **how: object) -> str:
    start = TEXT.index(words)
    units = len(TEXT[: start + len(words)].encode("utf-16-le")) // 2
    [(first, last)] = call(
        "span-ends.js", "movedEnd", [TEXT, [start, units], edge, to, {"language": "en", **how}]
    )
    return TEXT.encode("utf-16-le")[first * 2 : last * 2].decode("utf-16-le")


def test_an_end_goes_to_the_nearest_word_or_sign() -> None:
    assert moved("left", "start", TEXT.index("said") + 1) == "said: “We left"
    assert moved("left", "start", TEXT.index("We")) == "We left"
    assert moved("We", "end", TEXT.index("left") + 3) == "We left"
    assert moved("We", "end", TEXT.index("left") + 5) == "We left."
    assert moved("We left", "start", TEXT.index("“")) == "“We left"


def test_by_letter_it_goes_anywhere_but_into_a_character() -> None:
    assert moved("left", "start", TEXT.index("left") + 2, byLetter=True) == "ft"
    assert moved("left.”", "end", TEXT.index("👩") + 6, byLetter=True) == "left.” 👩‍👩‍👧"


def test_words_neither_turn_around_nor_vanish() -> None:
    assert moved("We", "end", 0) == "We"
    assert moved("We", "start", len(TEXT) - 3) == "We"
    assert moved("We", "end", 0, byLetter=True) == "We"


def test_words_from_the_right_are_words_too() -> None:
    at = len(TEXT[: TEXT.index("گفت")].encode("utf-16-le")) // 2
    assert moved("نه", "end", at + 2).endswith("نه، گفت")
