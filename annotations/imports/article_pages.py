"""The article on a page of HTML: its main text, found by trafilatura; what is around it is left out.

Nothing is fetched, run or shown of the page but that text. Its size and number of tags are bounded
before it is parsed: a page of news has some thousand tags, a bomb a million.
"""

import re
from datetime import date

import lxml.html
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree
from trafilatura import bare_extraction

from annotations.imports.article_texts import page_text_of, warned_of
from annotations.imports.plan import Incoming
from annotations.imports.read_article import ReadArticle

LARGEST = 5 * 1024 * 1024  # characters of HTML
MOST_TAGS = 40_000
MOST_ATTRIBUTES = 200  # of one tag: libxml2 compares each with all before it
MOST_ELEMENTS = 10_000  # without scripts and styles: what trafilatura looks at again and again
LONGEST_WORDS = 500_000  # characters in them
DEEPEST = 1000
_TAG = re.compile(r"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*=?[^\s/>=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_OPENED = re.compile(
    r"<(/?)(?:div|span|p|b|i|em|a|ul|ol|li|table|tr|td|section|article|font|blockquote)\b"
)
_UNREAD = ("script", "style", "noscript", "template", "svg", "iframe", "object")


def read_page(file: Incoming) -> ReadArticle:
    """The article on the page, its title, byline, date and address offered; ValidationError where there is none."""
    page, guessed = page_text_of(file.data, file.content_type)
    tree = tree_of(page)
    try:
        found = bare_extraction(
            tree, url=file.address or None, with_metadata=True, include_comments=False
        )
    except (ValueError, RecursionError, etree.LxmlError) as error:
        raise ValidationError(_("The page cannot be read.")) from error
    text = (getattr(found, "text", "") or "").strip("\n")
    if found is None or isinstance(found, dict) or not text.strip():
        raise ValidationError(_("No article was found on this page: copy its text and paste it."))
    return ReadArticle(
        file.name,
        text,
        headline=found.title or "",
        byline=found.author or "",
        outlet="",
        url=file.address,
        published_on=_day(found.date),
        language=(tree.get("lang") or "").strip(),
        warnings=warned_of(guessed),
    )


def tree_of(page: str) -> lxml.html.HtmlElement:
    """The page as a tree without scripts and styles; ValidationError for one that costs too much to look at."""
    if len(page) > LARGEST or page.count("<") > MOST_TAGS:
        raise ValidationError(_("The page is too large to be an article."))
    if "\x00" in page or "<!entity" in page.lower():
        raise ValidationError(_("The page cannot be read."))
    _refuse_depth(page)
    _refuse_attributes(page)
    parser = lxml.html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    try:
        tree = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ValueError, etree.LxmlError) as error:
        raise ValidationError(_("The page cannot be read.")) from error
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    _refuse_large(tree)
    return tree


def _refuse_depth(page: str) -> None:
    """A linear look at what is opened and not closed again: parsers walk a tree as deep as it is."""
    depth = 0
    for found in _OPENED.finditer(page):
        depth += -1 if found[1] else 1
        if depth > DEEPEST:
            raise ValidationError(_("The page is nested too deep to be an article."))


def _refuse_attributes(page: str) -> None:
    for tag in _TAG.finditer(page):
        place, number = tag.end(), 0
        while found := _ATTRIBUTE.match(page, place):
            place, number = found.end(), number + 1
            if number > MOST_ATTRIBUTES:
                raise ValidationError(_("The page cannot be read."))


def _refuse_large(tree: lxml.html.HtmlElement) -> None:
    elements = words = 0
    for element in tree.iter():
        elements += 1
        words += len(element.text or "") + len(element.tail or "")
    if elements > MOST_ELEMENTS or words > LONGEST_WORDS:
        raise ValidationError(_("The page is too large to be an article."))


def _day(found: str | None) -> date | None:
    try:
        return date.fromisoformat((found or "")[:10])
    except ValueError:
        return None
