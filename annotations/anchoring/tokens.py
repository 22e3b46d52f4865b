"""A text cut into words, blanks and signs that join to the text again."""

import re

# Marks and joiners belong to the word they stand in (NFD, vowel signs, می‌رویم); Python's \w leaves
# them out. On a sign or a blank they are that sign's. Han and kana are taken sign by sign: nothing parts their words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_SINGLE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    rf"[{_SINGLE}]|(?:(?![{_SINGLE}])\w|[{_MARKS}]|(?<=\w)['’](?=\w))+|.[{_MARKS}]*", re.DOTALL
)

_LONGEST = 64  # code points looked at on either side of an offset for the word around it


def tokens(text: str) -> list[str]:
    """Words, single blanks and single signs, in order: joined they are the text."""
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether it has a letter or a digit."""
    return token.isalnum() or any(char.isalnum() for char in token)


def first_word(text: str) -> str:
    """The first word, or an empty string."""
    return next((found[0] for found in _TOKEN.finditer(text) if is_word(found[0])), "")


def last_word(text: str) -> str:
    """The last word, or an empty string; of more than 64 letters without a blank, their end."""
    reach = _LONGEST
    while True:
        start = max(0, len(text) - reach)
        found = next((token for token in reversed(tokens(text[start:])) if is_word(token)), "")
        if found or start == 0:
            return found
        reach *= 8


def word_cut(text: str, at: int) -> tuple[int, int] | None:
    """The word, as [start, end), that a cut before code point `at` parts; None where it parts none.

    None too where letters go on for more than 64 code points: in a script without blanks (Thai) no
    word can be told, and nobody reads the whole of an address.
    """
    if not 0 < at < len(text) or text[at - 1].isspace() or text[at].isspace():
        return None
    first, last = max(0, at - _LONGEST), min(len(text), at + _LONGEST)
    blank = max(text.rfind(" ", first, at), text.rfind("\n", first, at))
    from_start = first == 0 or blank >= 0
    for found in _TOKEN.finditer(text, max(first, blank + 1), last):
        start, end = found.span()
        if start < at < end:
            is_whole = (start > first or from_start) and (end < last or last == len(text))
            return (start, end) if is_whole else None
    return None
