"""How an editor records an article, whatever the hands are: keys, a mouse, a finger.

What to record is read from annotations.json; the eyes look at the page to see what the form proposes
already, and only what is missing or wrong in it is changed.
"""

import json
from typing import Any, Protocol

from playwright.sync_api import Locator, Page, expect

from annotations.models import LinkBasis, ReplyRecord, Statement
from annotations.tests import seeded
from annotations.tests.browser.hands import panel, said

KINDS = {
    "person": "a person",
    "organisation": "an organisation",
    "state": "a state",
    "media": "media",
    "document": "a document",
    "unnamed_person": "an unnamed person",
    "unnamed_group": "an unnamed group",
}
ADD = {
    "speaker": "another speaker",
    "acting_for": "for whom",
    "via": "via",
    "about": "about",
    "addressee": "to whom",
}


class Hands(Protocol):
    """What hands can do; `strokes` counts keys pressed, or clicks."""

    name: str
    has_keys: bool
    page: Page
    strokes: int

    def use(self, target: Locator) -> None: ...
    def tick(self, box: Locator) -> None: ...
    def write(self, field: Locator, words: str) -> None: ...
    def choose(self, box: Locator, label: str) -> None: ...
    def accept(self, option: Locator) -> None: ...
    def act(self, key: str, button: Locator) -> None: ...
    def save(self) -> None: ...
    def mark(self, words: str, prefix: str = "", suffix: str = "") -> None: ...
    def visit(self, uid: str) -> None: ...


def record_statement(hands: Hands, row: dict[str, Any]) -> str:
    """Record one statement of the file; its uid."""
    page = hands.page
    first, *more = [_exact(span) for span in row["content"]]
    hands.mark(*first)
    bar = page.get_by_role("toolbar", name="Selected words")
    hands.act("n", bar.get_by_role("button", name="New statement"))
    expect(panel(page).get_by_role("heading", name="New statement")).to_be_visible()
    _spans(hands, row, [first, *more])
    _parts(hands, row["attributions"])
    _choice(hands, "id_act", str(Statement.Act(row["act"]).label))
    _choice(hands, "id_form", str(Statement.Form(row["form"]).label))
    _more(hands, row)
    hands.save()
    _done(page)
    expect(panel(page).locator(".card[data-statement]")).to_contain_text(first[0][:40])
    return str(panel(page).locator(".card[data-statement]").get_attribute("data-statement"))


def _exact(span: Any) -> tuple[str, str, str]:
    if isinstance(span, str):
        return span, "", ""
    return span["exact"], span.get("prefix", ""), span.get("suffix", "")


def _spans(hands: Hands, row: dict[str, Any], contents: list[tuple[str, str, str]]) -> None:
    """Words that the form did not find by itself are selected for it, wrong ones taken out."""
    wanted = [("content", *span) for span in contents]
    wanted += [(role, *_exact(span)) for role in ("source", "cue") for span in row.get(role, [])]
    there = _listed(hands.page)
    for role, exact in there:
        if (role, exact) not in [(role, words) for role, words, *_ in wanted]:
            hands.use(panel(hands.page).get_by_role("button", name=f"Remove the {role}").last)
    for role, *words in wanted:
        if (role, words[0]) not in there:
            hands.mark(*words)
            use_as(hands, role)


def use_as(hands: Hands, role: str) -> None:
    """The selected words go into the open form."""
    bar = hands.page.get_by_role("toolbar", name="Selected words")
    hands.use(bar.get_by_role("button", name=role, exact=True))


def _listed(page: Page) -> list[tuple[str, str]]:
    field = panel(page).locator("span-list input[type=hidden]").first
    return [(span["role"], span["exact"]) for span in json.loads(field.input_value())]


def _parts(hands: Hands, wanted: list[dict[str, Any]]) -> None:
    rows = panel(hands.page).locator(".part-row")
    free = list(range(rows.count()))
    for part in wanted:
        kind = part["part"]
        at = next((n for n in free if _value(rows.nth(n), "part") == kind), None)
        if at is None:
            hands.use(panel(hands.page).get_by_role("button", name=ADD[kind], exact=True))
            at = rows.count() - 1
        else:
            free.remove(at)
        _part(hands, rows.nth(at), part)
    for at in reversed(free):
        hands.use(rows.nth(at).get_by_role("button", name="Remove this actor"))


def _value(row: Locator, field: str) -> str:
    return str(row.locator(f"[name$=-{field}]").input_value())


def _part(hands: Hands, row: Locator, part: dict[str, Any]) -> None:
    name = seeded.named(part["actor"])
    if not (_value(row, "actor") and _value(row, "actor_name") == name):
        name_actor(hands, row.locator("actor-field"), part["actor"])
    printed = {
        field: part.get(field, "") for field in ("as_printed", "title_as_printed", "speaker_basis")
    }
    wrong = {
        field: words
        for field, words in printed.items()
        if row.locator(f"[name$=-{field}]").count() and _value(row, field) != words
    }
    if wrong and not row.locator("[name$=-as_printed]").is_visible():
        hands.use(row.locator("summary"))
    for field, words in wrong.items():
        box = row.locator(f"[name$=-{field}]")
        if field == "speaker_basis":
            hands.choose(box, str(box.locator(f"option[value={words}]").inner_text()))
        else:
            hands.write(box, words)


