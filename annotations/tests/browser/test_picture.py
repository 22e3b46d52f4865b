"""What the article page draws: lines between claims and responses, and the strip that shows where they sit."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article, Statement
from annotations.tests.browser.hands import mark_of, open_article
from annotations.tests.large import article_of_exchanges, article_with_highlights

OUTSIDE = """[...document.querySelectorAll("article-arcs path, article-arcs circle")].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.left < 0 || box.right > document.querySelector("[data-article-text]").getBoundingClientRect().left;
}).length"""


def statements_of(article: Article) -> list[Statement]:
    return list(Statement.objects.filter(article=article).order_by("id"))


@pytest.mark.long
def test_the_lines_of_one_statement_stand_out_and_the_strip_leads_to_others(desk: Page) -> None:
    article = article_of_exchanges(60, 80)
    first, *_rest, last = statements_of(article)

    open_article(desk, article)

    arcs, strip = desk.locator("article-arcs"), desk.locator("article-map")
    assert arcs.locator("path.answer").count() > 64
    assert desk.evaluate(OUTSIDE) == 0
    expect(arcs.locator("a")).to_have_count(3)
    expect(arcs.locator("svg.chosen")).to_have_count(0)
    mark_of(desk, first).hover()
    lines = arcs.locator(".hot.answer")
    assert lines.count() == first.responses.count() + first.answers_to.count()
    expect(arcs.locator("svg.chosen")).to_have_count(1)
    expect(desk.locator("article-arcs a:not([tabindex='-1'])")).to_have_count(0)

    at_first = strip.locator("rect.view").get_attribute("y") or ""
    assert float(at_first) < 2
    box = strip.bounding_box()
    assert box is not None
    desk.mouse.click(box["x"] + 7, box["y"] + box["height"] - 3)
    expect(mark_of(desk, last)).to_be_focused()
    expect(mark_of(desk, last)).to_be_in_viewport()
    expect(strip.locator("rect.view")).not_to_have_attribute("y", at_first)


@pytest.mark.long
def test_of_a_thousand_highlights_the_strip_bundles_what_stands_close(desk: Page) -> None:
    article = article_with_highlights(1000)

    open_article(desk, article)

    bars = desk.locator("article-map rect:not(.view)")
    expect(bars.first).to_be_attached()
    assert bars.count() < 400
    uids = bars.evaluate_all("(all) => all.flatMap((each) => each.dataset.of.split(' '))")
    assert sorted(uids) == sorted(str(each.uid) for each in statements_of(article))
    assert all(re.fullmatch("claim|plain", each) for each in bars.evaluate_all(
        "(all) => all.map((each) => each.getAttribute('class'))"
    ))  # fmt: skip


@pytest.mark.long
def test_a_filter_shows_at_once_stays_in_the_address_and_one_key_ends_it(desk: Page) -> None:
    article = article_of_exchanges(12, 10)
    open_article(desk, article)
    lines = desk.locator("article-arcs path.answer").count()

    desk.locator("#rows-filter").click()
    desk.get_by_label("Who").focus()
    desk.keyboard.type("Speaker 3")

    expect(desk.locator("[data-live]")).to_have_text("2 of 12 statements shown.")
    expect(desk.locator("#rows_actor")).to_be_focused()
    expect(desk.locator("[data-row]")).to_have_count(2)
    expect(desk.locator("mark.dimmed")).to_have_count(10)
    assert "actor=" in desk.url
    assert 0 < desk.locator("article-arcs path.answer").count() < lines
    desk.reload()
    expect(desk.locator("mark.dimmed")).to_have_count(10)
    desk.locator("[data-article-text]").focus()
    desk.keyboard.press("v")
    expect(desk.locator("mark.dimmed")).to_have_count(0)
    expect(desk.locator("[data-row]")).to_have_count(12)
    expect(desk.locator("[data-article-text]")).to_be_focused()
    expect(desk.locator("article-arcs path.answer")).to_have_count(lines)
    assert "actor=" not in desk.url
