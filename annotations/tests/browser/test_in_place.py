"""A save in a long article touches the part of the text that it changes, and nothing else of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Response, Statement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import (
    PLACES,
    mark_of,
    name_speaker,
    open_article,
    said,
    select_words,
    show_words,
    toolbar,
)
from annotations.tests.factories import make_actor, make_response, make_statement
from annotations.tests.large import article_of, article_with_highlights
from annotations.views import reading

pytestmark = pytest.mark.django_db(transaction=True)
TAG_PARTS = "() => document.querySelectorAll('.text > .part').forEach((part) => (part.seen = true))"
UNSEEN = "() => [...document.querySelectorAll('.text > .part')].filter((part) => !part.seen).length"
WATCH = """() => document.addEventListener("htmx:beforeSend", () =>
  setTimeout(() => (globalThis.saving ??= CSS.highlights.get("saving")?.size)))"""
TEXT = "() => document.querySelector('[data-article-text]').textContent"


def test_a_save_and_its_undo_change_one_part(
    desk: Page, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LATER", 0)
    make_actor("Sharif Ahmad")
    article = article_of(25_000)
    first = make_statement(article, article.revision.text[:30])
    words = article.revision.text[12_000:].partition(". ")[2][:40]
    open_article(desk, article)
    desk.evaluate(TAG_PARTS)
    show_words(desk, words)
    select_words(desk, words)
    toolbar(desk).get_by_role("button", name="New statement").click()
    expect(desk.locator("#work input[role=combobox]").first).to_be_focused()
    name_speaker(desk, "Sharif Ahmad")
    desk.evaluate(WATCH)

    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    statement = Statement.objects.exclude(pk=first.pk).get()
    assert statement.quote() == words
    expect(mark_of(desk, statement)).to_be_visible()
    expect(mark_of(desk, statement)).to_have_class(re.compile(r"\bon\b"))
    expect(desk.locator("[data-article-text]")).to_be_focused()
    assert desk.evaluate("() => [saving, CSS.highlights.has('saving')]") == [1, False]
    assert desk.evaluate(UNSEEN) == 1
    expect(desk.locator(f'[data-row="{statement.uid}"] [aria-current]')).to_be_visible()
    assert desk.evaluate(TEXT) == article.revision.text
    desk.keyboard.press("u")
    expect(desk.locator("#redo")).to_be_enabled()
    expect(desk.locator("[data-article-text] mark")).to_have_count(1)
    expect(desk.locator("[data-row]")).to_have_count(1)
    assert desk.evaluate(TEXT) == article.revision.text


def test_what_is_linked_shows_where_no_row_is(
    desk: Page, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SHOWN", 2)
    article = article_with_highlights(8)
    claim, answer = Statement.objects.order_by("id")[5:7]
    make_response(claim, answer)
    assert Response.objects.count() == 1
    open_article(desk, article)
    expect(desk.locator("[data-row]")).to_have_count(2)

    left, top, _, _ = desk.evaluate(PLACES, [claim.quote(), claim.quote()])
    desk.mouse.move(left + 5, top)

    expect(mark_of(desk, answer)).to_have_class(re.compile(r"\bpartner\b"))
    expect(desk.locator(".peek .line")).to_contain_text(claim.quote()[:30])
    desk.mouse.move(2, 2)
    expect(desk.locator("mark.partner, mark.hot")).to_have_count(0)
