"""Keys and settings: each person's own."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.forms.preference import field_of
from annotations.keyboard import COMMANDS
from annotations.models import Preference
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/preferences/"
DEFAULTS = {field_of(command.name): command.key for command in COMMANDS} | {"single_keys": "on"}


def save(client: Client, **changed: Any) -> Any:
    return client.post(ADDRESS, DEFAULTS | changed)


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def test_what_differs_from_the_defaults_is_kept_and_shown(client: Client) -> None:
    user = make_user(EDITOR)
    other = Preference.objects.create(user=make_user(EDITOR), bindings={"new": "m"})
    client.force_login(user)

    answer = save(client, key_new="U", key_redo="", key_edit="g e")

    assert (answer.status_code, answer.url) == (302, ADDRESS)
    own = Preference.objects.get(user=user)
    assert (own.single_keys, own.bindings) == (True, {"new": "Shift+U", "redo": "", "edit": "g e"})
    other.refresh_from_db()
    assert other.bindings == {"new": "m"}
    page = client.get(ADDRESS)
    assert page.context["form"]["key_new"].value() == "Shift+U"
    assert '"name": "new", "key": "Shift+U"' in page.content.decode()


def test_two_commands_change_their_keys_with_each_other(client: Client) -> None:
    client.force_login(make_user(EDITOR))

    assert save(client, key_new="e", key_edit="n").status_code == 302
    assert Preference.objects.get().bindings == {"new": "e", "edit": "n"}


def test_a_conflict_names_both_commands_and_nothing_is_saved(client: Client) -> None:
    client.force_login(make_user(EDITOR))

    answer = save(client, key_new="e", key_delete="Ctrl+d", key_add="a\x00")

    assert answer.status_code == 422
    assert errors(answer) == {
        "key_new": ["“e” is the key of “Edit the open statement” too: change one of them."],
        "key_edit": ["“e” is the key of “New statement of the selection” too: change one of them."],
        "key_delete": ["Ctrl and ⌘ belong to the browser: choose a key without them."],
        "key_add": ["Null characters are not allowed."],
    }
    assert not Preference.objects.exists()


def test_back_to_the_defaults(client: Client) -> None:
    user = make_user(EDITOR)
    Preference.objects.create(user=user, single_keys=False, bindings={"new": "m"})
    client.force_login(user)

    assert save(client, key_new="Ctrl+x", defaults="1").status_code == 302

    own = Preference.objects.get()
    assert (own.single_keys, own.bindings) == (True, {})


def test_single_keys_are_switched_off(client: Client) -> None:
    client.force_login(make_user(EDITOR))

    client.post(ADDRESS, {name: key for name, key in DEFAULTS.items() if name != "single_keys"})

    assert not Preference.objects.get().single_keys
    assert '"single": false' in client.get(ADDRESS).content.decode()


def test_reporters_have_the_keys_for_reading(client: Client) -> None:
    user = make_user(REPORTER)
    Preference.objects.create(user=user, bindings={"new": "m"})
    client.force_login(user)

    page = client.get(ADDRESS)
    save(client, key_search="Alt+q", key_delete="q")

    assert "key_statement_next" in page.context["form"].fields
    assert "Delete it" not in page.content.decode()
    assert Preference.objects.get().bindings == {"new": "m", "search": "Alt+Q"}


def test_the_preferences_come_with_the_account(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_user(EDITOR))
    client.get(ADDRESS)

    with django_assert_num_queries(3):  # the session, the account with its preferences, the roles
        client.get(ADDRESS)


def test_what_becomes_of_quotation_marks_is_an_editors_to_set(client: Client) -> None:
    user, reporter = make_user(EDITOR), make_user(REPORTER)
    client.force_login(user)

    before = client.get(ADDRESS).content.decode()
    saved, other = save(client, quotes="out").status_code, save(client, quotes="maybe")

    assert '"quotes": "keep"' in before
    assert (saved, Preference.objects.get(user=user).quotes) == (302, "out")
    assert list(errors(other)) == ["quotes"]
    assert '"quotes": "out"' in client.get("/articles/").content.decode()
    client.force_login(reporter)
    assert "quotes" not in client.get(ADDRESS).context["form"].fields
    assert save(client, quotes="out").status_code == 302
    assert Preference.objects.get(user=reporter).quotes == "keep"
