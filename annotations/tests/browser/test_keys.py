"""The article page by keyboard: moving, selecting, acting; where the focus is after each act, and what is said."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from annotations.models import Preference, Response, Restatement, Statement
from annotations.tests.browser.conftest import Complaints, SignedIn
from annotations.tests.browser.hands import (
    PLACES,
    mark_of,
    name_speaker,
    open_article,
    panel,
    said,
    select_words,
    toolbar,
)
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = (
    "On Monday Ann said that we left. Then, she added, we went. Nobody asked.\n\n"
    "Bob called such claims baseless.\n\nCem repeated it."
)
CHOSEN = "getSelection().toString()"
AT = """() => {
  const at = document.activeElement;
  if (at.matches("[data-article-text]")) return "the text";
  if (at.matches("mark")) return "mark " + at.textContent;
  if (at.closest("[data-row]")) return "row";
  if (at.matches("#work .card")) return "card";
  return at.getAttribute("name") ?? at.textContent.trim();
}"""


HEAR = """() => {
  window.heard = [];
  new MutationObserver(() => {
    const words = document.querySelector("[data-live]").textContent.trim();
    if (words) window.heard.push(words);
  }).observe(document.querySelector("[data-live]"), { childList: true });
}"""


def spoken(page: Page, words: str) -> None:
    expect(page.locator("[data-live]")).to_contain_text(words)


def refused(page: Page, words: str) -> None:
    expect(page.locator("[data-notice]")).to_have_text(words)


def focus_is_on(page: Page, where: str) -> None:
    try:
        page.wait_for_function(f"(where) => ({AT})().startsWith(where)", arg=where, timeout=10_000)
    except Exception as error:
        raise AssertionError(page.evaluate(AT)) from error


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def make_claim() -> Statement:
    return make_statement(
        make_article(text=TEXT), "that we left", speaker=make_actor("Ann"), about=[make_actor("We")]
    )


def make_answer(claim: Statement) -> Statement:
    return make_statement(
        claim.article, "such claims baseless", speaker=make_actor("Bob"), act="denial"
    )


def test_moving_and_selecting_by_sentence_and_paragraph(desk: Page, complaints: Complaints) -> None:
    open_article(desk, make_article(text=TEXT))

    for key, words in [
        (".", "On Monday Ann said that we left."),
        (".", "Then, she added, we went."),
        ("p", "Bob called such claims baseless."),
        (",", "Nobody asked."),
        ("Shift+P", "On Monday"),
        (",", "This is the first one."),
    ]:
        press(desk, key)
        spoken(desk, words)
    focus_is_on(desk, "the text")

    chosen = []
    for key in ("x", "x", "Shift+X", "ArrowRight", "+", "+", "+", "+", "-", "-", "-", "-"):
        press(desk, key)
        chosen.append(desk.evaluate(CHOSEN))
    first, second, paragraph = (
        "On Monday Ann said that we left.",
        "On Monday Ann said that we left. Then, she added, we went.",
        TEXT.partition("\n")[0],
    )
    assert chosen[:4] == [first, second, first, ""]
    assert chosen[4] in ("Then", "left")
    sentence = "Then, she added, we went." if chosen[4] == "Then" else first
    assert chosen[5:8] == [sentence, paragraph, paragraph]
    assert chosen[8:] == [sentence, chosen[4], "", ""]
    press(desk, "Shift+ArrowRight")
    spoken(desk, "Selected:")
    expect(toolbar(desk)).to_be_visible()
    press(desk, "Tab", "End", "ArrowRight")
    expect(toolbar(desk).get_by_role("button", name="New statement")).to_be_focused()
    press(desk, "Escape")
    focus_is_on(desk, "the text")


def test_each_act_by_key_and_where_the_focus_is_then(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    answer = make_answer(claim)
    open_article(desk, claim.article)
    desk.evaluate(HEAR)

    press(desk, "e")
    refused(desk, "Open a statement first.")
    press(desk, "n")
    refused(desk, "Select words first.")
    press(desk, "u")
    refused(desk, "There is nothing to undo.")
    # By statement, its card opens and the keyboard stays.
    press(desk, "j", "j")
    spoken(desk, "Statement 2 of 2: statement by Bob")
    expect(panel(desk).locator(".card")).to_contain_text("such claims baseless")
    focus_is_on(desk, "mark such claims baseless")
    press(desk, "o")
    spoken(desk, "This is the last one.")
    press(desk, "Shift+O")
    spoken(desk, "Statement 1 of 2: claim by Ann, no reply on record")
    press(desk, "c")
    focus_is_on(desk, "card")
    press(desk, "c")
    focus_is_on(desk, "the text")
    # The card may still be on its way when its key is pressed.
    press(desk, "j", "k", "e")
    focus_is_on(desk, "parts-0-actor_name")
    press(desk, "Escape", "Escape")  # the list of names first
    focus_is_on(desk, "card")
    press(desk, "e")
    focus_is_on(desk, "parts-0-actor_name")
    panel(desk).get_by_label("Gist").fill("They left.")
    press(desk, "Control+Enter")
    said(desk, "Saved.")
    spoken(desk, "Saved.")
    focus_is_on(desk, "card")
    # A new statement, and words for it.
    select_words(desk, "we went")
    press(desk, "n")
    focus_is_on(desk, "parts-0-actor_name")
    name_speaker(desk, "Ann")
    press(desk, "Control+Enter")
    expect(panel(desk).locator(".card")).to_contain_text("we went")
    focus_is_on(desk, "the text")
    press(desk, "Shift+ArrowRight")
    assert desk.evaluate(CHOSEN).strip(" .") in ("", "Nobody")
    select_words(desk, "Then")
    press(desk, "a")
    menu = desk.get_by_role("menu", name="Add the words as")
    expect(menu.get_by_role("menuitem", name="content")).to_be_focused()
    press(desk, "Escape")
    focus_is_on(desk, "the text")
    press(desk, "a", "s")
    said(desk, "Added as source.")
    focus_is_on(desk, "the text")
    # A link with a key for the relation, from the other end.
    press(desk, "k")
    spoken(desk, "Statement 1 of 3")
    press(desk, "l")
    focus_is_on(desk, "text")
    press(desk, "Escape")
    focus_is_on(desk, "card")
    press(desk, "l")
    focus_is_on(desk, "text")
    mark_of(desk, answer).press("Enter")
    focus_is_on(desk, "How does it answer?")
    press(desk, "2")
    said(desk, "Linked: ")
    focus_is_on(desk, "card")
    assert Response.objects.get().relation == "disputes"
    expect(mark_of(desk, claim)).to_have_attribute("data-spoken", "claim by Ann, 1 response: ")
    # Submitting, deleting and undoing; on a highlight the keyboard stays there.
    press(desk, "s")
    said(desk, "Submitted for review.")
    focus_is_on(desk, "card")
    press(desk, "s")
    refused(desk, "It is submitted already.")
    mark_of(desk, answer).focus()
    press(desk, "s")
    said(desk, "Submitted for review.")
    focus_is_on(desk, "mark such claims baseless")
    press(desk, "d")
    said(desk, "The statement was deleted.")
    spoken(desk, "The statement was deleted.")
    focus_is_on(desk, "the text")
    press(desk, "u")
    said(desk, "Undone: deleted.")
    expect(mark_of(desk, answer)).to_be_visible()
    press(desk, "Shift+S")
    said(desk, " submitted for review: ")
    assert fresh(answer).state == "submitted"
    heard = desk.evaluate("window.heard")
    once = ("Added as source.", "The statement was deleted.", "Undone: deleted.")
    assert {words: heard.count(words) for words in once} == dict.fromkeys(once, 1)
    assert heard.count("Submitted for review.") == 2


def test_what_is_taken_away_leaves_the_focus_at_hand(desk: Page, complaints: Complaints) -> None:
    claim = make_claim()
    answer = make_answer(claim)
    make_response(claim, answer)
    make_reply_record(claim)
    open_article(desk, claim.article, claim)
    panel(desk).get_by_role("button", name="Delete link").press("Enter")
    said(desk, "The response was deleted.")
    focus_is_on(desk, "card")
    panel(desk).get_by_role("button", name="Delete this reply record").press("Enter")
    said(desk, "The reply record was deleted.")
    focus_is_on(desk, "card")
    desk.locator("[data-messages]").get_by_role("button", name="Undo").press("Enter")
    said(desk, "Undone: deleted.")
    focus_is_on(desk, "card")
    desk.locator(f'[data-row="{claim.uid}"] a').focus()
    press(desk, "s")
    said(desk, "Submitted for review.")
    focus_is_on(desk, "row")
    desk.locator("[data-command=submit-all]").press("Enter")
    said(desk, " submitted for review: ")
    focus_is_on(desk, "the text")

    select_words(desk, "we went")
    press(desk, "n")
    focus_is_on(desk, "parts-0-actor_name")
    press(desk, "Escape", "Escape")
    focus_is_on(desk, "the text")
    press(desk, ".")
    spoken(desk, "Nobody asked.")
    select_words(desk, "we went")
    press(desk, "n")
    focus_is_on(desk, "parts-0-actor_name")
    press(desk, "Control+Enter")
    expect(panel(desk).get_by_role("alert")).to_be_focused()
    assert complaints == [f"422 articles/{claim.article.uid}/statements/new/"]
    complaints.clear()


def test_restated_by_key_and_refused_while_a_form_is_open(
    desk: Page, complaints: Complaints
) -> None:
    claim = make_claim()
    again = make_statement(claim.article, "Cem repeated it", speaker=make_actor("Cem"))
    open_article(desk, claim.article, again)

    press(desk, "r")
    focus_is_on(desk, "text")
    mark_of(desk, claim).press("Enter")
    focus_is_on(desk, "How much of it")
    panel(desk).get_by_role("link", name="More… a note").click()
    focus_is_on(desk, "scope")
    desk.locator("[data-article-text]").focus()
    press(desk, "e")
    refused(desk, "Save or cancel the open form first.")
    panel(desk).get_by_label("Note").focus()
    press(desk, "n", "e", "s", "Control+Enter")
    said(desk, "Linked: ")
    focus_is_on(desk, "card")

    row = Restatement.objects.get()
    assert (row.of, row.by, row.note) == (claim, again, "nes")


@pytest.mark.parametrize("touch", [False, True])
def test_one_of_several_statements_over_the_same_words_is_chosen(
    signed_in: SignedIn, user: User, complaints: Complaints, touch: bool
) -> None:
    article = make_article(text="Ann said that we left. Nobody asked.")
    outer = make_statement(article, "that we left.", speaker=make_actor("Ann"))
    inner = make_statement(article, "we left.", speaker=make_actor("Bob"), act="denial")
    page = signed_in(
        user, viewport={"width": 390 if touch else 1280, "height": 800}, has_touch=touch
    )
    open_article(page, article)
    both = mark_of(page, inner)
    menu = page.get_by_role("menu", name="Which statement?")

    left, top, _, _ = page.evaluate(PLACES, ["we left", "we left"])
    (page.touchscreen.tap if touch else page.mouse.click)(left + 3, top)
    expect(menu.get_by_role("menuitem")).to_have_count(2)
    expect(menu).to_contain_text("Bob · draft · denial")
    assert menu.bounding_box()["x"] >= 0  # type: ignore[index]
    item = menu.get_by_role("menuitem").filter(has_text="Bob")
    if touch:
        item.tap()
    else:
        item.click()
    expect(panel(page).locator("[data-statement]")).to_have_attribute(
        "data-statement", str(inner.uid)
    )
    expect(menu).to_have_count(0)
    focus_is_on(page, "card")

    for keys, chosen in [(["2"], 1), (["ArrowDown", "Enter"], 1), (["t", "Enter"], 0), (["1"], 0)]:
        both.focus()
        press(page, "Enter")
        expect(menu.get_by_role("menuitem").first).to_be_focused()
        press(page, *keys)
        expect(menu).to_have_count(0)
        focus_is_on(page, "card")
        shown = (both.get_attribute("data-statements") or "").split()
        expect(panel(page).locator("[data-statement]")).to_have_attribute(
            "data-statement", shown[chosen]
        )
    both.focus()
    press(page, "Enter", "Escape")
    expect(both).to_be_focused()
    assert {str(outer.uid), str(inner.uid)} == set(shown)


def test_the_keys_are_listed_changed_and_switched_off(
    desk: Page, user: User, complaints: Complaints
) -> None:
    claim = make_claim()
    open_article(desk, claim.article, claim)
    row = desk.locator("[data-row] a")
    row.focus()

    press(desk, "?")
    overlay = desk.get_by_role("dialog", name="Keys")
    expect(overlay).to_contain_text("New statement of the selection")
    expect(overlay.get_by_role("button", name="Close")).to_be_focused()
    press(desk, "e", "Escape")
    expect(overlay).to_have_count(0)
    expect(row).to_be_focused()
    expect(panel(desk).locator("form[data-form]")).to_have_count(0)

    press(desk, "/")
    expect(desk.get_by_role("searchbox", name="Search statements")).to_be_focused()
    desk.goto("/preferences/")
    desk.get_by_label("Edit the open statement").fill("n")
    press(desk, "Control+Enter")
    problem = "“n” is the key of “New statement of the selection” too"
    expect(desk.get_by_text(problem)).to_be_visible()
    focus_is_on(desk, "key_new")
    desk.get_by_label("Edit the open statement").fill("Alt+W")
    desk.get_by_role("button", name="Save").click()
    said(desk, "Saved.")
    assert Preference.objects.get().bindings == {"edit": "Alt+W"}

    open_article(desk, claim.article, claim)
    expect(panel(desk).get_by_role("link", name="Edit", exact=True)).to_have_attribute(
        "aria-keyshortcuts", "Alt+W"
    )
    press(desk, "e")
    expect(desk.locator("[data-notice]")).to_be_hidden()
    Preference.objects.update(single_keys=False)
    open_article(desk, claim.article, claim)
    press(desk, "l", "?")
    press(desk, "Alt+w")
    focus_is_on(desk, "parts-0-actor_name")
    desk.locator("summary").filter(has_text="farida").click()
    desk.get_by_role("link", name="List of keys").click()
    expect(overlay).to_contain_text("Single keys are switched off")
    assert complaints == ["422 preferences/"]
    complaints.clear()
