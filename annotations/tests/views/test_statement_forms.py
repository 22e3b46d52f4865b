from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Article, Statement
from annotations.permissions import REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    fresh,
    make_actor,
    make_article,
    make_statement,
    make_user,
    select,
)
from annotations.tests.views.typed import (
    ABSENT,
    HTMX,
    json_spans,
    text_content,
    typed_change,
    typed_statement,
)

pytestmark = pytest.mark.django_db


WORDS = "the army crossed the border."


def test_selected_words_come_with_guesses_and_actors_to_choose_from(
    client: Client, editor: User
) -> None:
    article = make_article(text="On Monday, Sharif Ahmad said that the army left.\n")
    make_actor("Sharif Ahmad")
    words = select(article, "that the army left")

    page = client.get(
        reverse("statement_new", args=[article.uid]),
        {"start": words.start, "end": words.end},
        headers=HTMX,
    )

    form = page.context["forms"].form
    assert page.status_code == 200
    assert "<html" not in page.text
    assert {s.exact for s in page.context["forms"].chosen()} >= {"that the army left", "said"}
    assert form["form"].value() == "indirect"
    assert [actor["name"] for actor in page.context["offered"]] == ["Sharif Ahmad"]


def asked_for(client: Client, article: Article, exact: str) -> Any:
    words = select(article, exact)
    address = reverse("statement_new", args=[article.uid])
    return client.get(address, {"start": words.start, "end": words.end}, headers=HTMX)


@pytest.mark.parametrize(
    ("text", "name", "basis"),
    [
        ("Sharif Ahmad said that the army left.", "Sharif Ahmad", "named"),
        ("S. Ahmad said that the army left.", "Sharif Ahmad", "named"),  # another name of his
        ("Ahmad said that the army left.", "Sharif Ahmad", "surname only"),
        ("Nobody Known said that the army left.", None, None),
        ("Two Men said that the army left.", None, None),
        ("He said that the army left.", None, None),
    ],
)
def test_the_printed_name_is_proposed_as_speaker(
    client: Client, editor: User, text: str, name: str | None, basis: str | None
) -> None:
    article = make_article(text=f"It began.\n\n{text}\n")
    ahmad = make_actor("Sharif Ahmad", aliases=["S. Ahmad"])
    for _ in range(2):
        make_actor("Two Men")
    make_statement(article, "It began.", speaker=ahmad)

    page = asked_for(client, article, "that the army left")

    speaker = page.context["forms"].parts.forms[0]
    assert speaker["actor_name"].value() == name
    assert speaker["actor"].value() == (ahmad.uid if name else None)
    assert (f"Proposed from the text: {basis}." in page.text) == bool(name)


def test_speaker_title_and_venue_of_before_are_offered(client: Client, editor: User) -> None:
    article, ann = make_article(), make_actor("Ann")
    make_statement(article, user=editor, speaker=make_actor("Bob"), title="minister", venue="Kabul")
    make_statement(article, "denied the claim", user=editor, speaker=ann)
    make_statement(article, "Nothing of the kind happened", speaker=make_actor("Cem"), venue="Rome")
    make_statement(user=editor, speaker=make_actor("Dan"), title="king", venue="Paris")

    again = asked_for(client, article, "an expert called it").context["again"]

    assert (again.speaker, again.title, again.venue) == (ann, "minister", "Kabul")
    other = make_article(text="Nobody spoke here.")
    assert not asked_for(client, other, "Nobody").context["again"]


@pytest.mark.parametrize("asked", [{}, {"start": "x", "end": "1"}, {"start": "0", "end": "9" * 99}])
def test_a_place_that_is_not_in_the_text_opens_an_empty_form(
    client: Client, editor: User, asked: dict[str, str]
) -> None:
    article = make_article()

    page = client.get(reverse("statement_new", args=[article.uid]), asked, headers=HTMX)

    assert page.status_code == 200
    assert page.context["forms"].chosen() == []


