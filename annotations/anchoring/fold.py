"""A folded copy of a text, for searching and look-up only: what is stored and shown is never folded."""

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′"))
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x0640])
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ة": "ه",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
    }
)
_HYPHENS = str.maketrans(dict.fromkeys("-‐‑‒–—", " "))
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text without what writers vary: case, accents, apostrophes, hyphens, letter variants, invisible joiners.

    NFC and NFD, Arabic and Persian ye and kaf, and “Ma’arij” and "Maarij" come out alike.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    bare = (
        bare.casefold()
        .translate(_APOSTROPHES)
        .translate(_INVISIBLE)
        .translate(_LETTERS)
        .translate(_HYPHENS)
    )
    return _SPACE.sub(" ", bare).strip()
