"""Two changes of one thing are put together field by field."""

from collections.abc import Hashable

import pytest

from annotations.editing.three_way import Merge, Side, three_way

BASE: dict[str, Hashable] = {"gist": "a", "act": "denial", "spans": frozenset({1, 2})}
MINE, THEIRS = Side.MINE, Side.THEIRS


@pytest.mark.parametrize(
    ("theirs", "mine", "taken_from_them", "both"),
    [
        ({}, {}, (), ()),
        ({"gist": "b"}, {}, ("gist",), ()),
        ({}, {"gist": "b"}, (), ()),
        ({"gist": "b"}, {"act": "opinion"}, ("gist",), ()),
        ({"gist": "b"}, {"gist": "b"}, (), ()),
        ({"gist": "b"}, {"gist": "c"}, (), ("gist",)),
        ({"gist": ""}, {"gist": "c"}, (), ("gist",)),
        ({"spans": frozenset({2, 1})}, {"spans": frozenset({1})}, (), ()),
        ({"spans": frozenset({1})}, {"act": "opinion"}, ("spans",), ()),
        (
            {"spans": frozenset({1}), "act": "opinion", "gist": "b"},
            {"spans": frozenset({2}), "gist": "c"},
            ("act",),
            ("gist", "spans"),
        ),
    ],
)
def test_each_field_comes_from_whoever_changed_it(
    theirs: dict[str, Hashable],
    mine: dict[str, Hashable],
    taken_from_them: tuple[str, ...],
    both: tuple[str, ...],
) -> None:
    merge = three_way(BASE, BASE | theirs, BASE | mine)

    assert merge.of(THEIRS) == taken_from_them
    assert merge.both == both
    assert set(merge.taken) == set(BASE)


def test_without_a_base_every_difference_is_for_a_person() -> None:
    merge = three_way(None, BASE | {"gist": "b"}, BASE)

    assert merge == Merge(dict.fromkeys(BASE, MINE), ("gist",))
