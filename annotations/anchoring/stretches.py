"""What an old and a new text share: stretches that go on alike, found from what stands once in both.

Anchors are whole lines, then windows of 32 code points, that stand once in the old and once in the
new text. Each is drawn out to both sides as far as the texts are the same.
"""

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.anchoring.blocks import shared_end, shared_start
from annotations.anchoring.clock import Clock
from annotations.anchoring.quotation import CONTEXT
from annotations.anchoring.windows import places

_STEPS = ((2_000_000, 8), (1 << 62, 16))  # up to this size of text, a window at every so many
_BREAK = 2  # code points between two lines of an article
_FEW = (
    4  # where the lines hold less than this part of the text, windows are looked for in all of it
)
_STRETCHES = 256  # between two looks at the clock

Interval = tuple[int, int]
_Anchor = tuple[int, int, int]  # start and end in the old text, shift to the new one


@dataclass(frozen=True)
class Stretch:
    """old[start:end] == new[start + shift : end + shift], and no code point more at either side."""

    start: int
    end: int
    shift: int

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


@dataclass(frozen=True)
class Texts:
    """An old text and a new one."""

    old: str
    new: str


@dataclass(frozen=True)
class Shared:
    """The stretches in the order of the old text, and what in it certainly stands once in both texts.

    Where text is repeated, two stretches may share some. `lines` are whole lines; `windows` the
    starts of windows, none where they were looked for beside the lines only.
    """

    stretches: list[Stretch]
    lines: list[Interval]
    windows: list[int]


def shared(texts: Texts, asked: Sequence[Interval], clock: Clock) -> Shared:
    """What the texts share; `asked` are the places around which every window counts. OutOfTime."""
    anchors = list(_lines_once(texts))
    lines = _starts_and_ends(anchors, in_new=False)
    old = _unmatched(lines, len(texts.old))
    new = _unmatched(sorted(_starts_and_ends(anchors, in_new=True)), len(texts.new))
    if not old or not new:
        return Shared(_drawn_out(texts, anchors, clock), lines, [])
    matched = sum(end - start for start, end in lines)
    if is_everywhere := matched * _FEW < len(texts.old):
        old, new = [(0, len(texts.old))], [(0, len(texts.new))]
    windows = sorted(_windows_once(texts, old, new, asked, clock))
    found = _drawn_out(texts, sorted(windows + anchors), clock)
    return Shared(found, lines, [start for start, _, _ in windows] if is_everywhere else [])


def _starts_and_ends(lines: Sequence[_Anchor], *, in_new: bool) -> list[Interval]:
    """The lines of the anchors at their ends."""
    return [
        (start + shift * in_new, end + shift * in_new)
        for (start, _, shift), (_, end, _) in zip(lines[::2], lines[1::2], strict=True)
    ]


def _unmatched(lines: Sequence[Interval], size: int) -> list[Interval]:
    """What stands between the lines but for their breaks."""
    return [gap for gap in gaps(lines, size) if gap[1] - gap[0] > _BREAK]


def overlaps(ordered: Sequence[Interval], start: int, end: int) -> bool:
    """Whether one of the ordered intervals, none of which holds another, shares some of [start, end)."""
    index = bisect.bisect_left(ordered, end, key=lambda one: one[0]) - 1
    return index >= 0 and ordered[index][1] > start


def gaps(held: Iterable[Interval], size: int) -> list[Interval]:
    """What the ordered intervals leave of a text of this size."""
    found = []
    at = 0
    for start, end in [*held, (size, size)]:
        if start > at:
            found.append((at, start))
        at = max(at, end)
    return found


def _lines_once(texts: Texts) -> Iterable[_Anchor]:
    """Both ends of each line, long enough to be no chance, that stands once in both texts."""
    old, new = _lines(texts.old), _lines(texts.new)
    often, again = Counter(line for line, _ in old), Counter(line for line, _ in new)
    places = dict(new)
    for line, at in old:
        if len(line) >= CONTEXT and often[line] == 1 == again[line]:
            yield at, at, places[line] - at
            yield at + len(line), at + len(line), places[line] - at


def _lines(text: str) -> list[tuple[str, int]]:
    found = []
    start = 0
    for line in text.split("\n"):
        found.append((line, start))
        start += len(line) + 1
    return found


def _windows_once(
    texts: Texts,
    old: Sequence[Interval],
    new: Sequence[Interval],
    asked: Sequence[Interval],
    clock: Clock,
) -> Iterable[_Anchor]:
    """The windows that stand once in what no line matched, each where a line ends or begins included."""
    old, new = _wider(old), _wider(new)
    wanted = {texts.old[at : at + CONTEXT] for at in _windows(texts.old, old, asked)}
    before = places(texts.old, wanted, clock, most=2, stretches=old)
    after = places(texts.new, wanted, clock, most=2, stretches=new)
    for window, starts in before.items():
        there = after.get(window, ())
        if len(starts) == 1 == len(there):
            yield starts[0], starts[0] + CONTEXT, there[0] - starts[0]


def _wider(intervals: Sequence[Interval]) -> list[Interval]:
    return [(max(0, start - CONTEXT + 1), end + CONTEXT - 1) for start, end in intervals]


def _windows(text: str, unmatched: Sequence[Interval], asked: Sequence[Interval]) -> set[int]:
    """Starts of windows: here and there in the unmatched text, and at the edges of what is asked."""
    step = next(step for size, step in _STEPS if len(text) <= size)
    last = len(text) - CONTEXT
    starts = {at for start, end in unmatched for at in range(start, min(end, last + 1), step)}
    for start, end in asked:
        if overlaps(unmatched, start - CONTEXT, end + CONTEXT):
            starts |= {at for at in (start - CONTEXT, end) if 0 <= at <= last}
    return starts


def _drawn_out(texts: Texts, anchors: Iterable[_Anchor], clock: Clock) -> list[Stretch]:
    """The stretches of the anchors, which come in the order of the old text."""
    found: dict[int, Stretch] = {}  # by shift, the latest of each
    whole = []
    for count, (start, end, shift) in enumerate(anchors):
        if count % _STRETCHES == 0:
            clock.check()
        last = found.get(shift)
        if last is not None and last.holds(start, end):
            continue
        if last is not None:
            whole.append(last)
        low = start - _same_before(texts, start, start + shift)
        high = end + _same_after(texts, end, end + shift)
        found[shift] = Stretch(low, high, shift)
    whole += found.values()
    return sorted(whole, key=lambda one: (one.start, one.end))


def _same_before(texts: Texts, old_at: int, new_at: int) -> int:
    step = 64
    most = min(old_at, new_at)
    while step < most and texts.old[old_at - step : old_at] == texts.new[new_at - step : new_at]:
        step *= 4
    return shared_end(
        texts.old[max(0, old_at - step) : old_at], texts.new[max(0, new_at - step) : new_at]
    )


def _same_after(texts: Texts, old_at: int, new_at: int) -> int:
    step = 64
    most = min(len(texts.old) - old_at, len(texts.new) - new_at)
    while step < most and texts.old[old_at : old_at + step] == texts.new[new_at : new_at + step]:
        step *= 4
    return shared_start(texts.old[old_at : old_at + step], texts.new[new_at : new_at + step])
