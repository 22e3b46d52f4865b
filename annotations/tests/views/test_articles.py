from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.editing.receive import ArticleDetails, as_stored, describe
from annotations.models import Article, Statement
from annotations.permissions import EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    approve_all,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    submit,
)
from annotations.tests.views.linked import linked_article
from annotations.tests.views.typed import ABSENT, HTMX, text_content

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 25


def typed(**more: Any) -> dict[str, Any]:
    """The new article's form as an editor sends it."""
    return {"text": "A text.", "headline": "", "language": "en"} | more


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/plain")


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "\nbegins with a new line",
        "\n\n\nwith three\n",
        "tabs\tand  spaces \u00a0 kept ",
        "<b>no markup</b> &amp; &lt; \"quotes\" 'too' <!-- x --> </div><script>1</script>",
        "🙂 before 👩🏽‍🚀 and after 🇦🇫",
        "cafe\u0301 and café, ﷺ, n\u0303",
        "گفت «نه» و رفت. \u200fRTL\u200f",
        "{{ not }} a {% template %}",
        "\ufeff\ufeffmarks",
        "line\u2028separator\u0085and\u000bothers\u000c",
    ],
)
def test_the_text_on_the_page_is_the_stored_text(client: Client, editor: User, text: str) -> None:
    article = make_article(text=text)

    page = client.get(article.get_absolute_url())

    assert text_content(page) == fresh_text(article)


def test_line_ends_and_the_byte_order_mark_are_all_that_changes(
    client: Client, editor: User
) -> None:
    client.post(reverse("article_new"), typed(text="\ufeff\r\n one \r\n\r\ntwo\rthree \n"))

    article = Article.objects.get()
    assert fresh_text(article) == "\n one \n\ntwo\nthree \n"
    assert text_content(client.get(article.get_absolute_url())) == "\n one \n\ntwo\nthree \n"


def fresh_text(article: Article) -> str:
    return Article.objects.get(pk=article.pk).revision.text


TEXTS = st.text(
    st.sampled_from("ab \n\t<>&\"'{}%🙂👩🏽‍é\u0301ی\u200f\u200dک“”")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=60,
).filter(lambda text: as_stored(text).strip() and "\x00" not in text)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), text=TEXTS)
def test_no_set_of_spans_changes_the_text_on_the_page(
    client: Client, data: st.DataObject, text: str
) -> None:
    from annotations.editing.place import Selection

    article = make_article(text=text)
    stored = fresh_text(article)
    places = st.tuples(
        st.sampled_from(["content", "source", "cue"]),
        st.integers(0, len(stored) - 1),
        st.integers(1, len(stored)),
    )
    rows = data.draw(st.lists(st.lists(places, max_size=3), max_size=4))
    for row in rows:
        chosen = [("content", 0, len(stored)), *(place for place in row if place[1] < place[2])]
        selections = [Selection(role, a, b, stored[a:b]) for role, a, b in chosen]
        make_statement(article, selections=selections)
    client.force_login(make_user(EDITOR))

    page = client.get(article.get_absolute_url())

    assert text_content(page) == stored


def test_overlapping_nested_and_several_spans_are_marks_over_the_same_text(
    client: Client, editor: User
) -> None:
    article = make_article()
    outer = make_statement(article, "The ministry said the army crossed the border.")
    inner = make_statement(article, "said the army")
    crossing = make_statement(article, ["crossed the border. The army denied", "Nothing of"])

    page = client.get(article.get_absolute_url())

    assert text_content(page) == article.revision.text
    for statement in (outer, inner, crossing):
        assert page.text.count(f'id="s-{statement.uid}"') == 1
    assert f'data-statements="{outer.uid} {crossing.uid}"' in page.text


@pytest.mark.parametrize("text", ["Ministry denies\n\nA body.", "\nMinistry denies\nA body."])
def test_a_headline_that_the_text_begins_with_is_shown_once(
    client: Client, editor: User, text: str
) -> None:
    article = make_article(text=text, headline="Ministry denies")

    page = client.get(article.get_absolute_url())

    body = page.text.split("<main")[1]
    assert body.count("Ministry denies") == 1
    assert body.count("<h1") + body.count('aria-level="1"') == 1
    assert text_content(page) == text


