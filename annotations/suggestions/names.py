"""Names and titles inside the words that say who speaks."""

from dataclasses import dataclass

from annotations.suggestions.cues import listed
from annotations.suggestions.sentences import RANKS, Word, words

PRONOUNS = listed("he she they it i we who")
ARTICLES = listed("a an the his her its their our one another")
ROLES = listed(
    """spokesperson spokesman spokeswoman minister president chairman chairwoman chairperson chief
    secretary general commander director governor mayor ambassador envoy expert analyst official
    officer leader head judge prosecutor lawyer attorney professor researcher activist
    representative senator lawmaker mp adviser advisor deputy king queen prince premier
    chancellor commissioner inspector commentator observer scholar economist author journalist
    correspondent founder ceo editor manager coach captain colonel admiral marshal imam bishop pope
    cardinal speaker coordinator diplomat resident witness victim member staff undersecretary
    aide source"""
)
_LINKS = listed("of for in at on to with and from under de del bin ibn al el von van la")
_PREPOSITIONS = listed("of for in at on to with from under")
_SCAN = 400  # code points; no source phrase of a news sentence is longer
_RUN = 6  # words


@dataclass(frozen=True)
class Name:
    """A source taken apart; `basis` as in the closed set speaker_basis."""

    as_printed: str
    title: str
    basis: str


def take_apart(source: str) -> Name:
    """The name, the title and the basis of a source phrase; both are slices of it."""
    parts = [part.strip() for part in source[:_SCAN].split(",") if part.strip()]
    if not parts:
        return Name("", "", "")
    if len(parts) == 1:
        return _one_part(parts[0])
    named = next((i for i, part in enumerate(parts) if _is_name(part)), None)
    if named is None:
        first = _one_part(parts[0])
        return first if first.basis != "role_only" else Name(parts[0], parts[0], "role_only")
    title = ", ".join(parts[:named] + parts[named + 1 :])
    return Name(parts[named], title, _named_basis(parts[named]))


def name_candidates(source: str) -> list[str]:
    """Word runs of a source phrase that may be a name or an alias: up to 6 words, longest first.

    A run never crosses a comma, starts or ends with a preposition, or is a pronoun. It holds a
    capital (or a letter of a script without case) where the part it stands in has one. A run
    that ends in ’s comes without it.
    """
    found: list[str] = []
    at = 0
    for part in source[:_SCAN].split(","):
        tokens = words(part)
        proper = any(_is_proper(token) for token in tokens)
        for length in range(min(_RUN, len(tokens)), 0, -1):
            for first in range(len(tokens) - length + 1):
                run = tokens[first : first + length]
                if _may_be_name(run, proper):
                    found.append(part[run[0].start : run[-1].end])
        at += len(part) + 1
    bare = [name[:-2] if name.endswith(("’s", "'s")) else name for name in found]
    unique = dict.fromkeys(name for name in bare if name)
    return sorted(unique, key=lambda name: -len(name.split()))


def is_role(token: Word) -> bool:
    """Whether the word is a role, in singular or plural."""
    return token.folded in ROLES or token.folded.removesuffix("s") in ROLES


def _may_be_name(run: list[Word], proper: bool) -> bool:
    edges = {run[0].folded, run[-1].folded}
    if edges & _PREPOSITIONS or run[-1].folded in ARTICLES or edges & {"and"}:
        return False
    if len(run) == 1 and run[0].folded in PRONOUNS | ARTICLES:
        return False
    return not proper or any(_is_proper(token) and token.folded not in ARTICLES for token in run)


def _is_proper(token: Word) -> bool:
    return not token.exact[0].islower() and not token.exact[0].isdigit()


def _is_name(part: str) -> bool:
    """A person's name: capitals and their particles, no article, no role."""
    tokens = words(part)
    return bool(tokens) and all(
        (_is_proper(token) and not is_role(token) and token.folded not in ARTICLES)
        or token.folded in _LINKS - _PREPOSITIONS
        or token.folded in RANKS
        for token in tokens
    )


def _one_part(part: str) -> Name:
    tokens = words(part)
    if not tokens or tokens[0].folded in PRONOUNS:
        return Name(part, "", "pronoun" if tokens else "")
    roles = [i for i, token in enumerate(tokens) if is_role(token)]
    if not roles:
        return Name(part, "", _named_basis(part))
    split = tokens[roles[-1] + 1 :]
    if split and _is_name(part[split[0].start :]):
        name = part[split[0].start :]
        return Name(name, part[: split[0].start].strip(), _named_basis(name))
    plural = tokens[roles[-1]].folded not in ROLES
    return Name(part, "" if plural else part, "role_only")


def _named_basis(part: str) -> str:
    tokens = [token for token in words(part) if token.folded not in RANKS]
    capitals = [token for token in tokens if _is_proper(token)]
    # “Both parties”: the only capital is the sentence's.
    if not capitals or (len(tokens) > 1 and capitals == tokens[:1]):
        return "role_only"
    lone = len(tokens) == 1 and not (len(tokens[0].exact) > 1 and tokens[0].exact.isupper())
    return "surname_only" if lone else "named"
