"""Pages read as a person's programs read them: HTML asked for by address, and its elements."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from uuid import UUID

from django.test import Client

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Element:
    """One element with what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text_content(self) -> str:
        """The text, as a browser's textContent."""
        return "".join(c if isinstance(c, str) else c.text_content for c in self.children)

    @property
    def words(self) -> str:
        """The text with its white space folded, as it is read."""
        return " ".join(self.text_content.split())

    @property
    def uid(self) -> UUID:
        """The identifier of what the first link in it leads to."""
        found = UID.search(self.one("a").attributes["href"])
        assert found
        return UUID(found.group())

    def all(self, tag: str = "", **wanted: str) -> "list[Element]":
        """Elements below of this tag, class (`within`) and attributes, in order."""
        return [each for each in self._below() if each.matches(tag, **wanted)]

    def one(self, tag: str = "", **wanted: str) -> "Element":
        """The first of them."""
        found = self.all(tag, **wanted)
        assert found, f"no {tag} {wanted} in {self.words[:200]}"
        return found[0]

    def own(self, tag: str) -> "list[Element]":
        """Its children of this tag."""
        return [c for c in self.children if isinstance(c, Element) and c.tag == tag]

    def matches(self, tag: str, **wanted: str) -> bool:
        """Whether it is of this tag, with these attributes; `kind` asks for a class."""
        kind = wanted.pop("kind", "")
        given = {name.replace("_", "-"): value for name, value in wanted.items()}
        return (
            tag in ("", self.tag)
            and (not kind or kind in self.classes)
            and all(self.attributes.get(name) == value for name, value in given.items())
        )

    def _below(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(client: Client, address: str) -> Element:
    """The page at the address, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return parsed(response.content.decode())


def parsed(html: str) -> Element:
    """The page, whose elements must all be closed."""
    builder = _Builder()
    builder.feed(html)
    [root] = builder.open
    return root


def section(root: Element, name: str) -> Element | None:
    """The section labelled by the heading of this id, if the page has it."""
    found = root.all("section", aria_labelledby=name)
    return found[0] if found else None


def quoted(element: Element) -> str:
    """What stands between the element's quotation marks."""
    return element.words.split("“", 1)[1].rsplit("”", 1)[0]
