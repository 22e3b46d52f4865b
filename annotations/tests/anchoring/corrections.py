"""Generated corrections, and their own map of where each code point of the old text went.

Nothing here asks the engine: every code point carries the offset it had in the old text, or None
where it was typed anew, through all the edits. A copy carries the offsets of what it copies.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

Origins = tuple[int | None, ...]

_WORDS = {
    "latin": """the minister said that talks with council went on after a long night and nobody
    had seen any proof of what papers wrote about budget school river market hospital election
    police protest harvest bridge winter letter answer cafe\u0301 nai\u0308ve report""".split(),
    "rtl": """وزیر گفت که گفتگو با شورا پس از یک شب دراز ادامه یافت و هیچکس سندی ندید می‌رویم
    نمی‌خواهند بودجه مکتب دریا بازار شفاخانه انتخابات پولیس زمستان نامه پاسخ گزارش خبره ښار""".split(),
    "astral": "😀 👩🏽‍🚀 𝒜𝓁 🇦🇫 met the 𐍈𐌰 and 🧾 said it 🌍 was 𠮷野家 e\u0301t over".split(),
}
_NAMES = {
    "latin": ["Alpha", "Beta", "Karim Khan", "Maria Silva", "the Ministry of Public Works", "Ito"],
    "rtl": ["کابل", "هرات", "احمد شاه", "مریم صافی", "وزارت امور خارجه", "بلخ"],
    "astral": ["😀😀", "𝒜lpha", "𝓑eta", "👩🏽‍🚀 Ito", "🇦🇫", "🇫🇷"],
}
_NUMBERS = {
    "latin": ["5", "7", "12", "350", "two"],
    "rtl": ["۵", "۷", "۱۲", "۳۵۰", "دو"],
    "astral": ["𝟓", "𝟕", "12", "350", "5"],
}
_NOT = {"latin": ["did", "did not"], "rtl": ["رفت", "نرفت"], "astral": ["is", "isn’t"]}


@dataclass(frozen=True)
class Token:
    """A word with the blank after it; `kind` is word, name, number, negation or break."""

    kind: str
    text: str
    origins: Origins = ()

    def typed(self, text: str) -> "Token":
        return Token(self.kind, text, (None,) * len(text))


@dataclass(frozen=True)
class Sentence:
    """Tokens; those of one family have the same frame and other names, numbers and negations.

    Details are exchanged once: there and back would leave the old text with another history.
    """

    tokens: tuple[Token, ...]
    family: int | None = None
    is_exchanged: bool = False

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)


Paragraph = tuple[Sentence, ...]
Document = list[Paragraph]


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
    document = _numbered(_document(chance, size))
    old, _ = _flat(document)
    done = [name for name in edits if _edited(document, name, chance)]
    new, origins = _flat(document)
    return Correction(old, new, origins, _spans(chance, old, statements), done)


def _edited(document: Document, name: str, chance: random.Random) -> bool:
    """Whether the edit left another text; one that didn't is undone, for nobody could tell it."""
    before, (text, _) = list(document), _flat(document)
    if EDITS[name](document, chance) and _flat(document)[0] != text:
        return True
    document[:] = before
    return False


def _document(chance: random.Random, size: int) -> Document:
    scripts = chance.choice([["latin"], ["rtl"], ["astral"], ["latin", "rtl", "astral"]])
    families = [_frame(chance, scripts) for _ in range(chance.randint(1, 3))]
    document: Document = []
    for _ in range(size):
        if document and chance.random() < 0.06:
            document.append(chance.choice(document))
            continue
        sentences = []
        for _ in range(chance.choice([1, 1, 2, 3, 4])):
            family = chance.randrange(len(families))
            is_alike = chance.random() < 0.4
            sentences.append(
                _member(chance, families[family], family) if is_alike else _plain(chance, scripts)
            )
        document.append((*sentences, Sentence((Token("break", "\n\n"),))))
    return document


def _frame(chance: random.Random, scripts: list[str]) -> list[tuple[str, str, str]]:
    """A script, a kind and a word for each place of a look-alike sentence."""
    script = chance.choice(scripts)
    kinds = chance.choices(["word", "name", "number", "negation"], [8, 2, 1, 1], k=20)
    length = chance.randint(4, 20)
    frame = [(script, kind, chance.choice(_WORDS[script])) for kind in kinds[:length]]
    return [(script, "name", ""), *frame] if chance.random() < 0.6 else frame


