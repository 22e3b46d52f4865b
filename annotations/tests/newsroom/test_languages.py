"""The language of the pages: chosen by whom, kept where, and what it never touches."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.views.defaults import server_error

from annotations.exports.files import codebook_csv
from annotations.exports.formats import Order
from annotations.exports.registry import FORMATS
from annotations.forms.fields import PartialDateField
from annotations.models import Preference
from annotations.permissions import EDITOR
from annotations.tests.factories import make_response, make_statement, make_user
from newsroom.languages import words_address

pytestmark = pytest.mark.django_db(databases=["default", "export"])
DARI = '<html lang="fa-af" dir="rtl">'
ENGLISH = '<html lang="en-gb" dir="ltr">'
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def language_of_the_tests() -> Iterator[None]:
    """A request leaves its language active in the thread; the next test has its own again."""
    yield
    translation.activate("en-gb")


@pytest.fixture
def editor() -> User:
    user = make_user(EDITOR, username="farida")
    user.set_password(PASSWORD)
    user.save()
    return user


def choose(client: Client, language: str, **more: str) -> str:
    return client.post("/language/", {"language": language, **more})["Location"]


@pytest.mark.parametrize(
    ("asked", "got"),
    [("", ENGLISH), ("en-US", ENGLISH), ("de", ENGLISH), ("fa-AF", DARI), ("fa,en;q=0.5", DARI)],
)
def test_the_browser_is_asked_first(client: Client, asked: str, got: str) -> None:
    page = client.get("/sign-in/", headers={"accept-language": asked})

    assert got in page.content.decode()
    assert "Accept-Language" in page["Vary"]


def test_whoever_is_not_signed_in_chooses_by_cookie(client: Client) -> None:
    assert choose(client, "fa-af", next="/sign-in/?next=/actors/") == "/sign-in/?next=/actors/"

    cookie = client.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("fa-af", True, "Lax")
    assert DARI in client.get("/sign-in/").content.decode()
    assert not Preference.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:1"])
def test_the_way_back_stays_on_this_site(client: Client, elsewhere: str) -> None:
    assert choose(client, "fa-af", next=elsewhere) == "/"


def test_a_language_that_is_not_there_changes_nothing(client: Client) -> None:
    assert choose(client, "xx") == "/"
    assert "language" not in client.cookies


def test_an_account_keeps_its_language_on_every_machine(editor: User) -> None:
    here, elsewhere = Client(), Client()
    here.force_login(editor)
    choose(here, "fa-af")

    elsewhere.post("/sign-in/", {"username": "farida", "password": PASSWORD})

    assert Preference.objects.get(user=editor).language == "fa-af"
    assert DARI in elsewhere.get("/").content.decode()


def test_keys_and_language_are_kept_apart(editor: User, client: Client) -> None:
    client.force_login(editor)
    choose(client, "fa-af")

    client.post("/preferences/", {"defaults": "1"})

    assert Preference.objects.get(user=editor).language == "fa-af"


def test_scripts_have_their_words_under_an_address_of_their_version(client: Client) -> None:
    address = words_address("fa-af")

    words = client.get(address)
    page = client.get("/sign-in/", headers={"accept-language": "fa-AF"}).content.decode()

    assert "immutable" in words["Cache-Control"]
    assert words["Content-Type"].startswith("text/javascript")
    assert address.replace("&", "&amp;") in page
    assert "immutable" not in client.get("/words.js?language=fa-af&version=x")["Cache-Control"]
    assert words_address("en-gb") == ""


@time_machine.travel(
    datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False
)  # some say when they were made
def test_exports_are_the_same_bytes_in_every_language() -> None:
    reader = make_user(EDITOR)
    make_response(make_statement())

    def files() -> list[bytes]:
        made = [each.pieces(Order(reader, "https://x")) for each in FORMATS.values()]
        return [*(b"".join(pieces) for pieces in made), codebook_csv()]

    english = files()
    with translation.override("fa-af"):
        assert files() == english


def test_what_went_wrong_is_said_in_the_language_of_the_page(client: Client) -> None:
    client.force_login(make_user(EDITOR))
    missing = client.get("/articles/none/", headers={"accept-language": "fa-AF"}).content.decode()

    with translation.override("fa-af"):
        broken = server_error(RequestFactory().get("/")).content.decode()

    assert "در این نشانی چیزی نیست" in missing
    assert DARI in broken
    assert "چیزی از سوی ما خراب شد" in broken


@pytest.mark.parametrize("typed", ["۲۰۲۶-۰۵-۱۲", "2026-05-12"])
def test_a_date_is_understood_in_any_digits(typed: str) -> None:
    assert PartialDateField().clean(typed).date == date(2026, 5, 12)


def test_months_are_those_of_afghanistan() -> None:
    with translation.override("fa-af"):
        assert date_format(date(2026, 2, 3), "j F Y") == "3 فبروری 2026"
        assert get_language_info("fa-af")["name_local"] == "دری"
