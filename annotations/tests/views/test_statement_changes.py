import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.tests.factories import (
    approve,
    delete,
    fresh,
    make_actor,
    make_statement,
    select,
)
from annotations.tests.views.typed import (
    HTMX,
    revised_by_another,
    spans,
    typed_change,
)

pytestmark = pytest.mark.django_db


def test_the_form_of_a_statement_shows_it_as_it_is(client: Client, editor: User) -> None:
    statement = make_statement(gist="A gist", points=["One", "Two"], about=[make_actor("Bob")])

    page = client.get(reverse("statement_edit", args=[statement.uid]), headers=HTMX)

    forms = page.context["forms"]
    assert page.status_code == 200
    assert forms.form["version"].value() == statement.version
    assert [row["text"].value() for row in forms.points.forms] == ["One", "Two"]
    assert 'value="A gist"' in page.text
    assert 'value="Bob"' in page.text


def test_a_change_keeps_the_spans_and_raises_the_version(client: Client, editor: User) -> None:
    statement = make_statement()
    before = [span.uid for span in statement.live_spans()]

    page = client.post(
        reverse("statement_edit", args=[statement.uid]),
        typed_change(statement, gist="A new gist"),
        headers=HTMX,
    )

    now = fresh(statement)
    assert page.status_code == 200
    assert (now.gist, now.version) == ("A new gist", statement.version + 1)
    assert [span.uid for span in now.live_spans()] == before


def test_a_changed_approved_statement_goes_back_to_review(client: Client, editor: User) -> None:
    statement = approve(make_statement())

    client.post(
        reverse("statement_edit", args=[statement.uid]), typed_change(statement, act="denial")
    )

    assert fresh(statement).state == "submitted"


def test_an_invalid_change_keeps_what_was_typed(client: Client, editor: User) -> None:
    statement = make_statement()

    page = client.post(
        reverse("statement_edit", args=[statement.uid]),
        typed_change(statement, said_on="soon", gist="typed here"),
        headers=HTMX,
    )

    assert page.status_code == 422
    assert page.headers["HX-Retarget"] == "#work"
    assert 'value="soon"' in page.text
    assert 'value="typed here"' in page.text
    assert fresh(statement).version == statement.version


def test_a_change_of_what_was_deleted_meanwhile_is_kept_and_explained(
    client: Client, editor: User
) -> None:
    statement = make_statement()
    typed = typed_change(statement, gist="typed here")
    delete(statement)

    page = client.post(reverse("statement_edit", args=[statement.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "This statement was deleted meanwhile." in page.text
    assert 'value="typed here"' in page.text
    assert fresh(statement).gist == ""


def test_another_span_is_added_to_a_statement(client: Client, editor: User) -> None:
    statement = make_statement()
    more = select(statement.article, "The ministry", "source")

    page = client.post(
        reverse("statement_spans", args=[statement.uid]),
        {"spans": spans(more), "version": statement.version, "revision": 1},
        headers=HTMX,
    )

    assert page.status_code == 200
    assert "Added as source." in page.text
    assert [s.exact() for s in fresh(statement).live_spans("source")] == ["The ministry"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"spans": ""}, "The selected words did not arrive whole. Select them again."),
        ({"spans": "[1]"}, "The selected words did not arrive whole. Select them again."),
        ({"version": "x"}, "The selected words did not arrive whole. Select them again."),
        ({"revision": 2}, "The article has no revision 2."),
    ],
)
@pytest.mark.parametrize(("headers", "status"), [(HTMX, 422), ({}, 200)], ids=["script", "none"])
def test_a_span_that_does_not_fit_is_refused_in_plain_words(
    client: Client,
    editor: User,
    typed: dict[str, str],
    said: str,
    headers: dict[str, str],
    status: int,
) -> None:
    statement = make_statement()
    whole = {
        "spans": spans(select(statement.article, "The ministry", "source")),
        "version": statement.version,
        "revision": 1,
    }

    page = client.post(
        reverse("statement_spans", args=[statement.uid]),
        whole | typed,
        headers=headers,
        follow=True,
    )

    assert page.status_code == status
    assert said in page.text
    assert fresh(statement).live_spans("source") == []


def test_a_span_for_a_statement_that_somebody_changed_is_not_added_unseen(
    client: Client, editor: User
) -> None:
    statement = make_statement()
    more = spans(select(statement.article, "The ministry", "source"))
    typed = {"spans": more, "version": statement.version, "revision": 1}
    revised_by_another(statement, "theirs")
    address = reverse("statement_spans", args=[statement.uid])

    page = client.post(address, typed, headers=HTMX)

    assert page.status_code == 409
    assert "Somebody changed this statement just now." in page.text
    assert "theirs" in page.text
    assert fresh(statement).live_spans("source") == []
    version = page.context["card"].statement.version
    client.post(address, typed | {"version": version}, headers=HTMX)
    assert [s.exact() for s in fresh(statement).live_spans("source")] == ["The ministry"]
