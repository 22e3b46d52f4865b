"""Where two ways to cut one text into pieces differ."""

import random
from typing import Any

from annotations.tests.scripts.node import call


def pieces(*words: str) -> list[dict[str, Any]]:
    """“[left]” is a highlight, anything else plain text."""
    return [{"length": len(word.strip("[]")), "key": word} for word in words]


def test_only_what_differs_is_replaced_and_each_run_is_as_short_as_the_cuts_allow() -> None:
    cases: dict[str, tuple[Any, Any, Any]] = {
        "nothing": ([("We ", "[left]", ".")], [("We ", "[left]", ".")], []),
        "one came": ([("We left.",)], [("We ", "[left]", ".")], [[0, 1, 0, 3]]),
        "one went": ([("We ", "[left]", ".")], [("We left.",)], [[0, 3, 0, 1]]),
        "two far apart": (
            [("We left. ", "[Who?]", " They did.")],
            [("We ", "[left]", ". ", "[Who?]", " They ", "[did]", ".")],
            [[0, 1, 0, 3], [2, 3, 4, 7]],
        ),
        "another kind": ([("We ", "[left]")], [("We ", "left")], [[1, 2, 1, 2]]),
        "across a cut": ([("We ", "[left]", ".")], [("We le", "[ft]", ".")], [[0, 2, 0, 2]]),
        "at the ends": ([("We left.",)], [("[We left.]",)], [[0, 1, 0, 1]]),
        "another text": ([("We left.",)], [("We left",)], None),
        "none": ([()], [()], []),
    }
    calls = [[pieces(*old[0]), pieces(*fresh[0])] for old, fresh, _ in cases.values()]

    answers = call("patch.js", "runs", *calls)

    assert dict(zip(cases, answers, strict=True)) == {name: case[2] for name, case in cases.items()}


def test_replacing_the_runs_always_gives_the_fresh_pieces() -> None:
    choices = random.Random(4)
    calls = [[cut(choices), cut(choices)] for _ in range(300)]

    answers = call("patch.js", "runs", *calls)

    for (old, fresh), runs in zip(calls, answers, strict=True):
        made = list(old)
        for start, end, fresh_start, fresh_end in reversed(runs):
            made[start:end] = fresh[fresh_start:fresh_end]
        assert made == fresh


def cut(choices: random.Random) -> list[dict[str, Any]]:
    ends = sorted({*choices.sample(range(1, 40), choices.randrange(8)), 40})
    starts = [0, *ends]
    return [
        {"length": end - start, "key": f"{choices.choice('tm')}{start}-{end}"}
        for start, end in zip(starts, ends, strict=False)
    ]


def test_who_looks_elsewhere_asks_seldom_and_after_failures_ever_less() -> None:
    states = [
        {"isVisible": True, "failures": 0},
        {"isVisible": False, "failures": 0},
        {"isVisible": True, "failures": 1},
        {"isVisible": True, "failures": 3},
        {"isVisible": True, "failures": 40},
    ]

    pauses = call("patch.js", "pause", *([state] for state in states))

    assert pauses == [3000, 30_000, 6000, 24_000, 60_000]
