"""All of annotations.json is found again on the pages that a reporter opens; whole sets."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from annotations.imports.seeds import uid_of
from annotations.models import (
    Actor,
    Attribution,
    LinkBasis,
    Relation,
    ReplyRecord,
    Statement,
)
from annotations.models.response import CLOSING
from annotations.permissions import REPORTER
from annotations.tests import seeded
from annotations.tests.acceptance.pages import Element, page, quoted, section
from annotations.tests.factories import usual

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeds")]
UIDS = {key: uid_of("statement", key) for key in seeded.STATEMENTS}
ACTOR_UIDS = {key: uid_of("actor", key) for key in seeded.ACTORS}
SAID = {
    "said by": "speaker",
    "on behalf of": "acting_for",
    "passed on by": "via",
    "said to": "addressee",
    "about": "about",
}


@pytest.fixture(scope="module")
def reporter(seeds: None, django_db_blocker: Any) -> Client:
    with django_db_blocker.unblock():
        client = Client()
        client.force_login(usual(REPORTER))
    return client


@pytest.fixture(scope="module")
def statement_pages(reporter: Client, django_db_blocker: Any) -> dict[str, Element]:
    """Each statement's own page, by its id in the file."""
    with django_db_blocker.unblock():
        return {key: page(reporter, reverse("statement", args=[uid])) for key, uid in UIDS.items()}


@pytest.fixture(scope="module")
def actor_pages(reporter: Client, django_db_blocker: Any) -> dict[UUID, Element]:
    """Each actor's page."""
    with django_db_blocker.unblock():
        return {uid: page(reporter, reverse("actor", args=[uid])) for uid in ACTOR_UIDS.values()}


def _article(client: Client, article: dict[str, Any]) -> Element:
    return page(client, reverse("article", args=[uid_of("article", article["file"])]))


def _marked(root: Element) -> set[tuple[UUID, str, str]]:
    """(statement, role, words) of each highlight; the pieces of one that was cut are joined."""
    found: set[tuple[UUID, str, str]] = set()
    running: dict[tuple[UUID, str], str] = {}
    for child in _flat(root.one("div", lang="en")):
        pieces = set() if isinstance(child, str) else _keys(child)
        for ended in [key for key in running if key not in pieces]:
            found.add((*ended, running.pop(ended)))
        for key in pieces:
            running[key] = running.get(key, "") + child.text_content  # type: ignore[union-attr]
    return found | {(*key, words) for key, words in running.items()}


def _flat(text: Element) -> list[Element | str]:
    """The text's marks and bare words, in order, whatever they are wrapped in."""
    pieces: list[Element | str] = []
    for child in text.children:
        if isinstance(child, str) or child.tag == "mark":
            pieces.append(child)
        else:
            pieces.extend(_flat(child))
    return pieces


def _keys(mark: Element) -> set[tuple[UUID, str]]:
    roles = mark.classes & {"content", "source", "cue"}
    uids = mark.attributes["data-statements"].split()
    return {(UUID(uid), role) for uid in uids for role in roles}


def _link(item: Element) -> tuple[Any, ...]:
    """(other statement, relation, basis, marker, parties, points) of a response as it is shown."""
    basis = item.one(kind="basis")
    shown = basis.words
    marker = quoted(basis) if shown.startswith("“") else ""
    rest = shown.removeprefix(f"“{marker}” · ")
    points = rest.partition(" · on point")[2].removeprefix("s").split(" · ")[0]
    return (
        item.one("blockquote").uid,
        item.one(kind="rel").words,
        rest.split(" · ")[0].removesuffix(" editor’s link"),
        marker,
        frozenset(link.words for link in basis.all("a")),
        frozenset(int(number) for number in points.replace(",", " ").split()),
    )


def _expected_link(link: dict[str, Any], other: str) -> tuple[Any, ...]:
    return (
        UIDS[link[other]],
        Relation(link["relation"]).label,
        LinkBasis(link["link_basis"]).label,
        link.get("marker", ""),
        frozenset(seeded.named(key) for key in link["for_parties"]),
        frozenset(link.get("answers", [])),
    )


def _items(root: Element, name: str) -> list[Element]:
    """The links of a section: the first level, not what is nested in it."""
    found = section(root, name)
    lists = found.own("ol") if found else []
    return [item for each in lists for item in each.own("li")]


