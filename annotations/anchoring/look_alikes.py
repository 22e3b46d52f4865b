"""Whether a place could have come from another that reads alike, a few names and numbers exchanged.

“Team Alpha reported 5 dead in Herat” and “Team Beta reported 7 dead in Kabul” may have changed
places, or their names and figures may have: both leave the same text. So where another place reads
alike, what stands beyond the unchanged stretch has to tell: a side speaks for the words where it
goes on as before (but for an edit), and against them where it goes on as around the other place.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import LCSseq

from annotations.anchoring.clock import Clock
from annotations.anchoring.context import Surroundings, Texts, extent
from annotations.anchoring.tokens import is_word, tokens
from annotations.anchoring.windows import places_in_both

_REACH = 320  # code points unchanged on one side that are more than exchanged details explain
_GRAM, _STEP = 8, 4  # code points of what is looked up, and between two of them
_MOST = 40  # places of one gram; more, and it tells nothing
_BAND = 32  # code points by which names of other lengths shift what follows
_AROUND = 96  # code points unchanged on either side that are compared with other places
_SHARE = 0.06  # of the grams, in one band, for a place to be compared
_COMPARED = 8  # places that are compared, those with most grams
_ALIKE = 0.4  # of the words, in order, for two places to read alike
_MUCH_ALIKE = 0.6  # of them, for both sides to have to speak; the least where no old text is known
_SAME = 0.8  # of those of one side
_FRAME = 3  # words that make a frame for others
_OUTER = 64  # at an end of the stretch, that must read alike for the other place to have it
_BEYOND = 96  # code points beyond the unchanged stretch that are compared
_SPEAKS = 0.6  # of their words, in order, for a side to speak for a place
_LEAD = 0.15  # by which the words' own place must be the likelier one


class _Side(Enum):
    OWN = "own"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class _Found:
    """Words with their certain place, and how far the texts go on alike before and after it."""

    words: Surroundings
    shift: int
    before: int
    after: int

    @property
    def first(self) -> int:
        """Where what is compared begins in the old text; it ends at `last`."""
        return self.words.start - min(self.before, _AROUND)

    @property
    def last(self) -> int:
        return self.words.end + min(self.after, _AROUND)

    def grams(self, text: str) -> Iterable[tuple[int, str]]:
        """Distance from the first code point compared, and what stands there."""
        first = self.first
        for at in range(first, self.last - _GRAM + 1, _STEP):
            yield at - first, text[at : at + _GRAM]


def with_look_alikes(
    texts: Texts, found: Sequence[tuple[int, Surroundings, int]], clock: Clock
) -> set[int]:
    """Of the found (key, words, place in the new text) the keys of those that could be another's.

    OutOfTime when the clock has run out.
    """
    doubtful = {}
    for key, words, place in found:
        one = _Found(words, place - words.start, *extent(texts, words, place, _REACH))
        if _ends(texts, one).count(True) < 2:
            doubtful[key] = one
    wanted = {gram for one in doubtful.values() for _, gram in one.grams(texts.old)}
    old, new = places_in_both(texts.old, texts.new, wanted, texts.shared, clock, most=_MOST)
    alike = set()
    for key, one in doubtful.items():
        clock.check()
        if (
            _Doubt(texts, one, old, is_old=True).holds()
            or _Doubt(texts, one, new, is_old=False).holds()
        ):
            alike.add(key)
    return alike


def _ends(texts: Texts, one: _Found) -> tuple[bool, bool]:
    """Whether, before and after, so much is unchanged, or all there is, that nothing was exchanged."""
    words = one.words
    at_start = one.before == words.start == words.start + one.shift
    rest = len(texts.old) - words.end
    at_end = one.after == rest == len(texts.new) - words.end - one.shift
    return (
        one.before >= _REACH or (at_start and texts.is_whole),
        one.after >= _REACH or (at_end and texts.is_whole),
    )


@dataclass(frozen=True)
class _Doubt:
    """The words' place against other places in the old text (of what is now here), or in the new."""

    texts: Texts
    one: _Found
    places: dict[str, list[int]]
    is_old: bool

    def holds(self) -> bool:
        """Whether some other place is as likely; also when what is looked up stands everywhere."""
        bands: Counter[int] = Counter()
        common = known = 0
        own, places = self._own, self.places
        for offset, gram in self.one.grams(self.texts.old):
            known += 1
            starts = places[gram]
            if len(starts) == 1:
                continue  # its own place
            if len(starts) >= _MOST:
                common += 1
                continue
            bands.update({(at - offset) // _BAND for at in starts if at - offset != own})
        if not bands and not common:
            return False
        least = max(2, round(_SHARE * (known - common)))
        likely = [band for band in bands if bands[band] + bands[band + 1] >= least]
        likely.sort(key=bands.__getitem__)
        shifts = [band * _BAND - self.one.first for band in likely[-_COMPARED:]]
        return common * 2 > known or any(self._is_as_likely(shift) for shift in shifts)

    @property
    def _own(self) -> int:
        return self.one.first + (0 if self.is_old else self.one.shift)

    def _is_as_likely(self, shift: int) -> bool:
        """Whether the place at this shift from the words' old one reads alike, and nothing tells."""
        alike = 0.0 if self._is_beside(shift) else self._likeness(shift)
        if alike < (_ALIKE if self.texts.is_whole else _MUCH_ALIKE):
            return False
        settled = _ends(self.texts, self.one)
        sides = {
            _Side.OWN if settled[0] else self._before(shift),
            _Side.OWN if settled[1] else self._after(shift),
        }
        if alike >= _MUCH_ALIKE:
            return sides != {_Side.OWN}
        return _Side.OTHER in sides or _Side.OWN not in sides

    def _is_beside(self, shift: int) -> bool:
        """Whether the other place is part of the unchanged stretch: it kept its order, as the words."""
        words, moved = self.one.words, shift - (0 if self.is_old else self.one.shift)
        return -self.one.before <= moved <= self.one.after + words.start - words.end

    def _likeness(self, shift: int) -> float:
        """How far the words read like the other place: with both sides, or one that's nearly the same."""
        one, words = self.one, self.one.words
        sides = ((one.first, words.end), (words.start, one.last))
        liker = max(self._alike(start, end, shift) for start, end in sides)
        return liker if liker >= _SAME else self._alike(one.first, one.last, shift)

    def _alike(self, start: int, end: int, shift: int) -> float:
        """The share of old[start:end] that stands around the other place, the own one left aside."""
        text = self.texts.old if self.is_old else self.texts.new
        first, last = max(0, start + shift - _BAND), max(0, end + shift + 2 * _BAND)
        if self.one.first + shift < self._own:
            last = min(last, self._own)
        else:
            first = max(first, self._own + self.one.last - self.one.first)
        return _share(self.texts.old[start:end], text[first:last])

    def _before(self, shift: int) -> _Side:
        """What speaks beyond the start of the unchanged stretch."""
        edge = self.one.words.start - self.one.before
        old, new = self.texts.old, self.texts.new
        there = old if self.is_old else new
        mine, now = _left(old, edge), _left(new, edge + self.one.shift)
        other = _left(there, edge + shift + _BAND) if edge + shift > 2 * _BAND else ""
        inner = there[max(0, edge + shift - _BAND) : max(0, edge + shift + _OUTER + 2 * _BAND)]
        is_alike = _share(old[edge : edge + _OUTER], inner) >= _ALIKE
        side = _side(mine, now, other, is_old=self.is_old)
        return _Side.UNKNOWN if side is _Side.OTHER and not is_alike else side

    def _after(self, shift: int) -> _Side:
        edge = self.one.words.end + self.one.after
        old, new = self.texts.old, self.texts.new
        there = old if self.is_old else new
        mine, now = _right(old, edge), _right(new, edge + self.one.shift)
        is_inside = edge + shift + 2 * _BAND < len(there)
        other = _right(there, edge + shift - _BAND) if is_inside else ""
        inner = there[max(0, edge + shift - _OUTER - _BAND) : max(0, edge + shift + 2 * _BAND)]
        is_alike = _share(old[max(0, edge - _OUTER) : edge], inner) >= _ALIKE
        side = _side(mine, now, other, is_old=self.is_old)
        return _Side.UNKNOWN if side is _Side.OTHER and not is_alike else side


def _left(text: str, edge: int) -> str:
    return text[max(0, edge - _BEYOND) : max(0, edge)]


def _right(text: str, edge: int) -> str:
    return text[max(0, edge) : max(0, edge + _BEYOND)]


def _side(mine: str, now: str, other: str, *, is_old: bool) -> _Side:
    """Old text beyond the stretch, new text there, and what stands beyond the other place."""
    own = max(_goes_on(mine, now), _goes_on(now, mine))
    theirs = _goes_on(now if is_old else mine, other)
    if theirs >= _SPEAKS and theirs + _LEAD > own:
        return _Side.OTHER
    return _Side.OWN if own >= _SPEAKS else _Side.UNKNOWN


def _goes_on(stretch: str, other: str) -> float:
    """The share of words; an end of the text goes on as an end of the text."""
    return _share(stretch, other) if stretch and other else float(stretch == other)


def _share(stretch: str, other: str) -> float:
    """How many of the stretch's words stand in the other in the same order: 0 to 1."""
    mine, theirs = _frame(stretch), _frame(other)
    return LCSseq.similarity(mine, theirs) / max(1, len(mine))


def _frame(stretch: str) -> list[str]:
    """The words without what is exchanged, as far as it shows: capitalised words and numbers."""
    words = [token for token in tokens(stretch) if is_word(token)]
    frame = [word for word in words if not (word[0].isupper() or word[0].isnumeric())]
    return frame if len(frame) >= _FRAME else words
