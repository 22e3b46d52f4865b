import random
from pathlib import Path

import pytest

from annotations.anchoring.carry import Carried, Outcome, Reason, carry
from annotations.anchoring.quotation import Quotation, describe, find

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
ARTICLE = """The mayor spoke on Tuesday about the budget of the city, which had grown again.

Team Alpha reported heavy losses in the northern hills on Monday, officials said.

The bridge over the river stays closed until the engineers have looked at it twice.

Team Beta reported heavy losses in the northern hills on Monday, officials said.

“He did not resign,” the spokesman told the paper, adding that talks went on.

The council will meet again next month to vote on the proposal by the minister."""
PARAGRAPHS = ARTICLE.split("\n\n")


def carried(new: str, words: str, old: str = ARTICLE) -> Carried:
    """What becomes of words that stand once in the old text."""
    return carry(old, new, [find(old, words)])[0]


def test_a_negation_taken_out_needs_placing() -> None:
    found = carried(ARTICLE.replace("did not resign", "did resign"), "did not resign")

    assert (found.outcome, found.place) == (Outcome.NEEDS_PLACING, None)
    assert found.reason is Reason.WORDING_CHANGED
    assert [one.place.exact for one in found.proposals] == ["did resign"]


def test_words_beside_the_negation_that_was_taken_out_need_placing() -> None:
    found = carried(ARTICLE.replace("did not resign", "did resign"), "resign")

    assert (found.outcome, found.reason) == (Outcome.NEEDS_PLACING, Reason.CONTEXT_GONE)


def test_an_edited_team_alpha_is_not_put_on_team_beta() -> None:
    new = ARTICLE.replace("Alpha reported heavy losses", "Alpha reported light losses")

    found = carried(new, "Team Alpha reported heavy losses")

    assert (found.outcome, found.reason) == (Outcome.NEEDS_PLACING, Reason.WORDING_CHANGED)
    assert found.proposals[0].place.exact == "Team Alpha reported light losses"


def test_team_beta_stays_placed_where_team_alpha_was_edited_at_a_distance() -> None:
    new = ARTICLE.replace("Alpha reported heavy losses", "Alpha reported light losses")

    found = carried(new, "Team Beta reported heavy losses")

    assert (found.outcome, found.place) == (
        Outcome.PLACED,
        find(new, "Team Beta reported heavy losses"),
    )


@pytest.mark.parametrize("words", ["Alpha", "Beta", "Team Alpha reported", "heavy losses in"])
def test_names_swapped_in_look_alike_sentences_need_placing(words: str) -> None:
    turned = {"Alpha": "Beta", "Beta": "Alpha"}
    new = " ".join(turned.get(word, word) for word in ARTICLE.split(" "))
    start = ARTICLE.index(words)

    (found,) = carry(ARTICLE, new, [describe(ARTICLE, start, start + len(words))])

    assert found.outcome is Outcome.NEEDS_PLACING


@pytest.mark.parametrize("words", ["Alpha", "Team Beta reported", "Team Alpha reported heavy"])
def test_look_alike_paragraphs_that_changed_places_need_placing(words: str) -> None:
    new = "\n\n".join(PARAGRAPHS[at] for at in (0, 3, 2, 1, 4, 5))

    assert carried(new, words).outcome is Outcome.NEEDS_PLACING


def test_a_quote_that_now_stands_twice_needs_placing_with_both_places() -> None:
    new = "\n\n".join([*PARAGRAPHS, PARAGRAPHS[4]])

    found = carried(new, "He did not resign")

    assert (found.outcome, found.reason) == (Outcome.NEEDS_PLACING, Reason.LOOK_ALIKES)
    assert sorted(one.place.start for one in found.proposals) == [
        new.index("He did"),
        new.rindex("He did"),
    ]


def test_a_quote_that_stood_twice_and_stands_once_needs_placing() -> None:
    old = "\n\n".join([*PARAGRAPHS, PARAGRAPHS[2]])
    start = old.rindex("closed until the")

    (found,) = carry(old, ARTICLE, [describe(old, start, start + 16)])

    assert (found.outcome, found.reason) == (Outcome.NEEDS_PLACING, Reason.LOOK_ALIKES)


def test_a_paragraph_moved_to_the_end_moves_its_quotes() -> None:
    new = "\n\n".join([*PARAGRAPHS[:2], *PARAGRAPHS[3:], PARAGRAPHS[2]])

    found = carried(new, "closed until the")

    assert (found.outcome, found.place) == (Outcome.MOVED, find(new, "closed until the"))


