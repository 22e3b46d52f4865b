"""What the preview of a correction tells of work that waited before, and how it shows proposals."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client

from annotations.models import Article, Revision
from annotations.tests.factories import correct_text, make_article, make_response, make_statement
from annotations.tests.views.test_corrections import address, to_save, typed, words

pytestmark = pytest.mark.django_db

FILLER = "\n\nOne more paragraph, long enough to keep the others apart.\n\n"
LINES = ["Ann accused Bob.", "Bob denied it all.", "Carl went home early.", "Dora had called."]
TEXT = FILLER.join(LINES)
ONCE = TEXT.replace("Ann accused", "Ann praised")
TWICE = ONCE.replace("Carl went home", "Carl came home")


def make_work() -> Article:
    """Three statements, the first of which waits since an earlier correction."""
    article = make_article(text=TEXT)
    for line in LINES[:3]:
        make_statement(article, line)
    return correct_text(article, ONCE)


def listed(page: HttpResponseBase, name: str) -> list[str]:
    return [row.quote for row in getattr(page.context["foreseen"], name).rows]  # type: ignore[attr-defined]


def test_what_waited_already_is_counted_and_listed_apart(client: Client, editor: User) -> None:
    article = make_work()

    page = client.post(address(article), typed(article, TWICE))

    assert "1 statement stays, 1 needs placing, 1 waited already" in words(page)
    assert listed(page, "to_place") == ["Carl went home early."]
    assert listed(page, "waited") == ["Ann accused Bob."]


def test_it_is_told_so_once_saved(client: Client, editor: User) -> None:
    article = make_work()

    page = client.post(address(article), to_save(article, TWICE), follow=True)

    assert "Corrected. 1 statement stays, 1 needs placing, 1 waited already." in words(page)
    assert "Place what waits" in words(page)


def test_who_waited_and_is_found_again_is_not_among_them(client: Client, editor: User) -> None:
    article = make_work()

    page = client.post(address(article), typed(article, TEXT + "\n\nCorrected."))

    assert "3 statements stay" in words(page)
    assert "waited already" not in words(page)


def test_a_marker_that_waited_is_told_apart_too(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    claim, denial = make_statement(article, LINES[0]), make_statement(article, LINES[1])
    make_response(claim, denial, marker="Dora had called")
    article = correct_text(article, TEXT.replace("had called", "called"))
    new = Revision.objects.get(article=article, number=2).text.replace("Carl went", "Carl came")

    page = client.post(address(article), typed(article, new))

    assert "1 link or reply record waited already" in words(page)


def test_no_blank_stands_between_a_proposal_and_what_follows(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    make_statement(article, "Carl went home early")

    page = client.post(address(article), typed(article, TWICE.replace(ONCE[:20], TEXT[:20])))

    assert '</ins> home early<span class="around">.' in page.text


@pytest.mark.parametrize(
    ("headline", "new", "is_told"),
    [
        ("", ONCE, True),
        ("", f"CORRECTED\n\n{TEXT}", False),
        ("Ann and Bob", ONCE, False),
    ],
    ids=["renamed", "kept", "own headline"],
)
def test_a_new_name_is_told_before_and_after(
    client: Client, editor: User, headline: str, new: str, is_told: bool
) -> None:
    article = make_article(headline=headline, text=TEXT)

    before = words(client.post(address(article), typed(article, new)))
    after = words(client.post(address(article), to_save(article, new), follow=True))

    told = "by its first words: “Ann accused Bob.” until now, “Ann praised Bob.” from then on."
    assert (told in before) is is_told
    assert ("The article now goes by “Ann praised Bob.”." in after) is is_told


def test_what_stands_around_a_proposal_is_cut_between_words(client: Client, editor: User) -> None:
    article = make_article(text=TEXT)
    make_statement(article, "Carl went home early")

    page = words(client.post(address(article), typed(article, TEXT.replace("went home", "came"))))

    assert "…to keep the others apart. Carl" in page
    assert "early. One more paragraph, long…" in page
