"""What the checks find, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = Any
Findings = Iterator["Finding"]


@dataclass(frozen=True)
class Finding:
    """One fault: the file and the path in it, the rule that is broken, and what stands there."""

    where: str
    rule: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.words}"


def shown(value: Json) -> str:
    """The value as a message has it, not too long."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def listed(value: Json) -> list[Any]:
    """The value of a property that may be there once or several times, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
