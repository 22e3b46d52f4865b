"""Which way a text reads that is printed from the right but begins with a Latin name or a number.

Browsers go by a paragraph's first letter (Unicode Bidirectional Algorithm, P2 and P3), which says
nothing there. Where the language reads from right to left, most of the letters decide.
"""

from collections.abc import Iterator
from typing import Literal

import regex

_LANGUAGES = """ar ara arc azb bal ckb dv fa fas glk haz he heb iw khw ks lrc mzn nqo per pes pnb prs ps
    pus sd skr syr ug ur urd yi"""
_SCRIPTS = "adlm arab hebr mand nkoo rohg samr syrc thaa yezi"
_LETTER = regex.compile(r"[\p{bc=L}\p{bc=R}\p{bc=AL}]")
_LEFT = regex.compile(r"\p{bc=L}")
_RIGHT = regex.compile(r"[\p{bc=R}\p{bc=AL}]")
_ISOLATED = regex.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_ENOUGH = 20_000  # code points by which a text's direction is told


def reads_from_right(language: str) -> bool:
    """Whether a language (a BCP 47 tag) is written from right to left."""
    first, *more = language.lower().split("-")
    script = next((part for part in more if len(part) == 4 and part.isalpha()), "")
    return script in _SCRIPTS.split() if script else first in _LANGUAGES.split()


def direction(text: str, language: str) -> Literal["rtl", "auto"]:
    """The direction to say of the text: "rtl" where its language and most letters of its beginning read so."""
    if not reads_from_right(language):
        return "auto"
    return "rtl" if _is_mostly_right(text[:_ENOUGH]) else "auto"


def turned(text: str, language: str) -> Iterator[tuple[int, int]]:
    """[start, end) of the paragraphs that would be laid out from the left, though most of them reads from the right."""
    if not reads_from_right(language):
        return
    start = 0
    for line in text.split("\n"):
        first = _LETTER.search(_ISOLATED.sub("", line) if "\u2069" in line else line)
        if first and _LEFT.match(first.group()) and _is_mostly_right(line):
            yield start, start + len(line)
        start += len(line) + 1


def _is_mostly_right(text: str) -> bool:
    return len(_RIGHT.findall(text)) > len(_LEFT.findall(text))
