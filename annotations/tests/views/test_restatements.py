import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.editing.respond import revise_restatement
from annotations.models import Restatement
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    delete,
    fresh,
    make_restatement,
    make_statement,
    make_user,
)
from annotations.tests.views.typed import ABSENT, HTMX, text_content

pytestmark = pytest.mark.django_db
AGAIN = "the army crossed the border on Monday"


def test_a_restatement_is_recorded(client: Client, editor: User) -> None:
    of = make_statement()
    by = make_statement(of.article, AGAIN)

    page = client.post(
        reverse("restatement_new", args=[of.uid]),
        {"by": by.uid, "scope": "part", "note": "a note"},
        headers=HTMX,
    )

    row = Restatement.objects.get()
    assert page.status_code == 200
    assert f"Linked: {by.speakers_line()} says a part of “{of.quote()}” again." in page.text
    assert (row.of, row.by, row.scope, row.note) == (of, by, "part", "a note")


def test_without_the_script_it_leads_back_to_the_article(client: Client, editor: User) -> None:
    of = make_statement()
    by = make_statement(of.article, AGAIN)
    address = reverse("restatement_new", args=[of.uid])

    form = client.get(address, {"by": str(by.uid)})
    answer = client.post(address, {"by": by.uid, "scope": "whole"})

    assert text_content(form) == of.article.revision.text
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(of.article.get_absolute_url())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"scope": ""}, "This field is required."),
        ({"scope": "most"}, "Select a valid choice."),
        ({"note": "a\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, editor: User, wrong: dict[str, str], said: str
) -> None:
    of = make_statement()
    by = make_statement(of.article, AGAIN)

    page = client.post(
        reverse("restatement_new", args=[of.uid]),
        {"by": by.uid, "scope": "whole", "note": "kept"} | wrong,
        headers=HTMX,
    )

    assert page.status_code == 422
    assert page.headers["HX-Retarget"] == "#work"
    assert said in page.text
    assert not Restatement.objects.exists()


def test_itself_twice_and_in_a_circle_are_refused_in_plain_words(
    client: Client, editor: User
) -> None:
    row = make_restatement()
    refused = {
        (row.of, row.of): "A statement does not restate itself.",
        (row.of, row.by): "This restatement is recorded already.",
        (row.by, row.of): "That closes a circle: the other statement already restates this one.",
    }

    for (of, by), said in refused.items():
        page = client.post(
            reverse("restatement_new", args=[of.uid]),
            {"by": by.uid, "scope": "whole"},
            headers=HTMX,
        )

        assert page.status_code == 422
        assert said in page.text


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["with script", "without"])
def test_a_stale_save_shows_both_versions_and_saves_the_second_time(
    client: Client, editor: User, headers: dict[str, str]
) -> None:
    row = make_restatement(scope="part")
    address = reverse("restatement_edit", args=[row.uid])
    typed = {"version": row.version, "scope": "part", "note": "mine"}
    revise_restatement(
        user=make_user(EDITOR, username="Farida"),
        link=row,
        version=row.version,
        scope="whole",
        note="theirs",
    )

    page = client.post(address, typed, headers=headers)

    assert page.status_code == 409
    assert "Farida saved this restatement while you were changing it." in page.text
    merged = page.context["merged"]
    assert [(each.label, each.theirs, each.mine) for each in merged.both] == [
        ("Note", "theirs", "mine")
    ]
    assert merged.theirs == ["How much of it?"]
    version = page.context["form"]["version"].value()
    assert client.post(address, typed | {"version": version}, headers=HTMX).status_code == 200
    assert (fresh(row).scope, fresh(row).note) == ("part", "mine")


def test_a_change_of_what_was_deleted_meanwhile_is_kept_and_explained(
    client: Client, editor: User
) -> None:
    row = make_restatement()
    delete(row)

    page = client.post(
        reverse("restatement_edit", args=[row.uid]),
        {"version": row.version, "scope": "whole", "note": "typed here"},
        headers=HTMX,
    )

    assert page.status_code == 422
    assert "This restatement was deleted meanwhile." in page.text
    assert "typed here" in page.text


def test_what_is_not_there_is_not_found(client: Client, editor: User) -> None:
    statement = make_statement()

    answers = {
        client.post(reverse("restatement_new", args=[ABSENT])).status_code,
        client.post(reverse("restatement_new", args=[statement.uid]), {"by": ABSENT}).status_code,
        client.post(reverse("restatement_edit", args=[ABSENT])).status_code,
    }

    assert answers == {404}
