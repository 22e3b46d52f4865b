"""The queue “Needs placing”: what it shows, and what is done with words that wait."""

import html
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from annotations.models import Article, Placement, Span, Statement
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    delete,
    fresh,
    make_actor,
    make_article,
    make_reply_record,
    make_response,
    make_statement,
    make_user,
    select,
    submit,
)
from annotations.tests.views.typed import ABSENT, HTMX, json_spans, spans

pytestmark = pytest.mark.django_db
QUOTE = "Nothing of the kind happened"
NOW = "Something of the kind happened"
ADDRESS = "/placing/"


def make_waiting(**more: Any) -> Span:
    """The content of a statement whose words were corrected."""
    statement = make_statement(make_article(**more), QUOTE, speaker=make_actor("Zahir"))
    correct_text(statement.article, TEXT.replace("Nothing", "Something"))
    return Span.objects.select_related("statement").get(statement=statement)


def statement_of(span: Span) -> Statement:
    assert span.statement_id is not None
    return Statement.objects.get(pk=span.statement_id)


def article_of(span: Span) -> Article:
    return Article.objects.select_related("current_revision").get(pk=statement_of(span).article_id)


def typed(span: Span, **more: Any) -> dict[str, Any]:
    """A placing as the page sends it."""
    words = spans(select(article_of(span), NOW))
    return {"spans": words, "version": statement_of(span).version, "revision": 2} | more


def act(name: str, span: Span) -> str:
    return reverse(f"placing_{name}", args=[span.uid])


def entries(answer: Any) -> list[str]:
    """The uids of the entries, in their order."""
    return re.findall(r'<article class="waits" id="p-([0-9a-f-]{36})"', answer.text)


def waits(span: Span) -> bool:
    return Placement.objects.waiting().filter(span=span).exists()


def test_an_entry_shows_the_old_words_and_what_changed(client: Client, editor: User) -> None:
    make_waiting(headline="Army denies")

    page = " ".join(html.unescape(client.get(ADDRESS).text).split())

    assert "1 needs placing" in page
    assert "Army denies" in page
    assert "Zahir" in page
    assert "the wording changed" in page
    assert f"“<b>{QUOTE}</b>,” a spokesman said." in page
    assert "“<b><del>Nothing</del><ins>Something</ins> of the kind happened</b>,” a" in page
    assert "a negation changed" in page


def test_markers_and_evidence_say_what_they_belong_to(client: Client, editor: User) -> None:
    article, army = make_article(), make_actor("The army")
    claim = make_statement(article, speaker=make_actor("Ann"), about=[army])
    answer = make_statement(article, "an expert called it likely", speaker=make_actor("Bob"))
    make_response(claim, answer, marker="a spokesman said")
    make_reply_record(claim, army, evidence="The minister repeated")
    correct_text(article, TEXT.replace("a spokesman", "he").replace("repeated", "said again"))

    page = " ".join(re.sub(r"<[^>]*>", "", client.get(ADDRESS).text).split())

    assert "Bob denies what Ann said" in page
    assert "The army: reply sought" in page
    assert "Remove the marker" in page
    assert "Remove the evidence" in page


