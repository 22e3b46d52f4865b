from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.editing.merge import merge
from annotations.editing.name import PostDetails, give_post
from annotations.editing.respond import revise_response
from annotations.models import Response, Statement
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    approve,
    approve_all,
    delete,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    select,
)
from annotations.tests.views.typed import ABSENT, HTMX, spans, typed_response

pytestmark = pytest.mark.django_db


def make_ends() -> tuple[Statement, Statement]:
    """A claim that accuses Bob of two points, and a denial in the same article."""
    claim = make_statement(about=[make_actor("Bob")], points=["One", "Two"])
    return claim, make_statement(claim.article, "The army denied the claim.", act="denial")


def elsewhere(words: str = "the army crossed the border.") -> Statement:
    return make_statement(make_article(text=words, headline="Elsewhere"), words)


def test_the_form_offers_the_party_that_speaks(client: Client, editor: User) -> None:
    bob, army = make_actor("Bob"), make_actor("Army")
    claim = make_statement(about=[bob, army])
    denial = make_statement(claim.article, "The army denied the claim.", acting_for=[army])

    page = client.get(
        reverse("response_new", args=[claim.uid]), {"response": str(denial.uid)}, headers=HTMX
    )

    form = page.context["form"]
    assert form["parties"].value() == [army.uid]
    assert form["link_basis"].value() == "same_article"
    assert {actor.name for actor in form.fields["parties"].queryset} == {"Bob", "Army"}


def test_a_response_is_linked_with_parties_points_and_marker(client: Client, editor: User) -> None:
    claim, denial = make_ends()
    marker = select(claim.article, "denied the claim", "marker")
    _, two = claim.live_points()

    page = client.post(
        reverse("response_new", args=[claim.uid]),
        typed_response(
            denial,
            parties=[actor.uid for actor in claim.accused()],
            answers=[two.uid],
            marker=spans(marker),
            note="a note",
        ),
        headers=HTMX,
    )

    link = Response.objects.get()
    assert page.status_code == 200
    assert f"Linked: {denial.speakers_line()} denies “{claim.quote()}”." in page.text
    assert (link.claim, link.response, link.relation) == (claim, denial, "denies")
    assert (link.live_parties(), link.live_answers()) == (claim.accused(), [two])
    assert (link.marker(), link.note, link.created_by) == ("denied the claim", "a note", editor)
    assert f'data-partners="{denial.uid}"' in page.text


def test_without_the_script_linking_leads_back_to_the_claim(client: Client, editor: User) -> None:
    claim, denial = make_ends()

    answer = client.post(reverse("response_new", args=[claim.uid]), typed_response(denial))

    assert answer.status_code == 302
    assert (
        answer.headers["Location"]
        == f"{claim.article.get_absolute_url()}?statement={claim.uid}#s-{claim.uid}"
    )


def test_a_link_across_articles_is_made_from_the_articles_that_is_read(
    client: Client, editor: User
) -> None:
    claim, _ = make_ends()
    far = elsewhere()

    page = client.post(
        reverse("response_new", args=[claim.uid]),
        typed_response(far, link_basis="editor_inferred", on=far.article.uid),
        headers=HTMX,
    )

    assert page.context["reading"].article == far.article
    assert page.context["card"].statement == far
    assert "in another article" in page.text
    assert "editor’s link" in page.text


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"relation": ""}, "Choose how it answers."),
    ({"relation": "refutes"}, "Select a valid choice."),
    ({"link_basis": ""}, "This field is required."),
    ({"note": "a\x00"}, "Null characters are not allowed."),
    ({"parties": [ABSENT]}, "is not one of the available choices."),
    ({"answers": [ABSENT]}, "is not one of the available choices."),
    ({"answers": ["no uid"]}, "is not a valid UUID."),
    ({"marker": "?"}, "The selected words did not arrive whole. Select them again."),
    (
        {"marker": '[{"role": "marker", "start": 0, "end": 3, "exact": "Xxx"}]'},
        "The marker “Xxx” does not stand there; “The” does.",
    ),
]