def test_a_headline_that_is_not_in_the_text_stands_above_it(client: Client, editor: User) -> None:
    article = make_article(text="A body.", headline="Ministry denies")

    page = client.get(article.get_absolute_url())

    assert '<h1 dir="auto">Ministry denies</h1>' in page.text
    assert text_content(page) == "A body."


def test_an_article_without_a_headline_is_named_by_its_first_words(
    client: Client, editor: User
) -> None:
    article = make_article(text="First line here\nsecond")

    page = client.get(article.get_absolute_url())

    assert '<h1 class="made-up" dir="auto">First line here</h1>' in page.text
    assert "outlet unknown" in page.text
    assert "date unknown" in page.text


def test_the_page_asks_as_often_at_one_statement_as_at_fifty(
    client: Client, editor: User, django_assert_num_queries: Any
) -> None:
    one, fifty = linked_article(1), linked_article(50)
    for article in (one, fifty):
        statement = Statement.objects.filter(article=article).order_by("id")[0]
        address = f"{article.get_absolute_url()}?statement={statement.uid}"
        client.get(address)

        with django_assert_num_queries(PAGE_QUERIES):
            client.get(address)


def test_a_reporter_reads_approved_work_and_nothing_else(client: Client) -> None:
    article = make_article()
    claim = make_statement(article, about=[make_actor("Bob")], points=["crossed"])
    denial = make_statement(article, "The army denied the claim.", act="denial")
    draft = make_statement(article, "Nothing of the kind happened", gist="a draft")
    link = make_response(claim, denial, note="approved note")
    hidden = make_response(claim, draft, note="hidden note")
    approve_all(claim, denial, link)
    submit(hidden)
    client.force_login(make_user(REPORTER))

    page = client.get(f"{article.get_absolute_url()}?statement={claim.uid}")

    assert text_content(page) == article.revision.text
    assert "approved note" in page.text
    for secret in (str(draft.uid), "a draft", "hidden note", "Link response", "data-new-url"):
        assert secret not in page.text


def test_an_article_that_a_reporter_does_not_see_is_not_there(client: Client) -> None:
    unseen = make_article()
    seen = approve(make_statement(make_article())).article
    client.force_login(make_user(REPORTER))

    answers = {a.uid: client.get(a.get_absolute_url()).status_code for a in (seen, unseen)}

    assert answers == {seen.uid: 200, unseen.uid: 404}


@pytest.mark.parametrize("named", [ABSENT, "no uid", "\x00"])
def test_a_statement_that_is_not_there_opens_no_card(
    client: Client, editor: User, named: str
) -> None:
    statement = make_statement()

    page = client.get(statement.article.get_absolute_url(), {"statement": named})

    assert page.status_code == 200
    assert page.context["card"] is None


def test_a_statement_of_another_article_opens_no_card(client: Client, editor: User) -> None:
    statement, other = (
        make_statement(),
        make_statement(make_article(text="the army crossed the border.")),
    )

    page = client.get(statement.article.get_absolute_url(), {"statement": str(other.uid)})

    assert page.context["card"] is None


def test_a_pasted_article_is_received_with_its_details(client: Client, editor: User) -> None:
    outlet = make_actor("The Daily", kind="media")
    sent = typed(
        text="KABUL – A text.",
        headline="A headline",
        outlet=outlet.uid,
        outlet_name="The Daily",
        url="https://daily.example/1",
        dateline="KABUL",
        byline="Ann",
        published_on="2026-05-12",
        language="fa-AF",
    )

    answer = client.post(reverse("article_new"), sent)

    article = Article.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, article.get_absolute_url())
    assert article.published_on == date(2026, 5, 12)
    assert (article.outlet, article.language, article.created_by) == (outlet, "fa-AF", editor)