def test_what_the_moved_paragraph_went_past_stays_placed() -> None:
    new = "\n\n".join([*PARAGRAPHS[:2], *PARAGRAPHS[3:], PARAGRAPHS[2]])

    found = carried(new, "told the paper")

    assert (found.outcome, found.place) == (Outcome.PLACED, find(new, "told the paper"))


def test_words_at_the_edge_of_a_moved_paragraph_need_placing() -> None:
    moved = "\n\n".join([*PARAGRAPHS[:2], *PARAGRAPHS[3:], PARAGRAPHS[2]])

    found = carried(moved, "The bridge over")

    assert (found.outcome, found.reason) == (Outcome.NEEDS_PLACING, Reason.CONTEXT_GONE)
    assert found.proposals[0].place == find(moved, "The bridge over")


def test_one_changed_clause_of_khwarizmi_waits_and_the_rest_of_the_article_stays() -> None:
    old = (SEEDS / "000_a77fe9d7a1452a56.txt").read_text()
    clause = "use Pakistani soil to launch attacks against us"
    quote = find(old, "We have evidence that Daesh militants infiltrate", suffix=" Afghanistan")
    whole = describe(old, quote.start, old.index(clause) + len(clause))
    response = find(old, "stressed that such claims are baseless")
    new = old.replace(clause, "are said to use Pakistani soil")

    changed, same = carry(old, new, [whole, response])

    assert (changed.outcome, changed.reason) == (Outcome.NEEDS_PLACING, Reason.WORDING_CHANGED)
    assert changed.proposals[0].place.exact == (
        "We have evidence that Daesh militants infiltrate Afghanistan through Pakistan"
        " and are said to use Pakistani soil"
    )
    assert same == Carried(Outcome.PLACED, response)


def test_words_that_are_nowhere_are_gone() -> None:
    new = "\n\n".join(PARAGRAPHS[:2])

    found = carried(new, "vote on the proposal")

    assert (found.reason, found.proposals) == (Reason.GONE, ())


def test_nothing_changed_leaves_even_doubled_words_in_place() -> None:
    old = "\n\n".join([*PARAGRAPHS, *PARAGRAPHS])
    asked = describe(old, 10, 20)

    assert carry(old, old, [asked]) == [Carried(Outcome.PLACED, asked)]


def test_the_first_words_move_below_a_line_put_above() -> None:
    found = carried("CORRECTED\n\n" + ARTICLE, "The mayor spoke")

    assert found.place == describe("CORRECTED\n\n" + ARTICLE, 11, 26)


def test_words_put_before_the_first_words_leave_them_to_a_person() -> None:
    found = carried("It is untrue that " + ARTICLE, "The mayor spoke")

    assert (found.outcome, found.reason) == (Outcome.NEEDS_PLACING, Reason.CONTEXT_GONE)


def test_offsets_are_code_points_after_astral_and_right_to_left_text() -> None:
    old = (
        ARTICLE
        + "\n\n😀 وزیر گفت که «نمی‌رویم» و گفتگو پس از یک شب دراز ادامه یافت. پایان خبر 👩🏽‍🚀 است."
    )

    found = carried("🇦🇫 " + old, "نمی‌رویم", old)

    assert found.place == find("🇦🇫 " + old, "نمی‌رویم")


def test_a_quotation_that_does_not_stand_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="“no” does not stand at 3 to 5"):
        carry(ARTICLE, ARTICLE, [Quotation(3, 5, "no", "", "")])


def test_no_time_leaves_all_to_a_person() -> None:
    asked = [find(ARTICLE, "did not resign"), find(ARTICLE, "next month")]

    found = carry(ARTICLE, ARTICLE + "!", asked, seconds=0)

    assert {one.reason for one in found} == {Reason.OUT_OF_TIME}


def test_no_quotations_give_none() -> None:
    assert carry(ARTICLE, "", []) == []


def test_an_emptied_text_keeps_nothing() -> None:
    assert carried("", "did not resign") == Carried(Outcome.NEEDS_PLACING, reason=Reason.GONE)


WITNESSES = (
    "Late on Friday Team Alpha of the northern province reported that {} people had died there. ",
    "Late on Friday Team Beta of the southern province reported that {} people had died there. ",
)
BETWEEN = "The road over the pass stayed closed for a third day, the police said. "


