"""What is kept of a form in the browser, and under which key."""

import json
from typing import Any

import pytest

from annotations.tests.scripts.node import call

NEW = "/articles/a1/statements/new/"
DAY = 24 * 60 * 60 * 1000


def words(start: int, end: int, exact: str = "We left") -> list[str]:
    return ["spans", json.dumps([{"role": "content", "start": start, "end": end, "exact": exact}])]


@pytest.mark.parametrize(
    ("path", "entries", "name"),
    [
        ("/statements/s1/edit/", [["gist", "x"]], "/statements/s1/edit/"),
        ("/statements/s1/edit/", [words(3, 9)], "/statements/s1/edit/"),
        (NEW, [words(3, 9)], f"{NEW} 3-9"),
        (NEW, [words(3, 9), ["link", "s2"]], f"{NEW} s2 3-9"),
        (NEW, [["spans", "[{"]], NEW),
        (NEW, [], NEW),
        ("/statements/s1/responses/new/", [["response", "s2"]], "/statements/s1/responses/new/ s2"),
        ("/statements/s1/restatements/new/", [["by", "s2"]], "/statements/s1/restatements/new/ s2"),
    ],
)
def test_a_form_is_known_by_where_it_goes_and_what_it_is_about(
    path: str, entries: list[list[str]], name: str
) -> None:
    assert call("drafts.js", "formName", [path, entries]) == [name]


def test_the_token_is_not_kept() -> None:
    entries = [["csrfmiddlewaretoken", "secret"], ["gist", "x"], ["parties", "a"], ["parties", "b"]]

    assert call("drafts.js", "entriesToKeep", [entries]) == [entries[1:]]


def test_rows_come_back_in_their_order_with_the_numbers_they_had() -> None:
    entries = [
        ["parts-TOTAL_FORMS", "4"],
        ["parts-2-part", "about"],
        ["parts-2-actor", "u2"],
        ["parts-10-part", "via"],
        ["parts-0-part", "speaker"],
        ["points-1-text", "One"],
    ]

    parts, points, none = call(
        "drafts.js", "rowsIn", [entries, "parts"], [entries, "points"], [[], "parts"]
    )

    assert [(row["index"], row["part"]) for row in parts] == [
        (0, "speaker"),
        (2, "about"),
        (10, "via"),
    ]
    assert points == [{"index": 1, "part": ""}]
    assert none == []


def kept(at: int, **more: Any) -> str:
    return json.dumps({"at": at, "address": "/x/", "entries": [], **more})


def test_nobody_is_shown_what_another_user_or_another_article_kept() -> None:
    own, older = (call("drafts.js", "draftKey", ["7", "a1", form])[0] for form in ("f", "g"))
    others = [
        call("drafts.js", "draftKey", given)[0] for given in (["77", "a1", "f"], ["7", "a12", "f"])
    ]
    broken, half = (call("drafts.js", "draftKey", ["7", "a1", form])[0] for form in ("x", "y"))
    stored = [
        [older, kept(1)],
        [own, kept(2)],
        *([key, kept(3)] for key in others),
        [broken, "{"],
        [half, '{"at": 4}'],
        ["newsroom-pane", kept(5)],
    ]

    [found] = call("drafts.js", "draftsOf", [stored, "7", "a1"])

    assert [draft["key"] for draft in found] == [own, older]
    mine = call("drafts.js", "isOf", *([key, "7"] for key in (own, *others)))
    assert mine == [True, False, True]


def test_what_is_a_month_old_or_broken_goes() -> None:
    now = 100 * DAY
    stored = [
        ["newsroom-draft|7|a|new", kept(now - 29 * DAY)],
        ["newsroom-draft|7|a|old", kept(now - 31 * DAY)],
        ["newsroom-draft|8|a|broken", "{"],
        ["newsroom-pane", "{"],
    ]

    assert call("drafts.js", "outdated", [stored, now]) == [
        ["newsroom-draft|7|a|old", "newsroom-draft|8|a|broken"]
    ]


def test_the_time_is_told_and_on_another_day_the_day_too() -> None:
    noon = 1_700_049_900_000  # 15 November 2023, 12:05 UTC

    today, later = call(
        "drafts.js", "clock", [noon, noon, "en-GB"], [noon, noon + 3 * DAY, "en-GB"]
    )

    assert today.endswith(":05")
    assert len(today) == len("12:05")
    assert later.endswith(today)
    assert "Nov" in later


def test_two_forms_say_the_same_whatever_their_statements_will_be_known_by() -> None:
    first, second = ([["gist", "x"], ["made_as", uid]] for uid in ("u1", "u2"))

    assert call("drafts.js", "sameFields", [first, second], [first, [["gist", "y"]]]) == [
        True,
        False,
    ]