@pytest.mark.parametrize(
    "content",
    [
        b"one\r\ntwo\r\xe2\x80\x9cthree\xe2\x80\x9d",
        b"\xef\xbb\xbfone\ntwo\n\xe2\x80\x9cthree\xe2\x80\x9d",
    ],
)
def test_a_text_file_is_received(client: Client, editor: User, content: bytes) -> None:
    client.post(reverse("article_new"), typed(text="", file=upload("A.TXT", content)))

    assert fresh_text(Article.objects.get()) == "one\ntwo\n“three”"


NUL = "Character 3 cannot be stored (code U+0000)."
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"file": upload("story.docx", b"PK")}, "file", "“story.docx” is not a .txt file."),
    ({"file": upload("scan.png", b"\x89PNG")}, "file", "“scan.png” is not a .txt file."),
    ({"file": upload("txt", b"text")}, "file", "“txt” is not a .txt file."),
    (
        {"file": upload("old.txt", "café".encode("latin-1"))},
        "file",
        "“old.txt”: The file is not UTF-8 text: byte 4",
    ),
    (
        {"file": upload("wide.txt", "hello".encode("utf-16"))},
        "file",
        "“wide.txt”: The file is not UTF-8 text: byte 1",
    ),
    ({"file": upload("nul.txt", b"ab\x00c")}, "file", f"“nul.txt”: {NUL}"),
    ({"file": upload("none.txt", b"")}, "file", "The submitted file is empty."),
    ({"file": upload("blank.txt", b" \n")}, "text", "Paste the text, or choose a file."),
    ({"text": "ab\x00c"}, "text", "Null characters are not allowed."),
    ({"text": " \n "}, "text", "Paste the text, or choose a file."),
    ({"text": "A", "headline": "a\x00"}, "headline", "Null characters are not allowed."),
    ({"text": "A", "dateline": "a\x00"}, "dateline", "Null characters are not allowed."),
    (
        {"text": "A", "language": "English!"},
        "language",
        "Use a language tag such as en, fa-AF or ps.",
    ),
    ({"text": "A", "url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
    ({"text": "A", "published_on": "soon"}, "published_on", "Enter a valid date."),
    (
        {"text": "A", "outlet_name": "Nobody"},
        "outlet",
        "Choose “Nobody” from the list, or create it there.",
    ),
    (
        {"text": "A", "file": upload("a.txt", b"B")},
        "file",
        "There is a file and pasted text: give one of them.",
    ),
]


@pytest.mark.parametrize(("wrong", "field", "said"), REFUSED)
def test_what_cannot_be_received_is_refused_at_its_field(
    client: Client, editor: User, wrong: dict[str, Any], field: str, said: str
) -> None:
    if "file" in wrong:
        wrong["file"].seek(0)

    page = client.post(reverse("article_new"), typed(text="", byline="kept") | wrong)

    assert page.status_code == 422
    [error] = page.context["form"].errors[field]
    assert error.startswith(said)
    assert 'value="kept"' in page.text
    assert not Article.objects.exists()


def test_an_address_that_another_article_has_is_refused(client: Client, editor: User) -> None:
    make_article(url="https://daily.example/1")

    page = client.post(reverse("article_new"), typed(url="https://daily.example/1"))

    assert page.status_code == 422
    assert "Another article has this address already." in page.text


def test_the_same_text_twice_is_offered_as_the_article_that_is_there(
    client: Client, editor: User
) -> None:
    there = make_article(text="A text.\n", headline="The one that is here")

    page = client.post(reverse("article_new"), typed(text="A text.\r\n", headline="kept"))

    assert page.status_code == 409
    assert f'<a href="{there.get_absolute_url()}">The one that is here</a>' in page.text
    assert 'value="kept"' in page.text
    assert Article.objects.count() == 1
    client.post(reverse("article_new"), typed(text="A text.\r\n", although_same="on"))
    assert Article.objects.count() == 2


def test_details_are_changed_and_the_text_stays(client: Client, editor: User) -> None:
    article = make_article(headline="Before")
    form = client.get(reverse("article_edit", args=[article.uid])).context["form"]

    answer = client.post(
        reverse("article_edit", args=[article.uid]),
        {"version": form["version"].value(), "headline": "After", "language": "ps"},
    )

    now = Article.objects.get()
    assert answer.headers["Location"] == article.get_absolute_url()
    assert (now.headline, now.language, now.revision.text) == ("After", "ps", article.revision.text)


def test_details_that_are_wrong_keep_what_was_typed(client: Client, editor: User) -> None:
    article = make_article()

    page = client.post(
        reverse("article_edit", args=[article.uid]),
        {"version": article.version, "headline": "typed", "language": "?"},
    )

    assert page.status_code == 422
    assert "Use a language tag such as en, fa-AF or ps." in page.text
    assert 'value="typed"' in page.text


def test_stale_details_show_both_versions_and_save_the_second_time(
    client: Client, editor: User
) -> None:
    article = make_article(headline="Before")
    address = reverse("article_edit", args=[article.uid])
    sent = {"version": article.version, "headline": "Mine", "language": "en"}
    describe(
        user=make_user(EDITOR),
        article=article,
        version=article.version,
        details=ArticleDetails(headline="Theirs", dateline="KABUL"),
    )

    page = client.post(address, sent)

    assert page.status_code == 409
    rows = {(row.label, row.theirs, row.yours) for row in page.context["stale"].differences}
    assert rows == {("Headline", "Theirs", "Mine"), ("Dateline", "KABUL", "")}
    assert 'value="Mine"' in page.text
    version = page.context["form"]["version"].value()
    assert client.post(address, sent | {"version": version}).status_code == 302
    assert Article.objects.get().headline == "Mine"


def test_all_unsent_work_of_an_article_is_submitted_at_once(client: Client, editor: User) -> None:
    claim = make_statement(about=[make_actor()])
    link = make_response(claim)
    elsewhere = make_statement(make_article(text="the army crossed the border."))

    page = client.post(reverse("article_submit", args=[claim.article.uid]), headers=HTMX)

    assert page.status_code == 200
    assert "3 submitted for review" in page.text
    states = [fresh(record).state for record in (claim, link.response, link, elsewhere)]
    assert states == ["submitted", "submitted", "submitted", "draft"]


def test_without_the_script_submitting_leads_back_to_the_article(
    client: Client, editor: User
) -> None:
    statement = make_statement()

    answer = client.post(reverse("article_submit", args=[statement.article.uid]))

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        statement.article.get_absolute_url(),
    )


