"""Which of the words whose place is certain kept their order, and which were moved past others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from annotations.anchoring.blocks import heaviest_chain
from annotations.anchoring.context import Surroundings, Texts

_Run = tuple[int, int, int]  # start and end in the old text, shift to the new one


def in_place(texts: Texts, around: Sequence[Surroundings], certain: Mapping[int, int]) -> set[int]:
    """The keys of `certain` (key → place in the new text) that stand in the longest part kept in order.

    This part is told from whole paragraphs that stand once in both texts, and from the words.
    """
    spans = {at: _run(around[at], place) for at, place in certain.items()}
    runs = _joined([*spans.values(), *_paragraphs(texts), *_ends(texts)])
    kept = heaviest_chain([(start, start + shift, end - start) for start, end, shift in runs])
    whole = [runs[index] for index in kept]
    return set(_within(spans, whole))


def _run(words: Surroundings, place: int) -> _Run:
    return words.first, words.last, place - words.start


def _ends(texts: Texts) -> list[_Run]:
    size, shared = len(texts.old), texts.shared
    ends = [(0, shared.start, 0), (size - shared.end, size, len(texts.new) - size)]
    return [run for run in ends if run[0] < run[1]]


def _paragraphs(texts: Texts) -> Iterable[_Run]:
    """The whole lines between the shared ends that stand once in both texts there."""
    start = texts.old.rfind("\n", 0, texts.shared.start) + 1
    end = texts.old.find("\n", len(texts.old) - texts.shared.end)
    rest = 0 if end < 0 else len(texts.old) - end
    old = _lines(texts.old, start, len(texts.old) - rest)
    new = _lines(texts.new, start, len(texts.new) - rest)
    often, again = Counter(line for line, _ in old), Counter(line for line, _ in new)
    places = dict(new)
    for line, at in old:
        if line and often[line] == 1 == again[line]:
            yield at, at + len(line), places[line] - at


def _lines(text: str, start: int, end: int) -> list[tuple[str, int]]:
    found = []
    for line in text[start:end].split("\n"):
        found.append((line, start))
        start += len(line) + 1
    return found


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """In order, those that touch and shift alike made one."""
    whole: list[_Run] = []
    for start, end, shift in sorted(runs):
        if whole and whole[-1][2] == shift and start <= whole[-1][1] + 1:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]), shift)
        else:
            whole.append((start, end, shift))
    return whole


def _within(spans: Mapping[int, _Run], whole: Sequence[_Run]) -> Iterable[int]:
    """The keys of the spans that one of the ordered runs holds."""
    index = 0
    for at, (start, end, shift) in sorted(spans.items(), key=lambda item: item[1]):
        while index < len(whole) and whole[index][1] < end:
            index += 1
        near = whole[index : index + 1]
        if any(run[0] <= start and run[2] == shift for run in near):
            yield at
