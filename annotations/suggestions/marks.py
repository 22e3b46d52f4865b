"""Quotations by their marks: “ ” " ‘ ’ ' « ». A single mark used as an apostrophe is not one."""

from bisect import bisect_left
from dataclasses import dataclass

CLOSING = {"“": "”", '"': '"', "«": "»", "‘": "’", "'": "'"}
MARKS = frozenset(CLOSING) | frozenset(CLOSING.values())
SINGLE = frozenset("‘’'")
_OPENING_SINGLE = {"’": "‘", "'": "'"}
_BEFORE_CLOSING = tuple(".,!?…%)”")  # a straight mark after these closes
_MASK = "\0"


@dataclass(frozen=True)
class Quote:
    """One quotation with its marks, half-open; the marks are inside."""

    start: int
    end: int


def quotations(text: str, begins_inside: bool = False) -> list[Quote]:
    """Outermost quotations in order. `begins_inside`: the text was cut, a ” may close what is lost.

    A double mark never closed runs to the end of its paragraph, as newspapers print a
    quotation of several paragraphs; a single mark needs its pair.
    """
    closers = {mark: _single_closers(text, mark) for mark in "’'"}
    found: list[Quote] = []
    at = 0
    while at < len(text):
        mark = text[at]
        if mark in "”»" and begins_inside and not found:
            found.append(Quote(0, at + 1))
        end = _end(text, at, closers) if mark in CLOSING and _opens(text, at) else 0
        if end:
            found.append(Quote(at, end))
        at = end or at + 1
    return found


def mask(text: str, quotes: list[Quote]) -> str:
    """The text, as long as before, with the inside of each quotation blotted out."""
    parts, at = [], 0
    for quote in quotes:
        parts += [text[at : quote.start + 1], _MASK * (quote.end - quote.start - 2)]
        at = max(quote.end - 1, quote.start + 1)
    return "".join([*parts, text[at:]])


def _opens(text: str, at: int) -> bool:
    if text[at] in "“«":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(after.strip()) and not before.isalnum() and before not in _BEFORE_CLOSING


def _end(text: str, at: int, closers: dict[str, list[int]]) -> int:
    """Where the quotation that opens here ends; 0 when the mark is an apostrophe."""
    mark = text[at]
    if mark in SINGLE:
        return _single_end(text, at, closers[CLOSING[mark]])
    paragraph = text.find("\n", at)
    paragraph = len(text) if paragraph < 0 else paragraph
    close = text.find(CLOSING[mark], at + 1, paragraph)
    return paragraph if close < 0 else close + 1


def _single_closers(text: str, mark: str) -> list[int]:
    return [
        at
        for at, char in enumerate(text)
        if char == mark
        and at
        and not text[at - 1].isspace()
        and not text[at + 1 : at + 2].isalnum()
    ]


def _single_end(text: str, at: int, closers: list[int]) -> int:
    following = closers[bisect_left(closers, at + 2) :][:2]
    if not following or "\n" in text[at : following[0]]:
        return 0
    first, last = following[0], following[-1]
    # “the soldiers’ homes’”: after an s and before a small letter, the next mark closes.
    possessive = text[first - 1] in "sS" and text[first + 1 : first + 3].strip().islower()
    between = text[first + 1 : last]
    if possessive and "\n" not in between and _OPENING_SINGLE[text[first]] not in between:
        return last + 1
    return first + 1
