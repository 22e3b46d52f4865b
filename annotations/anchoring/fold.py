"""A folded copy of a text, for searching and look-up only: what is stored and shown is never folded."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        # Writing from the right: one letter, typed on Arabic, Persian, Pashto or Urdu keyboards.
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ڪ": "ک",
        "ګ": "گ",
        "ة": "ه",
        "ۃ": "ه",
        "ە": "ه",  # what ۀ is made of, beside its hamza
        "ہ": "ه",
        "ھ": "ه",
        "ٱ": "ا",
        "٬": ",",
        "٫": ".",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
    }
    | dict.fromkeys("'’‘ʼʻ`´′", "")
    | dict.fromkeys("-‐‑‒–—", " ")
)
_SPACE = re.compile(r"\s+")


class _Bare(dict[int, str | None]):
    """For `str.translate`: nothing for what is not seen or stands over a letter, 0 to 9 for any digit."""

    def __missing__(self, point: int) -> str | None:
        character = chr(point)
        self[point] = None if _is_dropped(character) else _plain(character)
        return self[point]


def _is_dropped(character: str) -> bool:
    """Accents, vowel signs, hamza over a letter; joiners, bidi controls, variation selectors, tatweel."""
    return (
        unicodedata.combining(character) != 0
        or unicodedata.category(character) == "Cf"
        or character in "\u0640\u034f"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _plain(character: str) -> str:
    return str(unicodedata.decimal(character, character))


_BARE = _Bare()


def fold(text: str) -> str:
    """The text without what writers vary: case, accents, apostrophes, hyphens, letter variants, unseen characters.

    NFC and NFD, Arabic and Persian ye and kaf, ۱۲ and 12, “Ma’arij” and "Maarij" come out alike.
    """
    bare = unicodedata.normalize("NFKD", text).translate(_BARE)
    return _SPACE.sub(" ", bare.casefold().translate(_LETTERS)).strip()