def _member(chance: random.Random, frame: list[tuple[str, str, str]], family: int) -> Sentence:
    choices = {"name": _NAMES, "number": _NUMBERS, "negation": _NOT}
    tokens = [
        Token(kind, (chance.choice(choices[kind][script]) if kind in choices else word) + " ")
        for script, kind, word in frame
    ]
    return Sentence((*tokens[:-1], Token(tokens[-1].kind, tokens[-1].text[:-1] + ". ")), family)


def _plain(chance: random.Random, scripts: list[str]) -> Sentence:
    script = chance.choice(scripts)
    words = chance.choices(_WORDS[script], k=chance.randint(3, 25))
    tokens = [Token("word", word + " ") for word in words]
    if chance.random() < 0.4:
        tokens.insert(0, Token("name", chance.choice(_NAMES[script]) + " "))
    if chance.random() < 0.3:
        tokens.append(Token("number", chance.choice(_NUMBERS[script]) + " "))
    return Sentence((*tokens, Token("word", chance.choice([". ", "!” ", "؟ ", "… "]))))


def _numbered(document: Document) -> Document:
    at = 0
    numbered: Document = []
    for paragraph in document:
        sentences = []
        for sentence in paragraph:
            tokens = []
            for token in sentence.tokens:
                tokens.append(Token(token.kind, token.text, tuple(range(at, at + len(token.text)))))
                at += len(token.text)
            sentences.append(Sentence(tuple(tokens), sentence.family))
        numbered.append(tuple(sentences))
    return numbered


def _flat(document: Document) -> tuple[str, Origins]:
    tokens = [token for paragraph in document for one in paragraph for token in one.tokens]
    origins = tuple(origin for token in tokens for origin in token.origins)
    return "".join(token.text for token in tokens), origins


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
    script = chance.choice(list(_WORDS))
    words = [Token("word", "").typed(word + " ") for word in chance.choices(_WORDS[script], k=3)]

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


def _move(document: Document, chance: random.Random) -> bool:
    if len(document) < 2:
        return False
    moved = document.pop(chance.randrange(len(document)))
    document.insert(chance.choice([0, len(document), chance.randint(0, len(document))]), moved)
    return True


def _double(document: Document, chance: random.Random) -> bool:
    if not document:
        return False
    document.insert(chance.randint(0, len(document)), chance.choice(document))
    return True


def _drop(document: Document, chance: random.Random) -> bool:
    if len(document) < 2:
        return False
    del document[chance.randrange(len(document))]
    return True


def _pair(
    document: Document, chance: random.Random
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Two places of look-alike sentences that are not the same."""
    places = [
        place
        for place in _sentence_places(document)
        if _at(document, place).family is not None and not _at(document, place).is_exchanged
    ]
    chance.shuffle(places)
    for one in places:
        for other in places:
            mine, theirs = _at(document, one), _at(document, other)
            if mine.family == theirs.family and mine.text != theirs.text:
                return one, other
    return None


def _at(document: Document, place: tuple[int, int]) -> Sentence:
    return document[place[0]][place[1]]


def _swap_sentences(document: Document, chance: random.Random) -> bool:
    pair = _pair(document, chance)
    if pair is None:
        return False
    mine, theirs = _at(document, pair[0]), _at(document, pair[1])
    _replace(document, pair[0], replace(theirs, is_exchanged=True))
    _replace(document, pair[1], replace(mine, is_exchanged=True))
    return True


def _swap_details(kinds: tuple[str, ...]) -> Edit:
    """Exchange the details of two look-alike sentences: retyped, or cut and pasted."""

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
        _replace(document, pair[0], Sentence(tuple(left), mine.family, is_exchanged=True))
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
    script = chance.choice(list(_NAMES))
    if any(_at(document, place).is_exchanged for place in _sentence_places(document)):
        return False
    one, other = (name + " " for name in chance.sample(_NAMES[script], 2))
    turned = {one: other, other: one}
    for place in _sentence_places(document):
        sentence = _at(document, place)
        tokens = tuple(
            token.typed(turned[token.text]) if token.text in turned else token
            for token in sentence.tokens
        )
        _replace(document, place, Sentence(tokens, sentence.family, is_exchanged=True))
    return True


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
