import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.editing.merge import merge
from annotations.editing.receive import as_stored
from annotations.models import Article, Statement
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    approve,
    approve_all,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    submit,
)
from annotations.tests.views.linked import linked_article
from annotations.tests.views.typed import ABSENT, text_content
from annotations.views import reading
from annotations.views.blocks import blocks_of

pytestmark = pytest.mark.django_db


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
        chosen = dict.fromkeys([("content", 0, len(stored)), *(p for p in row if p[1] < p[2])])
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

    assert '<h1 dir="auto" lang="en">Ministry denies</h1>' in page.text
    assert text_content(page) == "A body."


def test_an_article_without_a_headline_is_named_by_its_first_words(
    client: Client, editor: User
) -> None:
    article = make_article(text="First line here\nsecond")

    page = client.get(article.get_absolute_url())

    assert '<h1 class="made-up" dir="auto" lang="en">First line here</h1>' in page.text
    assert "outlet unknown" in page.text
    assert "date unknown" in page.text


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


def test_an_outlet_that_was_merged_is_named_as_it_is_now(client: Client, editor: User) -> None:
    old, new = make_actor("Old Outlet"), make_actor("New Outlet")
    article = make_article(outlet=old)
    merge(user=editor, actor=old, version=old.version, into=new)

    page = client.get(article.get_absolute_url())

    assert f'<a href="{new.get_absolute_url()}">New Outlet</a>' in page.text
    assert "Old Outlet" not in page.text


def test_where_no_reply_is_on_record_the_page_says_in_how_many_articles(
    client: Client, editor: User
) -> None:
    make_article(text="Another one.")
    claim = make_statement(about=[make_actor("Bob")])

    page = client.get(f"{claim.article.get_absolute_url()}?statement={claim.uid}")

    scope = f"in 2 articles as of {date_format(timezone.localdate(), 'j F Y')}"
    words = " ".join(strip_tags(page.text).split())
    assert f"Bob: no reply on record {scope} · not sought" in words
    assert f"“On record” means recorded here {scope}" in words


def test_a_reporter_reads_of_no_silence_while_an_answer_waits(client: Client) -> None:
    accused = make_actor("Bob")
    claim = make_statement(about=[accused], points=["crossed"])
    link = make_response(
        claim, make_statement(claim.article, "denied the claim"), parties=[accused]
    )
    approve_all(claim, link.response)
    client.force_login(make_user(REPORTER))

    page = client.get(f"{claim.article.get_absolute_url()}?statement={claim.uid}")

    words = " ".join(strip_tags(page.text).split())
    assert "0 open claims" in words
    assert "Bob: not settled yet" in words
    for untrue in ("on record", "not sought", "Nobody has answered", "0 answered"):
        assert untrue not in words


def test_highlights_and_rows_tell_what_they_are_by_whom_and_how_often_answered() -> None:
    article = make_article(text="Ann said we left. Bob denied it. Eve denied too.")
    claim = make_statement(
        article, "we left", speaker=make_actor("Ann"), about=[make_actor("We")], source="Ann"
    )
    first = make_statement(article, "denied it", speaker=make_actor("Bob"))
    second = make_statement(article, "denied too", speaker=make_actor("Eve"))
    approve_all(claim, first, make_response(claim, first))
    make_response(claim, second)

    def told(user: User) -> tuple[list[str], list[str]]:
        read = reading.read(article, user)
        spoken = [piece.spoken for block in read.blocks for piece in block.pieces if piece.marks]
        return spoken, [row.told for row in read.rows]

    assert told(make_user(EDITOR)) == (
        [
            "source: ",
            "claim by Ann, 2 responses: ",
            "response by Bob: ",
            "response by Eve: ",
        ],
        ["claim by Ann, 2 responses, no reply on record", "response by Bob", "response by Eve"],
    )
    spoken, rows = told(make_user(REPORTER))
    assert spoken == ["source: ", "claim by Ann, 1 response: ", "response by Bob: "]
    assert [row.split(",")[:2] for row in rows] == [
        ["claim by Ann", " 1 response"],
        ["response by Bob"],
    ]


def test_of_many_statements_the_panel_shows_a_part_and_the_text_all(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SHOWN", 2)
    article = linked_article(5)
    last = Statement.objects.filter(article=article).order_by("id").last()
    assert last is not None

    page = client.get(article.get_absolute_url())
    turned = client.get(f"{article.get_absolute_url()}?statement={last.uid}")

    rows = [answer.context["reading"].rows for answer in (page, turned)]
    assert len(rows[0]) == 2
    assert last in {row.statement for row in rows[1]}
    assert page.context["reading"].counts == turned.context["reading"].counts
    assert page.text.count("data-statements=") == turned.text.count("data-statements=")


def test_a_long_text_is_drawn_in_parts_that_join_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.views.blocks.LONG", 50)
    monkeypatch.setattr("annotations.views.blocks.CHUNK", 20)
    text = "\n\n".join(f"Paragraph {number} says little." for number in range(6)) + "\n\n"

    blocks = list(blocks_of(text, [], [], "en"))

    assert "".join(piece.text for block in blocks for piece in block.pieces) == text
    assert [(block.opens_part, block.closes_part) for block in blocks] == [(True, True)] * 6
    assert all(block.pieces[-1].text.endswith("little.\n\n") for block in blocks)
