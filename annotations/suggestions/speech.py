"""Cues in a sentence: which words report speech, and which of them is nearest to the content."""

from dataclasses import dataclass

from annotations.suggestions import cues
from annotations.suggestions.sentences import Word, words

_NOT_BEFORE_A_VERB = cues.listed(
    """the a an this that these those such its their his her our your my of for in on by to with
    recent new false no any some more and about from despite after under"""
)
_RELATIVE = frozenset(["that", "whether", "who", "how", "why", "what"])


@dataclass(frozen=True)
class Cue:
    """Words that report speech. `form` is what they alone say of the form, or ""."""

    start: int
    end: int
    act: str
    form: str
    is_participle: bool
    source_follows: bool


def find_cues(masked: str, start: int, end: int) -> list[Cue]:
    """Every cue of masked[start:end], in order; the longest wording wins."""
    tokens = words(masked, start, end)
    found: list[Cue] = []
    at = 0
    while at < len(tokens):
        length = _match(tokens, at) or int(_names_as(masked, tokens[at]))
        if length and _reports(masked, tokens, at, length):
            found.append(_cue(tokens, at, length))
        at += length or 1
    return found


def nearest(masked: str, found: list[Cue], start: int, end: int) -> Cue | None:
    """The cue with the fewest words between it and the content; the one before wins a tie."""

    def distance(cue: Cue) -> tuple[bool, int, bool]:
        if cue.end <= start:
            return (False, len(words(masked, cue.end, start)), False)
        between = words(masked, end, cue.start)
        # After “and” or “but” comes the next content's cue.
        joins_next = bool(between) and between[0].folded in {"and", "but", "while"}
        return (joins_next, len(between), True)

    outside = [cue for cue in found if cue.end <= start or cue.start >= end]
    spoken = [cue for cue in outside if not passes_on(masked, cue)]
    return min(spoken or outside, key=distance, default=None)


def passes_on(masked: str, cue: Cue) -> bool:
    """Whether the cue names a medium that passes words on (“as reported by Pakistani media”)."""
    following = {word.folded for word in words(masked, cue.end, cue.end + 60)[:4]}
    return cue.source_follows and not following.isdisjoint(
        {"media", "reports", "report", "agency", "newspaper", "outlets", "press", "television"}
    )


def _match(tokens: list[Word], at: int) -> int:
    for length in range(min(cues.LONGEST, len(tokens) - at), 0, -1):
        phrase = "_".join(word.folded for word in tokens[at : at + length])
        if phrase in cues.ACT_OF:
            return length
    following = {word.folded for word in tokens[at + 1 : at + 5]}
    raised = tokens[at].folded in cues.RAISED and not following.isdisjoint(cues.RAISED_WHAT)
    return int(raised)


def _names_as(masked: str, word: Word) -> bool:
    following = masked[word.end : word.end + 60]
    return word.folded in cues.NAMES_AS and any(mark in following for mark in '“"‘«')


def _reports(masked: str, tokens: list[Word], at: int, length: int) -> bool:
    """Whether these words are a verb here: not “the claims”, not “claims made by”."""
    before = tokens[at - 1].folded if at else ""
    if length > 1:
        return True
    if before in _NOT_BEFORE_A_VERB - {"and", "that"} or before.endswith(("'s", "s'")):
        return False
    word, after = tokens[at], tokens[at + 1].folded if at + 1 < len(tokens) else ""
    if after in {"by", "made"}:
        return False
    if word.folded not in cues.ALSO_NOUNS:
        return True
    rest = masked[word.end : word.end + 4].lstrip(" ,:")
    speaks = before in {"he", "she", "they", "it", "who", "we", "i", "also"}
    return before != "and" and (
        speaks or after in _RELATIVE or rest[:1] in tuple("“\"‘'«") or after == ""
    )


def _cue(tokens: list[Word], at: int, length: int) -> Cue:
    phrase = "_".join(word.folded for word in tokens[at : at + length])
    first = at
    while first and tokens[first - 1].folded in cues.ADVERBS | cues.AUXILIARIES:
        first -= 1
    lead = {word.folded for word in tokens[first:at]}
    # “He also said”: the adverb stays outside without an auxiliary, unless it is one of iteration.
    if lead.isdisjoint(cues.AUXILIARIES | cues.ITERATED):
        first = at
    following = tokens[at + length].folded if at + length < len(tokens) else ""
    negated = not lead.isdisjoint(cues.NEGATIONS)
    return Cue(
        start=tokens[first].start,
        end=tokens[at + length - 1].end,
        act=cues.ASSERTION if negated else _act(phrase),
        form=_form(phrase, following, lead),
        is_participle=tokens[at].folded.endswith("ing") and lead.isdisjoint(cues.AUXILIARIES),
        source_follows=phrase in cues.SOURCE_FOLLOWS,
    )


def _act(phrase: str) -> str:
    return cues.ACT_OF.get(phrase, "opinion" if phrase in cues.NAMES_AS else cues.ASSERTION)


def _form(phrase: str, following: str, lead: set[str]) -> str:
    if not lead.isdisjoint(cues.ITERATED):
        return "standing"
    if phrase in cues.ATTITUDES:
        return "attitude"
    return "reported_act" if phrase in cues.ACTS_NAMED and following != "that" else ""
