"""WCAG 2.2 A and AA, as far as axe finds it: each state of the article page, both themes, two widths."""

from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.editing.assign import give
from annotations.models import Statement
from annotations.permissions import ADMINISTRATOR
from annotations.tests.browser.conftest import Complaints, SignedIn, in_each_look
from annotations.tests.browser.hands import open_article, options, panel, select_words, toolbar
from annotations.tests.factories import (
    approve,
    correct_text,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    request_changes,
    submit,
)
from annotations.tests.views.typed import revised_by_another

State = Callable[[Page, Statement], None]
pytestmark = pytest.mark.django_db(transaction=True)
# Preloading reads every style sheet again by addresses that are not there.
CHECKED = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "preload": False}
TEXT = (
    "Ministry denies\n\nKABUL – Ann said the army crossed and fired. Bob called such claims "
    "baseless.\n\nAnn repeated that the army crossed. The navy did not reply.\n\nENDS\n"
)


def make_full_claim() -> Statement:
    """A claim with all that can stand at it, in an article with every kind of zone and mark."""
    article = make_article(
        text=TEXT, headline="Ministry denies", dateline="KABUL", outlet=make_actor("The Daily")
    )
    army, navy = make_actor("The army", kind="organisation"), make_actor("The navy")
    claim = make_statement(
        article,
        "the army crossed and fired.",
        speaker=make_actor("Ann"),
        about=[army, navy],
        points=["It crossed", "It fired"],
        cue="said",
        note="A note",
    )
    denial = make_statement(article, "such claims baseless", acting_for=[army], source="Bob")
    again = make_statement(article, "that the army crossed.", gist="Again")
    far = make_statement(make_article(text="Eve denied everything."), "denied everything")
    make_response(
        claim, denial, parties=[army], answers=claim.live_points()[:1], marker="such claims"
    )
    submit(make_response(claim, far))
    make_response(denial, again, relation="counter_accuses")
    make_restatement(claim, again)
    make_reply_record(claim, navy, evidence="The navy did not reply.")
    approve(again)
    return claim


def card(page: Page, claim: Statement) -> None:
    panel(page).get_by_text("More", exact=True).click()
    panel(page).locator(".card").focus()


def role_menu(page: Page, claim: Statement) -> None:
    selection(page, claim)
    page.keyboard.press("a")
    expect(page.get_by_role("menuitem", name="content")).to_be_focused()


def keys(page: Page, claim: Statement) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def new_form(page: Page, claim: Statement) -> None:
    select_words(page, "fired")
    toolbar(page).get_by_role("button", name="New statement").click()
    speaker = page.get_by_role("combobox", name="Who said it?")
    expect(speaker).to_be_focused()
    speaker.fill("an")
    expect(options(page).first).to_be_visible()


def selection(page: Page, claim: Statement) -> None:
    select_words(page, "fired")
    expect(toolbar(page)).to_be_visible()


def form_with_errors(page: Page, claim: Statement) -> None:
    new_form(page, claim)
    page.get_by_role("combobox", name="Who said it?").fill("Nobody")
    panel(page).get_by_text("More: points").click()
    panel(page).get_by_label("Said on").fill("soon")
    panel(page).get_by_role("button", name="Save").click()
    expect(panel(page).locator(".errorlist").first).to_be_visible()


def edit_form(page: Page, claim: Statement) -> None:
    panel(page).get_by_role("link", name="Edit", exact=True).click()
    expect(panel(page).locator("form[data-form]")).to_be_visible()


def stale_form(page: Page, claim: Statement) -> None:
    edit_form(page, claim)
    panel(page).get_by_label("Gist").fill("Mine")
    revised_by_another(claim, "Theirs")
    panel(page).get_by_role("button", name="Save").click()
    alert = panel(page).get_by_role("alert")
    expect(alert).to_contain_text("saved this statement")
    expect(alert).to_be_in_viewport()
    expect(alert).to_be_focused()


def picker(page: Page, claim: Statement) -> None:
    panel(page).get_by_role("link", name="Link response").click()
    expect(panel(page).locator("[data-picking]")).to_be_visible()


def link_step(page: Page, claim: Statement) -> None:
    picker(page, claim)
    panel(page).locator(".found a").first.click()
    expect(panel(page).get_by_role("heading", name="How does it answer?")).to_be_visible()


def beside(page: Page, claim: Statement) -> None:
    panel(page).get_by_role("link", name="open beside").first.click()
    expect(page.locator("link-pane mark.asked").first).to_be_in_viewport()


