"""An article as a file gives it, before anything is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from annotations.models.validators import language_tag

LONGEST_TAG = 35  # characters of Article.language


@dataclass(frozen=True)
class ReadArticle:
    """One article of a file; what the file does not say is empty. `errors` say why it cannot come in."""

    file: str
    text: str = ""
    line: int = 0
    headline: str = ""
    outlet: str = ""
    url: str = ""
    byline: str = ""
    dateline: str = ""
    published_on: date | None = None
    language: str = ""
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    is_wanted: bool = True  # False for what is offered without being ticked


def language_of(tag: str, settings: Mapping[str, str]) -> str:
    """The tag where it is one, else the one that was given for the whole file, else English."""
    for each in (tag, settings.get("language", "")):
        if each and len(each) <= LONGEST_TAG and _is_tag(each):
            return each
    return "en"


def _is_tag(tag: str) -> bool:
    try:
        language_tag(tag)
    except ValidationError:
        return False
    return True
