"""What two texts share, and where it goes on with no more than edits between."""

from annotations.anchoring.clock import Clock
from annotations.anchoring.runs import Place, is_borrowed, runs_of
from annotations.anchoring.stretches import Stretch, Texts, shared

A = "The mayor of the river town spoke to the council on Monday."
B = "Farmers along the valley asked for water before the harvest ends."
C = "A court in the capital heard nine witnesses behind closed doors."


def found(old: str, new: str) -> tuple[Texts, list[Stretch]]:
    texts = Texts(old, new)
    return texts, shared(texts, [], Clock(10)).stretches


def test_unchanged_text_is_one_stretch() -> None:
    old = f"{A}\n\n{B}"

    assert found(old, old)[1] == [Stretch(0, len(old), 0)]


def test_an_edit_parts_two_stretches_of_one_run() -> None:
    old, new = f"{B} {A} {C}", f"{B} {A.replace('spoke', 'talked')} {C}"
    edit = old.index("spoke")

    texts, shared = found(old, new)
    (run,) = runs_of(texts, shared)

    assert shared == [Stretch(0, edit, 0), Stretch(edit + 5, len(old), 1)]
    assert run.stretches == tuple(shared)
    assert (run.is_cut_before, run.is_cut_after) == (False, False)
    assert run.place == Place(0, len(old), 0, len(new))


def test_what_changed_places_is_cut_off_at_both_ends() -> None:
    texts, shared = found(f"{A}\n\n{B}\n\n{C}", f"{B}\n\n{A}\n\n{C}")

    runs = runs_of(texts, shared)

    assert [(run.is_cut_before, run.is_cut_after) for run in runs] == [
        (True, True),
        (True, True),
        (True, False),
    ]
    assert [texts.old[run.place.start : run.place.end].strip() for run in runs] == [
        A,
        B,
        ".\n\n" + C,
    ]


def test_much_that_was_put_in_is_a_cut() -> None:
    texts, shared = found(f"{A} {B}", f"{A} {C} {C} {B}")

    first, second = runs_of(texts, shared)

    assert (first.is_cut_after, second.is_cut_before) == (True, True)


def test_an_edit_into_a_look_alike_s_words_is_borrowed() -> None:
    said = "Late on Friday Team {} reported {} people dead in the valley. "
    old = said.format("Alpha", "five") + A + said.format("Beta", "nine") + B

    for number, borrowed in (("nine", True), ("four", False)):
        texts, shared = found(old, old.replace("five", number))
        assert is_borrowed(texts, shared[0], shared[1]) is borrowed
