"""Generated corrections, and their own map of where each code point of the old text went.

Nothing here asks the engine: every code point carries the offset it had in the old text, or None
where it was typed anew, through all the edits. A copy carries the offsets of what it copies.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from annotations.tests.anchoring.articles import (
    NAMES,
    WORDS,
    Document,
    Origins,
    Sentence,
    Token,
    document_of,
    flat,
    numbered,
)


@dataclass(frozen=True)
class Correction:
    """An old text, a new one, where each code point of the new one stood, and chosen spans."""

    old: str
    new: str
    origins: Origins
    spans: list[tuple[int, int]]
    edits: list[str] = field(default_factory=list)


def correction(seed: int, size: int, edits: Iterable[str], statements: int) -> Correction:
    """One text of `size` paragraphs, the edits made to it, and so many spans in it."""
    chance = random.Random(seed)
    document = numbered(document_of(chance, size))
    old, _ = flat(document)
    done = [name for name in edits if _edited(document, name, chance)]
    new, origins = flat(document)
    if new == old:  # what was done and undone is no correction
        origins = tuple(range(len(old)))
    return Correction(old, new, origins, _spans(chance, old, statements), done)


def _edited(document: Document, name: str, chance: random.Random) -> bool:
    """Whether the edit left another text; one that didn't is undone, for nobody could tell it."""
    before, (text, _) = list(document), flat(document)
    if EDITS[name](document, chance) and flat(document)[0] != text:
        return True
    document[:] = before
    return False


def _spans(chance: random.Random, old: str, statements: int) -> list[tuple[int, int]]:
    starts = [0, *(at + 1 for at, char in enumerate(old[:-1]) if char in " \n")]
    spans = []
    for _ in range(statements if old else 0):
        start = chance.choice(starts) if chance.random() < 0.7 else chance.randrange(len(old))
        length = chance.choice([1, 5, 12, 30, 60, 120, 300])
        spans.append((start, min(len(old), start + chance.randint(1, length))))
    return spans


# What happens to a document, in place; each says whether it found something to do.
Edit = Callable[[Document, random.Random], bool]


def _sentence_places(document: Document) -> list[tuple[int, int]]:
    return [
        (row, at)
        for row, paragraph in enumerate(document)
        for at, sentence in enumerate(paragraph)
        if sentence.tokens[0].kind != "break"
    ]


def _replace(document: Document, place: tuple[int, int], sentence: Sentence) -> None:
    row, at = place
    document[row] = (*document[row][:at], sentence, *document[row][at + 1 :])


def _edit_sentence(
    document: Document, chance: random.Random, make: Callable[[list[Token]], None]
) -> bool:
    places = _sentence_places(document)
    if not places:
        return False
    row, at = chance.choice(places)
    tokens = list(document[row][at].tokens)
    make(tokens)
    _replace(document, (row, at), Sentence(tuple(tokens) or (Token("word", ""),)))
    return True


def _insert(document: Document, chance: random.Random) -> bool:
    script = chance.choice(list(WORDS))
    words = [
        Token("word", "").typed(word + " ") for word in chance.choices(WORDS[script].split(), k=3)
    ]

    def make(tokens: list[Token]) -> None:
        at = chance.randint(0, len(tokens))
        tokens[at:at] = words[: chance.randint(1, 3)]

    return _edit_sentence(document, chance, make)


def _delete(document: Document, chance: random.Random) -> bool:
    def make(tokens: list[Token]) -> None:
        at = chance.randrange(len(tokens))
        del tokens[at : at + chance.randint(1, 4)]

    return _edit_sentence(document, chance, make)


def _mistype(document: Document, chance: random.Random) -> bool:
    def make(tokens: list[Token]) -> None:
        at = chance.randrange(len(tokens))
        token = tokens[at]
        cut = chance.randint(0, len(token.text))
        drop = chance.randint(0, 1)
        add = chance.choice(["", "e", "ی", "😀", "\u0301", "\u200c"])
        tokens[at] = Token(
            token.kind,
            token.text[:cut] + add + token.text[cut + drop :],
            (*token.origins[:cut], *(None,) * len(add), *token.origins[cut + drop :]),
        )

    return _edit_sentence(document, chance, make)


def _twins(document: Document) -> set[str]:
    """The sentences that came to stand twice by their details."""
    often: dict[str, list[Sentence]] = {}
    for place in _sentence_places(document):
        often.setdefault(_at(document, place).text, []).append(_at(document, place))
    return {
        text
        for text, same in often.items()
        if len(same) > 1 and any(one.is_exchanged for one in same)
    }


def _has_twin(document: Document, first: int, last: int) -> bool:
    """Whether one of the paragraphs stands twice, now or in the old text.

    Moved, doubled or dropped, one may leave the very text that its twin leaves: whose is which, no
    map could say.
    """
    twins = _twins(document)
    return any(
        paragraph[-1].has_twin or any(sentence.text in twins for sentence in paragraph)
        for paragraph in document[first : last + 1]
    )


def _move(document: Document, chance: random.Random) -> bool:
    if len(document) < 2:
        return False
    at = chance.randrange(len(document))
    to = chance.choice([0, len(document) - 1, chance.randint(0, len(document) - 1)])
    if _has_twin(document, min(at, to), max(at, to)):  # to go past one is to move it
        return False
    document.insert(to, document.pop(at))
    return True