def _listed(client: Client, address: str) -> set[UUID]:
    return {heading.uid for heading in page(client, address).all(kind="quote")}


def test_both_articles_are_listed_and_read_well_without_a_headline(reporter: Client) -> None:
    root = page(reporter, reverse("articles"))

    entries = [entry.words for entry in root.all("li", kind="entry")]

    first, second = sorted(entries)
    assert (
        first
        == f"{seeded.ARTICLES[0]['headline']} SW · KABUL · date unknown · English 15 statements"
    )
    assert second == (
        "In a meeting with UN Secretary General Antonio Guterres, Pakistan’s Chief of… "
        "outlet unknown · date unknown · English 7 statements"
    )


@pytest.mark.parametrize("article", seeded.ARTICLES, ids=["000", "004"])
def test_the_text_is_the_stored_text_code_point_for_code_point(
    reporter: Client, article: dict[str, Any]
) -> None:
    root = _article(reporter, article)

    [text] = [each for each in root.all("div") if "data-article-text" in each.attributes]
    assert text.text_content == seeded.text_of(article["file"])


@pytest.mark.parametrize("article", seeded.ARTICLES, ids=["000", "004"])
def test_every_highlight_stands_on_its_words(reporter: Client, article: dict[str, Any]) -> None:
    expected = {
        (UIDS[statement["id"]], role, words)
        for statement in article["statements"]
        for role in ("content", "source", "cue")
        for words in seeded.words(statement, role)
    }

    marked = _marked(_article(reporter, article))

    assert marked == expected


def test_the_headline_in_the_text_is_shown_once(reporter: Client) -> None:
    headline = seeded.ARTICLES[0]["headline"]

    body = _article(reporter, seeded.ARTICLES[0]).one("main")

    assert body.text_content.count(headline) == 1


@pytest.mark.parametrize("article", seeded.ARTICLES, ids=["000", "004"])
def test_the_panel_lists_every_statement_with_its_speaker(
    reporter: Client, article: dict[str, Any]
) -> None:
    expected = {
        (str(UIDS[s["id"]]), " … ".join(seeded.words(s, "content")), seeded.named(speaker["actor"]))
        for s in article["statements"]
        for speaker in s["attributions"]
        if speaker["part"] == "speaker"
    }

    rows = _article(reporter, article).all("li", kind="row")

    shown = {
        (row.attributes["data-row"], row.one(kind="line").words, row.one("small").words)
        for row in rows
    }
    assert shown == expected


def test_a_claim_and_its_responses_in_the_article_point_at_each_other(reporter: Client) -> None:
    expected = {
        frozenset({UIDS[link["claim"]], UIDS[link["response"]]})
        for link in seeded.ANNOTATIONS["responses"]
        if seeded.STATEMENTS[link["claim"]]["file"] == seeded.STATEMENTS[link["response"]]["file"]
    }

    rows = [
        row
        for article in seeded.ARTICLES
        for row in _article(reporter, article).all("li", kind="row")
    ]

    pairs = [
        frozenset({UUID(row.attributes["data-row"]), UUID(partner)})
        for row in rows
        for partner in row.attributes["data-partners"].split()
    ]
    assert set(pairs) == expected
    assert len(pairs) == 2 * len(expected)


def test_every_statement_has_its_quote_form_act_venue_date_and_note(
    statement_pages: dict[str, Element],
) -> None:
    expected = {
        key: (
            " … ".join(seeded.words(statement, "content")),
            str(Statement.Act(statement["act"]).label),
            str(Statement.Form(statement["form"]).label),
            statement.get("venue", ""),
            statement.get("said_on_as_printed", ""),
            statement.get("note", ""),
            "approved",
        )
        for key, statement in seeded.STATEMENTS.items()
    }

    shown = {key: _said(root) for key, root in statement_pages.items()}

    assert shown == expected


