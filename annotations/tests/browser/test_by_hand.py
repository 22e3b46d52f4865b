"""The whole second seed article recorded from its raw text: by keyboard only, by mouse, by touch.

Seven statements with all their attributions, the responses within the article and the silence; what is
stored then equals annotations.json. Prints how many keys or clicks it took.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from annotations.models import Article, ReplyRecord, Response, Statement
from annotations.tests import seeded
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import open_article
from annotations.tests.browser.keyboard import Keyboard
from annotations.tests.browser.pointer import Mouse, Touch
from annotations.tests.browser.recording import (
    Hands,
    record_link,
    record_silence,
    record_statement,
)
from annotations.tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "004_aabdcd88dc62e18d.txt"
[SEED] = [article for article in seeded.ARTICLES if article["file"] == FILE]
IDS = [row["id"] for row in SEED["statements"]]
LINKS = [
    row for row in seeded.ANNOTATIONS["responses"] if row["claim"] in IDS and row["response"] in IDS
]
SILENCES = [row for row in seeded.REPLIES if row["claim"] in IDS]


@pytest.fixture
def article(user: User) -> Article:
    """The raw text, and no actor known yet."""
    return make_article(text=seeded.text_of(FILE), user=user)


@pytest.mark.long
def test_by_keyboard_only(desk: Page, article: Article, complaints: Complaints) -> None:
    record(Keyboard(desk), article)


@pytest.mark.long
def test_by_mouse(desk: Page, article: Article, complaints: Complaints) -> None:
    record(Mouse(desk), article)


@pytest.mark.long
def test_by_touch(
    signed_in: SignedIn, user: User, article: Article, complaints: Complaints
) -> None:
    how = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    record(Touch(signed_in(user, **how)), article)


def record(hands: Hands, article: Article) -> None:
    open_article(hands.page, article)
    uids = {row["id"]: record_statement(hands, row) for row in SEED["statements"]}
    statements = hands.strokes
    for link in LINKS:
        record_link(hands, link, uids)
    links = hands.strokes - statements
    for silence in SILENCES:
        record_silence(hands, silence, uids[silence["claim"]])
    silences = hands.strokes - statements - links
    print(
        f"\nBy {hands.name}: {hands.strokes} = {statements} for {len(uids)} statements"
        f" + {links} for {len(LINKS)} links + {silences} for {len(SILENCES)} silences"
    )

    ids = {uid: key for key, uid in uids.items()}
    assert stored_statements(ids) == {expected(row) for row in SEED["statements"]}
    assert stored_links(ids) == {expected_link(row) for row in LINKS}
    assert stored_silences(ids) == {expected_silence(row) for row in SILENCES}


def expected(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["id"],
        row["form"],
        row["act"],
        row.get("venue", ""),
        frozenset((role, words) for role in ROLES for words in seeded.words(row, role)),
        by_part(part_of(part) for part in row["attributions"]),
        tuple(row.get("points", [])),
    )


ROLES = ("content", "source", "cue")


def by_part(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """In the order of each part, which a chain of via has; that of the parts means nothing."""
    return tuple(sorted(rows, key=lambda row: row[0]))


def part_of(part: dict[str, Any]) -> tuple[str, ...]:
    fields = ("as_printed", "title_as_printed", "speaker_basis")
    return (part["part"], seeded.named(part["actor"]), *(part.get(field, "") for field in fields))


def stored_statements(ids: dict[str, str]) -> set[tuple[Any, ...]]:
    return {
        (
            ids[str(statement.uid)],
            statement.form,
            statement.act,
            statement.venue,
            frozenset((span.role, words_of(span)) for span in statement.live_spans()),
            by_part(
                (row.part, row.actor.name, row.as_printed, row.title_as_printed, row.speaker_basis)
                for row in statement.live_attributions()
            ),
            tuple(point.text for point in statement.live_points()),
        )
        for statement in Statement.objects.live()
    }


def words_of(span: Any) -> str:
    return str(span.placements.get().exact)


def expected_link(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        *(row[key] for key in ("claim", "response", "relation", "link_basis")),
        row.get("marker", ""),
        frozenset(row.get("answers", [])),
        frozenset(seeded.named(key) for key in row["for_parties"]),
    )


def stored_links(ids: dict[str, str]) -> set[tuple[Any, ...]]:
    return {
        (
            ids[str(link.claim.uid)],
            ids[str(link.response.uid)],
            link.relation,
            link.link_basis,
            link.marker(),
            frozenset(point.ordinal for point in link.live_answers()),
            frozenset(actor.name for actor in link.live_parties()),
        )
        for link in Response.objects.live()
    }


def expected_silence(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["claim"],
        seeded.named(row["party"]),
        row["status"],
        row["evidence"],
        seeded.named(row["claimant"]),
        row["title_as_printed"],
        row["note"],
    )


def stored_silences(ids: dict[str, str]) -> set[tuple[str, ...]]:
    return {
        (
            ids[str(record.claim.uid)],
            record.party.name,
            record.status,
            "".join(words_of(span) for span in record.live_evidence()),
            record.claimant.name if record.claimant else "",
            record.title_as_printed,
            record.note,
        )
        for record in ReplyRecord.objects.live()
    }
