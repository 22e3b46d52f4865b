"""Where a text may be cut without cutting a character in two, as readers count characters.

What readers see as one character may be several code points: a letter with its marks, a flag, an emoji
with its skin, a syllable. Unicode calls it an extended grapheme cluster (UAX 29, section 3.1).
"""

import regex

_CLUSTER = regex.compile(r"\X")
_NO_FLAG = regex.compile(r"(?r)\P{Regional_Indicator}")  # the last one, searching backwards
REACH = 1_000  # code points looked at on one side


def cuts_cluster(text: str, at: int) -> bool:
    """Whether a cut before code point `at` parts what readers see as one character."""
    if not 0 < at < len(text):
        return False
    if text[at] != "\n" and text[at - 1].isascii() and text[at].isascii():
        return False  # of ASCII only a line break may belong to what is before it
    opens = _opening(text, at)
    *_, last = _CLUSTER.findall(text[opens : at + 1])
    return len(last) > 1


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) widened, where an end of it cuts a character, to the whole of that character."""
    while cuts_cluster(text, start):
        start -= 1
    while cuts_cluster(text, end):
        end += 1
    return start, end


def _opening(text: str, at: int) -> int:
    """Where to begin to read so that the clusters around `at` come out as they would from the text's start.

    An ASCII character is never the inside of an emoji, a pair of flags or a conjunct: from there on,
    what came before doesn't matter. Texts have one every few words; the others are read from `REACH`
    back, or from where a row of flags begins that stands there: flags are paired off from its beginning.
    """
    nearest = max(0, at - REACH)
    for place in range(at - 1, nearest, -1):
        if text[place].isascii():
            return place
    before = _NO_FLAG.search(text, 0, nearest + 1)
    return before.start() if before else 0