def _said(root: Element) -> tuple[str, ...]:
    header = root.one("header", kind="list-head")
    _, act, form = header.one(kind="overline").words.split(" · ")
    line = header.all(kind="sub")[-1]
    facts = [fact for fact in line.words.split(" · ")[1:] if fact not in {"SW", "date unknown"}]
    said = [fact for fact in facts if fact.startswith("said “")]
    venue = [fact for fact in facts[:-1] if fact not in said]
    note = section(root, "note")
    return (
        root.one("blockquote").words,
        act,
        form,
        "".join(venue),
        "".join(fact.removeprefix("said “").removesuffix("”") for fact in said),
        note.one("p").words if note else "",
        facts[-1],
    )


def test_every_attribution_with_the_printed_words_and_titles(
    statement_pages: dict[str, Element],
) -> None:
    expected = {
        (
            key,
            part["part"],
            ACTOR_UIDS[part["actor"]],
            part.get("as_printed", ""),
            _title(part),
            Attribution.Basis(part["speaker_basis"]).label if "speaker_basis" in part else "",
        )
        for key, statement in seeded.STATEMENTS.items()
        for part in statement["attributions"]
    }

    shown = {
        (key, *_part(item))
        for key, root in statement_pages.items()
        for item in root.one("ul", kind="parts").own("li")
    }

    assert shown == expected


def _title(part: dict[str, Any]) -> str:
    """The printed title; where the printed words are the title, it is shown once."""
    title = str(part.get("title_as_printed", ""))
    return "" if title == part.get("as_printed") else title


def _part(item: Element) -> tuple[Any, ...]:
    part, *printed = (each.words for each in item.all("span", kind="sub"))
    words = [each for each in printed if each.startswith("printed “")]
    titles = [each for each in printed if each not in words]
    return (
        SAID[part],
        item.uid,
        "".join(words).removeprefix("printed “").removesuffix("”"),
        "".join(titles).removeprefix("“").removesuffix("”"),
        "".join(tag.words for tag in item.all(kind="tag")),
    )


def test_every_point(statement_pages: dict[str, Element]) -> None:
    expected = {
        (key, f"{number}. {text}")
        for key, statement in seeded.STATEMENTS.items()
        for number, text in enumerate(statement.get("points", []), start=1)
    }

    shown = {
        (key, item.one("span", dir="auto").words)
        for key, root in statement_pages.items()
        for item in root.all("ul", kind="points")
        for item in item.own("li")
    }

    assert shown == expected


@pytest.mark.parametrize(
    ("name", "own", "other"), [("exchange", "claim", "response"), ("answers", "response", "claim")]
)
def test_every_response_from_both_its_ends(
    statement_pages: dict[str, Element], name: str, own: str, other: str
) -> None:
    expected = [
        (link[own], *_expected_link(link, other)) for link in seeded.ANNOTATIONS["responses"]
    ]

    shown = [
        (key, *_link(item))
        for key, root in statement_pages.items()
        for item in _items(root, name)
        if not item.own("p")[0].words.startswith(("says again", "says more fully"))
    ]

    assert sorted(shown, key=repr) == sorted(expected, key=repr)


def test_links_into_another_article_are_shown_as_such(statement_pages: dict[str, Element]) -> None:
    expected = {
        (link["claim"], link["response"])
        for link in seeded.ANNOTATIONS["responses"]
        if seeded.STATEMENTS[link["claim"]]["file"] != seeded.STATEMENTS[link["response"]]["file"]
    }
    ids = seeded.ids()

    shown = {
        (key, ids[item.one("blockquote").uid])
        for key, root in statement_pages.items()
        for item in _items(root, "exchange")
        if "in this article" not in item.own("p")[1].words
    }

    assert shown == expected


def test_every_restatement_from_both_its_ends(statement_pages: dict[str, Element]) -> None:
    expected = {
        ends
        for link in seeded.ANNOTATIONS["restatements"]
        for ends in (
            (link["by"], "restates", link["of"], link["scope"], link.get("note", "")),
            (link["of"], "said again by", link["by"], link["scope"], link.get("note", "")),
        )
    }
    ids = seeded.ids()

    shown = {
        (
            key,
            item.one(kind="rel").words,
            ids[item.one("blockquote").uid],
            "part" if item.one(kind="basis").words == "a part of it" else "whole",
            "".join(note.words for note in item.all("p", kind="sub", dir="auto")),
        )
        for key, root in statement_pages.items()
        for item in _items(root, "restated")
    }

    assert shown == expected


