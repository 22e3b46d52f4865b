"""Sentences, paragraphs and what a selection grows to, as the scripts find them."""

from annotations.tests.scripts.node import call

TEXT = "Ann said we left. Then she went.\n\nBob said “No.” He left.\nEND"
DARI = "نجیبه سروری گفت: «نه». او رفت؟ بلی!"
SENTENCES = ["Ann said we left.", "Then she went.", "Bob said “No.”", "He left.", "END"]


def walked(text: str, name: str, at: int, language: str = "en") -> list[str]:
    """Every stretch that one comes to, step by step."""
    steps = call("sentences.js", name, *([text, place, language] for place in range(len(text) + 1)))
    found = []
    while (step := steps[at]) is not None:
        found.append(text[slice(*step)])
        at = step[0]
    return found


def test_one_goes_from_sentence_to_sentence_over_paragraphs() -> None:
    assert walked(TEXT, "sentenceAfter", 0) == SENTENCES[1:]
    assert walked(TEXT, "sentenceBefore", len(TEXT)) == SENTENCES[::-1]


def test_sentences_in_dari_end_with_their_own_signs() -> None:
    assert walked(DARI, "sentenceAfter", 0, "fa-AF") == ["او رفت؟", "بلی!"]


def test_a_paragraph_is_a_line_that_is_not_empty() -> None:
    assert walked(TEXT, "paragraphAfter", 0) == ["Bob said “No.” He left.", "END"]
    assert walked(TEXT, "paragraphBefore", len(TEXT)) == [
        "Bob said “No.” He left.",
        "Ann said we left. Then she went.",
    ]


def test_between_two_paragraphs_one_is_in_the_one_after() -> None:
    gap = TEXT.index("\n\n") + 1

    [paragraph, sentence] = (
        call("sentences.js", name, [TEXT, gap, "en"])[0] for name in ("paragraphAt", "sentenceAt")
    )

    assert TEXT[slice(*paragraph)] == "Bob said “No.” He left."
    assert TEXT[slice(*sentence)] == "Bob said “No.”"


def grown(chosen: list[int], text: str = TEXT, language: str = "en") -> list[str]:
    """What the selection grows to, until it grows no more."""
    found: list[str] = []
    while (wider := call("sentences.js", "grown", [text, chosen, language])[0]) is not None:
        found.append(text[slice(*wider)])
        chosen = wider
    return found


def test_a_caret_grows_to_word_sentence_and_paragraph() -> None:
    paragraph = "Ann said we left. Then she went."

    assert grown([8, 8]) == ["said", "Ann said we left.", paragraph]


def test_a_selection_grows_to_whole_words_first_and_over_no_neighbour() -> None:
    cut = TEXT.index("aid we lef")
    whole = TEXT.index("Then she went.")

    assert grown([cut, cut + 10])[0] == "said we left"
    assert grown([whole, whole + 14]) == ["Ann said we left. Then she went."]


def test_a_word_in_dari_is_a_word_with_its_joiner() -> None:
    assert grown([3, 3], "او می‌رود. بلی.", "fa-AF")[:2] == ["می‌رود", "او می‌رود."]


def test_an_empty_text_has_nothing_and_a_wrong_language_is_no_fault() -> None:
    asked = [["", 0, "en"], ["\n\n", 1, "en"], ["One. Two.", 0, "no language"]]

    assert call("sentences.js", "sentenceAt", *asked) == [None, None, [0, 4]]
    assert grown([0, 0], "") == []


def test_a_very_long_paragraph_is_read_near_the_caret_only() -> None:
    text = "So it is said. " * 400_000

    [found] = call("sentences.js", "sentenceAfter", [text, 3_000_000, "en"])

    assert text[slice(*found)] == "So it is said."
