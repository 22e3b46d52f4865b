"""Whether a place could have come from another that reads alike, a few names and numbers exchanged.

“Team Alpha reported 5 dead in Herat” and “Team Beta reported 7 dead in Kabul” may have changed
places, or their names and figures may have: both leave the same text. So where the stretch around a
place that came through unchanged is short, and all of it reads like another place, nobody knows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from annotations.anchoring.clock import Clock
from annotations.anchoring.context import Surroundings, Texts, extent
from annotations.anchoring.tokens import is_word, tokens
from annotations.anchoring.windows import places_in_both

_REACH = 320  # code points unchanged on either side that are more than exchanged details explain
_GRAM, _STEP = 8, 4  # code points of what is looked up, and between two of them
_MOST = 40  # places of one gram; more, and it tells nothing
_BAND = 32  # code points by which names of other lengths shift what follows
_SHARE = 0.2  # of the grams, in one band, for a place to be compared
_COMPARED = 8  # places that are compared, those with most grams
_OUTER = 64  # code points at the outer end of a stretch
_OUTER_ALIKE = 0.3  # of its words: a long name may stand there
_ALIKE = 0.4  # of the words, in order, for two stretches to read alike


@dataclass(frozen=True)
class _Found:
    """Words with their certain place, and the short stretches around it that came through unchanged.

    A stretch begins or ends with the surroundings and goes on to the next change of the text.
    """

    words: Surroundings
    shift: int
    short: tuple[tuple[int, int], ...]

    def grams(self, text: str) -> Iterable[tuple[int, str]]:
        """Distance from the first code point of the surroundings, and what stands there."""
        for at in range(self.words.first, self.words.last - _GRAM + 1, _STEP):
            yield at - self.words.first, text[at : at + _GRAM]


def with_look_alikes(
    texts: Texts, found: Sequence[tuple[int, Surroundings, int]], clock: Clock
) -> set[int]:
    """Of the found (key, words, place in the new text) the keys of those that could be another's.

    OutOfTime when the clock has run out.
    """
    doubtful = {
        key: _Found(words, place - words.start, short)
        for key, words, place in found
        if (short := _short_stretches(texts, words, place))
    }
    wanted = {gram for one in doubtful.values() for _, gram in one.grams(texts.old)}
    old, new = places_in_both(texts.old, texts.new, wanted, texts.shared, clock, most=_MOST)
    alike = set()
    for key, one in doubtful.items():
        clock.check()
        in_old = _Elsewhere(texts.old, texts.old, old, 0)
        in_new = _Elsewhere(texts.old, texts.new, new, one.shift)
        if in_old.reads_like(one) or in_new.reads_like(one):
            alike.add(key)
    return alike


def _short_stretches(texts: Texts, words: Surroundings, place: int) -> tuple[tuple[int, int], ...]:
    """The unchanged stretches before and after, where not so long that no exchange explains them."""
    before, after = extent(texts, words, place, _REACH)
    new_end = place + words.end - words.start
    at_start = texts.is_whole and before == words.start == place
    at_end = texts.is_whole and after == len(texts.old) - words.end == len(texts.new) - new_end
    short = []
    if before < _REACH and not at_start:
        short.append((words.start - before, words.last))
    if after < _REACH and not at_end:
        short.append((words.first, words.end + after))
    return tuple(short)


@dataclass(frozen=True)
class _Elsewhere:
    """The old or the new text, where the looked up grams stand in it, the words' shift into it."""

    old: str
    text: str
    places: dict[str, list[int]]
    shift: int

    def reads_like(self, one: _Found) -> bool:
        """Whether a short stretch reads like another place; also when its grams are everywhere."""
        own = one.words.first + self.shift
        bands: Counter[int] = Counter()
        common = known = 0
        for offset, gram in one.grams(self.old):
            known += 1
            starts = self.places.get(gram, ())
            if len(starts) >= _MOST:
                common += 1
                continue
            bands.update({(at - offset) // _BAND for at in starts if at - offset != own})
        if common * 2 > known:
            return True
        least = max(2, round(_SHARE * (known - common)))
        likely = [band for band in bands if bands[band] + bands[band + 1] >= least]
        likely.sort(key=bands.__getitem__)
        return any(self._alike(one, band * _BAND) for band in likely[-_COMPARED:])

    def _alike(self, one: _Found, other: int) -> bool:
        """Whether a short stretch reads like this place as a whole, and so does its outer end.

        Where it goes on, past what is alike, to words of its own, it wasn't exchanged.
        """
        shift = other - one.words.first
        stretches = [(stretch, stretch) for stretch in one.short]
        for start, end in one.short:
            if one.words.first - start >= _OUTER:
                stretches.append(((start, end), (start, start + _OUTER)))
            elif end - one.words.last >= _OUTER:
                stretches.append(((start, end), (end - _OUTER, end)))
        unlike = {
            whole
            for whole, part in stretches
            if _share(self.old[slice(*part)], self._there(*part, shift))
            < (_ALIKE if part == whole else _OUTER_ALIKE)
        }
        return len(unlike) < len(one.short)

    def _there(self, start: int, end: int, shift: int) -> str:
        """What stands where the stretch would be, shifted otherwise, without the stretch itself."""
        first, last = max(0, start + shift - _BAND), max(0, end + shift + 2 * _BAND)
        if shift < self.shift:
            return self.text[first : min(last, start + self.shift)]
        return self.text[max(first, end + self.shift) : last]


def _share(stretch: str, other: str) -> float:
    """How many of the stretch's words stand in the other in the same order: 0 to 1."""
    mine = [token for token in tokens(stretch) if is_word(token)]
    theirs = [token for token in tokens(other) if is_word(token)]
    return LCSseq.similarity(mine, theirs) / max(1, len(mine))