def search_beside(page: Page, claim: Statement) -> None:
    beside(page, claim)
    page.locator("link-pane").get_by_role("link", name="Search").click()
    expect(page.locator("link-pane").get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("baseless")
    expect(page.locator("#pane-statements")).to_be_visible()


def response_form(page: Page, claim: Statement) -> None:
    link_step(page, claim)
    panel(page).get_by_role("link", name="More… points").click()
    expect(panel(page).get_by_role("heading", name="Link response")).to_be_visible()


def reply_form(page: Page, claim: Statement) -> None:
    panel(page).get_by_role("link", name="Edit reply record").click()
    expect(panel(page).get_by_role("heading", name="Has not responded")).to_be_visible()


def restatement_form(page: Page, claim: Statement) -> None:
    panel(page).get_by_role("link", name="Edit restatement").click()
    expect(panel(page).get_by_role("heading", name="The same thing said again")).to_be_visible()


def deleted(page: Page, claim: Statement) -> None:
    panel(page).get_by_role("button", name="Delete this restatement").click()
    expect(page.locator("[data-messages]").get_by_role("button", name="Undo")).to_be_visible()


STATES: list[State] = [
    card,
    selection,
    role_menu,
    keys,
    new_form,
    form_with_errors,
    edit_form,
    stale_form,
    picker,
    link_step,
    beside,
    search_beside,
    response_form,
    reply_form,
    restatement_form,
    deleted,
]


def violations(page: Page) -> dict[str, list[str]]:
    """The rules that are broken, each with the elements that break it."""
    found = Axe().run(page, options=CHECKED).response["violations"]
    return {
        rule["id"]: [f"{node['html']} {node['failureSummary']}" for node in rule["nodes"]]
        for rule in found
    }


# Each state in one look, each look with every other state; among the long tests all in all four.
@pytest.mark.parametrize(
    ("theme", "width", "states"),
    [
        pytest.param("light", 390, STATES[::2], id="light-390"),
        pytest.param("dark", 1280, STATES[1::2], id="dark-1280"),
        *(
            pytest.param(theme, width, STATES, id=f"{theme}-{width}-all", marks=pytest.mark.long)
            for theme, width in product(("light", "dark"), (390, 1280))
        ),
    ],
)
def test_the_article_page(
    signed_in: SignedIn,
    user: User,
    complaints: Complaints,
    theme: str,
    width: int,
    states: list[State],
) -> None:
    claim = make_full_claim()
    page = signed_in(user, viewport={"width": width, "height": 900}, color_scheme=theme)
    broken = {}

    for state in states:
        open_article(page, claim.article, claim)
        state(page, claim)
        if found := violations(page):
            broken[state.__name__] = found
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken[f"{state.__name__} is wider than the window"] = {}

    assert broken == {}
    assert {complaint[:3] for complaint in complaints} <= {"409", "422"}
    complaints.clear()


def make_full_desk(user: User) -> Statement:
    """Something in each section of the user's desk; the claim's article is somebody else's."""
    ann = make_user(ADMINISTRATOR, username="ann")
    claim, mine = make_full_claim(), make_statement(user=user, about=[make_actor()])
    give(user=ann, article=claim.article, editor=ann)
    give(user=user, article=mine.article, editor=user)
    approve(make_statement(mine.article, "denied the claim", user=user))
    make_response(mine, claim, user=ann)
    request_changes(make_statement(user=user), "Name the ministry.")
    waiting = make_statement(exact="Nothing of the kind happened")
    correct_text(waiting.article, waiting.article.revision.text.replace("Noth", "Someth"))
    return claim


@in_each_look
def test_the_desk(
    signed_in: SignedIn, user: User, complaints: Complaints, width: int, theme: str
) -> None:
    claim = make_full_desk(user)
    page = signed_in(user, viewport={"width": width, "height": 900}, color_scheme=theme)
    broken = {}

    page.goto("/")
    expect(page.get_by_text("linked a reply")).to_be_visible()
    broken["desk"] = violations(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.goto("/articles/")
    broken["articles"] = violations(page)
    page.goto(claim.article.get_absolute_url())
    page.get_by_role("button", name="Take it over…").click()
    expect(page.get_by_role("heading", name="ann has this article")).to_be_visible()
    broken["asked"] = violations(page)
    focused = page.evaluate("document.activeElement.closest('#work') !== null")

    assert focused, page.evaluate("document.activeElement.outerHTML")
    assert {state: found for state, found in broken.items() if found} == {}
    assert {complaint[:3] for complaint in complaints} == {"409"}
    complaints.clear()


@in_each_look
def test_receiving_an_article(
    signed_in: SignedIn, user: User, complaints: Complaints, width: int, theme: str
) -> None:
    article = make_article(text="The same text.")
    page = signed_in(user, viewport={"width": width, "height": 900}, color_scheme=theme)

    page.goto("/articles/new/")
    broken = [violations(page)]
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_text("Paste the text, or choose a file.")).to_be_visible()
    broken.append(violations(page))
    page.get_by_label("Text", exact=True).fill("The same text.")
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_text("This text is here already")).to_be_visible()
    broken.append(violations(page))
    page.goto(f"/articles/{article.uid}/edit/")
    broken.append(violations(page))
    page.goto("/preferences/")
    page.locator("summary").filter(has_text="farida").click()
    broken.append(violations(page))

    assert broken == [{}, {}, {}, {}, {}]
    assert complaints == ["422 articles/new/", "409 articles/new/"]
    complaints.clear()


@in_each_look
def test_signing_in(
    live_server: LiveServer, browser: Browser, complaints: Complaints, width: int, theme: str
) -> None:
    size = {"width": width, "height": 900}
    with browser.new_context(
        base_url=live_server.url,
        viewport=size,  # type: ignore[arg-type]
        color_scheme=theme,  # type: ignore[arg-type]
    ) as context:
        complaints.listen(context)
        page = context.new_page()
        page.goto("/sign-in/")
        broken = [violations(page)]
        page.get_by_label("Name").fill("nobody")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("don’t match")
        broken.append(violations(page))

    assert broken == [{}, {}]


def test_highlights_stay_words_of_the_text_where_the_browser_forces_colours(desk: Page) -> None:
    claim = make_full_claim()
    desk.emulate_media(forced_colors="active", color_scheme="dark")
    open_article(desk, claim.article)

    letters = "element => getComputedStyle(element).color"
    text = desk.locator("[data-article-text]").evaluate(letters)
    marks = desk.locator(".read mark").evaluate_all(f"all => all.map({letters})")

    assert len(marks) > 3
    assert set(marks) == {text}
