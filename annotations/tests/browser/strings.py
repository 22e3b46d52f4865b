"""Strings that make counting go wrong: generated from a seed, all kinds of writing mixed."""

import random
import unicodedata

KINDS: dict[str, tuple[str, ...]] = {
    "plain": ("the army", "Ann said", "2,000", "“no”", "a<b&c>\"d'", "it's", " ", "\t", " – "),
    "composed": ("café", "Łódź", "Ångström", "Tiếng Việt", "naïve"),
    "decomposed": ("cafe\u0301", "A\u030angstro\u0308m", "q\u0307\u0323", "Tie\u0302\u0301ng", "\u0301"),
    "emoji": ("😀", "🙂", "❤️", "☎︎", "1️⃣", "©️", "𝔘𝔫𝔦", "𠀀𪜀"),
    "skin and joined": ("👩🏽‍🚀", "👨‍👩‍👧‍👦", "👍🏿", "🧑🏻‍🤝‍🧑🏿", "🏳️‍🌈", "❤️‍🔥", "👩‍"),
    "flags": ("🇦🇫", "🇵🇰🇮🇷", "🇩", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇦🇫🇦"),
    "Dari": ("می‌رویم", "کتاب‌ها", "دروازهٔ", "خانه\u200cای", "«نه»", "۱۲۳", "گفت که", "مَعارِف", "هـــا"),
    "Pashto": ("پښتو", "ځمکه", "څه", "ګټه", "ړوند", "ډېر ښه", "زموږ", "یې", "نړۍ"),
    "Arabic": ("مُحَمَّدٌ", "ٱلرَّحْمَٰن", "أإآؤئة", "ﷲ", "\u0600\u0661\u0662", "لَا", "٠١٢"),
    "Hebrew": ("שָׁלוֹם", "ירושלים", "צה״ל"),
    "bidi": ("\u200e", "\u200f", "\u061c", "\u2067שלום\u2069", "\u202bابت\u202c", "\u202eabc\u202c",
             "\u2068x\u2069", "\u2066"),
    "India": ("क्षत्रिय", "हिन्दी", "தமிழ்", "বাংলা", "ക്ഷ", "क्‍ष"),
    "East": ("한국어", "각", "中文", "日本ゔが", "ภาษาไทย", "ກຳ", "བོད་"),
    "unseen": ("\u200b", "\u200d", "\u2060", "\u00ad", "\u00a0", "\ufeff", "\u2028", "\u3000", "\ufe0f",
               "\x01", "\x85", "\ufffe", "\U000e0001"),
}  # fmt: skip
LAST = 0x10FFFF


def mixed(chance: random.Random) -> str:
    """A string of one to twelve pieces of any kinds; now and then in another normal form."""
    pieces = [_piece(chance) for _ in range(chance.randint(1, 12))]
    text = chance.choice(["", "", " "]).join(pieces)
    if chance.random() < 0.2:
        return unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", text) if chance.random() < 0.2 else text


def _piece(chance: random.Random) -> str:
    if chance.random() < 0.05:
        return "".join(_any_character(chance) for _ in range(chance.randint(1, 4)))
    return chance.choice(KINDS[chance.choice(list(KINDS))])


def _any_character(chance: random.Random) -> str:
    """Any code point that a text may hold: no NUL, no surrogate, no carriage return."""
    while True:
        point = chance.randint(1, LAST if chance.random() < 0.5 else 0xFFFF)
        if point != 0x0D and not 0xD800 <= point <= 0xDFFF:
            return chr(point)
