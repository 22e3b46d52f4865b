"""The largest articles open, scroll, and take a new highlight far down in the text."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article, Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import (
    mark_of,
    name_speaker,
    open_article,
    said,
    select_words,
    show_words,
    toolbar,
)
from annotations.tests.factories import make_actor
from annotations.tests.large import A_SENTENCE, article_of, article_with_highlights

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize(
    ("make", "size"), [(article_of, 10 * 1024 * 1024), (article_with_highlights, 10_000)]
)
def test_a_large_article_opens_scrolls_and_saves(
    desk: Page, complaints: Complaints, make: Callable[[int], Article], size: int
) -> None:
    make_actor("Sharif Ahmad")
    article = make(size)
    text = article.revision.text
    words = A_SENTENCE.findall(text[len(text) * 3 // 4 :])[1][:40]
    times = [time.perf_counter()]

    def lap() -> None:
        desk.evaluate(SETTLED)
        times.append(time.perf_counter())

    open_article(desk, article)
    lap()
    show_words(desk, words)
    lap()
    select_words(desk, words)
    expect(toolbar(desk)).to_be_visible()
    lap()
    toolbar(desk).get_by_role("button", name="New statement").click()
    expect(desk.locator("#work input[role=combobox]").first).to_be_focused()
    name_speaker(desk, "Sharif Ahmad")
    lap()
    desk.keyboard.press("Enter")
    said(desk, "Saved.")
    lap()

    statement = Statement.objects.order_by("id").last()
    assert statement is not None
    assert statement.quote() == words
    expect(mark_of(desk, statement)).to_be_visible()
    laps = [after - before for before, after in pairwise(times)]
    steps = ("open", "scroll", "toolbar", "form filled", "saved")
    print(f"{article.headline}:", *(f"{s} {t:.1f} s" for s, t in zip(steps, laps, strict=True)))
