"""What an editor's hands do on the article page."""

from playwright.sync_api import Locator, Page, expect

from annotations.models import Article, Statement

RANGE = """([from, to]) => {
  const root = document.querySelector("[data-article-text]");
  const text = root.textContent;
  const start = text.indexOf(from);
  const end = text.indexOf(to, start) + to.length;
  const at = (units) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (units < node.length || (units === node.length && !walker.nextNode())) return [node, units];
      units -= node.length;
      walker.currentNode = node;
    }
    return [root, root.childNodes.length];
  };
  const range = document.createRange();
  range.setStart(...at(start));
  range.setEnd(...at(end));
"""
PLACES = (
    RANGE
    + """  const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
}"""
)
SELECT = (
    RANGE
    + """  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return selection.toString();
}"""
)

SPAN_OF = """([words, prefix, suffix]) => {
  const text = document.querySelector("[data-article-text]").textContent;
  const start = text.indexOf(prefix + words + suffix) + prefix.length;
  return [start, start + words.length];
}"""  # in UTF-16 units; what stands before and after tells which of several

RANGE_OF = """([start, end]) => {
  const root = document.querySelector("[data-article-text]");
  const range = document.createRange();
  let passed = 0;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const reached = passed + node.length;
    if (passed <= start && start < reached) range.setStart(node, start - passed);
    if (passed < end && end <= reached) range.setEnd(node, end - passed);
    passed = reached;
  }
"""
PLACES_OF = (
    RANGE_OF
    + """  const middle = range.getBoundingClientRect();
  scrollBy({ top: (middle.top + middle.bottom - innerHeight) / 2, behavior: "instant" });
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
  const [first, last] = [boxes[0], boxes[boxes.length - 1]];
  return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
}"""
)  # where the words of a span begin and end in the window, once they stand in its middle
SELECT_SPAN = (
    RANGE_OF
    + """  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
)


def open_article(page: Page, article: Article, selected: Statement | None = None) -> None:
    """The article page with its scripts running, perhaps with a statement's card open."""
    page.goto(article.get_absolute_url() + (f"?statement={selected.uid}" if selected else ""))
    expect(page.locator("html[data-ready]")).to_be_attached()


def drag(page: Page, start: str, end: str = "") -> None:
    """Drag the mouse from where the words `start` begin to where `end` ends."""
    left, top, right, bottom = page.evaluate(PLACES, [start, end or start])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2)
    page.mouse.move(right, bottom, steps=3)
    page.mouse.up()


def select_words(page: Page, start: str, end: str = "") -> str:
    """Select the words as a script or a touch does, and say what the browser took."""
    return str(page.evaluate(SELECT, [start, end or start]))


def click_words(page: Page, words: str) -> None:
    """Click on the first of the words."""
    left, top, _, _ = page.evaluate(PLACES, [words, words])
    page.mouse.click(left + 3, top)


def click_at(page: Page, target: Locator) -> None:
    """Click in the middle of it, where it stands: Playwright's own click may scroll first."""
    box = target.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def show_words(page: Page, words: str) -> None:
    """Scroll until the words stand in the middle of the window."""
    _, top, _, _ = page.evaluate(PLACES, [words, words])
    page.evaluate("(top) => scrollBy({top: top - innerHeight / 2, behavior: 'instant'})", top)


def toolbar(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Selected words")


def name_speaker(page: Page, name: str) -> None:
    """Type a name into the field that has the focus and take the first one found."""
    page.keyboard.type(name)
    option = options(page).filter(has_text=name).first
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Who said it?").first).to_have_value(name)


def options(page: Page) -> Locator:
    """The actors that the open field offers."""
    return page.get_by_role("listbox", name="Actors").get_by_role("option")


def panel(page: Page) -> Locator:
    return page.locator("#work")


def mark_of(page: Page, statement: Statement) -> Locator:
    """The first mark of the statement's words."""
    return page.locator(f'mark[data-statements~="{statement.uid}"]').first


def said(page: Page, words: str) -> None:
    """Wait for the message that says so."""
    expect(page.locator("[data-messages] .message").filter(has_text=words)).to_be_visible()
