"""Proposals are words as a reader takes them: whole, and exactly what stands there."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring.carry import carry
from annotations.anchoring.graphemes import cuts_cluster, whole
from annotations.anchoring.proposals import Proposer
from annotations.anchoring.quotation import Quotation, describe, find
from annotations.anchoring.tokens import tokens, word_cut
from annotations.tests.anchoring.corrections import EDITS, correction

WIDE = st.text(st.sampled_from("ab no1'’\n😀👩🏽‍سن می\u200c\u0301🇦🇫क्"), max_size=60)
BEFORE = "The governor spoke to reporters on Monday. He said that "
AFTER = " the river before dawn, and that talks with the elders would go on."


def best(old: str, new: str, words: str) -> str:
    """The words of the best proposal."""
    (found,) = carry(old, new, [find(old, words)])
    return found.proposals[0].place.exact


@pytest.mark.parametrize(
    ("old", "new", "words", "expected"),
    [
        ("the troops did not cross", "the troops didn’t cross", "the troops did", "the troops didn’t"),
        ("the troops did not cross", "the troops didn't cross", "troops did not", "troops didn't"),
        ("the troops crossed", "the troops crossing", "the troops crossed", "the troops crossing"),
        ("he will resign from", "he resigned from", "resign", "resigned"),
        ("the armed men left", "the unarmed men left", "armed men left", "unarmed men left"),
        ("سربازان می‌روند به", "سربازان نمی‌روند به", "می‌روند", "نمی‌روند"),
        ("a cafe opened", "a cafe\u0301 opened", "a cafe", "a cafe\u0301"),
        ("the road is not open", "the road isn’t open", "the road is", "the road isn’t"),
        ("the troops was not", "the troops were not", "the troops", "the troops"),
        ("waved 👩 at", "waved 👩🏽‍🚀 at", "waved 👩", "waved 👩🏽‍🚀"),
    ],
    ids=["negation", "contraction", "ending", "grown", "beginning", "dari", "mark", "short", "beside", "emoji"],
)  # fmt: skip
def test_what_is_proposed_cuts_no_word(old: str, new: str, words: str, expected: str) -> None:
    assert best(BEFORE + old + AFTER, BEFORE + new + AFTER, words) == expected


def test_words_that_were_cut_from_a_word_are_proposed_as_they_were() -> None:
    old = f"{BEFORE}unlawful acts stopped{AFTER}"
    new = old.replace("stopped", "ended")
    start = old.index("lawful")

    (found,) = carry(old, new, [describe(old, start, start + len("lawful acts"))])

    assert [one.place for one in found.proposals] == [
        describe(new, start, start + len("lawful acts"))
    ]


def test_a_mark_belongs_to_the_sign_or_blank_it_stands_on() -> None:
    assert tokens("'\u03011 \u03012 e\u0301") == ["'\u0301", "1", " \u0301", "2", " ", "e\u0301"]


def are_whole(text: str, asked: Quotation, places: list[Quotation]) -> bool:
    """Whether all of them stand there, cut no character, and cut a word only if the same words are asked."""
    return all(
        place == describe(text, place.start, place.end)
        and not any(cuts_cluster(text, at) for at in (place.start, place.end))
        and (place.exact == asked.exact or not any(word_cut(text, at) for at in (place.start, place.end)))
        for place in places
    )  # fmt: skip


@given(WIDE.filter(bool), WIDE, st.data())
def test_proposals_are_exact_and_whole(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    asked = describe(old, *whole(old, start, end))

    found = Proposer(new).propose(asked, start)

    assert are_whole(new, asked, [one.place for one in found])


@pytest.mark.parametrize("seed", range(30))
def test_proposals_for_generated_corrections_are_exact_and_whole(seed: int) -> None:
    made = correction(seed, 6, random.Random(seed).choices(sorted(EDITS), k=3), 20)
    asked = [describe(made.old, *whole(made.old, *span)) for span in made.spans]

    found = carry(made.old, made.new, asked)

    for one, answer in zip(asked, found, strict=True):
        assert are_whole(made.new, one, [each.place for each in answer.proposals])
