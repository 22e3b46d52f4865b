"""Generated articles, every code point of which knows the offset it had at first."""

import random
from collections import Counter
from dataclasses import dataclass

Origins = tuple[int | None, ...]

WORDS = {
    "latin": """the minister said that talks with council went on after a long night and nobody
    had seen any proof of what papers wrote about budget school river market hospital election
    police protest harvest bridge winter letter answer cafe\u0301 nai\u0308ve report""",
    "rtl": """وزیر گفت که گفتگو با شورا پس از یک شب دراز ادامه یافت و هیچکس سندی ندید می‌رویم
    نمی‌خواهند بودجه مکتب دریا بازار شفاخانه انتخابات پولیس زمستان نامه پاسخ گزارش خبره ښار""",
    "astral": "😀 👩🏽‍🚀 𝒜𝓁 🇦🇫 met the 𐍈𐌰 and 🧾 said it 🌍 was 𠮷野家 e\u0301t over",
}
_ENDINGS = {
    "latin": ["", "s", "ed", "ing", "er", "ly", "al"],
    "rtl": ["", "ها", "ی", "ان", "\u200cتر", "م"],
    "astral": ["", "a", "o", "\u0301", "𝓈"],
}
NAMES = {
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
    has_twin: bool = False  # it stands twice in the old text; a break, when its paragraph does

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)


Paragraph = tuple[Sentence, ...]
Document = list[Paragraph]


def document_of(chance: random.Random, size: int) -> Document:
    scripts = chance.choice([["latin"], ["rtl"], ["astral"], ["latin", "rtl", "astral"]])
    alike = chance.choice([0.0, 0.1, 0.1, 0.2, 0.5])
    families = [_frame(chance, scripts) for _ in range(chance.randint(1, 3))]
    document: Document = []
    for _ in range(size):
        if document and chance.random() < 0.06:
            document.append(chance.choice(document))
            continue
        sentences = []
        for _ in range(chance.choice([1, 1, 2, 3, 4])):
            family = chance.randrange(len(families))
            is_alike = chance.random() < alike
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
    frame = [(script, kind, chance.choice(WORDS[script].split())) for kind in kinds[:length]]
    return [(script, "name", ""), *frame] if chance.random() < 0.6 else frame


def _member(chance: random.Random, frame: list[tuple[str, str, str]], family: int) -> Sentence:
    choices = {"name": NAMES, "number": _NUMBERS, "negation": _NOT}
    tokens = [
        Token(kind, (chance.choice(choices[kind][script]) if kind in choices else word) + " ")
        for script, kind, word in frame
    ]
    return Sentence((*tokens[:-1], Token(tokens[-1].kind, tokens[-1].text[:-1] + ". ")), family)


def _plain(chance: random.Random, scripts: list[str]) -> Sentence:
    script = chance.choice(scripts)
    words = chance.choices(WORDS[script].split(), k=chance.randint(3, 25))
    tokens = [Token("word", word + chance.choice(_ENDINGS[script]) + " ") for word in words]
    if chance.random() < 0.4:
        tokens.insert(0, Token("name", chance.choice(NAMES[script]) + " "))
    if chance.random() < 0.3:
        tokens.append(Token("number", chance.choice(_NUMBERS[script]) + " "))
    return Sentence((*tokens, Token("word", chance.choice([". ", "!” ", "؟ ", "… "]))))


def numbered(document: Document) -> Document:
    """The document as the old text: each code point knows its place, what stands twice knows that."""
    at = 0
    often = Counter(text for paragraph in document for text in _texts(paragraph))
    numbered: Document = []
    for paragraph in document:
        sentences = []
        for sentence, text in zip(paragraph, _texts(paragraph), strict=True):
            tokens = []
            for token in sentence.tokens:
                tokens.append(Token(token.kind, token.text, tuple(range(at, at + len(token.text)))))
                at += len(token.text)
            sentences.append(Sentence(tuple(tokens), sentence.family, has_twin=often[text] > 1))
        numbered.append(tuple(sentences))
    return numbered


def _texts(paragraph: Paragraph) -> list[str]:
    """What each of its sentences reads, and for the break, all of it."""
    return [*(sentence.text for sentence in paragraph[:-1]), flat([paragraph])[0]]


def flat(document: Document) -> tuple[str, Origins]:
    tokens = [token for paragraph in document for one in paragraph for token in one.tokens]
    origins = tuple(origin for token in tokens for origin in token.origins)
    return "".join(token.text for token in tokens), origins
