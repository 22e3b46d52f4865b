"""When and where something was said, as printed in the words around it."""

import re
from itertools import pairwise

from annotations.suggestions.cues import listed
from annotations.suggestions.sentences import words

_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_COUNT = "(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|a few)"
_UNIT = "(?:minute|hour|day|week|month|year)s?"
_SAID_ON = re.compile(
    rf"\b(?:(?:last |this |next )?{_DAY}(?: (?:morning|afternoon|evening|night))?"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: [0-9]{{4}})?"
    rf"|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?\b(?:, [0-9]{{4}})?"
    rf"|{_COUNT} {_UNIT} (?:ago|earlier)"
    r"|(?:earlier |later )?(?:yesterday|today|tonight|this (?:week|month|year|morning))"
    r"|last (?:week|month|year|night))\b"
)
_VENUES = (
    "press conference",
    "news conference",
    "press briefing",
    "press release",
    "briefing",
    "interview",
    "tweet",
    "op-ed",
    "phone call",
    "summit",
    "rally",
    "hearing",
)
# Everyday words: a venue only with these before them, a few words off ("in a statement").
_COMMON_VENUES = (
    "statement",
    "meeting",
    "speech",
    "address",
    "letter",
    "post",
    "broadcast",
    "sermon",
    "video",
    "message",
    "report",
    "session",
    "conference",
)
_AT = frozenset(["in", "at", "during", "on", "to", "through", "via", "by"])
_ONE = listed("a an the his her its their this joint")
_NEAR = 4  # words between the preposition and the venue


def find_said_on(masked: str) -> str:
    """The first date or day named, as printed; "" without one."""
    found = _SAID_ON.search(masked)
    return found.group() if found else ""


def find_venue(*sentences: str) -> str:
    """The venue that the first of these sentences with one names; "" without one."""
    return next(filter(None, map(_venue, sentences)), "")


def _venue(masked: str) -> str:
    run = [word.folded for word in words(masked)]
    joined = f" {' '.join(run)} "
    certain = next((venue for venue in _VENUES if f" {venue} " in joined), "")
    if certain:
        return certain
    at_one = (
        word
        for at, word in enumerate(run)
        if word in _COMMON_VENUES and _stands_at(run[max(0, at - _NEAR) : at])
    )
    return next(at_one, "")


def _stands_at(before: list[str]) -> bool:
    pairs = pairwise(before)
    return any(first in _AT and second in _ONE for first, second in pairs)