def _double(document: Document, chance: random.Random) -> bool:
    if not document:
        return False
    at, to = chance.randrange(len(document)), chance.randint(0, len(document))
    if _has_twin(document, at, at) or _has_twin(document, max(0, to - 1), to):
        return False
    document.insert(to, document[at])
    return True


def _drop(document: Document, chance: random.Random) -> bool:
    if len(document) < 2:
        return False
    at = chance.randrange(len(document))
    if _has_twin(document, at, at):
        return False
    del document[at]
    return True


def _pair(
    document: Document, chance: random.Random
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Two places of look-alike sentences that are not the same.

    None beside what stands twice: to exchange the neighbours of twins is to exchange the twins.
    """
    twins = _twins(document)
    places = [
        place
        for place in _sentence_places(document)
        if _at(document, place).family is not None
        and not _at(document, place).is_exchanged
        and not _is_by_twins(document, place, twins)
    ]
    chance.shuffle(places)
    for one in places:
        for other in places:
            mine, theirs = _at(document, one), _at(document, other)
            if mine.family == theirs.family and mine.text != theirs.text:
                return one, other
    return None


def _is_by_twins(document: Document, place: tuple[int, int], twins: set[str]) -> bool:
    row, at = place
    around = [one for paragraph in document[max(0, row - 1) : row + 2] for one in paragraph]
    mine = sum(len(paragraph) for paragraph in document[max(0, row - 1) : row]) + at
    return document[row][-1].has_twin or any(
        one.has_twin or one.text in twins for one in around[max(0, mine - 2) : mine + 3]
    )


def _at(document: Document, place: tuple[int, int]) -> Sentence:
    return document[place[0]][place[1]]


def _swap_sentences(document: Document, chance: random.Random) -> bool:
    pair = _pair(document, chance)
    if pair is None:
        return False
    _exchange(document, *pair)
    return True


def _exchange(document: Document, one: tuple[int, int], other: tuple[int, int]) -> None:
    mine, theirs = _at(document, one), _at(document, other)
    _replace(document, one, replace(theirs, is_exchanged=True))
    _replace(document, other, replace(mine, is_exchanged=True))


def _swap_details(kinds: tuple[str, ...]) -> Edit:
    """Exchange the details of two look-alike sentences: retyped, or cut and pasted.

    With all their details exchanged the sentences have changed places: one pair of texts has one map.
    """

    def edit(document: Document, chance: random.Random) -> bool:
        pair = _pair(document, chance)
        if pair is None:
            return False
        mine, theirs = _at(document, pair[0]), _at(document, pair[1])
        is_typed = chance.random() < 0.5
        left, right = list(mine.tokens), list(theirs.tokens)
        swapped = False
        for at, (one, other) in enumerate(zip(left, right, strict=False)):
            if one.kind == other.kind and one.kind in kinds and one.text != other.text:
                left[at] = one.typed(other.text) if is_typed else other
                right[at] = other.typed(one.text) if is_typed else one
                swapped = True
        made = Sentence(tuple(left), mine.family, is_exchanged=True)
        if made.text == theirs.text:
            _exchange(document, *pair)
            return swapped
        _replace(document, pair[0], made)
        _replace(document, pair[1], Sentence(tuple(right), theirs.family, is_exchanged=True))
        return swapped

    return edit


def _become(document: Document, chance: random.Random) -> bool:
    """Give a sentence the details of a look-alike: they now read the same."""
    pair = _pair(document, chance)
    if pair is None:
        return False
    mine, theirs = _at(document, pair[0]), _at(document, pair[1])
    kinds = chance.choice([("name",), ("number",), ("negation",), ("name", "number", "negation")])
    tokens = [
        one.typed(other.text) if one.kind in kinds and one.text != other.text else one
        for one, other in zip(mine.tokens, theirs.tokens, strict=False)
    ]
    _replace(document, pair[0], Sentence(tuple(tokens), mine.family, is_exchanged=True))
    return True


def _rename(document: Document, chance: random.Random) -> bool:
    """Exchange two names in the whole text."""
    script = chance.choice(list(NAMES))
    places = _sentence_places(document)
    if any(_at(document, place).is_exchanged for place in places):
        return False
    one, other = (name + " " for name in chance.sample(NAMES[script], 2))
    turned = {one: other, other: one}
    before = {place: _at(document, place) for place in places}
    for place, sentence in before.items():
        tokens = tuple(
            token.typed(turned[token.text]) if token.text in turned else token
            for token in sentence.tokens
        )
        _replace(document, place, Sentence(tokens, sentence.family, is_exchanged=True))
    _pair_off(document, before)
    return True


def _pair_off(document: Document, before: dict[tuple[int, int], Sentence]) -> None:
    """Sentences each of which now reads as another did, and that one as it did, changed places."""
    read = {sentence.text: place for place, sentence in before.items()}
    for place, sentence in before.items():
        now = _at(document, place).text
        there = read.get(now, place)
        if now != sentence.text and place < there and _at(document, there).text == sentence.text:
            _replace(document, place, replace(before[there], is_exchanged=True))
            _replace(document, there, replace(sentence, is_exchanged=True))


EDITS: dict[str, Edit] = {
    "insert": _insert,
    "delete": _delete,
    "mistype": _mistype,
    "move": _move,
    "double": _double,
    "drop": _drop,
    "swap sentences": _swap_sentences,
    "swap names": _swap_details(("name",)),
    "swap numbers": _swap_details(("number",)),
    "swap negations": _swap_details(("negation",)),
    "swap all details": _swap_details(("name", "number", "negation")),
    "become": _become,
    "rename": _rename,
}
