"""The field for an actor: found by other names, created in place, by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from annotations.models import Actor
from annotations.tests.browser.conftest import Complaints
from annotations.tests.browser.hands import open_article, options, said, select_words
from annotations.tests.factories import make_actor, make_article, make_statement

pytestmark = pytest.mark.django_db(transaction=True)


def never_answer(route: Route) -> None:
    """Leave the request open."""


@pytest.fixture
def field(desk: Page, complaints: Complaints) -> Callable[[], Locator]:
    """Open a form for new words, and answer its field for the speaker."""

    def open_form() -> Locator:
        open_article(desk, make_article(text="Somebody said we left."))
        select_words(desk, "we left")
        desk.locator("[data-act=new]").click()
        box = desk.get_by_role("combobox", name="Who said it?")
        expect(box).to_be_focused()
        return box

    return open_form


@pytest.mark.parametrize("typed", ["maarij", "MA'ARIJ", "ma’a", "azizud"])
def test_names_are_found_without_accents_apostrophes_and_case(
    desk: Page, field: Callable[[], Locator], typed: str
) -> None:
    actor = make_actor("Azizuddin Ma’arij")
    make_actor("Somebody Else")
    box = field()

    desk.keyboard.type(typed)
    expect(options(desk).first).to_contain_text("Azizuddin Ma’arij")
    desk.keyboard.press("Enter")

    expect(box).to_have_value("Azizuddin Ma’arij")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(desk.locator("[name=parts-0-actor]")).to_have_value(str(actor.uid))


def test_other_names_are_found_and_shown(desk: Page, field: Callable[[], Locator]) -> None:
    make_actor("Tehrik-i-Taliban Pakistan", kind="organisation", aliases=["TTP"])
    field()

    desk.keyboard.type("ttp")

    expect(options(desk).first).to_contain_text("also “TTP”")


def test_an_actor_is_created_in_place(desk: Page, field: Callable[[], Locator]) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/api/actors/", hold)
    box = field()

    desk.keyboard.type("Zed Quill")
    expect(
        desk.get_by_role("listbox").get_by_role("option", name=re.compile("Create “Zed Quill” …"))
    ).to_be_visible()
    desk.keyboard.press("Enter")
    expect(
        desk.get_by_role("listbox").get_by_role("option", name="Create “Zed Quill” as a person")
    ).to_be_visible()
    desk.keyboard.press("ArrowDown")
    for _ in range(2):  # a second press makes no second actor
        desk.keyboard.press("Enter")
    expect(box).to_have_value("Zed Quill")
    [create] = held
    create.continue_()
    expect(box).to_have_attribute("aria-expanded", "false")
    desk.keyboard.press("Enter")
    said(desk, "Saved.")

    actor = Actor.objects.get(name="Zed Quill")
    assert actor.kind == "organisation"


@pytest.mark.parametrize("chosen", ["the one that is there", "a new one all the same"])
def test_a_name_nearly_there_is_warned_of(
    desk: Page, field: Callable[[], Locator], complaints: Complaints, chosen: str
) -> None:
    make_actor("Enayatullah Khwarizmi")
    box = field()

    desk.keyboard.type("Enayatulah Khwarizmi")
    expect(
        desk.get_by_role("listbox").get_by_role("option", name=re.compile("Create “Enayatulah"))
    ).to_be_visible()
    desk.keyboard.press("Enter")
    expect(
        desk.get_by_role("listbox").get_by_role("option", name=re.compile("as a person"))
    ).to_be_visible()
    desk.keyboard.press("Enter")
    expect(options(desk).first).to_contain_text("Enayatullah Khwarizmi")
    again = desk.get_by_role("listbox").get_by_role("option", name=re.compile("all the same"))
    expect(again).to_contain_text("nearly the same name is there already")
    if chosen.startswith("a new"):
        desk.keyboard.press("ArrowUp")
        expect(again).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")

    expected = {
        "the one that is there": ("Enayatullah Khwarizmi", 1),
        "a new one all the same": ("Enayatulah Khwarizmi", 2),
    }[chosen]
    expect(box).to_have_value(expected[0])
    expect(box).to_have_attribute("aria-expanded", "false")
    assert Actor.objects.filter(name__contains="Khwarizmi").count() == expected[1]
    assert {complaint[:3] for complaint in complaints} <= {"400", "409"}
    complaints.clear()


def test_enter_before_the_answer_never_takes_somebody_else(
    desk: Page, field: Callable[[], Locator]
) -> None:
    zed = make_actor("Zed Quill")
    article = make_article(text="the army crossed the border.")
    make_statement(article, speaker=make_actor("Offered First"))
    open_article(desk, article)
    select_words(desk, "the army")
    desk.locator("[data-act=new]").click()
    box = desk.get_by_role("combobox", name="Who said it?")
    expect(options(desk).first).to_contain_text("Offered First")
    desk.route("**/api/actors/?q=*", never_answer)

    desk.keyboard.type("Zed")
    desk.keyboard.press("Enter")

    expect(box).to_have_value("Zed")
    expect(desk.locator("[name=parts-0-actor]")).to_have_value("")
    desk.unroute("**/api/actors/?q=*")
    desk.keyboard.type(" Qu")
    expect(options(desk).first).to_contain_text("Zed Quill")
    expect(options(desk).first).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")
    expect(desk.locator("[name=parts-0-actor]")).to_have_value(str(zed.uid))


def test_a_late_answer_does_not_change_the_list_under_the_finger(
    desk: Page, field: Callable[[], Locator]
) -> None:
    field()
    desk.keyboard.type("Zed")
    expect(options(desk).first).to_contain_text("Create “Zed” …")

    desk.evaluate("""() => {
      document.activeElement.dispatchEvent(new InputEvent("input", { bubbles: true }));
      document.querySelector("actor-field [role=option]").click();
    }""")
    desk.wait_for_timeout(400)  # longer than the pause after which what was typed is looked for

    expect(options(desk).first).to_contain_text("as a person")


def test_escape_closes_the_list_warns_and_then_closes_the_form(
    desk: Page, field: Callable[[], Locator]
) -> None:
    make_actor("Ann")
    box = field()
    desk.keyboard.type("Ann")
    expect(options(desk).first).to_be_visible()

    desk.keyboard.press("Escape")
    expect(box).to_be_visible()
    expect(options(desk)).to_have_count(0)
    desk.keyboard.press("Escape")
    expect(desk.get_by_text("throw away what you typed")).to_be_visible()
    expect(box).to_have_value("Ann")
    desk.keyboard.press("Escape")

    expect(box).to_have_count(0)
    expect(desk.locator("[data-article-text]")).to_be_focused()