def test_the_reported_silence_with_its_evidence_and_the_conflict_of_titles(
    statement_pages: dict[str, Element],
) -> None:
    expected = {
        (
            reply["claim"],
            f"{seeded.named(reply['party'])}: {ReplyRecord.Status(reply['status']).label}",
            reply["evidence"],
            f"speaks of {seeded.named(reply['claimant'])} as “{reply['title_as_printed']}”",
            reply["note"],
        )
        for reply in seeded.REPLIES
    }

    shown = {
        (
            key,
            reply.own("p")[0].words,
            reply.one("blockquote").words,
            next(p.words for p in reply.own("p") if p.words.startswith("speaks of")),
            reply.own("p")[-1].words,
        )
        for key, root in statement_pages.items()
        for reply in root.all(kind="reply")
    }

    assert shown == expected
    assert {
        key for key, root in statement_pages.items() if "Two titles" in root.one("main").words
    } == {"B3"}


def test_every_actor_with_its_kind_and_other_names(actor_pages: dict[UUID, Element]) -> None:
    expected = {
        (actor["name"], str(Actor.Kind(actor["kind"]).label), frozenset(actor.get("aliases", [])))
        for actor in seeded.ACTORS.values()
    }

    shown = set()
    for uid in ACTOR_UIDS.values():
        head = actor_pages[uid].one("header", kind="list-head")
        also = "".join(line.words.removeprefix("also ") for line in head.all(kind="sub"))
        aliases = frozenset(also.split(", ")) if also else frozenset()
        kind = head.one(kind="overline").words.split(" · ")[-1]
        shown.add((head.one("h1").words, kind, aliases))

    assert shown == expected


def test_every_actor_is_in_the_list(reporter: Client) -> None:
    root = page(reporter, reverse("actors"))

    listed = {entry.uid for entry in root.all("li", kind="entry")}

    assert listed == set(ACTOR_UIDS.values())


@pytest.mark.parametrize("part", Attribution.Kind.values)
def test_an_actors_page_leads_to_all_statements_of_each_part(
    reporter: Client, actor_pages: dict[UUID, Element], part: str
) -> None:
    expected = {
        (ACTOR_UIDS[row["actor"]], UIDS[key])
        for key, statement in seeded.STATEMENTS.items()
        for row in statement["attributions"]
        if row["part"] == part
    }

    shown = {
        (uid, statement)
        for uid in ACTOR_UIDS.values()
        for link in actor_pages[uid].one("main").all("a")
        if link.attributes["href"].endswith(f"part={part}")
        for statement in _listed(reporter, link.attributes["href"])
    }

    assert shown == expected


def test_an_actors_page_leads_to_the_answers_for_it(
    reporter: Client, actor_pages: dict[UUID, Element]
) -> None:
    expected = {
        (ACTOR_UIDS[party], UIDS[link["response"]])
        for link in seeded.ANNOTATIONS["responses"]
        for party in link["for_parties"]
    }

    shown = {
        (uid, statement)
        for uid in ACTOR_UIDS.values()
        for link in actor_pages[uid].one("main").all("a")
        if "answers_for=" in link.attributes["href"]
        for statement in _listed(reporter, link.attributes["href"])
    }

    assert shown == expected


def test_the_list_of_statements_holds_all_of_them(reporter: Client) -> None:
    assert _listed(reporter, reverse("statements")) == set(UIDS.values())


def test_open_and_answered_claims_are_those_of_the_definition(reporter: Client) -> None:
    accused = {
        key: {row["actor"] for row in statement["attributions"] if row["part"] == "about"}
        for key, statement in seeded.STATEMENTS.items()
    }
    answered_for: dict[str, set[str]] = {key: set() for key in seeded.STATEMENTS}
    for link in seeded.ANNOTATIONS["responses"]:
        if link["relation"] in CLOSING:
            answered_for[link["claim"]] |= set(link["for_parties"])
    still_open = {UIDS[key] for key in accused if accused[key] - answered_for[key]}
    answered = {UIDS[key] for key in accused if accused[key]} - still_open
    address = reverse("statements")

    shown = [_listed(reporter, f"{address}?answered={state}") for state in ("open", "answered")]

    assert shown == [still_open, answered]
