"""A cell of an edited statements.csv against the one that would be written now: the same, damaged, or changed.

What spreadsheets do to a file without being asked: they show dates in their own way, write FALSE for
false, CRLF for a line break in a cell, and where they save in an encoding of their machine, a question
mark for each letter that it lacks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

LONGEST_IN_EXCEL = 32_767  # characters of a cell; the rest is cut off
_DAY = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?: 00:00(?::00)?)?")
_MONTHS = ("%b-%y", "%b %Y", "%B %Y", "%b-%Y", "%B-%y", "%d-%b-%y", "%d-%b-%Y", "%d %b %Y")
_LETTER = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Read:
    """The cell's value, line breaks as LF, a date as it stood; what was mended, what is wrong."""

    value: str
    mended: str = ""
    wrong: str = ""


def read_cell(name: str, raw: str, unguarded: str, now: str, *, is_day: bool) -> Read:
    """The cell of a column, `raw` as the file has it; `now` is what stands here."""
    if _lines(raw) == now:
        return Read(now)
    value = _lines(unguarded)
    if value == now or (value.casefold() == now.casefold() and now in ("true", "false")):
        return Read(now)
    if is_day and (mended := _reformatted(value, now)):
        said = _("%(name)s was shown in another way by the spreadsheet: read as %(day)s.")
        return Read(now, mended=said % {"name": name, "day": mended})
    if _lost_letters(value, now):
        said = _("%(name)s lost its letters when the file was saved: save it as CSV UTF-8.")
        return Read(value, wrong=said % {"name": name})
    if len(value) == LONGEST_IN_EXCEL and now.startswith(value):
        said = _("%(name)s was cut off by the spreadsheet.")
        return Read(now, mended=said % {"name": name})
    return Read(value)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lost_letters(value: str, now: str) -> bool:
    """Whether the value is the stored one with question marks for letters."""
    if "?" not in value or len(value) != len(now) or not _LETTER.search(now):
        return False
    pairs = [(old, new) for old, new in zip(now, value, strict=True) if old != new]
    return bool(pairs) and all(new == "?" and _LETTER.match(old) for old, new in pairs)


def _reformatted(value: str, now: str) -> str:
    """The stored date, where the value may be it in a spreadsheet's way of showing dates; else “”."""
    return now if now and any(each.startswith(now) for each in _days(value)) else ""


def _days(value: str) -> Iterator[str]:
    """Every day that the value may mean: day and month stand in either order, a year may have two digits."""
    found = _DAY.fullmatch(value.strip())
    if found:
        one, two, three = (int(part) for part in found.groups())
        for year, month, day in ((three, two, one), (three, one, two), (one, two, three)):
            for full in (year, 2000 + year, 1900 + year):
                yield from _day(full, month, day)
    for shape in _MONTHS:
        try:
            yield datetime.strptime(value.strip(), shape).date().isoformat()  # noqa: DTZ007  a day
        except ValueError:
            continue


def _day(year: int, month: int, day: int) -> Iterator[str]:
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        return
