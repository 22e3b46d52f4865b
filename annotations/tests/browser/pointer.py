"""An editor who points: with a mouse, or with a finger on a phone. Words are typed, all else is pointed at."""

from playwright.sync_api import Locator, Page, expect

from annotations.tests.browser.hands import PLACES_OF, SELECT_SPAN, SPAN_OF


class Mouse:
    """A hand on the mouse."""

    has_keys = False
    name = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0

    def use(self, target: Locator) -> None:
        folded = target.locator("xpath=ancestor::details[not(@open)]/summary")
        if not target.is_visible() and folded.count():
            self.use(folded.first)
        self._press(target)
        self.strokes += 1

    def _press(self, target: Locator) -> None:
        target.click()

    def tick(self, box: Locator) -> None:
        self.use(box)

    def write(self, field: Locator, words: str) -> None:
        """Put the words in place of what the field holds."""
        self.use(field)
        field.press("Control+a")
        field.press("Delete")
        self.page.keyboard.type(words)

    def choose(self, box: Locator, label: str) -> None:
        """One of a list that the browser opens outside of the page, where no script can point at it."""
        self.strokes += 2
        box.select_option(label=label)

    def act(self, key: str, button: Locator) -> None:
        """An act on the page, by its button."""
        self.use(button)

    def visit(self, uid: str) -> None:
        """Open the statement's card from the list."""
        self.use(self.page.locator(f"[data-row='{uid}'] a").first)

    def accept(self, option: Locator) -> None:
        self.use(option)

    def save(self) -> None:
        self.use(self.page.locator("#work form[data-form] button.main"))

    def mark(self, words: str, prefix: str = "", suffix: str = "") -> None:
        """Drag over exactly these words."""
        left, top, right, bottom = self._places(words, prefix, suffix)
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        self.page.mouse.move((left + right) / 2, (top + bottom) / 2)
        self.page.mouse.move(right, bottom, steps=3)
        self.page.mouse.up()
        self.strokes += 1
        expect(self.page.get_by_role("toolbar", name="Selected words")).to_be_visible()

    def _places(self, words: str, prefix: str, suffix: str) -> tuple[float, float, float, float]:
        span = self.page.evaluate(SPAN_OF, [words, prefix, suffix])
        left, top, right, bottom = self.page.evaluate(PLACES_OF, span)
        return left, top, right, bottom


class Touch(Mouse):
    """A finger. It cannot select words here: a browser without a screen shows no handles for that.

    Words are selected as the browser tells of it once a finger has done so; all else is tapped.
    """

    name = "touch"

    def _press(self, target: Locator) -> None:
        target.tap()

    def mark(self, words: str, prefix: str = "", suffix: str = "") -> None:
        """Select exactly these words."""
        span = self.page.evaluate(SPAN_OF, [words, prefix, suffix])
        self.page.evaluate(PLACES_OF, span)
        self.page.evaluate(SELECT_SPAN, span)
        self.strokes += 1
        expect(self.page.get_by_role("toolbar", name="Selected words")).to_be_visible()
