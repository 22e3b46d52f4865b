"""Which sentences of a text read like another one of it, but for a name or a number."""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from annotations.anchoring.clock import Clock
from annotations.anchoring.sentences import ends

SHARE = 0.3  # of the words, in order, for two passages to be look-alikes
_SENTENCES = 2_000  # of a text; in a longer one every sentence is taken to have a look-alike
_FIRST = 0xE000  # code points from here on stand for words


def share(words: Sequence[str], others: Sequence[str]) -> float:
    """The words in the same order, as a share of those of the longer passage."""
    return LCSseq.normalized_similarity(words, others) if words and others else 0.0


class LookAlikes:
    """Tells of a part of a sentence whether that sentence has a look-alike; what was asked is kept."""

    def __init__(self, text: str, clock: Clock) -> None:
        self._text = text
        self._clock = clock
        self._sentences: list[tuple[int, int, str]] = []
        self._found: dict[tuple[int, int], bool] = {}

    def has(self, start: int, end: int) -> bool:
        """Whether a sentence reads like one that shares some of text[start:end]. OutOfTime."""
        found = self._found.get((start, end))
        if found is None:
            found = self._found[start, end] = self._is_found(start, end)
        return found

    def _is_found(self, start: int, end: int) -> bool:
        self._clock.check()
        sentences = self._sentences or self._read()
        return len(sentences) > _SENTENCES or any(
            LCSseq.normalized_similarity(one, other, score_cutoff=SHARE)
            for first, last, one in sentences
            if first < end and start < last
            for beginning, _, other in sentences
            if beginning != first
        )

    def _read(self) -> list[tuple[int, int, str]]:
        """The sentences that have words, a character for each word: so they are compared fastest."""
        characters: dict[str, str] = {}
        start = 0
        for end in ends(self._text, 0, len(self._text)):
            words = self._text[start:end].split()
            if words:
                coded = [
                    characters.setdefault(word, chr(_FIRST + len(characters))) for word in words
                ]
                self._sentences.append((start, end, "".join(coded)))
            if len(self._sentences) > _SENTENCES:
                break
            start = end
        return self._sentences
