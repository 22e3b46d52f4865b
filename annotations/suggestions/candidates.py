"""Which statements may be the other end of a link: in what order, and why."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from annotations.suggestions.cues import listed

EXCHANGE, ACTORS, WORDS, TIME = "exchange", "actors", "words", "time"
LINKS = (EXCHANGE, ACTORS, WORDS, TIME)
RESTATEMENTS = (WORDS, EXCHANGE, ACTORS, TIME)
COMMON = 0.05  # of the statements looked at: a word in more of them tells nothing
ALWAYS_RARE = 4  # statements: in a newsroom that begins, every word is in a good part of them
SAID_AGAIN = 2  # shared words from which one statement may restate the other
SHOWN_WORDS = 3
_WORD = re.compile(r"[^\W_]+")
_EMPTY = listed(
    """about after again against also among been before being between both could does doing down
    during each even every from further have having here hers herself himself into itself just like
    made make many more most much must myself never none once only other ours over same shall should
    since some still such than that their them themselves then there these they this those through
    under until upon very were what when where which while whom whose will with without would your"""
)
_ENDINGS = ("ing", "ed", "es", "s", "d")


@dataclass(frozen=True)
class Said:
    """What is compared of a statement. Actors are keys, merges resolved.

    `speaking`: its speakers, for whom they act, and the organisations that they hold posts in.
    `words`: the stems of its words that tell something.
    """

    key: int
    article: int
    speaking: frozenset[int] = frozenset()
    about: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    day: date | None = None


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a candidate; what it is made of depends on the kind."""

    kind: str
    speaker: int | None = None
    about: int | None = None
    words: tuple[str, ...] = ()
    days: int = 0  # later than the statement; negative for earlier


@dataclass(frozen=True)
class Candidate:
    """A statement that may be the other end, with what speaks for it, the strongest first."""

    key: int
    reasons: tuple[Reason, ...]
    is_linked: bool = False


@dataclass(frozen=True)
class Search:
    """The statement whose partner is looked for, and as what: response, claim, by or of.

    `exchange` holds the keys reachable from it through links, `linked` those linked to it that way already.
    """

    statement: Said
    other_is: str
    exchange: Collection[int] = ()
    linked: Collection[int] = ()
    shown: dict[str, str] = field(default_factory=dict)  # a word as printed, by stem

    @property
    def order(self) -> tuple[str, ...]:
        """What counts first."""
        return RESTATEMENTS if self.is_restatement else LINKS

    @property
    def is_restatement(self) -> bool:
        return self.other_is in ("by", "of")


def rank(search: Search, others: Iterable[Said]) -> list[Candidate]:
    """The others as candidates, best first.

    By the first thing in `order` that speaks for them; where that is equal, by whether it is mutual,
    then those of the same article, then shared words, then nearness in time. Nobody answers themselves
    as soon as others do, so their own words come behind; what is linked already comes last.
    """
    found = [(_key(search, other), _candidate(search, other)) for other in others]
    return [candidate for _, candidate in sorted(found, key=lambda pair: pair[0])]


def stems(folded: str) -> dict[str, str]:
    """The words of a folded text that may tell something: by stem, each as it is first printed there."""
    found: dict[str, str] = {}
    for word in _WORD.findall(folded):
        if word not in _EMPTY and len(word) >= (4 if word.isascii() else 3):
            found.setdefault(_stem(word), word)
    return found


def rare(words: Collection[str], counted: Counter[str], among: int) -> list[str]:
    """The words that are not common among so many statements, the rarest and then the longest first."""
    most = max(ALWAYS_RARE, int(among * COMMON))
    kept = [word for word in words if counted[word] <= most]
    return sorted(kept, key=lambda word: (counted[word], -len(word), word))


def _stem(word: str) -> str:
    """Without an English ending, where four letters stay."""
    for ending in _ENDINGS:
        if word.isascii() and word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _key(search: Search, other: Said) -> tuple[object, ...]:
    claim = search.statement
    mutual, shared = _mutual(search, other), len(claim.words & other.words)
    met = {
        EXCHANGE: other.key in search.exchange,
        ACTORS: mutual > 0,
        WORDS: shared >= (SAID_AGAIN if search.is_restatement else 1),
        TIME: True,
    }
    group = next(place for place, kind in enumerate(search.order) if met[kind])
    by_words = -shared if search.order[group] == WORDS else 0
    by_themselves = not search.is_restatement and bool(claim.speaking & other.speaking)
    return (
        other.key in search.linked,
        group,
        by_themselves,
        by_words,
        -mutual,
        other.article != claim.article,
        -shared,
        _distance(search, other),
        abs(other.key - claim.key),
        other.key,
    )


def _mutual(search: Search, other: Said) -> int:
    """2: they speak about each other (or, for a restatement, about the same); 1: one of the two does."""
    claim = search.statement
    if search.is_restatement:
        return bool(claim.speaking & other.speaking) * (1 + bool(claim.about & other.about))
    return bool(claim.about & other.speaking) + bool(other.about & claim.speaking)


def _distance(search: Search, other: Said) -> float:
    """Days between them, for sorting; what was said before the claim, or after the response, counts double."""
    days = _days(search.statement, other)
    if days is None:
        return float("inf")
    wrong = {"response": days < 0, "claim": days > 0}.get(search.other_is, False)
    return abs(days) * 2 + 0.5 if wrong else float(abs(days))


def _days(claim: Said, other: Said) -> int | None:
    if claim.day and other.day:
        return (other.day - claim.day).days
    return 0 if claim.article == other.article else None


def _candidate(search: Search, other: Said) -> Candidate:
    claim = search.statement
    shared = [search.shown.get(word, word) for word in sorted(claim.words & other.words)]
    reasons = {
        EXCHANGE: [Reason(EXCHANGE)] if other.key in search.exchange else [],
        ACTORS: [_actors(search, other)] if _mutual(search, other) else [],
        WORDS: [Reason(WORDS, words=tuple(shared[:SHOWN_WORDS]))] if shared else [],
        TIME: [Reason(TIME, days=_days(claim, other) or 0)] if claim.day and other.day else [],
    }
    ordered = tuple(reason for kind in search.order for reason in reasons[kind])
    return Candidate(other.key, ordered, other.key in search.linked)


def _actors(search: Search, other: Said) -> Reason:
    """Who of those concerned speaks, and about whom of them."""
    claim = search.statement
    speaks = claim.speaking if search.is_restatement else claim.about
    concerned = claim.about if search.is_restatement else claim.speaking
    speaker = min(speaks & other.speaking, default=None)
    about = min(concerned & other.about, default=None)
    return Reason(ACTORS, speaker=speaker, about=about)
