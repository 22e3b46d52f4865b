"""From places counted in UTF-16 code units, as Java and JavaScript count, to places in code points."""

import re
from bisect import bisect_left
from dataclasses import dataclass

_PAIRS = re.compile("[\U00010000-\U0010ffff]")


class InsideCharacter(ValueError):
    """The place lies between the two units of one character."""


@dataclass(frozen=True)
class Units:
    """The characters of a text that take two units, by the unit that each begins at."""

    pairs: tuple[int, ...]
    length: int  # of the text, in units

    @classmethod
    def of(cls, text: str) -> "Units":
        found = [each.start() for each in _PAIRS.finditer(text)]
        return cls(tuple(at + number for number, at in enumerate(found)), len(text) + len(found))

    def point(self, unit: int) -> int:
        """The place in code points; ValueError outside of the text, InsideCharacter within a pair."""
        if not 0 <= unit <= self.length:
            raise ValueError(f"{unit} is not a place in a text of {self.length} units")
        before = bisect_left(self.pairs, unit)
        if before and self.pairs[before - 1] == unit - 1:
            raise InsideCharacter(f"{unit} lies inside a character")
        return unit - before
