"""The text of a file of bytes: its encoding found, its byte order mark off, nothing else changed."""

import codecs
import re

from charset_normalizer import from_bytes
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from annotations.imports.plan import Incoming
from annotations.imports.read_article import ReadArticle

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
SAMPLE = 32 * 1024  # bytes looked at to guess an encoding
HEAD = 4 * 1024  # bytes in which a page says its own
# No page is in these: they take time with the square of the length, or hide what looks are taken for.
_NEVER = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7"})


def text_of(data: bytes, said: str = "") -> tuple[str, str]:
    """(text, encoding that was guessed, or “” where it is certain).

    Certain are a byte order mark, UTF-8 that is whole, and what `said`, a content type, names. Of
    other bytes the encoding is guessed. ValidationError where none fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding), ""
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        named = _CHARSET.search(said.encode("ascii", "replace"))
        if named and (text := _tried(data, named[1].decode())) is not None:
            return text, ""
        return _guessed(data)


def page_text_of(data: bytes, said: str = "") -> tuple[str, str]:
    """As `text_of`, for a page of HTML, which may name its encoding in its head."""
    named = _CHARSET.search(data[:HEAD])
    return text_of(data, said or (f"charset={named[1].decode()}" if named else ""))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file says that it is %(encoding)s; byte %(place)s is not."),
            params={"encoding": encoding, "place": error.start + 1},
        ) from error


def is_never(encoding: str) -> bool:
    """Whether no text may be read in this encoding."""
    try:
        return codecs.lookup(encoding).name.replace("_", "-") in _NEVER
    except LookupError:
        return False


def _tried(data: bytes, encoding: str) -> str | None:
    if is_never(encoding):
        return None
    try:
        return data.decode(codecs.lookup(encoding).name)
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> tuple[str, str]:
    best = from_bytes(data[:SAMPLE]).best()
    text = _tried(data, best.encoding) if best else None
    if best is None or text is None or "\x00" in text:
        raise ValidationError(_("This is not text, or in an encoding that is not known here."))
    return text, best.encoding


def read_text(file: Incoming) -> ReadArticle:
    """The article of a .txt file: all of its text, as received."""
    text, guessed = text_of(file.data, file.content_type)
    return ReadArticle(file.name, text, url=file.address, warnings=warned_of(guessed))


def warned_of(guessed: str) -> tuple[str, ...]:
    """What to look at where an encoding was guessed."""
    said = _(
        "Read as %(encoding)s, which the file does not say: look whether its letters are right."
    )
    return (said % {"encoding": guessed},) if guessed else ()
