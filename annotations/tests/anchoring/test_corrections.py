"""No highlight on other words than chosen: generated corrections, judged by their own map."""

import os
import random
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from annotations.anchoring import context
from annotations.anchoring.carry import carry
from annotations.anchoring.quotation import CONTEXT, describe
from annotations.tests.anchoring.corrections import EDITS, Correction, correction

CORRECTIONS = st.builds(
    correction,
    st.integers(0, 2**32),
    st.integers(1, 14),
    st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=8),
    st.integers(1, 50),
)


class Judgement:
    """What became of the spans of many corrections."""

    def __init__(self) -> None:
        self.figures: Counter[str] = Counter()

    def judge(self, made: Correction) -> None:
        """Count what was carried; AssertionError where it stands on other code points than chosen."""
        assume(made.old != made.new)
        asked = [describe(made.old, start, end) for start, end in made.spans]
        whole = _whole(made)
        self.figures["corrections"] += 1
        for (start, end), carried in zip(made.spans, carry(made.old, made.new, asked), strict=True):
            place = carried.place
            self.figures[carried.outcome.value] += 1
            if whole(start, end):
                self.figures["kept"] += 1
                self.figures["kept and carried"] += place is not None
            if place is None:
                continue
            assert made.new[place.start : place.end] == place.exact
            assert _is_unique(made, start, end)
            assert _unbroken(made.new, made.origins, place.start, place.end) == (
                _unbroken(made.old, range(len(made.old)), start, end)
            )

    @property
    def recall(self) -> float:
        """Of the spans kept with unique surroundings, the share carried without a person."""
        return self.figures["kept and carried"] / max(1, self.figures["kept"])


def _unbroken(text: str, origins: Sequence[int | None], start: int, end: int) -> list[int | None]:
    """Where the code points came from; blanks have no history: who moves words takes them or leaves them."""
    return [origins[at] for at in range(start, end) if not text[at].isspace()]


def _is_unique(made: Correction, start: int, end: int) -> bool:
    """Whether the words in their context, or their lines, stand once in both texts."""
    first, last = max(0, start - CONTEXT), min(len(made.old), end + CONTEXT)
    line_start = made.old.rfind("\n", 0, start + 1) + 1
    lines = [
        line
        for line in made.old[line_start : made.old.find("\n", end - 1) % (len(made.old) + 1)].split(
            "\n"
        )
        if line
    ]
    return all(
        _once(text, made.old[first:last])
        or all(text.split("\n").count(line) == 1 for line in lines)
        for text in (made.old, made.new)
    )


def _whole(made: Correction) -> Callable[[int, int], bool]:
    """Says of a span whether it and 32 code points on both sides survive, and stand once in both texts.

    What was doubled, and one of the two edited then, stands twice by the map.
    """
    places: dict[int, list[int]] = {}
    for at, origin in enumerate(made.origins):
        places.setdefault(-1 if origin is None else origin, []).append(at)

    def whole(start: int, end: int) -> bool:
        first, last = max(0, start - CONTEXT), min(len(made.old), end + CONTEXT)
        image = tuple(range(first, last))
        found = [at for at in places.get(first, ()) if made.origins[at : at + len(image)] == image]
        if len(found) != 1 or any(len(places[at]) > 1 for at in image):
            return False
        if (first == 0) != (found[0] == 0):
            return False
        if (last == len(made.old)) != (found[0] + len(image) == len(made.new)):
            return False
        return all(_once(text, made.old[first:last]) for text in (made.old, made.new))

    return whole


def _once(text: str, words: str) -> bool:
    return text.find(words) == text.rfind(words) >= 0


def _run(judgement: Judgement, examples: int, of: int, phases: tuple[Phase, ...]) -> None:
    many = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    seed(of)(many(given(CORRECTIONS)(judgement.judge)))()


def test_no_highlight_lands_on_other_words() -> None:
    judgement = Judgement()

    _run(judgement, 300, 3, (Phase.generate,))

    assert judgement.recall >= 0.98


def test_the_judge_sees_a_highlight_that_slides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_CONTEXT_IS_CHECKED", False)

    with pytest.raises(AssertionError):
        _run(Judgement(), 300, 3, (Phase.generate,))


@pytest.mark.long
def test_no_highlight_of_ten_thousand_corrections_lands_on_other_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    of = int(os.environ.get("CORRECTIONS_SEED") or random.SystemRandom().randrange(2**32))
    judgement = Judgement()
    with capsys.disabled():
        print(f"\nCORRECTIONS_SEED={of}", flush=True)

    _run(judgement, 10_000, of, (Phase.generate,))

    with capsys.disabled():
        print(dict(judgement.figures), f"recall {judgement.recall:.4f}")
    assert judgement.figures["corrections"] >= 10_000
    assert judgement.recall >= 0.99
