"""An editor who has no mouse: eyes that read the page, hands that only press keys, counted."""

from playwright.sync_api import Locator, Page, expect

from annotations.tests.browser.hands import SPAN_OF

STANDS = """() => {
  const root = document.querySelector("[data-article-text]");
  const units = (node, offset) => {
    const range = document.createRange();
    range.selectNodeContents(root);
    range.setEnd(node, offset);
    return range.toString().length;
  };
  const chosen = getSelection();
  if (!root.contains(chosen.focusNode)) return [0, 0];
  return [units(chosen.anchorNode, chosen.anchorOffset), units(chosen.focusNode, chosen.focusOffset)];
}"""
AHEAD = """(target) => {
  const from = document.activeElement;
  return !from || from === document.body
    || Boolean(from.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
FOCUSED = "(target) => target === document.activeElement"
ORDER = """() => [...new Set(
  [...document.querySelectorAll('[data-article-text] span[id^="s-"]')].map(({ id }) => id.slice(2)),
)]"""  # the statements as they stand in the text
VISITED = f"""() => {{
  const all = ({ORDER})();
  const at = document.activeElement.closest("mark[data-statements]");
  if (at) return Math.max(...at.dataset.statements.split(" ").map((uid) => all.indexOf(uid)));
  const stands = ({STANDS})()[1];
  const text = document.querySelector("[data-article-text]");
  const range = document.createRange();
  range.selectNodeContents(text);
  const before = (uid) => {{
    range.setEndBefore(document.getElementById(`s-${{uid}}`));
    return range.toString().length <= stands;
  }};
  return all.filter(before).length - 0.5;
}}"""  # the index of the one that has the focus; between two, that of the one before and a half
FAR = 80  # key presses after which something is out of reach


class Keyboard:
    """Hands on the keys. `strokes` counts them: each key pressed, each letter typed, a chord as one."""

    has_keys = True
    name = "keyboard"

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def focus(self, target: Locator) -> None:
        """Tab there, whichever way is ahead."""
        expect(target).to_be_visible()
        for _ in range(FAR):
            if target.evaluate(FOCUSED):
                return
            self.press("Tab" if target.evaluate(AHEAD) else "Shift+Tab")
        raise AssertionError(f"{target} is out of the keyboard's reach")

    def use(self, target: Locator) -> None:
        """Press the button or link, by its key where the page prints one beside it."""
        key = target.get_attribute("data-key")
        if key and self._is_free():
            self.press(key)
            return
        self.focus(target)
        self.press("Enter")

    def tick(self, box: Locator) -> None:
        key = box.get_attribute("data-key")
        if key and self._is_free():
            self.press(key)
            return
        self.focus(box)
        self.press("Space")

    def act(self, key: str, button: Locator) -> None:
        """An act on the page, by its key."""
        expect(button).to_be_attached()
        self.press(key)

    def visit(self, uid: str) -> None:
        """Go from statement to statement until its card is open."""
        place = self.page.evaluate(ORDER)
        for _ in place:
            here = self.page.evaluate(VISITED)
            self.press("j" if here < place.index(uid) else "k")
            if place[int(self.page.evaluate(VISITED))] == uid:
                return
        raise AssertionError(f"{uid} is not reached")

    def write(self, field: Locator, words: str) -> None:
        """Put the words in place of what the field holds."""
        self.focus(field)
        if field.input_value():
            self.press("Control+a", *([] if words else ["Delete"]))
        self.page.keyboard.type(words)
        self.strokes += len(words)

    def choose(self, box: Locator, label: str) -> None:
        """One of a list that opens: by the beginning of its words."""
        self.focus(box)
        self.page.keyboard.type(label)
        self.strokes += len(label)
        expect(box.locator("option:checked")).to_have_text(label)

    def accept(self, option: Locator) -> None:
        """One of the options that a name's field offers."""
        for _ in range(FAR):
            if option.get_attribute("aria-selected") == "true":
                self.press("Enter")
                return
            self.press("ArrowDown")
        raise AssertionError("the option is not reached")

    def save(self) -> None:
        self.press("Control+Enter")

    def to_text(self) -> None:
        """Back to the article's text from wherever the keyboard is."""
        text = self.page.locator("[data-article-text]")
        for _ in range(4):
            if text.evaluate(FOCUSED):
                return
            self.press("F6")
        self.focus(text)

    def mark(self, words: str, prefix: str = "", suffix: str = "") -> None:
        """Select exactly these words of the text: by sentence where they are sentences, else by word."""
        start, end = self.page.evaluate(SPAN_OF, [words, prefix, suffix])
        self.to_text()
        self._go("p", "Shift+P", start)
        self._go(".", ",", start)
        if self._at() == start:
            self._by_sentence(start, end)
        if self._chosen() != (start, end):
            self._by_word(start, end)
        assert self._chosen() == (start, end), f"{self._chosen()} is not {(start, end)}"

    def _go(self, ahead: str, back: str, start: int) -> None:
        while (before := self._at()) > start:
            self.press(back)
            assert self._at() < before, f"{back} leads nowhere from {before}"
        while (before := self._at()) < start:
            self.press(ahead)
            if self._at() > start or self._at() == before:
                if self._at() != before:
                    self.press(back)
                return

    def _by_sentence(self, start: int, end: int) -> None:
        self.press("x")
        while (reached := self._at()) < end:
            self.press("x")
            if self._at() == reached:
                return
        if self._at() != end:
            self.press("ArrowLeft")

    def _by_word(self, start: int, end: int) -> None:
        self._reach(start, "ArrowRight", "ArrowLeft")
        self._reach(end, "Shift+ArrowRight", "Shift+ArrowLeft")

    # By word as far as that goes, the rest by character.
    def _reach(self, goal: int, right: str, left: str) -> None:
        for ahead, back in ((right, left), (_by_character(right), _by_character(left))):
            while (at := self._at()) != goal:
                key = ahead if at < goal else back
                self.press(key)
                now = self._at()
                if now == at or ((now > goal) != (at > goal) and now != goal):
                    break

    def _at(self) -> int:
        return int(self.page.evaluate(STANDS)[1])

    def _chosen(self) -> tuple[int, int]:
        first, second = sorted(self.page.evaluate(STANDS))
        return first, second

    def _is_free(self) -> bool:
        return not self.page.evaluate(
            "() => document.activeElement.matches('input:not([type=radio], [type=checkbox]), textarea, select')"
        )


def _by_character(key: str) -> str:
    return f"Control+{key}"
