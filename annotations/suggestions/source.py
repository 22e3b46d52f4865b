"""Who speaks: the words of a sentence that a cue belongs to."""

import re

from annotations.suggestions import cues
from annotations.suggestions.names import ARTICLES, PRONOUNS, is_role
from annotations.suggestions.sentences import Word, words
from annotations.suggestions.speech import Cue

Span = tuple[int, int]

_SEPARATOR = re.compile(r"[,;:]|[ \n][–—-][ \n]|[”\"»]")
_INTRODUCES = cues.listed(
    """in on at during after before following while when as since despite amid although though if
    because under with by for from speaking citing responding according meanwhile however
    nevertheless nonetheless simultaneously moreover furthermore additionally separately earlier
    later yesterday today also but and so yet still then besides instead finally last"""
)
_CLAUSE = cues.listed("that when because while after before where which if as since although")
_NAME_STOPS = cues.listed(
    """during on at after before as while when that who which to by via through adding and but told
    into about against over yesterday today"""
)
_PAST = cues.listed(
    """has have had is are was were will would can could told met spoke left made took gave went
    held came got began saw found sent put set led"""
)


_LONG = 16  # words; no title is as long


def find_source(masked: str, cue: Cue, found: list[Cue], start: int, end: int) -> Span:
    """Where the source of a cue stands, half-open; (0, 0) when the sentence has none.

    `start` and `end` bound the words before and after the cue that may hold it: the sentence
    without the content.
    """
    if cue.source_follows:
        return _after(masked, cue.end, end)
    lead = words(masked, start, cue.start)
    while lead and lead[-1].folded in cues.ADVERBS:
        lead.pop()
    if not lead:
        return _after(masked, cue.end, end)
    last = lead[-1]
    if last.folded in PRONOUNS - {"who"}:
        return last.start, last.end
    if last.folded in {"and", "or", "but", "who"} or cue.is_participle:
        return _subject(masked, cue, found, start)
    return _before(masked, start, last.end, cue.start)


def _subject(masked: str, cue: Cue, found: list[Cue], start: int) -> Span:
    """The subject of an earlier cue, else of the sentence: “He said … and called for”."""
    earlier = [c for c in found if start <= c.start < cue.start and not c.source_follows]
    for other in earlier:
        if not other.is_participle:
            return find_source(masked, other, [], start, cue.start)
    parts = _parts(masked, start, cue.start)
    while len(parts) > 1 and _is_introduction(masked, *parts[0]):
        parts = parts[1:]
    if not parts:
        return 0, 0
    first = _trim(masked, *parts[0])
    noun = _cut(masked, *first, _PAST | _NAME_STOPS)
    if noun == first and len(parts) > 1 and _describes(masked, noun, parts[1]):
        return noun[0], _with_comma(masked, parts[1][1], cue.start)
    return noun


def _before(masked: str, start: int, last: int, cue: int) -> Span:
    parts = _parts(masked, start, last)
    if not parts:
        return 0, 0
    closed = "," in masked[last:cue]
    while closed and len(parts) > 1 and _is_relative(masked, parts[-1]):
        parts = parts[:-1]
    final = _trim(masked, *parts[-1])
    if closed and len(parts) > 1:
        head = _trim(masked, *parts[-2])
        if not _is_introduction(masked, *parts[-2]) and _describes(masked, head, final):
            return head[0], _with_comma(masked, final[1], cue)
    return final


def _after(masked: str, start: int, end: int) -> Span:
    parts = _parts(masked, start, end)
    if not parts or masked[start : parts[0][0]].strip(" \n"):
        return 0, 0
    first = _cut(masked, *parts[0], _NAME_STOPS)
    if first == parts[0] and len(parts) > 1 and "," in masked[first[1] : parts[1][0]]:
        second = _cut(masked, *parts[1], _NAME_STOPS)
        if _describes(masked, first, second):
            return first[0], _with_comma(masked, second[1], end)
    return first


def _parts(masked: str, start: int, end: int) -> list[Span]:
    """The runs of words between commas, spaced dashes and closing marks."""
    cuts = [match.span() for match in _SEPARATOR.finditer(masked, start, end)]
    starts = [start, *(cut[1] for cut in cuts)]
    ends = [*(cut[0] for cut in cuts), end]
    runs = (words(masked, *pair) for pair in zip(starts, ends, strict=True))
    return [(run[0].start, run[-1].end) for run in runs if run]


def _trim(masked: str, start: int, end: int) -> Span:
    """Without what leads in: “But experts”, “On Tuesday the minister”, “reported that the army”."""
    run = words(masked, start, end)
    clauses = [i for i, word in enumerate(run[:-1]) if word.folded in _CLAUSE]
    run = run[clauses[-1] + 1 :] if clauses else run
    while len(run) > 1 and _leads_in(run[0]):
        run = run[1:]
    return run[0].start, end


def _leads_in(word: Word) -> bool:
    days = ("day", "month", "week", "year")
    return (
        word.folded in _INTRODUCES
        or word.folded.endswith(days)
        or (word.folded.endswith("ly") and word.exact[0].isupper() and word.start == 0)
    )


def _is_introduction(masked: str, start: int, end: int) -> bool:
    run = words(masked, start, end)
    dateline = run[0].exact.isupper() and masked[end : end + 4].lstrip(" )")[:1] in tuple("–—-")
    return run[0].folded in _INTRODUCES or run[0].folded.endswith("ly") or dateline


def _is_relative(masked: str, part: Span) -> bool:
    """“who met on Sunday”, “speaking to the BBC”: it belongs to the name before it."""
    first = words(masked, *part)[0]
    participle = first.exact[0].islower() and first.folded.endswith("ing")
    return participle or first.folded in {"who", "which", "whose"}


def _describes(masked: str, one: Span, other: Span) -> bool:
    """Whether two parts are a name and its title: exactly one of them is a role."""
    first, second = words(masked, *one), words(masked, *other)
    role = [any(is_role(word) for word in run) for run in (first, second)]
    capital = [run[0].exact[0].isupper() for run in (first, second)]
    article = second[0].folded in ARTICLES
    return len(second) < 16 and (
        (role[1] and capital[0]) or (role[0] and capital[1] and not article)
    )


def _cut(masked: str, start: int, end: int, stops: frozenset[str]) -> Span:
    """The noun at the front: up to a stop word, a weekday, a past form or a verb that reports."""
    run = words(masked, start, end)
    kept = run[:1]
    for word in run[1:]:
        verb = word.exact[0].islower() and word.folded.endswith("ed")
        in_a = word.folded == "in" and _followed_by_article(run, word)
        if word.folded in stops or verb or in_a or word.folded.endswith("sday"):
            break
        kept.append(word)
    return kept[0].start, kept[-1].end


def _followed_by_article(run: list[Word], word: Word) -> bool:
    following = [other.folded for other in run if other.start > word.start][:1]
    return following in (["a"], ["an"], ["his"], ["her"])


def _with_comma(masked: str, end: int, limit: int) -> int:
    return end + 1 if end < limit and masked[end] == "," else end
