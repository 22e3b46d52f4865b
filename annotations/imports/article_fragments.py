"""The words of a piece of HTML, such as an entry of a feed: lines where its blocks end, nothing of its tags."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from annotations.imports.article_pages import tree_of

_IN_LISTS = ("ul", "ol", "li", "table", "tr", "dd", "dt")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = ("p", "div", "blockquote", "pre", "section", "article", "figure", "figcaption")
_BLOCKS = frozenset((*_IN_LISTS, *_HEADINGS, *_PARAGRAPHS))
_NOT_READ = frozenset(("script", "style", "noscript", "template", "iframe", "object", "head"))


def words_of(fragment: str) -> str:
    """The text of the fragment; “” where it has none; ValidationError where it is too large to look at."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    text = "".join(_pieces(tree_of(f"<div>{fragment}</div>")))
    lines = [re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


def _pieces(tree: Any) -> Iterator[str]:
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            skipped += element.tag in _NOT_READ
            if not skipped:
                yield "\n" if element.tag == "br" or element.tag in _BLOCKS else ""
                yield _flat(element.text)
            continue
        if not skipped and element.tag in _BLOCKS:
            yield "\n"
        skipped -= element.tag in _NOT_READ
        if not skipped:
            yield _flat(element.tail)


def _flat(text: str | None) -> str:
    """A line break in the source is a blank in what is read."""
    return (text or "").replace("\n", " ")
