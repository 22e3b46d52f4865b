"""What one value looks like in a cell; the same for both files, whatever the database."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

Value = str | int | bool | date | datetime | UUID | None
Cell = Value | tuple[Value, ...]

SEPARATOR = " | "

# OWASP ASVS 5.0, 1.2.10, and the full-width signs that Excel reads as their narrow ones. Leading
# apostrophes count too: only then does taking one off always give the value back.
_RUNS_AS_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")


class Profile(StrEnum):
    """For whom the cells are: a spreadsheet, which must not run them, or a program."""

    SPREADSHEET = "spreadsheet"
    RAW = "raw"


def text_of(cell: Cell) -> str:
    """The bare text of a cell: empty for a missing value, and where all of several are missing.

    Several are joined by " | "; in each of them a bar is written \\| and a backslash \\\\, so that
    splitting is exact.
    """
    if not isinstance(cell, tuple):
        return _text_of_one(cell)
    texts = [_text_of_one(value) for value in cell]
    return SEPARATOR.join(map(_escaped, texts)) if any(texts) else ""


def guarded(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would run it as a formula."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _RUNS_AS_FORMULA.match(text) else text


def split(text: str) -> tuple[str, ...]:
    """The values of a bare joined cell; none in an empty one."""
    if not text:
        return ()
    return tuple(re.sub(r"\\([\\|])", r"\1", value) for value in text.split(SEPARATOR))


FORMATS: dict[Profile, Callable[[Cell], str]] = {
    Profile.SPREADSHEET: lambda cell: guarded(text_of(cell)),
    Profile.RAW: text_of,
}


def _text_of_one(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
