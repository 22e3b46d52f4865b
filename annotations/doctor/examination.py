"""All invariants are asked, one after the other; those about texts together, so that each is read once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from annotations.doctor import (  # each has its invariants registered
    actors,
    articles,
    closed_sets,
    constraints,
    histories,
    links,
    places,
    reviews,
    statements,
    texts,
)
from annotations.doctor.found import ABOUT_ROWS, Finding, Found, Invariant, told
from annotations.doctor.texts import ABOUT_TEXTS, readings

MODULES = (
    texts,
    articles,
    places,
    statements,
    links,
    actors,
    reviews,
    histories,
    closed_sets,
    constraints,
)
INVARIANTS: tuple[Invariant, ...] = (*ABOUT_TEXTS, *ABOUT_ROWS)


@dataclass
class Outcome:
    """How many rows break the invariant, and the first of them told."""

    invariant: Invariant
    number: int = 0
    findings: list[Finding] = field(default_factory=list)


def _nobody_watches(_: str) -> None:
    pass


def examine(
    using: str,
    invariants: Sequence[Invariant] = INVARIANTS,
    *,
    most: int = 10,
    watch: Callable[[str], None] = _nobody_watches,
) -> list[Outcome]:
    """An outcome for each invariant, with at most `most` findings told; the rest is counted.

    Reads over the alias `using` and writes nothing; who wants one moment of the database opens it.
    `watch` is told each name before it is asked.
    """
    outcomes = {invariant.name: Outcome(invariant) for invariant in invariants}

    def note(invariant: Invariant, found: Found) -> None:
        outcome = outcomes[invariant.name]
        outcome.number += 1
        if outcome.number <= most:
            outcome.findings.append(told(found, using))

    about_texts = [invariant for invariant in invariants if invariant in ABOUT_TEXTS]
    for reading in readings(using) if about_texts else ():
        watch(f"the text of article {reading.article_id}, revision {reading.number}")
        for invariant in about_texts:
            for found in invariant.check(reading):
                note(invariant, found)
    for invariant in invariants:
        if invariant in about_texts:
            continue
        watch(invariant.name)
        for found in invariant.check(using):
            note(invariant, found)
    return list(outcomes.values())
