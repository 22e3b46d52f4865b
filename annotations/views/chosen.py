"""Words that an address names by their place: in the text that the page shows, which may be corrected by now."""

from dataclasses import dataclass

from django.http import QueryDict

from annotations.anchoring.quotation import Quotation, describe
from annotations.forms.fields import NOT_WHOLE
from annotations.models import Article, Revision


@dataclass(frozen=True)
class Chosen:
    """The words and the text that they stand in; without words, `complaint` says why where some were named."""

    revision: Revision
    words: Quotation | None = None
    complaint: str = ""


def chosen(article: Article, asked: QueryDict) -> Chosen:
    """What ?start=&end= names in the text of ?revision=, the newest where none is named.

    Where ?begins= says how the words begin, others are not taken for them.
    """
    revision = _shown(article, asked.get("revision", ""))
    if "start" not in asked and "end" not in asked:
        return Chosen(revision or article.revision)
    try:
        if revision is None:
            raise ValueError(asked["revision"])
        words = describe(revision.text, int(asked.get("start", "")), int(asked.get("end", "")))
        if not words.exact.startswith(asked.get("begins", "")):
            raise ValueError(words.exact)
    except ValueError:
        return Chosen(revision or article.revision, complaint=str(NOT_WHOLE))
    return Chosen(revision, words)


def _shown(article: Article, number: str) -> Revision | None:
    """The article's text of this number; None where it has none."""
    if number in ("", str(article.revision.number)):
        return article.revision
    if not number.isdecimal() or len(number) > 9:
        return None
    return article.revisions.filter(number=int(number)).first()
