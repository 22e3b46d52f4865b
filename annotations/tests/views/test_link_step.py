"""The last step of a link: what is guessed for it, its buttons and keys, what is said afterwards."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.editing.name import PostDetails, give_post
from annotations.models import Relation, Response, Restatement, ReviewState, Statement
from annotations.tests.factories import make_actor, make_article, make_statement, usual
from annotations.tests.views.typed import HTMX, text_content

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


def step(client: Client, claim: Statement, response: Statement, **asked: Any) -> Any:
    address = reverse("response_new", args=[claim.uid])
    return client.get(address, {"response": str(response.uid), **asked}, headers=HTMX)


def again(client: Client, of: Statement, by: Statement, **asked: Any) -> Any:
    address = reverse("restatement_new", args=[of.uid])
    return client.get(address, {"by": str(by.uid), **asked}, headers=HTMX)


def make_ends() -> tuple[Statement, Statement]:
    army = make_actor("Army")
    claim = make_statement(about=[army], points=["One"])
    return claim, make_statement(claim.article, "The army denied the claim.", speaker=army)


def test_every_relation_has_a_button_and_a_key_of_its_own(client: Client, editor: User) -> None:
    page = step(client, *make_ends())

    keys = dict(re.findall(r'name="relation" value="(\w+)" data-key="(\w)"', page.text))
    assert keys.keys() == set(Relation.values)
    assert len(set(keys.values())) == len(keys)
    assert not {"u", "n", "e", "l"} & set(keys.values())


def test_one_press_links_with_what_was_guessed(client: Client, editor: User) -> None:
    claim, denial = make_ends()
    page = step(client, claim, denial)
    form = page.context["form"]
    typed = {
        "response": denial.uid,
        "relation": "disputes",
        "link_basis": form["link_basis"].value(),
        "parties": form["parties"].value(),
        "revision": form["revision"].value(),
        "on": claim.article.uid,
    }

    page = client.post(reverse("response_new", args=[claim.uid]), typed, headers=HTMX)

    link = Response.objects.get()
    assert (link.relation, link.link_basis) == ("disputes", "same_article")
    assert link.live_parties() == claim.accused()
    assert f"Linked: Army disputes “{claim.quote()}”." in page.text
    assert reverse("response_edit", args=[link.uid]) in page.text
    undo = reverse("article_undo", args=[claim.article.uid])
    [change] = re.findall(f'hx-post="{undo}\\?change=([0-9a-f-]+)"', page.text)
    client.post(f"{undo}?change={change}", headers=HTMX)
    assert Response.objects.get().state == ReviewState.WITHDRAWN


@pytest.mark.parametrize(
    ("since", "until", "said_on", "is_guessed"),
    [
        (None, None, None, True),
        (None, None, DAY, True),
        (DAY, DAY, DAY, True),
        (None, date(2026, 5, 3), DAY, False),
        (date(2026, 5, 5), None, DAY, False),
        (None, date(2030, 1, 1), None, False),
    ],
)
def test_a_post_is_taken_for_a_party_only_where_it_was_held_then(
    client: Client,
    editor: User,
    since: date | None,
    until: date | None,
    said_on: date | None,
    is_guessed: bool,
) -> None:
    bob, army = make_actor(), make_actor()
    details = PostDetails("spokesman", army, since=since, until=until)
    give_post(user=usual("editor"), holder=bob, details=details)
    claim = make_statement(about=[army])
    denial = make_statement(claim.article, "denied the claim", speaker=bob, said_on=said_on)

    page = step(client, claim, denial)

    assert page.context["form"]["parties"].value() == ([army.uid] if is_guessed else [])


def test_who_says_for_whom_they_speak_does_not_speak_for_another_post(
    client: Client, editor: User
) -> None:
    bob, army, party = make_actor(), make_actor(), make_actor()
    give_post(user=usual("editor"), holder=bob, details=PostDetails("spokesman", army))
    claim = make_statement(about=[army])
    denial = make_statement(claim.article, "denied the claim", speaker=bob, acting_for=[party])

    page = step(client, claim, denial)

    assert page.context["form"]["parties"].value() == []


def test_a_link_across_articles_rests_on_the_editors_reading(client: Client, editor: User) -> None:
    claim, _ = make_ends()
    far = make_statement(make_article(text="Nothing of it is true."), "Nothing of it is true.")

    page = step(client, claim, far)

    assert page.context["form"]["link_basis"].value() == "editor_inferred"
    assert "Rests on: your own reading" in page.text


def test_another_click_chooses_anew_and_keeps_the_end_it_began_with(
    client: Client, editor: User
) -> None:
    claim, denial = make_ends()
    on = claim.article.uid
    ends = {"response": (claim, "response_new"), "claim": (denial, "response_new")}
    restated = {"by": (claim, "restatement_new"), "of": (denial, "restatement_new")}

    for asked, (kept, name) in (ends | restated).items():
        find = step if asked in ends else again
        page = find(client, claim, denial, other_is=asked)
        assert page.context["kept"] == kept
        assert f'data-picking="{asked}"' in page.text
        uid = kept.uid if asked in ("response", "by") else "OTHER"
        assert page.context["again"].startswith(
            f"{reverse(name, args=[claim.uid])}".replace(str(claim.uid), str(uid))
        )
        assert f"on={on}&other_is={asked}&" in page.context["again"]


def test_the_whole_form_is_one_press_away(client: Client, editor: User) -> None:
    claim, denial = make_ends()

    assert "What shows that it answers?" not in step(client, claim, denial).text
    assert "What shows that it answers?" in step(client, claim, denial, whole="").text
    assert 'name="note"' not in again(client, claim, denial).text
    assert 'name="note"' in again(client, claim, denial, whole="").text


def test_without_the_script_the_step_is_a_page(client: Client, editor: User) -> None:
    claim, denial = make_ends()
    address = reverse("response_new", args=[claim.uid])

    page = client.get(address, {"response": str(denial.uid)})

    assert text_content(page) == claim.article.revision.text
    assert f'action="{address}"' in page.text


def test_how_much_is_said_again_is_one_press(client: Client, editor: User) -> None:
    claim, other = make_ends()
    page = again(client, claim, other)
    address = reverse("restatement_new", args=[claim.uid])

    answer = client.post(address, {"by": other.uid, "scope": "whole"}, headers=HTMX)

    link = Restatement.objects.get()
    assert re.findall(r'name="scope" value="(\w+)" data-key="(\d)"', page.text) == [
        ("whole", "1"),
        ("part", "2"),
    ]
    assert (link.of, link.by, link.scope) == (claim, other, "whole")
    assert f"Linked: Army says “{claim.quote()}” again." in answer.text
    assert f'hx-post="{reverse("article_undo", args=[claim.article.uid])}?change=' in answer.text
