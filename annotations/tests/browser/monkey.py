"""Somebody who does random things on an article's page, in a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from playwright.sync_api import Locator, Response, expect, sync_playwright

from annotations.models import Article
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import name_speaker, select_words

SENTENCES = [
    f"Speaker number {n} said that the road {n} was closed by the army." for n in range(12)
]
ACTORS = ("Ann", "Bob", "Eve")
STEPS_AN_ACT = 40  # tried in vain before the test gives up
PATIENCE = 30_000  # milliseconds; two browsers and a database share the machine
IDLE = "() => !document.querySelector('.htmx-request') && document.documentElement.dataset.ready"


class NothingToDo(Exception):
    """The page offers no such act now."""


@dataclass
class Monkey:
    """Acts until `most` were acknowledged; what the server acknowledged, by the ids of the changes."""

    seed: int
    address: str
    cookie: dict[str, Any]
    article: Article
    most: int
    acknowledged: list[str] = field(default_factory=list)
    acts: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    complaints: Complaints = field(default_factory=Complaints)

    def run(self, launch: dict[str, Any]) -> None:
        """All acts, in this thread."""
        self.random = Random(self.seed)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch)
            context = browser.new_context(base_url=self.address)
            self.complaints.listen(context)
            context.add_cookies([self.cookie])  # type: ignore[list-item]
            self.page = context.new_page()
            self.page.set_default_timeout(PATIENCE)
            expect.set_options(timeout=PATIENCE)
            self.open()
            for _ in range(STEPS_AN_ACT * self.most):
                if len(self.acknowledged) < self.most:
                    self.step()
            browser.close()

    def open(self) -> None:
        self.page.goto(self.article.get_absolute_url())
        self.page.wait_for_function(IDLE)

    def step(self) -> None:
        if self.random.random() < 0.04:
            self.open()
        act = self.random.choices(list(ACTS), list(ACTS.values()))[0]
        try:
            status = self.send(lambda: act(self))
        except NothingToDo:
            self.leave()
            return
        name = act.__name__
        if status == 200:
            self.acknowledged.append(self.change(name))
            self.acts[name] = self.acts.get(name, 0) + 1
        else:
            self.refused.append(f"{name}: {status}")
            self.leave()

    def send(self, act: Callable[[], Locator]) -> int:
        """The status that the server answered, once the page shows the answer."""
        button = act()
        self.page.evaluate("() => { document.querySelector('#desk').dataset.old = '1' }")
        with self.page.expect_response(is_act) as sent:
            button.click()
        status = sent.value.status
        if status == 200:
            self.page.wait_for_selector("#desk:not([data-old])", state="attached")
        self.page.wait_for_function(IDLE)
        return status

    def change(self, name: str) -> str:
        """The id of the change that was acknowledged: what Undo names now or, after an undo, Redo."""
        form = "redo" if name == "undo" else "undo"
        field = self.page.locator(f"form[action$='/{form}/'] [name=change]").first
        return field.get_attribute("value") or ""

    def leave(self) -> None:
        """Away from whatever is open; of what was typed the page asks twice."""
        cancel = self.page.locator("#work [data-cancel]")
        for _ in range(5):
            if not cancel.count():
                return
            cancel.first.click()
            self.page.wait_for_function(IDLE)
        raise AssertionError("what is open cannot be left")

    @property
    def work(self) -> Locator:
        return self.page.locator("#work")

    def open_card(self) -> Locator:
        """The card of one of the statements."""
        rows = self.page.locator("[data-row] > a")
        if not rows.count():
            raise NothingToDo
        rows.nth(self.random.randrange(rows.count())).click()
        self.page.wait_for_function(IDLE)
        card = self.work.locator(".card")
        if not card.locator("> .acts").count():
            raise NothingToDo  # somebody deleted it meanwhile
        return card

    def open_form(self) -> Locator:
        self.open_card().get_by_role("link", name="Edit", exact=True).click()
        form = self.work.locator("form[data-form]")
        form.wait_for()
        return form


def is_act(answer: Response) -> bool:
    """A write of ours, not the page's sign of life."""
    return answer.request.method == "POST" and not answer.url.endswith("/here/")


def create(monkey: Monkey) -> Locator:
    line = monkey.random.choice(SENTENCES)
    words = line[: -monkey.random.randint(1, 30)].partition(" said ")[2]
    if not words.strip():
        raise NothingToDo
    select_words(monkey.page, line[: line.index(words)], line[: line.index(words) + len(words)])
    monkey.page.locator("[data-act=new]").click()
    expect(monkey.page.get_by_role("combobox", name="Who said it?")).to_be_focused()
    name_speaker(monkey.page, monkey.random.choice(ACTORS))
    return monkey.work.get_by_role("button", name="Save")


def edit(monkey: Monkey) -> Locator:
    form = monkey.open_form()
    form.get_by_label("Gist").fill(f"Gist {monkey.random.random()}")
    return form.get_by_role("button", name="Save")


def attribute(monkey: Monkey) -> Locator:
    form = monkey.open_form()
    form.get_by_role("button", name="about", exact=True).click()
    name = monkey.random.choice(ACTORS)
    monkey.page.keyboard.type(name)
    option = monkey.page.get_by_role("listbox", name="Actors").get_by_role("option")
    option.filter(has_text=name).first.click()
    return form.get_by_role("button", name="Save")


def link(monkey: Monkey) -> Locator:
    monkey.open_card().get_by_role("link", name="Link response").click()
    monkey.work.locator("[data-picking]").wait_for()
    found = monkey.work.locator(".found a")
    if not found.count():
        raise NothingToDo
    found.nth(monkey.random.randrange(found.count())).click()
    monkey.page.get_by_role("heading", name="How does it answer?").wait_for()
    relation = monkey.random.choice(["denies", "disputes", "rebuts", "concedes", "supports"])
    return monkey.page.locator(f"button[name=relation][value={relation}]")


def delete(monkey: Monkey) -> Locator:
    card = monkey.open_card()
    links = card.get_by_role("button", name="Delete link")
    if links.count() and monkey.random.random() < 0.5:
        return links.first
    card.get_by_text("More", exact=True).click()
    return card.get_by_role("button", name="Delete", exact=True)


def submit(monkey: Monkey) -> Locator:
    button = monkey.open_card().get_by_role("button", name="Submit for review", exact=True)
    if not button.count():
        raise NothingToDo
    return button


def undo(monkey: Monkey) -> Locator:
    return _offered(monkey, "undo")


def redo(monkey: Monkey) -> Locator:
    return _offered(monkey, "redo")


def _offered(monkey: Monkey, name: str) -> Locator:
    button = monkey.page.locator(f"[data-act={name}]")
    if not button.is_enabled():
        raise NothingToDo
    return button


Act = Callable[[Monkey], Locator]
ACTS: dict[Act, int] = {
    create: 4, edit: 3, attribute: 2, link: 3, delete: 2, submit: 1, undo: 4, redo: 2,
}  # fmt: skip
