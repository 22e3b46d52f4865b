"""Words put together for the reader, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext


def listed(words: Iterable[str]) -> str:
    """The words one after the other, with the comma of the reader's language between them."""
    several = list(words)
    return gettext(", ").join(several) if len(several) > 1 else "".join(several)
