"""The home page: what waits for whom."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.editing.assign import give
from annotations.editing.record_reply import attempt_contact
from annotations.models import Article, ReviewState
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    approve,
    correct_text,
    delete,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
    reject,
    request_changes,
    submit,
    usual,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, tzinfo=UTC)


def page(client: Client, role: str = EDITOR) -> str:
    client.force_login(make_user(role))
    return client.get("/").content.decode()


def test_work_sent_back_shows_its_reason_to_its_author_only(client: Client) -> None:
    me = make_user(EDITOR)
    statement = make_statement(user=me)
    request_changes(statement, "Name the ministry.")
    request_changes(make_statement(), "Not for me.")
    client.force_login(me)

    html = client.get("/").content.decode()

    assert "Name the ministry." in html
    assert "Not for me." not in html
    assert f"/articles/{statement.article.uid}/?statement={statement.uid}#s-{statement.uid}" in html


def test_links_and_reply_records_come_back_too(client: Client) -> None:
    me = make_user(EDITOR)
    claim = make_statement(user=me, about=[make_actor()])
    reject(make_response(claim, user=me), "No answer.")
    reject(make_restatement(claim, user=me), "Not the same.")
    reject(make_reply_record(claim, user=me), "Not evident.")
    client.force_login(me)

    html = client.get("/").content.decode()

    for reason in ("No answer.", "Not the same.", "Not evident."):
        assert reason in html


def test_drafts_are_counted_by_article_and_link_to_themselves(client: Client) -> None:
    me = make_user(EDITOR)
    article = make_article(headline="Army denies")
    make_statement(article, user=me)
    make_statement(article, user=me)
    submit(make_statement(article, user=me))
    make_statement(article)
    client.force_login(me)

    html = client.get("/").content.decode()

    assert re.search(rf'href="/articles/{article.uid}/">2 drafts<', html)
    assert '"#drafts"><b>2</b>' in html


def test_links_and_reply_records_are_drafts_too(client: Client) -> None:
    me = make_user(EDITOR)
    claim = approve(make_statement(about=[make_actor()]))
    answer = approve(make_statement(claim.article, "Nothing of the kind happened"))
    make_response(claim, answer, user=me)
    make_restatement(claim, answer, user=me)
    make_reply_record(claim, user=me)
    client.force_login(me)

    html = client.get("/").content.decode()

    assert re.search(rf'href="/articles/{claim.article.uid}/">3 drafts<', html)
    assert '"#drafts"><b>3</b>' in html


def test_who_changed_the_approved_work_of_another_reads_why_it_came_back(client: Client) -> None:
    me = make_user(EDITOR)
    for user, reason in ((me, "Not what was printed."), (make_user(EDITOR), "Not for me.")):
        claim = approve(make_statement(about=[make_actor()]))
        record = approve(make_reply_record(claim))
        called = attempt_contact(
            user=user, record=record, version=record.version, attempted_at=NOW, means="phone"
        )
        request_changes(called, reason)
    client.force_login(me)

    html = client.get("/").content.decode()

    assert "Not what was printed." in html
    assert "Not for me." not in html
    assert '"#sent-back"><b>1</b>' in html


def test_reviewers_see_what_waits_with_links_into_the_admin(client: Client) -> None:
    submit(make_statement())
    submit(make_response())

    html = page(client, REVIEWER)

    assert '/admin/annotations/statement/?state=submitted&amp;judge=mine"><b>1</b>' in html
    assert '/admin/annotations/response/?state=submitted&amp;judge=mine"><b>1</b>' in html


def test_editors_are_shown_no_admin_links(client: Client) -> None:
    submit(make_statement())

    html = page(client, EDITOR)

    assert "/admin/" not in html


def test_open_claims_are_counted_and_linked(client: Client) -> None:
    make_statement(about=[make_actor()])
    make_statement()

    html = page(client)

    assert re.search(r'/statements/\?answered=open"><b>1</b> open claim<', html)


def test_reporters_see_approved_work_and_the_csv_links(client: Client) -> None:
    made = [make_in_state(make_statement(), s) for s in set(ReviewState.values) - {"suggested"}]

    html = page(client, REPORTER)

    listed = set(re.findall(r'class="quote[^>]*><a href="/statements/([0-9a-f-]{36})/', html))
    assert listed == {str(row.uid) for row in made if row.state == "approved"}
    assert 'href="/statements.csv"' in html
    assert 'href="/exchanges.csv"' in html
    assert (
        html.count("/articles/") == 2 + 2
    )  # the nav, all; the statement’s article, the new articles


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, REPORTER, ADMINISTRATOR])
def test_an_empty_desk_says_what_to_do(client: Client, role: str) -> None:
    html = page(client, role)

    assert html.count('class="card empty"') >= 1


@pytest.mark.parametrize(("role", "queries"), [(EDITOR, 39), (REVIEWER, 16), (REPORTER, 12)])
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_work(
    client: Client,
    role: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    me = make_user(role)
    client.force_login(me)
    client.get("/healthz")  # the session notes its first use
    for _ in range(rows):
        author = me if role == EDITOR else make_user(EDITOR)
        claim = make_statement(user=author, about=[make_actor()])
        give(user=author, article=claim.article, editor=author)
        waiting_words(author)
        make_statement(user=author)
        submit(make_statement(user=author))
        request_changes(make_statement(user=author, about=[make_actor()]))
        approve(make_statement(user=author))

    with django_assert_num_queries(queries):
        client.get("/")


def waiting_words(author: User) -> Article:
    """An article with a statement whose words were corrected: they need placing."""
    statement = make_statement(exact="Nothing of the kind happened", user=author)
    text = statement.article.revision.text.replace("Noth", "Someth")
    return correct_text(statement.article, text)


def in_section(html: str, section: str) -> str:
    """The words of the section, and its links."""
    found = re.search(rf'<section[^>]*aria-labelledby="{section}".*?</section>', html, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<(?!a )[^>]+>", " ", found.group()).split())


def test_articles_taken_tell_how_far_they_are(client: Client) -> None:
    me = make_user(EDITOR)
    article = waiting_words(me)
    approve(make_statement(article, "the army crossed the border.", about=[make_actor()]))
    submit(make_statement(article, "denied the claim"))
    delete(make_statement(article, "called it likely"))
    give(user=me, article=article, editor=me)
    other = make_article(headline="Not mine")
    give(user=make_user(EDITOR), article=other, editor=usual(EDITOR))
    client.force_login(me)

    html = client.get("/").content.decode()
    assigned = in_section(html, "assigned")

    for words in ("1 draft", "1 submitted", "1 approved", "1 open claim", "1 needs placing"):
        assert words in assigned
    assert "deleted" not in assigned
    assert "Not mine" not in assigned
    assert '<progress max="3" value="1"' in html
    assert 'href="/articles/?taken=me"><b>1</b> assigned to you' in html


def test_what_is_to_place_and_to_answer_stands_with_the_way_to_it(client: Client) -> None:
    me = make_user(EDITOR)
    article = waiting_words(me)
    mine, others = (make_statement(about=[make_actor()]) for _ in (1, 2))
    give(user=me, article=mine.article, editor=me)
    client.force_login(me)

    html = client.get("/").content.decode()
    listed = client.get("/statements/?answered=open&taken=me").content.decode()

    assert f'<a href="/placing/?article={article.uid}"> 1 needs placing' in in_section(
        html, "to-place"
    ).replace('">1', '"> 1')
    assert f"/statements/{mine.uid}/" in in_section(html, "unanswered")
    assert f"/statements/{others.uid}/" not in in_section(html, "unanswered")
    assert f'/statements/{mine.uid}/"' in listed
    assert f'/statements/{others.uid}/"' not in listed


def test_a_reviewer_is_shown_what_others_wrote(client: Client) -> None:
    me = make_user(ADMINISTRATOR)
    mine, others = submit(make_statement(user=me), user=me), submit(make_statement())
    client.force_login(me)

    html = client.get("/").content.decode()
    listed = client.get("/admin/annotations/statement/?state=submitted&judge=mine").content.decode()

    assert f"/statements/{others.uid}/" in in_section(html, "waiting")
    assert f"/statements/{mine.uid}/" not in in_section(html, "waiting")
    assert 'judge=mine"><b>1</b> statement to review' in html
    assert f"/admin/annotations/statement/{others.pk}/change/" in listed
    assert f"/admin/annotations/statement/{mine.pk}/change/" not in listed


def test_a_long_section_is_shown_in_full_when_asked(client: Client) -> None:
    me = make_user(EDITOR)
    client.force_login(me)
    article = make_article()
    for word in ("ministry", "army", "crossed", "border", "denied", "claim", "Nothing", "expert"):
        request_changes(make_statement(article, words_once(article, word), user=me))

    short = in_section(client.get("/").content.decode(), "sent-back")
    whole = in_section(client.get("/?all=sent-back").content.decode(), "sent-back")

    assert short.count("Mend it in the article") == 7
    assert '<a class="sub" href="?all=sent-back#sent-back">all 8' in short
    assert whole.count("Mend it in the article") == 8


def words_once(article: Article, word: str) -> str:
    """The word with what follows it, where it stands first: that stands once."""
    start = article.revision.text.index(word)
    return article.revision.text[start : start + 30].strip()


def test_people_without_a_role_are_refused(client: Client) -> None:
    client.force_login(make_user(""))

    assert client.get("/").status_code == 403


def test_home_only_reads(client: Client) -> None:
    client.force_login(make_user(EDITOR))

    assert client.post("/").status_code == 405