@pytest.mark.parametrize(("wrong", "said"), REFUSED)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: Client, editor: User, wrong: dict[str, Any], said: str
) -> None:
    claim, denial = make_ends()
    typed = typed_response(denial, note="a kept note") | wrong

    page = client.post(reverse("response_new", args=[claim.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert page.headers["HX-Retarget"] == "#work"
    assert said in page.text
    assert "note" in wrong or "a kept note" in page.text
    assert not Response.objects.exists()


def test_a_statement_is_not_linked_to_itself(client: Client, editor: User) -> None:
    claim, _ = make_ends()

    page = client.post(
        reverse("response_new", args=[claim.uid]), typed_response(claim), headers=HTMX
    )

    assert page.status_code == 422
    assert "A statement does not answer itself." in page.text


def test_the_same_link_twice_is_refused(client: Client, editor: User) -> None:
    claim, denial = make_ends()
    make_response(claim, denial)

    page = client.post(
        reverse("response_new", args=[claim.uid]), typed_response(denial), headers=HTMX
    )

    assert page.status_code == 422
    assert "This response is linked to this claim already, with the same relation." in page.text


def test_same_article_is_no_basis_across_articles(client: Client, editor: User) -> None:
    claim, _ = make_ends()

    page = client.post(
        reverse("response_new", args=[claim.uid]), typed_response(elsewhere()), headers=HTMX
    )

    assert page.status_code == 422
    assert "The two statements stand in different articles." in page.text


def test_a_deleted_statement_is_not_linked(client: Client, editor: User) -> None:
    claim, denial = make_ends()
    delete(denial)

    page = client.post(
        reverse("response_new", args=[claim.uid]), typed_response(denial), headers=HTMX
    )

    assert page.status_code == 422
    assert "A deleted statement is not linked; bring it back first." in page.text


def test_a_link_is_changed(client: Client, editor: User) -> None:
    claim, denial = make_ends()
    link = approve(make_response(claim, denial))
    address = reverse("response_edit", args=[link.uid])
    form = client.get(address, headers=HTMX).context["form"]

    page = client.post(
        address,
        typed_response(denial, relation="rebuts", version=form["version"].value()),
        headers=HTMX,
    )

    assert page.status_code == 200
    assert (fresh(link).relation, fresh(link).state) == ("rebuts", "submitted")


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["with script", "without"])
def test_a_stale_save_shows_both_versions_and_saves_the_second_time(
    client: Client, editor: User, headers: dict[str, str]
) -> None:
    claim, denial = make_ends()
    link = make_response(claim, denial)
    one, _ = claim.live_points()
    address = reverse("response_edit", args=[link.uid])
    typed = typed_response(denial, link, relation="rebuts", note="mine")
    revise_response(
        user=make_user(EDITOR, username="Farida"),
        link=link,
        version=link.version,
        relation="disputes",
        link_basis="anaphora",
        parties=claim.accused(),
        answers=[one],
        marker=[select(claim.article, "denied", "marker")],
        note="theirs",
    )

    page = client.post(address, typed, headers=headers)

    assert page.status_code == 409
    assert "Farida saved this link while you were changing it." in page.text
    merged = page.context["merged"]
    assert [(each.label, each.theirs, each.mine) for each in merged.both] == [
        ("How does it answer?", "disputes", "rebuts"),
        ("Note", "theirs", "mine"),
    ]
    assert merged.theirs == [
        "What shows that it answers?",
        "Whose answer is it?",
        "Which points does it answer?",
        "Marker",
    ]
    assert fresh(link).note == "theirs"
    again = page.context["form"].data.dict() | {
        "parties": page.context["form"].data.getlist("parties"),
        "choose-relation": "theirs",
    }
    assert client.post(address, again, headers=HTMX).status_code == 200
    now = fresh(link)
    assert (now.note, now.relation, now.link_basis) == ("mine", "disputes", "anaphora")
    assert (now.live_parties(), now.live_answers()) == (claim.accused(), [one])
    assert now.marker() == "denied"


def test_a_change_of_a_link_that_was_deleted_meanwhile_is_kept_and_explained(
    client: Client, editor: User
) -> None:
    link = make_response()
    typed = typed_response(link.response, link, note="typed here")
    delete(link)

    page = client.post(reverse("response_edit", args=[link.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "This response was deleted meanwhile." in page.text
    assert "typed here" in page.text


@pytest.mark.parametrize("response", ["", "no uid", ABSENT])
def test_a_response_that_is_not_there_is_not_found(
    client: Client, editor: User, response: str
) -> None:
    claim, _ = make_ends()

    answer = client.post(reverse("response_new", args=[claim.uid]), {"response": response})

    assert answer.status_code == 404


def test_an_editor_of_another_article_sees_no_difference_between_foreign_and_absent(
    client: Client,
) -> None:
    claim, denial = make_ends()
    link = make_response(claim, denial)
    approve_all(claim, denial)
    client.force_login(make_user("reporter"))

    answers = {
        client.get(reverse("response_edit", args=[uid])).status_code for uid in (link.uid, ABSENT)
    }

    assert answers == {403}


def test_the_form_offers_the_party_of_a_merged_speakers_post(client: Client, editor: User) -> None:
    ministry, spokesman, standing = make_actor(), make_actor(), make_actor()
    give_post(
        user=editor,
        holder=spokesman,
        details=PostDetails(title="spokesman", organisation=ministry),
    )
    claim = make_statement(about=[ministry])
    answer = make_statement(claim.article, "The army denied the claim.", speaker=spokesman)
    merge(user=editor, actor=spokesman, version=spokesman.version, into=standing)

    page = client.get(
        reverse("response_new", args=[claim.uid]), {"response": str(answer.uid)}, headers=HTMX
    )

    assert page.context["form"]["parties"].value() == [ministry.uid]
