"""What is pre-filled from the words selected and those around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.suggestions.statement import Piece, Suggestion, suggest

ACTS = ["assertion", "accusation", "denial", "opinion", "demand", "pledge", "question", "refusal"]
FORMS = ["direct", "indirect", "mixed", "fragment", "reported_act", "attitude", "standing"]
BASES = ["", "named", "surname_only", "role_only", "pronoun", "carried_over"]
PIECES = st.sampled_from(
    [*"“”\"‘’'«»,.!?–\n \0é😀", "said", " Smith ", "the minister", "according to ", "May 5", "and "]
)
TEXTS = st.text(min_size=1) | st.lists(PIECES, min_size=1, max_size=60).map("".join)


def _of(sentence: str) -> Suggestion:
    """The suggestion for the part of the sentence in [[ ]]."""
    before, rest = sentence.split("[[")
    selected, after = rest.split("]]")
    return suggest(before + selected + after, len(before), len(before + selected))


@pytest.mark.parametrize(
    "marks",
    ["“”", '""', "‘’", "''", "«»"],
    ids=["curly", "straight", "single", "typed", "guillemets"],
)
@pytest.mark.parametrize(
    "selection",
    [
        "[[{0}We have kept every promise we made{1}]]",
        "{0}[[We have kept every promise we made]]{1}",
        "{0}We have [[kept every promise]] we made{1}",
    ],
    ids=["with marks", "marks outside", "part"],
)
def test_a_quotation_is_direct(marks: str, selection: str) -> None:
    quotation = selection.format(*marks)

    suggestion = _of(f"The mayor said {quotation}.")

    assert suggestion.form == "direct"


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor said [[the soldiers’ homes weren’t theirs]].",
        "The mayor said [[it's the parents' choice]].",
        "The mayor said [[the ’90s weren’t kind to Ma’arij]].",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(sentence: str) -> None:
    assert _of(sentence).form == "indirect"


def test_a_quotation_elsewhere_in_the_sentence_is_not_the_contents() -> None:
    suggestion = _of("The “iron” mayor said [[taxes would fall]].")

    assert suggestion.form == "indirect"


def test_a_cue_inside_a_quotation_is_not_a_cue() -> None:
    suggestion = _of("“He said it and [[Brown denied it to all of us]],” Smith recalled.")

    assert (suggestion.cue and suggestion.cue.exact) == "recalled"


def test_a_noun_is_no_cue() -> None:
    suggestion = _of("Smith said the claims in the report [[were never checked]].")

    assert (suggestion.cue and suggestion.cue.exact) == "said"


def test_the_nearest_cue_wins() -> None:
    suggestion = _of("Smith said the road was shut and denied that [[anyone was hurt]].")

    assert (suggestion.cue and suggestion.cue.exact, suggestion.act) == ("denied", "denial")
    assert (suggestion.source and suggestion.source.exact) == "Smith"


def test_a_cue_of_another_sentence_does_not_count() -> None:
    suggestion = _of("Smith denied it. [[The road is shut.]] Brown agreed.")

    assert (suggestion.cue, suggestion.source, suggestion.speaker_basis) == (None, None, "")


def test_a_medium_that_passes_words_on_is_not_the_speaker() -> None:
    suggestion = _of("Smith said [[the road was shut]], according to local media.")

    assert (suggestion.source and suggestion.source.exact) == "Smith"


def test_a_negated_cue_names_no_act() -> None:
    assert _of("Smith did not deny that [[the road was shut]].").act == "assertion"


@pytest.mark.parametrize("verb", ["criticised", "criticized"])
def test_british_and_american_spelling(verb: str) -> None:
    suggestion = _of(f"Smith {verb} [[the plan]].")

    assert (suggestion.form, suggestion.act) == ("reported_act", "accusation")


def test_a_quotation_paragraph_is_carried_over_from_the_one_before() -> None:
    suggestion = _of("Smith said so.\n\n[[“It is shut. It will stay shut for a week.”]]\n\nENDS")

    assert (suggestion.speaker_basis, suggestion.cue, suggestion.source) == (
        "carried_over",
        None,
        None,
    )


def test_a_quotation_in_a_paragraph_with_other_words_is_not_carried_over() -> None:
    suggestion = _of("Smith said so.\nA sign reads [[“It is shut and will stay shut for a week”]].")

    assert suggestion.speaker_basis == ""


def test_the_first_paragraph_has_nothing_to_carry_over() -> None:
    assert _of("[[“It is shut. It will stay shut for a week.”]]").speaker_basis == ""


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("on Tuesday", "Tuesday"),
        ("last Friday", "last Friday"),
        ("four days ago", "four days ago"),
        ("on 5 May 2024", "5 May 2024"),
        ("on May 5, 2024", "May 5, 2024"),
        ("yesterday", "yesterday"),
        ("in private", ""),
    ],
)
def test_the_day_is_found_outside_the_content(printed: str, found: str) -> None:
    suggestion = _of(f"Smith said {printed} that [[the road was shut on Sunday]].")

    assert suggestion.said_on_as_printed == found


@pytest.mark.parametrize(
    ("sentence", "venue"),
    [
        ("In a statement, Smith said [[the road was shut]].", "statement"),
        ("Smith gave an interview.\nHe said [[the road was shut]].", "interview"),
        ("Smith met Brown in a meeting. He said [[the road was shut]].", "meeting"),
        ("Smith made recent statements. He said [[the road was shut]].", ""),
        ("In a tweet he lied. Rain fell. Smith said [[the road was shut]].", ""),
    ],
)
def test_the_venue_is_named_here_or_in_the_sentence_before(sentence: str, venue: str) -> None:
    assert _of(sentence).venue == venue


def test_pieces_keep_their_place_far_into_a_text() -> None:
    before = "😀 Rain. " * 1_000

    suggestion = _of(f"{before}Smith said [[the road was shut]].")

    start = len(before)
    assert suggestion.source == Piece(start, start + 5, "Smith")
    assert suggestion.cue == Piece(start + 6, start + 10, "said")


def test_a_long_selection_finds_its_speaker_at_the_end() -> None:
    text = "“" + "The road is shut. " * 200 + "It is,” Smith said."

    suggestion = suggest(text, 0, text.index(" Smith"))

    assert (suggestion.form, suggestion.as_printed) == ("direct", "Smith")
    assert suggestion.source == Piece(len(text) - 11, len(text) - 6, "Smith")


@given(TEXTS, st.data())
def test_any_selection_of_any_text_is_answered(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    suggestion = suggest(text, start, end)

    assert suggestion.form in FORMS
    assert suggestion.act in ACTS
    assert suggestion.speaker_basis in BASES
    for piece in filter(None, (suggestion.cue, suggestion.source)):
        assert text[piece.start : piece.end] == piece.exact != ""
    source = suggestion.source.exact if suggestion.source else ""
    assert suggestion.as_printed in source
    assert suggestion == suggest(text, start, end)
