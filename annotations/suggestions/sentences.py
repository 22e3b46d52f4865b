"""Words and sentence boundaries of a short text whose quotations are masked."""

import re
from dataclasses import dataclass

from annotations.suggestions.cues import listed
from annotations.suggestions.marks import MARKS, Quote

RANKS = listed(
    """gen lt col maj sgt capt cpl cmdr adm brig mr mrs ms dr prof rev hon sen rep gov pres sir
    dame lord lady"""
)
ABBREVIATIONS = RANKS | listed(
    """st jr sr no vs etc inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec"""
)
_WORD = re.compile(r"[^\W_]+(?:[’'‑-][^\W_]+)*")
_STOP = re.compile(r"[.!?…][)\]]*\s+")


@dataclass(frozen=True)
class Word:
    """A word and where it stands; `folded` is casefolded with straight apostrophes."""

    start: int
    end: int
    exact: str

    @property
    def folded(self) -> str:
        return self.exact.casefold().replace("’", "'")


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets; hyphens and inner apostrophes hold a word together."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(match.start(), match.end(), match.group()) for match in found]


def boundaries(text: str, masked: str, quotes: list[Quote]) -> list[int]:
    """Where sentences start, in order; a stop inside a quotation ends none, at its end it may."""
    stops = [match.end() for match in _STOP.finditer(masked) if _ends(masked, match.start())]
    stops += [quote.end for quote in quotes if _quote_ends(text, quote)]
    starts = (_skip_space(masked, stop) for stop in stops)
    lines = (at + 1 for at, char in enumerate(masked) if char == "\n")
    return sorted({0, *lines, *(at for at in starts if _begins(masked, at))})


def _ends(masked: str, stop: int) -> bool:
    if masked[stop] != ".":
        return True
    start = stop
    while start > 0 and masked[start - 1].isalpha() and stop - start < 6:
        start -= 1
    word = masked[start:stop]
    return not (word.casefold() in ABBREVIATIONS or (len(word) == 1 and word.isupper()))


def _quote_ends(text: str, quote: Quote) -> bool:
    inside = text[max(quote.start + 1, quote.end - 4) : quote.end].rstrip("”\"’'» ")
    return inside.endswith(".") or (inside.endswith(("!", "?", "…")) and _no_speaker(text, quote))


def _no_speaker(text: str, quote: Quote) -> bool:
    """“Why?” Smith asked: a few words and a comma-less stop belong to the question."""
    rest = text[quote.end : quote.end + 60]
    stop = rest.find(".")
    return len(rest[: stop if stop >= 0 else None].split()) > 5


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _begins(masked: str, at: int) -> bool:
    char = masked[at : at + 1]
    return bool(char) and not char.islower() and (char.isalnum() or char in MARKS or char in "([")
