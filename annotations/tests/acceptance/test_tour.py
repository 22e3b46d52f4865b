"""The day's work from end to end, as three people do it in the browser.

It runs against the tests' own server; with NEWSROOM_URL against a running demo. SCREENSHOTS names a
folder for a picture of each step.
"""

import csv
import io
import os
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from annotations.management.demo_accounts import PASSWORD
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests import seeded
from annotations.tests.factories import make_user

ARTICLE = (
    "Minister answers army\n\n"
    "KABUL – The minister rejected the claims. “We have answered every question 😀 that was put to us.\n\n"
    "“We will go on answering,” Farid Ahmadi said on Monday.\n"
)
QUOTE = "“We have answered every question 😀 that was put to us.\n\n“We will go on answering,”"
SELECT = """(words) => {
  const root = document.querySelector("[data-article-text]");
  const from = root.textContent.indexOf(words), to = from + words.length;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let passed = 0, begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const reached = passed + node.length;
    if (!begun && from < reached) { range.setStart(node, from - passed); begun = true; }
    if (begun && to <= reached) { range.setEnd(node, to - passed); break; }
    passed = reached;
  }
  root.focus();
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""

SignIn = Callable[[str], Page]


@pytest.fixture
def base_url(request: pytest.FixtureRequest, transactional_db: None) -> str:
    """The running demo, or the tests' own server with the seed articles."""
    running = os.environ.get("NEWSROOM_URL")
    if running:
        return running.rstrip("/")
    server = request.getfixturevalue("live_server")
    seeded.load()
    for role in (EDITOR, REVIEWER, REPORTER):
        user = make_user(role, username=role)
        user.set_password(PASSWORD)
        user.save()
    return str(server.url)


@pytest.fixture
def sign_in(browser: Browser, base_url: str) -> Iterator[SignIn]:
    """A page of the named demo account, in a browser of its own; what its console says fails the test."""
    said: list[str] = []
    contexts = []

    def enter(name: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=base_url)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: said.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto("/sign-in/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("button.main")
        page.wait_for_selector("html[data-ready]")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert said == []


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def downloaded(page: Page, address: str) -> list[dict[str, str]]:
    answer = page.request.get(address)
    assert answer.ok
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))


@pytest.mark.django_db(transaction=True, databases=["default", "export"])
def test_editor_reviewer_and_reporter_do_a_day_s_work(sign_in: SignIn) -> None:
    speaker = f"{uuid.uuid4().hex[:12]} Ahmadi"  # nor is a name of an earlier tour nearly this one
    editor = sign_in("editor")

    article = receive(editor)
    statement = record(editor, speaker)
    link(editor)
    submit(editor)
    judge(sign_in("reviewer"), statement)
    reporter = sign_in("reporter")
    statements = downloaded(reporter, "/statements.csv")
    exchanges = downloaded(reporter, "/exchanges.csv")

    [mine] = [row for row in statements if row["id"] == statement]
    assert (mine["quote"], mine["speaker"], mine["article_id"]) == (QUOTE, speaker, article)
    [exchange] = [row for row in exchanges if row["response_id"] == statement]
    assert "double-handed game" in exchange["claim_quote"]
    assert (exchange["relation"], exchange["same_article"]) == ("rebuts", "false")


def receive(page: Page) -> str:
    """Paste the article; the uid it got."""
    page.goto("/articles/new/")
    page.fill("#id_text", f"{ARTICLE}\n{uuid.uuid4().hex}")  # a demo keeps what was done in it
    page.fill("#id_headline", "Minister answers army")
    page.fill("#id_dateline", "KABUL")
    picture(page, "1-new-article")
    page.click("main button.main")
    page.wait_for_selector("html[data-ready] [data-article-text]")
    return str(re.findall(r"/articles/([0-9a-f-]{36})/", page.url)[0])


def record(page: Page, speaker: str) -> str:
    """Select the quote that runs over two paragraphs, create its speaker, save; the statement's uid."""
    page.evaluate(SELECT, QUOTE)
    page.wait_for_selector("selection-toolbar:not([hidden])")
    picture(page, "2-selected")
    page.click("[data-act=new]")
    page.wait_for_selector("#work form[data-form]")
    page.fill("#id_parts-0-actor_name", speaker)
    page.click(f"[role=option]:has-text('Create “{speaker}”')")
    page.click("[role=option]:has-text('as a person')")
    page.wait_for_function("() => document.querySelector('#id_parts-0-actor').value")
    picture(page, "3-form")
    page.click("#work button.main")
    page.wait_for_selector("#work .card[data-statement]")
    picture(page, "4-saved")
    uid = page.get_attribute("#work .card[data-statement]", "data-statement")
    assert uid
    marked = page.locator(f"mark.plain[data-statements~='{uid}']").all_text_contents()
    assert "".join(marked) == QUOTE
    return uid


def link(page: Page) -> None:
    """This answers a statement of another article, found by its words."""
    page.click("#work >> text=This answers…")
    page.wait_for_selector("[data-picking]")
    page.fill("#pick-words", "double-handed")
    page.wait_for_selector("#found a:has-text('submitted all documents')")
    picture(page, "5-picking")
    page.click("#found a:has-text('submitted all documents')")
    page.wait_for_selector("button[name=relation]")
    page.check("input[name=parties]")
    picture(page, "6-link")
    page.click("button[value=rebuts]")
    page.wait_for_selector("#work .link:has-text('rebuts')")
    picture(page, "7-linked")


def submit(page: Page) -> None:
    page.click("#work >> text=Submit for review")
    page.wait_for_selector("#work .tag.submitted")
    picture(page, "8-submitted")


def judge(page: Page, statement: str) -> None:
    """Approve the statement with its link, in the admin."""
    page.goto("/admin/annotations/statement/?state=submitted")
    row = page.locator(f"#result_list tr:has(a[href*='{statement}'])")
    picture(page, "9-review")
    row.locator("input.action-select").check()
    page.select_option("select[name=action]", label="Approve with its links and reply records")
    page.click("button[name=index]")
    page.wait_for_selector(".messagelist .success")
    picture(page, "10-approved")
