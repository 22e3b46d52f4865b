"""What two texts share at their ends, around a pair of places, and in order."""

import bisect
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_CELLS = 4_000_000  # old × new items that are compared in full; beyond, only what stands once


@dataclass(frozen=True)
class Block:
    """old[old_start : old_start + size] == new[new_start : new_start + size]."""

    old_start: int
    new_start: int
    size: int


def shared_start(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many first items are the same in both."""
    low, high = 0, min(len(old), len(new))
    step = 1024
    while low < high:  # slices are compared in C: by steps, then by halves
        reach = min(low + step, high)
        if old[low:reach] == new[low:reach]:
            low, step = reach, step * 2
        elif reach - low == 1:
            return low
        else:
            high, step = reach - 1, max(1, (reach - low) // 2)
    return low


def shared_end(old: Sequence[Hashable], new: Sequence[Hashable], start: int = 0) -> int:
    """How many last items are the same in both, the first `start` of either left aside."""
    low, high = 0, min(len(old), len(new)) - start
    step = 1024
    while low < high:
        reach = min(low + step, high)
        if old[len(old) - reach : len(old) - low] == new[len(new) - reach : len(new) - low]:
            low, step = reach, step * 2
        elif reach - low == 1:
            return low
        else:
            high, step = reach - 1, max(1, (reach - low) // 2)
    return low


def blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """The equal runs of a difference of two sequences, in order, without overlaps.

    Items that stand once in both are matched first, the rest between them in full where it is
    short enough. A difference chooses: between look-alikes its choice means nothing.
    """
    start = shared_start(old, new)
    end = shared_end(old, new, start)
    found = [Block(0, 0, start)]
    found += _inner(old, new, start, (len(old) - end, len(new) - end))
    found.append(Block(len(old) - end, len(new) - end, end))
    return joined([block for block in found if block.size])


def joined(found: Sequence[Block]) -> list[Block]:
    """The same blocks, those that touch in both sequences made one."""
    whole: list[Block] = []
    for block in found:
        last = whole[-1] if whole else Block(-1, -1, 0)
        old_end, new_end = last.old_start + last.size, last.new_start + last.size
        if (old_end, new_end) == (block.old_start, block.new_start):
            whole[-1] = Block(last.old_start, last.new_start, last.size + block.size)
        else:
            whole.append(block)
    return whole


def _inner(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, ends: tuple[int, int]
) -> list[Block]:
    if (ends[0] - start) * (ends[1] - start) <= _CELLS:
        return _compared(old, new, (start, start), ends)
    found: list[Block] = []
    at = (start, start)
    for old_at, new_at in [*_once_in_both(old, new, start, ends), ends]:
        if old_at < at[0] or new_at < at[1]:
            continue  # taken with the pair before
        if (old_at - at[0]) * (new_at - at[1]) <= _CELLS:
            found += _compared(old, new, at, (old_at, new_at))
        if (old_at, new_at) != ends:
            found.append(Block(old_at, new_at, 1))
        at = (old_at + 1, new_at + 1)
    return found


def _compared(
    old: Sequence[Hashable], new: Sequence[Hashable], start: tuple[int, int], end: tuple[int, int]
) -> list[Block]:
    before, after = old[start[0] : end[0]], new[start[1] : end[1]]
    if not before or not after:
        return []
    return [
        Block(start[0] + step.src_start, start[1] + step.dest_start, step.src_end - step.src_start)
        for step in Indel.opcodes(before, after)
        if step.tag == "equal"
    ]


def _once_in_both(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, ends: tuple[int, int]
) -> list[tuple[int, int]]:
    """Pairs of places of items that stand once in either stretch, the longest chain in order."""
    before, after = Counter(old[start : ends[0]]), Counter(new[start : ends[1]])
    places = {item: at for at, item in enumerate(new[start : ends[1]], start)}
    pairs = [
        (at, places[item], 1)
        for at, item in enumerate(old[start : ends[0]], start)
        if before[item] == 1 == after[item]
    ]
    return [pairs[index][:2] for index in heaviest_chain(pairs)]


def heaviest_chain(pairs: Sequence[tuple[int, int, int]]) -> list[int]:
    """Indices of the heaviest run of (old, new, weight) in which both rise; `pairs` rise in old."""
    ranks = {place: rank for rank, place in enumerate(sorted({new for _, new, _ in pairs}), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)  # a Fenwick tree of maxima
    before: list[int] = []
    for index, (_, new, weight) in enumerate(pairs):
        total, previous = _greatest(best, ranks[new] - 1)
        before.append(previous)
        at = ranks[new]
        while at < len(best):
            best[at] = max(best[at], (total + weight, index))
            at += at & -at
    chain = []
    index = _greatest(best, len(ranks))[1]
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def _greatest(best: list[tuple[int, int]], upto: int) -> tuple[int, int]:
    found = (0, -1)
    while upto > 0:
        found = max(found, best[upto])
        upto -= upto & -upto
    return found


def block_at(found: Sequence[Block], start: int, end: int) -> Block | None:
    """The one of the ordered blocks that holds old[start:end] whole."""
    index = bisect.bisect_right(found, start, key=lambda block: block.old_start) - 1
    if index >= 0 and end <= found[index].old_start + found[index].size:
        return found[index]
    return None