def test_a_statement_is_saved_and_the_desk_comes_back_with_its_card(
    client: Client, editor: User
) -> None:
    article, speaker, accused = make_article(), make_actor("Ann"), make_actor("Bob")
    typed = typed_statement(article, WORDS, speaker, about=[accused], points=["It crossed"])

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    statement = Statement.objects.get()
    assert page.status_code == 200
    assert "HX-Retarget" not in page.headers
    assert page.headers["HX-Replace-Url"].endswith(f"?statement={statement.uid}#s-{statement.uid}")
    assert f'data-statement="{statement.uid}"' in page.text
    assert f'id="s-{statement.uid}"' in page.text
    assert (statement.quote(), statement.created_by) == (WORDS, editor)
    assert [row.actor for row in statement.speakers()] == [speaker]
    assert statement.accused() == [accused]
    assert [point.text for point in statement.live_points()] == ["It crossed"]


def test_without_the_script_saving_leads_back_to_the_article(client: Client, editor: User) -> None:
    article = make_article()

    answer = client.post(
        reverse("statement_new", args=[article.uid]),
        typed_statement(article, WORDS, make_actor()),
        follow=True,
    )

    statement = Statement.objects.get()
    [(address, status)] = answer.redirect_chain
    assert status == 302
    assert address == f"/articles/{article.uid}/?statement={statement.uid}#s-{statement.uid}"
    assert "Saved." in answer.text


def test_a_speaker_without_a_basis_is_the_editors_inference(client: Client, editor: User) -> None:
    article = make_article()

    client.post(
        reverse("statement_new", args=[article.uid]), typed_statement(article, WORDS, make_actor())
    )

    [speaker] = Statement.objects.get().speakers()
    assert speaker.speaker_basis == "editor_inferred"


INVALID = [
    ({"spans": "[]"}, "spans", "Select what was said in the text first."),
    ({"spans": "no json"}, "spans", "The selected words did not arrive whole. Select them again."),
    ({"spans": "[" * 100_000}, "spans", "The selected words did not arrive whole."),
    ({"spans": '[{"role": "marker"}]'}, "spans", "The selected words did not arrive whole."),
    ({"act": "shouting"}, "act", "Select a valid choice."),
    ({"form": ""}, "form", "This field is required."),
    ({"said_on": "next week"}, "said_on", "Write the date as 2026-05-12, or 2026-05, or 2026."),
    ({"said_on": "2026-00-05"}, "said_on", "Write the date as 2026-05-12"),
    ({"said_on": "2026-05-00"}, "said_on", "Write the date as 2026-05-12"),
    ({"gist": "a\x00b"}, "gist", "Null characters are not allowed."),
    ({"note": "a\x00b"}, "note", "Null characters are not allowed."),
    ({"gist": "x" * 301}, "gist", "Ensure this value has at most 300 characters"),
]


@pytest.mark.parametrize(("wrong", "field", "said"), INVALID)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    client: Client, editor: User, wrong: dict[str, str], field: str, said: str
) -> None:
    article = make_article()
    typed = typed_statement(article, WORDS, make_actor(), venue="a kept venue") | wrong

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert page.headers["HX-Retarget"] == "#work"
    assert page.headers["HX-Reswap"] == "innerHTML"
    [error] = page.context["forms"].form.errors[field]
    assert error.startswith(said)
    assert said in page.text
    assert 'value="a kept venue"' in page.text
    assert not Statement.objects.exists()


def test_without_the_script_an_error_is_a_whole_page_with_the_text(
    client: Client, editor: User
) -> None:
    article = make_article()
    typed = typed_statement(article, WORDS, None, venue="a kept venue")

    page = client.post(reverse("statement_new", args=[article.uid]), typed)

    assert page.status_code == 422
    assert text_content(page) == article.revision.text
    assert 'value="a kept venue"' in page.text
    assert "Who said it? Name a speaker, if only an unnamed one." in page.text


def test_a_name_that_was_typed_and_not_chosen_is_kept_and_explained(
    client: Client, editor: User
) -> None:
    article = make_article()
    typed = typed_statement(article, WORDS, None) | {"parts-0-actor_name": "Nobody Yet"}

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "Choose “Nobody Yet” from the list, or create it there." in page.text
    assert 'value="Nobody Yet"' in page.text


