"""What an article without a headline goes by when its text changes."""

import pytest

from annotations.models import Article, Revision
from annotations.tests.factories import correct_text, make_article

pytestmark = pytest.mark.django_db

FIRST = "The army denied it on Monday."
REST = "\n\nAn expert called it likely.\n"
LONG = (
    "The army, which had said nothing for three days, denied on Monday evening in a short statement"
)


def title_after(*texts: tuple[str, str], first: str = FIRST) -> str:
    """The title once the article, received with `first`, was changed to these texts for these reasons."""
    article = make_article(headline="", text=first + REST)
    for text, reason in texts:
        correct_text(article, text, reason)
    return Article.objects.get(pk=article.pk).title


@pytest.mark.parametrize(
    "text",
    [
        f"CORRECTED: an earlier text named the wrong day.\n\n{FIRST}{REST}",
        f"An expert called it likely.\n\n  {FIRST}",
        f"{FIRST}\n\nAn expert called it unlikely.\n",
    ],
    ids=["a line above", "moved", "elsewhere"],
)
def test_the_name_stays_as_long_as_a_line_reads_so(text: str) -> None:
    assert title_after((text, "correction")) == FIRST


def test_the_beginning_of_a_long_line_is_enough() -> None:
    text = f"CORRECTED\n\n{LONG} what others had claimed.{REST}"

    title = title_after((text, "correction"), first=f"{LONG} what the others claim.")

    assert title == Revision.first_words(LONG)


@pytest.mark.parametrize(
    "line",
    ["The army confirmed it on Monday.", FIRST + " It repeated this.", f"It said: {FIRST}"],
    ids=["other words", "more words", "inside a line"],
)
def test_a_line_that_reads_otherwise_gives_the_new_name(line: str) -> None:
    assert title_after((line + REST, "correction")) == line


def test_what_was_taken_back_keeps_its_name() -> None:
    assert title_after(("This article was retracted.", "retraction")) == FIRST


def test_what_comes_after_a_retraction_has_a_name_of_its_own() -> None:
    retracted = ("This article was retracted.", "retraction")

    assert title_after(retracted, ("The army stands by it." + REST, "update")) == (
        "The army stands by it."
    )


def test_earlier_revisions_keep_theirs() -> None:
    article = make_article(headline="", text=FIRST + REST)
    correct_text(article, "Another beginning." + REST)

    openings = Revision.objects.filter(article=article).order_by("number")

    assert list(openings.values_list("opening", flat=True)) == [FIRST, "Another beginning."]