WRITES = ["article_new", "article_edit", "article_submit"]


@pytest.mark.parametrize("role", [REPORTER, REVIEWER])
@pytest.mark.parametrize("name", WRITES)
def test_only_those_who_annotate_write(client: Client, name: str, role: str) -> None:
    article = approve(make_statement()).article
    draft = make_statement(article, "The army denied the claim.")
    client.force_login(make_user(role))

    answer = client.post(
        reverse(name, args=[] if name == "article_new" else [article.uid]), typed(headline="x")
    )

    assert answer.status_code == 403
    assert [(a.headline, a.version) for a in Article.objects.all()] == [("", article.version)]
    assert fresh(draft).state == "draft"


@pytest.mark.parametrize("name", [*WRITES, "article"])
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, name: str) -> None:
    address = reverse(name, args=[] if name == "article_new" else [make_article().uid])

    answer = client.post(address)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={address}")


@pytest.mark.parametrize(
    ("name", "methods"),
    [
        ("article", {"post", "put", "delete"}),
        ("article_new", {"put", "delete"}),
        ("article_edit", {"put", "delete"}),
        ("article_submit", {"get", "put", "delete"}),
    ],
)
def test_other_methods_are_refused(
    client: Client, editor: User, name: str, methods: set[str]
) -> None:
    address = reverse(name, args=[] if name == "article_new" else [make_article().uid])

    answers = {getattr(client, method)(address).status_code for method in methods}

    assert answers == {405}


@pytest.mark.parametrize("name", ["article", "article_edit", "article_submit"])
def test_what_is_not_there_is_not_found(client: Client, editor: User, name: str) -> None:
    address = reverse(name, args=[ABSENT])

    answer = client.post(address) if name == "article_submit" else client.get(address)

    assert answer.status_code == 404