def test_an_actor_that_is_not_there_is_refused_in_plain_words(client: Client, editor: User) -> None:
    article = make_article()
    typed = typed_statement(article, WORDS, make_actor()) | {"parts-0-actor": ABSENT}

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "This actor is not there any more. Choose another." in page.text


def test_the_same_speaker_twice_is_refused_in_plain_words(client: Client, editor: User) -> None:
    article, speaker = make_article(), make_actor()
    typed = typed_statement(article, WORDS, speaker)
    twice = {"parts-TOTAL_FORMS": 2, "parts-1-part": "speaker", "parts-1-actor": speaker.uid}

    page = client.post(reverse("statement_new", args=[article.uid]), typed | twice, headers=HTMX)

    assert page.status_code == 422
    assert "This actor has this part already." in page.text
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("start", "exact", "said"),
    [
        (0, "The army", "“The army” does not stand there; “The mini” does."),
        (10_000, "The army", "The content is outside the text."),
        (-1, "The army", "The content is outside the text."),
        (0, "\ud83dxxxxxxx", "The selected words did not arrive whole."),
    ],
)
def test_words_that_stand_elsewhere_are_refused(
    client: Client, editor: User, start: int, exact: str, said: str
) -> None:
    article = make_article()
    row = {"role": "content", "start": start, "end": start + len(exact), "exact": exact}
    typed = typed_statement(article, WORDS, make_actor()) | {"spans": json_spans(row)}

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert said in page.text
    assert not Statement.objects.exists()


def test_words_of_a_revision_that_is_not_there_are_refused(client: Client, editor: User) -> None:
    article = make_article()
    typed = typed_statement(article, WORDS, make_actor()) | {"revision": 2}

    page = client.post(reverse("statement_new", args=[article.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "The article has no revision 2." in page.text


WRITES = ["statement_new", "statement_edit", "statement_spans"]


def address_of(name: str, article: Article, statement: Statement) -> str:
    return reverse(name, args=[article.uid if name == "statement_new" else statement.uid])


@pytest.mark.parametrize("role", [REPORTER, REVIEWER])
@pytest.mark.parametrize("name", WRITES)
def test_only_those_who_annotate_write(client: Client, name: str, role: str) -> None:
    statement = approve(make_statement())
    client.force_login(make_user(role))

    answer = client.post(
        address_of(name, statement.article, statement), typed_change(statement, gist="x")
    )

    assert answer.status_code == 403
    assert (fresh(statement).gist, Statement.objects.count()) == ("", 1)


@pytest.mark.parametrize("name", WRITES)
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, name: str) -> None:
    statement = make_statement()
    address = address_of(name, statement.article, statement)

    answer = client.post(address)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={address}")


@pytest.mark.parametrize(
    ("name", "methods"),
    [
        ("statement_new", ("put", "patch", "delete")),
        ("statement_edit", ("put", "patch", "delete")),
        ("statement_spans", ("get", "put", "delete")),
        ("statement_card", ("post", "put", "delete")),
    ],
)
def test_other_methods_are_refused(
    client: Client, editor: User, name: str, methods: tuple[str, ...]
) -> None:
    statement = make_statement()
    address = address_of(name, statement.article, statement)

    answers = {method: getattr(client, method)(address).status_code for method in methods}

    assert set(answers.values()) == {405}


@pytest.mark.parametrize("name", [*WRITES, "statement_card"])
def test_what_is_not_there_is_not_found(client: Client, editor: User, name: str) -> None:
    address = reverse(name, args=[ABSENT])

    answer = client.get(address) if name == "statement_card" else client.post(address)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("rows", "said"), [("parts", "names at most 60"), ("points", "at most 60")]
)
def test_too_many_rows_are_refused_in_words(
    client: Client, editor: User, rows: str, said: str
) -> None:
    article = make_article()
    typed = typed_statement(article, "The ministry", make_actor())

    page = client.post(
        reverse("statement_new", args=[article.uid]),
        typed | {f"{rows}-TOTAL_FORMS": "61"},
        headers=HTMX,
    )

    assert page.status_code == 422
    assert said in page.text
