"""The texts as received, and what stands in them; each text is read once for all these invariants."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import BinaryField, F
from django.db.models.functions import Cast

from annotations.anchoring.fold import fold
from annotations.doctor.found import Found, Invariant, described
from annotations.models import Article, ArticleWords, Placement, Revision, Zone
from annotations.models.record import LIVE

_UNFIT = re.compile("\\A\ufeff|[\x00\r\ud800-\udfff]")
SHOWN = 60  # characters of any words that are repeated in a finding


@dataclass(frozen=True)
class Place:
    """A span's words in the revision: [start, end) in code points."""

    pk: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Reading:
    """One revision with its text, what stands in it and, where it is the newest, the copy for searching.

    `searchable` is what that copy is made from; both are None for an older revision. `opening_before`
    is that of the revision before this one, empty for the first.
    """

    article_id: int
    number: int
    text: str
    sha256: str
    opening: str
    opening_before: str
    places: tuple[Place, ...]
    zones: tuple[tuple[int, str, int, int], ...]
    searchable: str | None
    copy: str | None

    def wrong(self, words: str) -> Found:
        """The article, for what is wrong with this text of it."""
        return Found(Article, self.article_id, f"Revision {self.number}: {words}")


TextCheck = Callable[[Reading], Iterator[Found]]
ABOUT_TEXTS: list[Invariant] = []


def of_each_text(check: TextCheck) -> TextCheck:
    """Have the check asked of every revision."""
    ABOUT_TEXTS.append(described(check))
    return check


def readings(using: str) -> Iterator[Reading]:
    """Every revision, one text in memory at a time."""
    rows = Revision.objects.using(using).order_by("article_id", "number")
    columns = ("pk", "article_id", "number", "sha256", "opening", "article__current_revision")
    before = (0, "")  # the article and opening of the last revision read
    for pk, article_id, number, sha256, opening, current in rows.values_list(*columns).iterator():
        text = _text(pk, using)
        zones = Zone.objects.using(using).filter(LIVE, revision=pk)
        searchable, copy = _searched(article_id, text, using) if current == pk else (None, None)
        yield Reading(
            article_id,
            number,
            text,
            sha256,
            opening,
            before[1] if before[0] == article_id else "",
            _places(pk, using),
            tuple(zones.values_list("pk", "kind", "start", "end")),
            searchable,
            copy,
        )
        before = (article_id, opening)


def _places(revision: int, using: str) -> tuple[Place, ...]:
    rows: Any = Placement.objects.using(using).filter(revision=revision, start__isnull=False)
    columns = ("pk", "start", "end", "exact", "prefix", "suffix")
    return tuple(Place(*row) for row in rows.values_list(*columns))


def _text(pk: int, using: str) -> str:
    """The text; on SQLite, bytes that are no UTF-8 come as lone surrogates instead of an error."""
    stored: Any = Cast("text", BinaryField()) if _is_sqlite(using) else F("text")
    found: Any = Revision.objects.using(using).values_list(stored, flat=True).get(pk=pk)
    return found if isinstance(found, str) else bytes(found).decode("utf-8", "surrogateescape")


def _is_sqlite(using: str) -> bool:
    return connections[using].vendor == "sqlite"


def _searched(article_id: int, text: str, using: str) -> tuple[str, str | None]:
    """What the copy for searching is made from, and the copy."""
    article = Article.objects.using(using).only("headline", "url").get(pk=article_id)
    copies = ArticleWords.objects.using(using).filter(article=article_id)
    return f"{article.headline} {article.url} {text}", copies.values_list(
        "folded", flat=True
    ).first()


def shown(words: str) -> str:
    """The words in quotation marks, cut where they are long; what no terminal shows is written out."""
    cut = words if len(words) <= SHOWN else words[:SHOWN] + "…"
    return f"“{cut.encode('utf-8', 'backslashreplace').decode()}”"


@of_each_text
def a_text_is_stored_as_received(reading: Reading) -> Iterator[Found]:
    """A text holds no byte order mark at its start, no CR, no NUL and no half of a surrogate pair."""
    found = _UNFIT.search(reading.text)
    if found:
        yield reading.wrong(f"character {found.start() + 1} is U+{ord(found.group()):04X}.")


@of_each_text
def a_text_has_words(reading: Reading) -> Iterator[Found]:
    """A text that was received has words."""
    if not reading.text.strip():
        yield reading.wrong("the text is blank.")


@of_each_text
def a_text_matches_its_sha256(reading: Reading) -> Iterator[Found]:
    """A revision's text never changes: its SHA-256 is the one taken when it was received."""
    if Revision.digest(reading.text) != reading.sha256:
        yield reading.wrong("the text is not the one whose SHA-256 was stored with it.")


@of_each_text
def an_opening_is_how_a_text_begins_or_began(reading: Reading) -> Iterator[Found]:
    """The opening, kept for lists, is made of the text's first words or stays the one before it."""
    if not reading.text.strip() or reading.opening == reading.opening_before:
        return
    if Revision.first_words(reading.text) != reading.opening:
        yield reading.wrong(f"the opening {shown(reading.opening)} is not how its text begins.")


@of_each_text
def placed_words_stand_in_the_text(reading: Reading) -> Iterator[Found]:
    """Rule 1: where a span stands, the text has exactly its words."""
    for place in reading.places:
        there = reading.text[place.start : place.end]
        if there != place.exact:
            yield Found(
                Placement,
                place.pk,
                f"In revision {reading.number}, {place.start} to {place.end}, the text has "
                f"{shown(there)}, not {shown(place.exact)}.",
            )


@of_each_text
def surroundings_stand_beside_the_words(reading: Reading) -> Iterator[Found]:
    """A placement's prefix and suffix are what stands right before and after its words."""
    for place in reading.places:
        before = reading.text[max(0, place.start - len(place.prefix)) : place.start]
        if before != place.prefix or not reading.text.startswith(place.suffix, place.end):
            yield Found(
                Placement,
                place.pk,
                f"In revision {reading.number}, {place.start} to {place.end}, other words stand "
                f"around {shown(place.exact)} than were stored beside them.",
            )


@of_each_text
def zones_lie_inside_the_text(reading: Reading) -> Iterator[Found]:
    """A zone is a stretch of its revision's text."""
    for pk, kind, start, end in reading.zones:
        if end > len(reading.text):
            yield Found(
                Zone,
                pk,
                f"In revision {reading.number}, the {kind} from {start} to {end} leaves the text, "
                f"which has {len(reading.text)} characters.",
            )


@of_each_text
def the_search_copy_of_an_article_is_up_to_date(reading: Reading) -> Iterator[Found]:
    """Searches read a folded copy of the headline, address and newest text: it is made of these."""
    if reading.searchable is None:
        return
    if reading.copy is None:
        yield reading.wrong("searches cannot find the article: their copy of it is missing.")
    elif reading.copy != fold(reading.searchable):
        yield reading.wrong("searches read another copy of the article than this text makes.")