def name_actor(hands: Hands, field: Locator, key: str) -> None:
    """Type the name, take the actor, or create it where nobody has that name yet."""
    name, kind = seeded.named(key), seeded.ACTORS[key]["kind"]
    hands.write(field.get_by_role("combobox"), name)
    options = field.get_by_role("option")
    create = options.filter(has_text=f"Create “{name}” …")
    own = options.filter(has=field.page.get_by_text(name, exact=True))
    expect(own.or_(create).first).to_be_visible()
    if own.count():
        hands.accept(own.first)
    else:
        hands.accept(create)
        hands.accept(options.filter(has_text=KINDS[kind]).first)
        again = options.filter(has_text="all the same")
        done = field.locator("input[type=hidden]:not([value=''])")
        expect(again.or_(done)).to_have_count(1)
        if again.count():
            hands.accept(again)
    hands.page.wait_for_function(
        "(box) => Boolean(box.value)", arg=field.locator("input[type=hidden]").element_handle()
    )


def _choice(hands: Hands, name: str, label: str) -> None:
    box = panel(hands.page).locator(f"#{name}")
    if box.locator("option:checked").inner_text() != label:
        hands.choose(box, label)


def _more(hands: Hands, row: dict[str, Any]) -> None:
    form = panel(hands.page)
    venue = form.locator("#id_venue")
    points = row.get("points", [])
    needed = points or venue.input_value() != row.get("venue", "")
    if needed and not venue.is_visible():
        hands.use(form.locator("summary", has_text="More:"))
    for at, words in enumerate(points):
        hands.use(form.get_by_role("button", name="Add a point"))
        hands.write(form.locator(f"[name=points-{at}-text]"), words)
    if venue.input_value() != row.get("venue", ""):
        hands.write(venue, row.get("venue", ""))


def record_link(hands: Hands, row: dict[str, Any], uids: dict[str, str]) -> None:
    """Link a response to a claim of the same article."""
    page = hands.page
    _open(hands, uids[row["claim"]])
    hands.act("l", panel(page).get_by_role("link", name="Link response"))
    offer = panel(page).locator(f"[data-offer='{uids[row['response']]}'] > a").first
    hands.use(offer)
    expect(panel(page).get_by_role("heading", name="How does it answer?")).to_be_visible()
    if row["link_basis"] != "same_article" or row.get("answers"):
        _link_whole(hands, row)
    else:
        _parties(hands, row)
        hands.use(panel(page).locator(f"button[name=relation][value={row['relation']}]"))
    _done(page)
    said(page, "Linked: ")


def _done(page: Page) -> None:
    """What an earlier act said may still stand there: the form has to be gone."""
    try:
        expect(panel(page).locator("form[data-form]")).to_have_count(0)
    except AssertionError:
        raise AssertionError(panel(page).inner_text()) from None


def _link_whole(hands: Hands, row: dict[str, Any]) -> None:
    form = panel(hands.page)
    hands.use(form.get_by_role("link", name="More…"))
    expect(form.get_by_role("heading", name="Link response")).to_be_visible()
    relation = form.locator(f"[name=relation][value={row['relation']}]")
    if not (relation.is_visible() or hands.has_keys):
        hands.use(form.locator("details.rare > summary"))
    hands.tick(relation)
    _parties(hands, row)
    for at, box in enumerate(form.locator("[name=answers]").all(), 1):
        if box.is_checked() != (at in row.get("answers", [])):
            hands.tick(box)
    _choice(hands, "id_link_basis", str(LinkBasis(row["link_basis"]).label))
    if row.get("marker"):
        hands.mark(*_exact(row["marker"]))
        use_as(hands, "marker")
    hands.save()


def _parties(hands: Hands, row: dict[str, Any]) -> None:
    wanted = {seeded.named(key) for key in row["for_parties"]}
    for label in panel(hands.page).locator("label:has([name=parties])").all():
        box = label.locator("input")
        if box.is_checked() != (label.inner_text().strip() in wanted):
            hands.tick(box)


def record_silence(hands: Hands, row: dict[str, Any], claim: str) -> None:
    """Record that a party has not responded, as the article says."""
    page = hands.page
    _open(hands, claim)
    form = panel(page)
    hands.act("h", form.locator("[data-command=silence]").first)
    expect(form.get_by_role("heading", name="Has not responded")).to_be_visible()
    _choice(hands, "id_party", seeded.named(row["party"]))
    _choice(hands, "id_status", str(ReplyRecord.Status(row["status"]).label))
    there = _listed(page)
    if ("evidence", row["evidence"]) not in there:
        hands.mark(*_exact(row["evidence"]))
        use_as(hands, "evidence")
    hands.use(form.locator("summary", has_text="More:"))
    name_actor(hands, form.locator("actor-field"), row["claimant"])
    hands.write(form.locator("#id_title_as_printed"), row["title_as_printed"])
    hands.write(form.locator("#id_note"), row["note"])
    hands.save()
    _done(page)
    said(page, "Recorded.")


def _open(hands: Hands, uid: str) -> None:
    """Open the statement's card."""
    page = hands.page
    if page.locator(f"#work .card[data-statement='{uid}']").count():
        return
    hands.visit(uid)
    expect(page.locator(f"#work .card[data-statement='{uid}']")).to_be_visible()