def test_the_oldest_correction_comes_first_by_article(client: Client, editor: User) -> None:
    articles = [make_article(), make_article()]
    made = [make_statement(articles[n % 2], [QUOTE, "denied the claim"][n // 2]) for n in range(4)]
    new = TEXT.replace("Nothing", "Something").replace("denied", "did deny")
    correct_text(articles[1], new)
    correct_text(articles[0], new)

    shown = entries(client.get(ADDRESS))

    uids = {statement.pk: str(statement.spans.get().uid) for statement in made}
    assert shown == [uids[made[n].pk] for n in (1, 3, 0, 2)]


def test_it_is_narrowed_to_one_article(client: Client, editor: User) -> None:
    span, _ = make_waiting(), make_waiting()

    answer = client.get(f"{ADDRESS}?article={article_of(span).uid}")

    assert entries(answer) == [str(span.uid)]
    assert client.get(f"{ADDRESS}?article={ABSENT}").status_code == 404
    assert client.get(f"{ADDRESS}?article=none").status_code == 404


def test_an_empty_queue_says_what_comes_here(client: Client, editor: User) -> None:
    make_statement()

    page = client.get(ADDRESS).text

    assert "Nothing waits to be placed. When a text is corrected" in page


def make_many(number: int) -> list[Span]:
    """As many statements in one article, all of whose words waits."""
    words = [f"Claim {n} stands." for n in range(100, 100 + number)]
    article = make_article(text="\n".join(words))
    claims = [make_statement(article, each, gist="Gist") for each in words]
    correct_text(article, "\n".join(words).replace("stands", "falls"))
    return [claim.spans.get() for claim in claims]


def test_pages_follow_each_other(client: Client, editor: User) -> None:
    made = [str(span.uid) for span in make_many(30)]

    first = client.get(ADDRESS)
    second = client.get(f"{ADDRESS}?after={made[24]}")

    assert "30 need placing" in first.text
    assert entries(first) == made[:25]
    assert f"after={made[24]}" in first.text
    assert entries(second) == made[25:]
    assert f"before={made[25]}" in second.text


def test_the_page_goes_on_from_an_entry_that_was_settled(client: Client, editor: User) -> None:
    made = make_many(27)
    statement = statement_of(made[24])
    client.post(act("remove", made[24]), {"version": statement.version})

    second = client.get(f"{ADDRESS}?after={made[24].uid}")

    assert entries(second) == [str(span.uid) for span in made[25:]]


def test_a_page_that_was_worked_off_gives_way_to_the_first(client: Client, editor: User) -> None:
    made = make_many(2)
    client.post(act("remove", made[1]), {"version": statement_of(made[1]).version})

    answer = client.get(f"{ADDRESS}?after={made[0].uid}")

    assert entries(answer) == [str(made[0].uid)]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_what_waits(
    client: Client, editor: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_many(number)
    client.get("/healthz")  # the session notes its first use

    with django_assert_num_queries(14):
        client.get(ADDRESS)


@pytest.mark.parametrize("number", [1, 6])
def test_queries_do_not_grow_with_links_and_articles(
    client: Client, editor: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        article, army = make_article(outlet=make_actor(kind="media")), make_actor()
        claim = make_statement(article, about=[army])
        make_response(claim, make_statement(article, "likely"), marker="a spokesman said")
        make_reply_record(claim, army, evidence="The minister repeated")
        correct_text(article, TEXT.replace("a spokesman", "he").replace("repeated", "said again"))
    client.get("/healthz")

    with django_assert_num_queries(14):
        client.get(ADDRESS)


def test_a_proposal_is_accepted(client: Client, editor: User) -> None:
    span = make_waiting()
    page = html.unescape(client.get(ADDRESS).text)
    [sent] = re.findall(r'name="spans" value="(\[.*?\])">', page)

    answer = client.post(act("settle", span), typed(span, spans=sent), headers=HTMX)

    assert answer.status_code == 200
    assert "Placed." in answer.text
    assert entries(answer) == []
    assert fresh(span).exact() == NOW


def test_without_the_script_the_queue_follows_at_the_next_entry(
    client: Client, editor: User
) -> None:
    span, other = make_waiting(), make_waiting()

    answer = client.post(act("settle", span) + "?after=", typed(span))

    assert answer.headers["Location"] == f"/placing/#p-{other.uid}"
    assert not waits(span)


def test_a_placing_is_undone(client: Client, editor: User) -> None:
    span = make_waiting()
    answer = client.post(act("settle", span), typed(span), follow=True)
    [message] = list(answer.context["messages"])

    undone = client.post(message.extra_tags, {"next": ADDRESS}, follow=True)

    assert message.extra_tags.startswith(f"/articles/{article_of(span).uid}/undo/?change=")
    assert "Undone: placed in the corrected text." in undone.text
    assert entries(undone) == [str(span.uid)]
    assert fresh(span).exact() == QUOTE


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "{",
        json_spans({"role": "content", "start": 0, "end": 3, "exact": "Abc"}),
        json_spans({"role": "content", "start": 9**9, "end": 9**9 + 3, "exact": "Abc"}),
        json_spans(*[{"role": "content", "start": 0, "end": 3, "exact": "The"}] * 2),
    ],
)
def test_words_that_do_not_stand_there_are_refused(client: Client, editor: User, sent: str) -> None:
    span = make_waiting()

    answer = client.post(act("settle", span), typed(span, spans=sent), headers=HTMX)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert entries(answer) == [str(span.uid)]
    assert waits(span)


@pytest.mark.parametrize("missing", [{"revision": ""}, {"revision": "99"}, {"revision": "-1"}])
def test_an_unknown_revision_is_refused(
    client: Client, editor: User, missing: dict[str, str]
) -> None:
    span = make_waiting()

    answer = client.post(act("settle", span), typed(span, **missing), headers=HTMX)

    assert answer.status_code == 422
    assert waits(span)


def test_a_stale_placing_shows_the_entry_again_and_who_came_first(
    client: Client, editor: User
) -> None:
    span = make_waiting()
    sent = typed(span)
    gul = make_user(EDITOR, username="gul")
    submit(statement_of(span), user=gul)

    answer = client.post(act("settle", span), sent, headers=HTMX)

    assert answer.status_code == 409
    assert "gul submitted this statement meanwhile." in html.unescape(answer.text)
    assert entries(answer) == [str(span.uid)]
    assert f'name="version" value="{statement_of(span).version}"' in answer.text
    assert waits(span)


def test_a_text_corrected_again_meanwhile_shows_the_entry_against_the_newest(
    client: Client, editor: User
) -> None:
    span = make_waiting()
    sent = typed(span)
    correct_text(article_of(span), TEXT.replace("Nothing", "Anything"))

    answer = client.post(
        act("settle", span), sent | {"version": statement_of(span).version}, headers=HTMX
    )

    assert answer.status_code == 422
    assert "The text was corrected meanwhile." in answer.text
    assert "<ins>Anything</ins>" in answer.text
    assert waits(span)


def test_what_somebody_else_placed_is_told(client: Client, editor: User) -> None:
    span = make_waiting()
    sent = typed(span)
    client.post(act("settle", span), sent)

    answer = client.post(act("settle", span), sent, headers=HTMX)

    assert answer.status_code == 422
    assert "It does not need placing any more." in answer.text


def test_deleting_the_words_of_a_statement_deletes_it_with_an_undo(
    client: Client, editor: User
) -> None:
    span = make_waiting()
    version = {"version": statement_of(span).version}

    answer = client.post(act("remove", span), version, headers=HTMX)
    state = statement_of(span).state
    [undo] = re.findall(r'action="(/articles/[^"]*/undo/[^"]*)"', answer.text)
    undone = client.post(html.unescape(undo), {"next": ADDRESS}, follow=True)

    assert "The statement was deleted." in answer.text
    assert state == "withdrawn"
    assert f'name="next" value="/placing/#p-{span.uid}"' in answer.text
    assert entries(undone) == [str(span.uid)]


@pytest.mark.parametrize("role", ["cue", "marker"])
def test_other_words_are_removed_alone_with_an_undo(
    client: Client, editor: User, role: str
) -> None:
    article = make_article()
    answer = make_statement(article, QUOTE, cue="a spokesman said")
    link = make_response(make_statement(article), answer, marker="a spokesman said")
    correct_text(article, TEXT.replace("a spokesman", "the spokeswoman"))
    span = Span.objects.get(role=role)
    owner = {"cue": answer, "marker": link}[role]

    removed = client.post(act("remove", span), {"version": fresh(owner).version}, headers=HTMX)
    gone = fresh(span).withdrawn_at
    [undo] = re.findall(r'action="(/articles/[^"]*/undo/[^"]*)"', removed.text)
    undone = client.post(html.unescape(undo), {"next": ADDRESS}, follow=True)

    assert f"The {role} was removed." in removed.text
    assert gone is not None
    assert fresh(owner).state == "draft"
    assert str(span.uid) in entries(undone)


def test_a_stale_removal_is_refused(client: Client, editor: User) -> None:
    span = make_waiting()

    answer = client.post(act("remove", span), {"version": 99}, headers=HTMX)

    assert answer.status_code == 409
    assert statement_of(span).state == "draft"


def test_a_statement_deleted_meanwhile_is_told(client: Client, editor: User) -> None:
    span = make_waiting()
    version = {"version": statement_of(span).version}
    delete(statement_of(span))

    answer = client.post(act("remove", span), version, headers=HTMX)

    assert answer.status_code == 422
    assert "deleted meanwhile" in answer.text
    assert entries(answer) == []


def test_reviewers_read_the_queue_and_change_nothing(client: Client) -> None:
    span = make_waiting()
    client.force_login(make_user(REVIEWER))

    answer = client.get(ADDRESS)

    assert entries(answer) == [str(span.uid)]
    assert '<form method="post" action="/placing' not in answer.text
    assert "Place by hand" not in answer.text
    assert client.post(act("settle", span), typed(span)).status_code == 403
    assert waits(span)


def test_reporters_get_none_of_it(client: Client) -> None:
    article = make_article()
    approve(make_statement(article, "an expert called it likely"))
    approve(make_statement(article, QUOTE))
    correct_text(article, TEXT.replace("Nothing", "Something"))
    span = Placement.objects.waiting().get().span
    client.force_login(make_user(REPORTER))

    assert client.get(ADDRESS).status_code == 403
    assert client.post(act("settle", span), typed(span)).status_code == 403
    assert "needs placing" not in client.get("/").text
    by_hand = client.get(f"{article.get_absolute_url()}?place={span.uid}").text
    assert "They stand here" not in by_hand


def test_placements_are_seen_by_those_who_see_their_owner(client: Client) -> None:
    article = make_article()
    seen = approve(make_statement(article, QUOTE))
    make_statement(article, "an expert called it likely")

    reporter = Placement.objects.visible_to(make_user(REPORTER))

    assert [row.span.statement for row in reporter] == [seen]
    assert Placement.objects.visible_to(make_user(EDITOR)).count() == 2
    assert not Placement.objects.visible_to(make_user("")).exists()


@pytest.mark.parametrize("name", ["settle", "remove"])
def test_acts_are_posted(client: Client, editor: User, name: str) -> None:
    span = make_waiting()

    assert client.get(act(name, span)).status_code == 405


def test_the_article_page_asks_where_the_words_stand(client: Client, editor: User) -> None:
    span = make_waiting()
    article = article_of(span)

    page = client.get(f"{article.get_absolute_url()}?place={span.uid}&article={article.uid}").text

    assert "Select where" in page
    assert QUOTE in page
    assert f'action="{act("settle", span)}?article={article.uid}"' in page
    assert f'href="/placing/?article={article.uid}#p-{span.uid}"' in page
    assert "They stand here" in page


def test_what_waits_no_more_is_told_on_the_article_page(client: Client, editor: User) -> None:
    span = make_waiting()
    client.post(act("settle", span), typed(span), headers=HTMX)

    page = client.get(f"{article_of(span).get_absolute_url()}?place={span.uid}").text

    assert "These words do not need placing any more." in page
    assert "<by-hand" not in page


@pytest.mark.parametrize("place", ["none", ABSENT])
def test_an_unknown_span_is_no_mode(client: Client, editor: User, place: str) -> None:
    article = make_article()

    page = client.get(f"{article.get_absolute_url()}?place={place}")

    assert page.status_code == 200
    assert "<by-hand" not in page.text


def test_a_refused_selection_leads_back_to_the_text(client: Client, editor: User) -> None:
    span = make_waiting()
    wrong = json.dumps([{"role": "content", "start": 0, "end": 3, "exact": "Abc"}])

    answer = client.post(act("settle", span), typed(span, spans=wrong, by_hand="1"), follow=True)

    assert answer.redirect_chain[0][0] == f"{article_of(span).get_absolute_url()}?place={span.uid}"
    assert "does not stand there" in answer.text
    assert "Select where" in answer.text


def test_the_desk_counts_what_waits_for_editors_only(client: Client) -> None:
    make_waiting()
    shown = {}
    for role in (EDITOR, ADMINISTRATOR, REVIEWER):
        client.force_login(make_user(role))
        shown[role] = 'href="/placing/"><b>1</b> needs placing<' in client.get("/").text

    assert shown == {EDITOR: True, ADMINISTRATOR: True, REVIEWER: False}
