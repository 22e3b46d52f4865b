"""No page speaks English to somebody who reads Dari: what is left of it is data, or marked as English."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import CharField, TextField
from django.test import Client
from django.utils import translation

from annotations.models import Article, Statement
from annotations.permissions import ADMINISTRATOR
from annotations.tests.acceptance.pages import Element, parsed
from annotations.tests.factories import make_user
from annotations.tests.matrix.addresses import SUPERUSER, TABLE, walk
from annotations.tests.matrix.world import fill, make_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeds")]
READ = ("aria-label", "title", "placeholder", "alt", "data-said", "data-told", "data-spoken")
DARI = {"accept-language": "fa-AF"}
LATIN = re.compile(r"[A-Za-z][A-Za-z’']+")
# Names of keys, formats and standards, and examples of what is typed, are the same in every language.
THE_SAME = {"UTC", "CSV", "URL", "UTF", "PDF", "MB", "LDAP", "Wikidata", "English"}
THE_SAME |= {"Shift", "Ctrl", "Control", "Command", "Mac", "Alt", "Tab", "Enter", "Esc", "Escape"}
THE_SAME |= {
    "W3C",
    "Web",
    "Annotation",
    "JSON",
    "LD",
    "GraphML",
    "Gephi",
    "ClaimReview",
    "networkx",
}
THE_SAME |= {"Discourse", "Network", "Analyzer", "dna", "brat", "standoff", "PolNeAR", "Lines"}
THE_SAME |= {"API", "RSS", "Atom", "Word", "zip", "csv", "html", "htm", "docx", "jsonl", "ann"}
THE_SAME |= {"text", "records", "articles", "tsv"}  # a column, and names of files
THE_SAME |= {"Home", "End", "txt", "en", "fa", "AF", "ps", "profile", "raw", "ENDS", "Share"}
THE_SAME |= {"ClaimReview"}
FILES = re.compile(r"\b[a-z]+\.(csv|xlsx|zip|jsonl|jsonld|graphml)\b")  # their names
# Django prints these untranslated; in “why” are words that two articles share.
DJANGOS = frozenset({"Search", "True", "False"})
SILENT = {"script", "style", "kbd"}


@pytest.fixture
def dari(seeds: None) -> Iterator[Client]:
    client = Client(headers=DARI)
    user = make_user(ADMINISTRATOR)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    client.force_login(user)
    yield client
    translation.activate("en-gb")


def data() -> list[str]:
    """Every text that people or the seeds wrote, the longest first."""
    texts: set[str] = set()
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField) and not field.choices
        ]
        for row in model._default_manager.values_list(*names) if names else ():
            texts.update(" ".join(str(value).split()) for value in row if value)
    return sorted((text for text in texts if LATIN.search(text)), key=len, reverse=True)


def read(element: Element) -> Iterator[str]:
    """What somebody reads or hears of it, without what is marked as being in another language."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag in SILENT or "why" in child.classes:
            continue
        elif not child.attributes.get("lang", "fa").startswith("en"):
            yield from (child.attributes.get(name, "") for name in READ)
            yield from read(child)


def english(root: Element, known: list[str]) -> set[str]:
    found = set()
    for text in map(str.strip, read(root)):
        words = FILES.sub(" ", " ".join(text.split()))
        for one in known:
            if one in words:
                words = words.replace(one, " ")
        found |= {text for word in LATIN.findall(words) if word not in THE_SAME | DJANGOS}
    return found


def addresses() -> Iterator[tuple[str, str]]:
    records: dict[str, Any] = make_records(make_user(ADMINISTRATOR), "draft")
    statement = Statement.objects.filter(article__language="en").first()
    for name, route in walk().items():
        line = TABLE[name]
        if line.get != 200 or SUPERUSER not in line.who or line.door == "api":
            continue
        record = records[line.of] if line.of else None
        more = f"?{line.needs}={records['second'].uid}" if line.needs else ""
        yield name, fill(route, record) + more
    for article in Article.objects.all():
        yield "article", f"{article.get_absolute_url()}"
    assert statement
    yield "card", f"{statement.article.get_absolute_url()}?statement={statement.uid}"


@pytest.mark.long
def test_no_page_speaks_english(dari: Client) -> None:
    asked = list(addresses())
    known = data()
    left: dict[str, set[str]] = {}
    for name, address in asked:
        client = Client(headers=DARI) if name == "sign-in" else dari
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "html" in answer["Content-Type"]:
            left[name] = left.get(name, set()) | english(parsed(answer.content.decode()), known)

    assert {name: words for name, words in left.items() if words} == {}
