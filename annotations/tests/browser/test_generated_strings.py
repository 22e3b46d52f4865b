"""Generated strings, selected in Chromium and stored by Python: the words are the same.

The page's own code says what was selected; Python looks whether those words stand at that place, stores
them, and reads them again. STRINGS_SEED gives the seed; the run prints it.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from annotations.anchoring.graphemes import whole
from annotations.editing.place import Selection
from annotations.models import Article, Placement
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import open_article
from annotations.tests.browser.strings import mixed
from annotations.tests.factories import make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 100  # strings in an article
# What JavaScript’s trim takes away.
TRIMMED = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)

# For each string, [from, to) in UTF-16 units: a range drawn in it, and what the page says was selected.
SELECT = """async ({places, seed}) => {
  const main = document.querySelector('script[type=module][src$="main.js"]').src;
  const { selectedWords } = await import(new URL("elements/text-range.js", main));
  const root = document.querySelector("[data-article-text]");
  let state = seed;
  const draw = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const nodes = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length)
    nodes.push({ node: walker.currentNode, from: at, to: at + walker.currentNode.length });
  const point = (units) => {
    const found = nodes.filter(({ from, to }) => from <= units && units <= to);
    const { node, from, to } = found[draw(found.length)];
    const index = [...node.parentNode.childNodes].indexOf(node);
    if (units === from && draw(3) === 0) return [node.parentNode, index];
    if (units === to && draw(3) === 0) return [node.parentNode, index + 1];
    return [node, units - from];
  };
  const drawn = ([from, to]) => {
    const ends = [from + draw(to - from + 1), from + draw(to - from + 1)].sort((a, b) => a - b);
    const range = document.createRange();
    range.setStart(...point(ends[0]));
    range.setEnd(...point(ends[1]));
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return { from: ends[0], to: ends[1], selected: range.toString(), words: selectedWords() };
  };
  return { text: root.textContent, drawn: places.map(drawn) };
}"""


@dataclass(frozen=True)
class Words:
    """What the page says was selected: [start, end) in code points."""

    start: int
    end: int
    exact: str


@dataclass
class Tally:
    """Selections made and stored; differences; those that counting in UTF-16 units would get wrong."""

    selected: int = 0
    widened: int = 0
    wrong_in_units: int = 0
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.selected} selected and stored, {self.widened} of them widened, "
            f"{self.wrong_in_units} wrong if counted in units; {len(self.differences)} differences"
        )

    def compare(self, one: object, other: object) -> None:
        if one != other:
            self.differences.append(f"{one!a} is not {other!a}")


def article_of(strings: list[str], chance: random.Random) -> Article:
    """The strings as paragraphs of an article, with marks across them."""
    article = make_article(text="\n".join(strings))
    text = article.revision.text
    places = {whole(text, 0, 1)}
    for _ in range(len(strings) // 4):
        at = chance.randrange(len(text) - 1)
        places.add(whole(text, at, min(len(text), at + chance.randint(1, 60))))
    roles = {place: chance.choice(["content", "source"]) for place in sorted(places)[1:]}
    marks = [Selection(role, *at, text[slice(*at)]) for at, role in roles.items()]
    first = whole(text, 0, 1)
    make_statement(article, selections=[Selection("content", *first, text[slice(*first)]), *marks])
    return article


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def places_of(strings: list[str]) -> Iterator[tuple[int, int]]:
    """Where each string stands in the article, in UTF-16 units."""
    at = 0
    for string in strings:
        yield at, at + units(string)
        at += units(string) + 1


def expected(text: str, start: int, end: int) -> Words | None:
    """The words of [start, end) in UTF-16 units, reckoned without the page: trimmed, whole characters."""
    stored = text.encode("utf-16-le")
    before = stored[: 2 * start].decode("utf-16-le", "ignore")
    through = stored[: 2 * end].decode("utf-16-le", "replace")
    chosen = text[len(before) : len(through)]
    begin = len(before) + len(chosen) - len(chosen.lstrip(TRIMMED))
    finish = len(through) - (len(chosen) - len(chosen.rstrip(TRIMMED)))
    if start == end or begin >= finish:
        return None
    place = whole(text, begin, finish)
    return Words(*place, text[slice(*place)])


def stored(article: Article, chosen: list[Words]) -> set[Words]:
    """The words as the database gives them back, after a statement of them was recorded."""
    selections = [Selection("content", w.start, w.end, w.exact) for w in dict.fromkeys(chosen)]
    statement = make_statement(article, selections=selections)
    rows = Placement.objects.filter(span__statement=statement)
    return {Words(row.start or 0, row.end or 0, row.exact) for row in rows}


def select_and_store(page: Page, chance: random.Random, tally: Tally, count: int) -> None:
    """One article of strings: select in each of them, store what the page says, and compare."""
    strings = [mixed(chance) for _ in range(TOGETHER)]
    article = article_of(strings, chance)
    text = article.revision.text
    open_article(page, article)
    given = {"places": list(places_of(text.split("\n"))), "seed": chance.randrange(2**31)}
    answer: dict[str, Any] = page.evaluate(SELECT, given)
    tally.compare(answer["text"], text)
    chosen = []
    for row in answer["drawn"][:count]:
        said = row["words"] and Words(*(row["words"][key] for key in ("start", "end", "exact")))
        tally.compare(said, expected(text, row["from"], row["to"]))
        if said:
            chosen.append(said)
            tally.widened += row["words"]["widened"]
            tally.compare(text[said.start : said.end], said.exact)
            in_units = slice(units(text[: said.start]), units(text[: said.end]))
            tally.wrong_in_units += text[in_units] != said.exact
    tally.compare(stored(article, chosen), set(chosen))
    tally.selected += len(chosen)


def select_many(page: Page, seed: int, count: int) -> Tally:
    chance, tally = random.Random(seed), Tally()
    while tally.selected < count:
        select_and_store(page, chance, tally, count - tally.selected)
    return tally


def test_stored_words_are_the_selected_words(desk: Page, complaints: Complaints) -> None:
    tally = select_many(desk, seed=3, count=200)

    assert (tally.selected, tally.differences) == (200, [])
    assert tally.widened > 10
    assert tally.wrong_in_units > 100  # so the comparison can fail


def test_offsets_in_units_would_be_seen(
    desk: Page, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_units = SELECT.replace("words: selectedWords()", "words: inUnits(selectedWords(), root)")
    count = "const inUnits = (words, root) => words && { ...words,"
    count += " start: [...root.textContent].slice(0, words.start).join('').length,"
    count += " end: [...root.textContent].slice(0, words.end).join('').length };"
    monkeypatch.setitem(globals(), "SELECT", in_units.replace("const nodes", count + "const nodes"))
    monkeypatch.setitem(globals(), "stored", lambda _, chosen: set(chosen))  # they are refused

    assert len(select_many(desk, seed=3, count=100).differences) > 100


@pytest.mark.long
def test_ten_thousand_stored_words_are_the_selected_words(
    desk: Page, complaints: Complaints, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("STRINGS_SEED") or random.SystemRandom().randrange(2**31))
    with capsys.disabled():
        print(f"\nSTRINGS_SEED={seed}", flush=True)

    tally = select_many(desk, seed, 10_000)

    with capsys.disabled():
        print(tally)
    assert (tally.selected, tally.differences) == (10_000, [])
