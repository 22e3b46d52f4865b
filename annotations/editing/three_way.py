"""Two changes of one thing are put together: each field from whoever changed it. Pure functions."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Whose value of a field it is."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Merge:
    """From which side each field is taken, in the fields' order; `both` are those that a person decides."""

    taken: dict[str, Side]
    both: tuple[str, ...]

    def of(self, side: Side) -> tuple[str, ...]:
        """The fields taken from this side."""
        return tuple(key for key, taken in self.taken.items() if taken == side)


def three_way(
    base: Mapping[str, Hashable] | None,
    theirs: Mapping[str, Hashable],
    mine: Mapping[str, Hashable],
) -> Merge:
    """Compare both with what either began from, field by field; the three have the same fields.

    A field that only they changed is theirs; one that only I changed, or nobody, or both alike, is
    mine. One that both changed differently stays mine until a person decides. Without a base nobody
    knows who changed what, and every difference is for a person.
    """
    taken = dict.fromkeys(mine, Side.MINE)
    both = []
    for key in mine:
        if mine[key] == theirs[key] or (base is not None and theirs[key] == base[key]):
            continue
        if base is not None and mine[key] == base[key]:
            taken[key] = Side.THEIRS
        else:
            both.append(key)
    return Merge(taken, tuple(both))
