"""Carrying quotations from a text into its corrected form: exactly right, or left to a person.

Only the same words between the same surroundings are ever placed or moved. Whatever could be
otherwise (changed words, look-alikes, a budget that is spent) needs placing, with proposals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.anchoring.clock import Clock, OutOfTime
from annotations.anchoring.context import Carrier
from annotations.anchoring.proposals import Proposal, Proposer
from annotations.anchoring.quotation import Quotation, describe
from annotations.anchoring.stretches import Interval, Texts

SECONDS = 10.0  # for all the quotations of one text
_AS_GOOD = 0.05  # of the score, by which the best place must lead another with the same words

__all__ = ["Carried", "Outcome", "Proposal", "Reason", "carry"]


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
    clock = Clock(seconds)
    texts = Texts(old, new)
    try:
        carrier = Carrier(texts, [(asked.start, asked.end) for asked in quotations], clock)
    except OutOfTime:
        return [Carried(Outcome.NEEDS_PLACING, reason=Reason.OUT_OF_TIME) for _ in quotations]
    proposer = Proposer(new)
    return [_carried(texts, asked, carrier, proposer, clock) for asked in quotations]


def _carried(
    texts: Texts, asked: Quotation, carrier: Carrier, proposer: Proposer, clock: Clock
) -> Carried:
    try:
        found = carrier.place(asked.start, asked.end)
    except OutOfTime:
        return Carried(Outcome.NEEDS_PLACING, reason=Reason.OUT_OF_TIME)
    if found is None:
        is_there = carrier.is_there(asked.start, asked.end)
        is_alike = is_there and carrier.is_alike(asked.start, asked.end)
        image = None if is_alike else carrier.image(asked.start, asked.end)
        stood = describe(texts.old, asked.start, asked.end)  # with what is around it in this text
        return _to_place(proposer, stood, clock, image, is_alike=is_alike, is_there=is_there)
    place = describe(texts.new, found.start, found.start + len(asked.exact))
    return Carried(Outcome.PLACED if found.is_in_order else Outcome.MOVED, place)


def _to_place(
    proposer: Proposer,
    asked: Quotation,
    clock: Clock,
    image: Interval | None,
    *,
    is_alike: bool,
    is_there: bool,
) -> Carried:
    if clock.is_over:
        return Carried(Outcome.NEEDS_PLACING, reason=Reason.OUT_OF_TIME)
    proposals = proposer.edited(asked, image) or proposer.propose(asked, asked.start)
    reason = _reason(asked, proposals, is_alike=is_alike, is_there=is_there)
    return Carried(Outcome.NEEDS_PLACING, None, reason, proposals)


def _reason(
    asked: Quotation, proposals: Sequence[Proposal], *, is_alike: bool, is_there: bool
) -> Reason:
    same = [one for one in proposals if one.place.exact == asked.exact]
    in_context = [
        one for one in same if (one.place.prefix, one.place.suffix) == (asked.prefix, asked.suffix)
    ]
    if is_alike or len(in_context) > is_there:
        return Reason.LOOK_ALIKES
    if len(same) > 1 and same[0].score - same[1].score <= _AS_GOOD:
        return Reason.LOOK_ALIKES
    if same:
        return Reason.CONTEXT_GONE
    return Reason.WORDING_CHANGED if proposals else Reason.GONE
