"""Where words that need placing may stand now: ranked, and never applied without a person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from annotations.anchoring.blocks import shared_end, shared_start
from annotations.anchoring.graphemes import whole
from annotations.anchoring.quotation import Quotation, describe
from annotations.anchoring.tokens import first_word, last_word, word_cut

MOST = 5  # proposals for one quotation
_GRAM = 10  # code points of a seed
_STEPS = ((2_000_000, 6), (1 << 62, 24))  # up to this size of text, a seed at every so many
_FREQUENT = 20  # a seed that stands more often tells nothing
_BAND = 16  # code points by which seeds of one place may be shifted
_PAD = 40  # code points looked at on either side of a place the seeds name
_TELLING = (
    40  # code points from which the same words elsewhere are no chance: nothing else is looked for
)
_HALF = 32  # code points from which half of the words is no chance
_SEARCHED = 50  # places of words too short for seeds
_EDGE = 12  # code points of prefix and suffix by which the ends of a place are told
_LONGEST = 4_000  # code points of a quotation that are aligned in full
_FEW = 500  # edits that are counted in a longer one
_LEAST = 0.5  # of the words alike, below which a place is proposed for its surroundings only
_BOTH_SIDES = 0.8  # of prefix and suffix alike, for such a place
_SURE = 0.6  # of the score of edited words, from which no other place is looked for
_WORDS, _SIDE = 0.75, 0.125  # weights: what is said counts more than what stands around it


@dataclass(frozen=True)
class Proposal:
    """A place in the new text, and how like the quotation it is: 0 to 1 (same words, same context)."""

    place: Quotation
    score: float


class Proposer:
    """Looks for quotations in one text; its seeds are indexed once, when first needed."""

    def __init__(self, new: str) -> None:
        self._new = new
        self._step = next(step for size, step in _STEPS if len(new) <= size)
        self._seeds: dict[str, list[int]] | None = None

    def propose(self, quotation: Quotation, expected: int) -> tuple[Proposal, ...]:
        """The best places, best first, nearer to the expected offset first among equals."""
        found = {
            proposal.place: proposal
            for start, end in self._candidates(quotation)
            if (proposal := self._judged(quotation, start, end))
        }
        ranked = sorted(
            found.values(), key=lambda one: (-one.score, abs(one.place.start - expected))
        )
        return tuple(_apart(ranked))[:MOST]

    def edited(self, quotation: Quotation, image: tuple[int, int] | None) -> tuple[Proposal, ...]:
        """The one place where the words, edited, stand between unchanged text; none where it isn't sure."""
        if image is None or not 0 < image[1] - image[0] <= 2 * len(quotation.exact):
            return ()
        proposal = self._judged(quotation, *image)
        is_other = proposal is not None and proposal.place.exact != quotation.exact
        return (proposal,) if proposal and is_other and proposal.score >= _SURE else ()

    def _candidates(self, quotation: Quotation) -> Iterable[tuple[int, int]]:
        exact = quotation.exact
        is_telling = _TELLING <= len(exact) <= _LONGEST
        if is_telling or len(exact) < _GRAM + self._step:
            places = list(self._searched(exact))
            yield from places
            if is_telling and places:
                return
        whole = quotation.prefix + quotation.exact + quotation.suffix
        near = self._beside_halves(quotation) or self._near(whole)
        for at in near:
            yield from self._aligned(quotation, whole, at)
        if not near and not is_telling:  # its seeds stand too often
            yield from self._searched(exact)

    def _searched(self, exact: str) -> Iterable[tuple[int, int]]:
        at = self._new.find(exact)
        for _ in range(_SEARCHED):
            if at < 0:
                return
            yield at, at + len(exact)
            at = self._new.find(exact, at + 1)

    def _beside_halves(self, quotation: Quotation) -> list[int]:
        """Where the whole may begin: where a half of the words stands as it was. Cheaper than seeds."""
        middle = len(quotation.exact) // 2
        if not _HALF <= middle <= _LONGEST:
            return []
        halves = ((0, quotation.exact[:middle]), (middle, quotation.exact[middle:]))
        found = {
            place - offset - len(quotation.prefix)
            for offset, half in halves
            for place, _ in self._searched(half)
        }
        apart = sorted(max(0, at) for at in found)
        return [at for index, at in enumerate(apart) if not index or at - apart[index - 1] > _BAND]

    def _near(self, whole: str) -> list[int]:
        """Where the whole may begin in the new text: the bands that most of its seeds agree on."""
        seeds = self._index()
        votes: Counter[int] = Counter()
        for offset in range(len(whole) - _GRAM + 1):
            starts = seeds.get(whole[offset : offset + _GRAM])
            if starts and len(starts) < _FREQUENT:
                votes.update([(at - offset) // _BAND for at in starts])
        if not votes:
            return []
        sums = {band: votes[band - 1] + votes[band] + votes[band + 1] for band in list(votes)}
        best: list[int] = []
        for band in sorted(sums, key=lambda band: (-sums[band], -votes[band])):
            if len(best) >= MOST or sums[band] * 4 < sums[best[0] if best else band]:
                break
            if all(abs(band - other) > 2 for other in best):
                best.append(band)
        return [band * _BAND for band in best]

    def _index(self) -> dict[str, list[int]]:
        if self._seeds is None:
            self._seeds = {}
            for at in range(0, len(self._new) - _GRAM + 1, self._step):
                seed = self._new[at : at + _GRAM]
                held = self._seeds.setdefault(seed, [])
                if len(held) < _FREQUENT:
                    held.append(at)
        return self._seeds

    def _aligned(self, quotation: Quotation, whole: str, at: int) -> Iterable[tuple[int, int]]:
        first = max(0, at - _PAD)
        window = self._new[first : at + len(whole) + _PAD + _BAND]
        exact = quotation.exact
        place = window.find(exact)
        if place >= 0:
            while place >= 0:
                yield first + place, first + place + len(exact)
                place = window.find(exact, place + 1)
            return
        if len(whole) > _LONGEST:
            return
        start = len(quotation.prefix)
        found = _image(whole, window, start, start + len(exact))
        if found:
            low = _nearest(window, quotation.prefix[-_EDGE:], found[0] - _EDGE)
            high = _nearest(window, quotation.suffix[:_EDGE], found[1])
            start = found[0] if low is None else low + _EDGE
            end = found[1] if high is None else high
            if start < end:
                yield first + start, first + end

    def _judged(self, quotation: Quotation, start: int, end: int) -> Proposal | None:
        start, end = self._snapped(quotation, start, end)
        if start >= end:
            return None
        place = describe(self._new, start, end)
        words = _alike(quotation.exact, place.exact)
        before = _side(quotation.prefix, place.prefix)
        after = _side(quotation.suffix, place.suffix)
        if words < _LEAST and (before + after) / 2 < _BOTH_SIDES:
            return None
        return Proposal(place, _WORDS * words + _SIDE * (before + after))

    def _snapped(self, quotation: Quotation, start: int, end: int) -> tuple[int, int]:
        """The place with no word and no character cut; the same words stay so where they cut as before."""
        exact = quotation.exact
        is_cut = word_cut(self._new, start) or word_cut(self._new, end)
        if is_cut and not self._is_as_before(quotation, start, end):
            before, (first, last), after = _edges(quotation)
            start = self._edge(start, first, before)
            end = self._edge(end, last, after, -1)
        while start < end and self._new[start].isspace() and not exact[:1].isspace():
            start += 1
        while start < end and self._new[end - 1].isspace() and not exact[-1:].isspace():
            end -= 1
        return self._widened(start, end)

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        """The place with the characters that its ends part, and the words that those belong to."""
        while (found := whole(self._new, start, end)) != (start, end):
            head, tail = word_cut(self._new, found[0]), word_cut(self._new, found[1])
            start, end = head[0] if head else found[0], tail[1] if tail else found[1]
        return start, end

    def _is_as_before(self, quotation: Quotation, start: int, end: int) -> bool:
        """Whether the same words stand there, cutting no word that they did not cut in the old text."""
        is_same = self._new[start:end] == quotation.exact
        if not is_same or whole(self._new, start, end) != (start, end):
            return False
        at = len(quotation.prefix)
        old = quotation.prefix + quotation.exact + quotation.suffix
        cuts = ((start, at), (end, at + len(quotation.exact)))
        return all(word_cut(old, was) or not word_cut(self._new, now) for now, was in cuts)

    def _edge(self, at: int, mine: str, theirs: str, order: Literal[1, -1] = 1) -> int:
        """The offset; in a word, the end of it that leaves the word on the side it is more like.

        `mine` is the quotation's own word at that edge, `theirs` its neighbour outside. A word as like
        one as the other is taken in: “did” has become “didn’t”, and nobody shall miss that.
        """
        found = word_cut(self._new, at)
        if found is None:
            return at
        outer, inner = found[::order]
        word = self._new[slice(*found)]
        return outer if _side(word, mine) >= _side(word, theirs) else inner


def _edges(quotation: Quotation) -> tuple[str, tuple[str, str], str]:
    """The word before the quotation, its own first and last, and the one after it; "" for none."""
    own = first_word(quotation.exact), last_word(quotation.exact)
    return last_word(quotation.prefix), own, first_word(quotation.suffix)


def _alike(old: str, new: str) -> float:
    """How like the words are, 0 to 1; of very long ones, many edits apart, what they begin and end with counts."""
    longest = max(len(old), len(new))
    if longest <= _LONGEST:
        return Levenshtein.normalized_similarity(old, new)
    edits = Levenshtein.distance(old, new, score_cutoff=_FEW)
    if edits <= _FEW:
        return 1 - edits / longest
    start = shared_start(old, new)
    return (start + shared_end(old, new, start)) / longest


def _side(old: str, new: str) -> float:
    return Levenshtein.normalized_similarity(old, new)


def _image(whole: str, window: str, start: int, end: int) -> tuple[int, int] | None:
    """Where whole[start:end] stands in the window when the two are aligned; None where nowhere."""
    first = last = None
    for step in Levenshtein.opcodes(whole, window):
        if step.tag in ("insert", "delete"):
            continue
        low, high = max(start, step.src_start), min(end, step.src_end)
        if low < high:
            first = step.dest_start + low - step.src_start if first is None else first
            last = step.dest_start + high - step.src_start
    return None if first is None or last is None else (first, last)


def _nearest(window: str, edge: str, expected: int) -> int | None:
    """The place of what stood next to the words, where it is whole: the one nearest to the expected."""
    if len(edge) < _EDGE:
        return None
    places = [window.rfind(edge, 0, max(0, expected) + _EDGE), window.find(edge, max(0, expected))]
    return min((at for at in places if at >= 0), key=lambda at: abs(at - expected), default=None)


def _apart(ranked: list[Proposal]) -> Iterable[Proposal]:
    """Without those that overlap a better one."""
    kept: list[Proposal] = []
    for one in ranked:
        if all(
            one.place.end <= other.place.start or other.place.end <= one.place.start
            for other in kept
        ):
            kept.append(one)
            yield one
