"""Which way a text reads whose language is written from the right."""

import pytest

from annotations.anchoring.direction import direction, reads_from_right, turned

LATIN_FIRST = "BBC گزارش داد که مکتب‌ها بسته‌اند."
ENGLISH = "BBC said schools in کابل are closed."
RIGHT_FIRST = "کابل: BBC said that the schools are closed."


@pytest.mark.parametrize("language", ["fa", "fa-AF", "prs", "ps", "ar", "ur", "he", "AR-EG", "uz-Arab-AF"])  # fmt: skip
def test_languages_from_the_right(language: str) -> None:
    assert reads_from_right(language)


@pytest.mark.parametrize("language", ["en", "uz", "tr", "az-Latn", "fa-Latn", "ar-Latn-x-made", ""])
def test_languages_from_the_left(language: str) -> None:
    assert not reads_from_right(language)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (LATIN_FIRST, "fa-AF", "rtl"),
        (LATIN_FIRST, "en", "auto"),
        (ENGLISH, "fa-AF", "auto"),
        ("2026", "fa-AF", "auto"),
        ("", "fa-AF", "auto"),
    ],
    ids=["latin first", "an english article", "mostly english", "no letters", "empty"],
)
def test_most_letters_tell_in_such_a_language(text: str, language: str, said: str) -> None:
    assert direction(text, language) == said


@pytest.mark.parametrize(
    ("line", "is_turned"),
    [
        (LATIN_FIRST, True),
        (f"«{LATIN_FIRST}»", True),
        (f"  2026 {LATIN_FIRST}", True),
        (ENGLISH, False),
        (RIGHT_FIRST, False),
        ("Facebook", False),
        ("\u2066BBC\u2069 گزارش داد", False),
        ("", False),
    ],
    ids=["latin", "quoted", "number", "english", "right", "name", "isolated", "empty"],
)
def test_paragraphs_against_their_first_letter(line: str, is_turned: bool) -> None:
    text = f"{RIGHT_FIRST}\n{line}\n\n{ENGLISH}"
    start = len(RIGHT_FIRST) + 1

    found = list(turned(text, "fa-AF"))

    assert found == ([(start, start + len(line))] if is_turned else [])
    assert list(turned(text, "en")) == []
