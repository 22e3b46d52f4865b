"""Carrying quotations from a text into its corrected form: exactly right, or left to a person.

Only the same words between the same surroundings are ever placed or moved. Whatever could be
otherwise (changed words, look-alikes, a budget that is spent) needs placing, with proposals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.anchoring.clock import Clock, OutOfTime
from annotations.anchoring.context import Surroundings, Texts, certain_places
from annotations.anchoring.look_alikes import with_look_alikes
from annotations.anchoring.order import in_place
from annotations.anchoring.proposals import Proposal, Proposer
from annotations.anchoring.quotation import Quotation, describe

SECONDS = 10.0  # for all the quotations of one text
_AS_GOOD = 0.05  # of the score, by which the best place must lead another with the same words

__all__ = ["Carried", "Outcome", "Proposal", "Reason", "carry", "look_up"]


class Outcome(StrEnum):
    """What became of a quotation."""

    PLACED = "placed"  # the same place; its offset may have shifted with the text before it
    MOVED = "moved"  # the same words in the same surroundings, elsewhere
    NEEDS_PLACING = "needs_placing"


class Reason(StrEnum):
    """Why a person has to say where a quotation stands."""

    WORDING_CHANGED = "wording_changed"
    LOOK_ALIKES = "look_alikes"
    GONE = "gone"
    CONTEXT_GONE = "context_gone"
    OUT_OF_TIME = "out_of_time"


@dataclass(frozen=True)
class Carried:
    """A place in the new text, or a reason and the proposals: best first, five at most."""

    outcome: Outcome
    place: Quotation | None = None
    reason: Reason | None = None
    proposals: tuple[Proposal, ...] = ()


def carry(
    old: str, new: str, quotations: Sequence[Quotation], *, seconds: float = SECONDS
) -> list[Carried]:
    """Where each quotation of the old text stands in the new one, in the order asked.

    ValueError for one that isn't what the old text has at its place. Past the seconds, what is not
    yet decided is OUT_OF_TIME.
    """
    for asked in quotations:
        if not 0 <= asked.start < asked.end or old[asked.start : asked.end] != asked.exact:
            raise ValueError(f"“{asked.exact}” does not stand at {asked.start} to {asked.end}")
    if old == new:
        return [
            Carried(Outcome.PLACED, describe(new, asked.start, asked.end)) for asked in quotations
        ]
    kept = [describe(old, asked.start, asked.end) for asked in quotations]
    around = [Surroundings.of(old, asked.start, asked.end) for asked in quotations]
    return _carried(Texts.of(old, new), kept, around, Clock(seconds))


def look_up(new: str, quotation: Quotation, *, seconds: float = SECONDS) -> Carried:
    """Where the quotation stands in a text when only its selectors are known, not the old text.

    PLACED at its own offset, MOVED at another. A prefix or suffix of less than 32 code points says
    that the old text began or ended there.
    """
    old = quotation.prefix + quotation.exact + quotation.suffix
    start = len(quotation.prefix)
    around = Surroundings.of(old, start, start + len(quotation.exact))
    texts = Texts.of(old, new, is_whole=False)
    (found,) = _carried(texts, [quotation], [around], Clock(seconds))
    if found.place is None:
        return found
    is_there = found.place.start == quotation.start
    return Carried(Outcome.PLACED if is_there else Outcome.MOVED, found.place)


def _carried(
    texts: Texts, kept: list[Quotation], around: list[Surroundings], clock: Clock
) -> list[Carried]:
    try:
        places = certain_places(texts, around, clock)
        found = [(at, around[at], place) for at, place in enumerate(places) if place is not None]
        doubtful = with_look_alikes(texts, found, clock)
    except OutOfTime:
        return [Carried(Outcome.NEEDS_PLACING, reason=Reason.OUT_OF_TIME) for _ in kept]
    certain = {at: place for at, _, place in found if at not in doubtful}
    placed = in_place(texts, around, certain)
    proposer = Proposer(texts.new)
    carried = []
    for at, asked in enumerate(kept):
        if at in certain:
            start = certain[at]
            place = describe(texts.new, start, start + len(asked.exact))
            carried.append(Carried(Outcome.PLACED if at in placed else Outcome.MOVED, place))
        else:
            carried.append(_to_place(proposer, asked, at in doubtful, clock))
    return carried


def _to_place(proposer: Proposer, asked: Quotation, is_alike: bool, clock: Clock) -> Carried:
    if clock.is_over:
        return Carried(Outcome.NEEDS_PLACING, reason=Reason.OUT_OF_TIME)
    proposals = proposer.propose(asked, asked.start)
    return Carried(Outcome.NEEDS_PLACING, None, _reason(asked, proposals, is_alike), proposals)


def _reason(asked: Quotation, proposals: Sequence[Proposal], is_alike: bool) -> Reason:
    same = [one for one in proposals if one.place.exact == asked.exact]
    in_context = [
        one for one in same if (one.place.prefix, one.place.suffix) == (asked.prefix, asked.suffix)
    ]
    if is_alike or in_context:
        return Reason.LOOK_ALIKES
    if len(same) > 1 and same[0].score - same[1].score <= _AS_GOOD:
        return Reason.LOOK_ALIKES
    if same:
        return Reason.CONTEXT_GONE
    return Reason.WORDING_CHANGED if proposals else Reason.GONE