def reported(*numbers: str) -> str:
    """Two look-alike sentences with another between and one after."""
    first, second = (said.format(number) for said, number in zip(WITNESSES, numbers, strict=True))
    return first + BETWEEN + second + "Nobody else was hurt in the whole valley this winter."


def test_a_sentence_given_a_look_alike_s_number_is_left_to_a_person() -> None:
    old = reported("five", "nine")

    found = carried(reported("nine", "nine"), "Late on Friday Team Alpha", old)

    assert found.outcome == Outcome.NEEDS_PLACING


def test_a_sentence_given_a_number_of_nobody_else_s_keeps_its_other_words() -> None:
    old = reported("five", "nine")

    found = carried(reported("four", "nine"), "Late on Friday Team Alpha", old)

    assert found.outcome == Outcome.PLACED


def test_a_look_alike_s_beginning_put_before_a_sentence_leaves_all_of_it_to_a_person() -> None:
    said = "{}certain deals were sealed in the capital, the ministry said that day."
    old = f"{BETWEEN}\n\n{said.format('un')}\n\n{BETWEEN.lower()}\n\n{said.format('')} More came."
    new = old.replace("\n\ncertain", "\n\nuncertain")

    found = carried(new, "the ministry said that day. M", old)

    assert found.outcome == Outcome.NEEDS_PLACING


def test_a_look_alike_retyped_into_a_sentence_that_was_edited_is_not_it() -> None:
    first, second = (said.format("five") for said in WITNESSES)
    old = BETWEEN + first + ARTICLE + " " + second + BETWEEN.replace("third", "fourth")
    new = BETWEEN + first.replace("reported", "repotred") + ARTICLE + " " + first
    new += BETWEEN.replace("third", "fourth")

    found = carried(new, "the northern province reported", old)

    assert found.outcome == Outcome.NEEDS_PLACING


def test_words_that_reach_into_a_doubled_sentence_are_left_to_a_person() -> None:
    first, second = (said.format("five").strip() for said in WITNESSES)
    old = f"{ARTICLE}\n\n{first}\n\n{second}"

    found = carried(
        f"{ARTICLE}\n\n{first}\n\n{first}\n\n{second}", "had died there.\n\nLate on", old
    )

    assert found.outcome == Outcome.NEEDS_PLACING


@pytest.mark.parametrize("stop", ["", "。"])
def test_text_without_western_stops_waits_only_near_what_was_put_in(stop: str) -> None:
    chance = random.Random(5)
    letters = "แกงคจชซดตถทธนบปผพฟมยรลวสหอ"
    said = ["".join(chance.choices(letters, k=40)) + stop for _ in range(60)]
    old = "".join(said)
    new = "".join([*said[:30], "".join(chance.choices(letters, k=90)) + stop, *said[30:]])

    found = [carried(new, one, old).outcome for one in (*said[2:10], *said[50:58])]

    assert set(found) == {Outcome.PLACED}


def test_one_word_that_stands_in_thousands_of_lines_is_not_called_gone() -> None:
    line = "The council met on Monday and nothing was decided.\n"
    old = line * 2_000
    (found,) = carry(old, line * 1_000 + "!" + line * 1_000, [describe(old, 50, 70)])

    assert found.reason == Reason.LOOK_ALIKES


def test_a_highlight_over_a_whole_long_article_is_no_work_for_minutes() -> None:
    chance = random.Random(5)
    old = " ".join("".join(chance.choices("abcdefg", k=6)) for _ in range(60_000))
    new = old[:3_000] + "!" + old[3_000:]

    (found,) = carry(old, new, [describe(old, 7 * 20, 7 * 59_000 - 1)], seconds=4)

    assert found.reason == Reason.WORDING_CHANGED
    assert [one.place.end for one in found.proposals] == [7 * 59_000]


def test_ten_thousand_quotations_in_a_long_text_are_carried_in_time() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklm", k=chance.randint(2, 9))) for _ in range(3000)]
    old = "\n\n".join(" ".join(chance.choices(words, k=60)) for _ in range(2_500))
    starts = [chance.randrange(len(old) - 200) for _ in range(10_000)]

    found = carry(
        old, old[:500_000] + "!" + old[500_000:], [describe(old, at, at + 150) for at in starts]
    )

    assert sum(one.place is None for one in found) < 20
