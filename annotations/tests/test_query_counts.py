"""Lists and pages cost the same number of queries at one row and at twenty; the rows are made once for all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from annotations.editing import name, record_reply
from annotations.models import (
    Article,
    ContactAttempt,
    Placement,
    Post,
    ReplyRecord,
    Response,
    Restatement,
    Statement,
)
from annotations.permissions import EDITOR, REVIEWER
from annotations.tests.admin.acting import address
from annotations.tests.factories import (
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_user,
    submit,
    usual,
)
from annotations.tests.views.linked import linked_article

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Who asks, an article with as many claims as rows, and how it is corrected."""

    editor: Client
    reviewer: Client
    article: Article
    corrected: str = ""

    @property
    def claim(self) -> Statement:
        return Statement.objects.filter(article=self.article).order_by("id")[0]

    def desk(self) -> Any:
        return self.editor.get(f"{self.article.get_absolute_url()}?statement={self.claim.uid}")

    def preview(self) -> Any:
        sent = {"version": self.article.version, "text": self.corrected, "reason": "correction"}
        return self.editor.post(reverse("article_correct", args=[self.article.uid]), sent)

    def revision(self, number: int) -> Any:
        return self.editor.get(reverse("revision", args=[self.article.uid, number]))

    def admin_list(self, row: Any) -> Any:
        return self.reviewer.get(address(row))


Asking = Callable[[World], Any]
PAGES: dict[str, tuple[int, Asking]] = {
    "the article page": (34, World.desk),
    "the preview of a correction": (12, World.preview),
    "the list of statements": (11, lambda world: world.editor.get("/statements/")),
    "the page of an actor": (
        29,
        lambda world: world.editor.get(world.claim.speakers()[0].actor.get_absolute_url()),
    ),
}
AFTER_A_CORRECTION: dict[str, tuple[int, Asking]] = {
    "the text as it was": (19, lambda world: world.revision(1)),
    "the text as it is": (19, lambda world: world.revision(2)),
    "the list of texts": (
        6,
        lambda world: world.editor.get(reverse("revisions", args=[world.article.uid])),
    ),
    "the queue of what waits": (15, lambda world: world.editor.get("/placing/")),
}
ADMIN_LISTS: dict[str, tuple[int, Asking]] = {
    "articles": (6, lambda world: world.admin_list(world.article)),
    "actors": (9, lambda world: world.admin_list(world.claim.speakers()[0].actor)),
    "posts": (5, lambda world: world.admin_list(Post())),
    "statements": (19, lambda world: world.admin_list(Statement())),
    "responses": (25, lambda world: world.admin_list(Response())),
    "restatements": (20, lambda world: world.admin_list(Restatement())),
    "reply records": (19, lambda world: world.admin_list(ReplyRecord())),
    "attempts": (5, lambda world: world.admin_list(ContactAttempt())),
}


@dataclass
class Asked:
    """By page: how many queries it took at one row and at twenty, and the answer to either."""

    queries: dict[str, list[int]] = field(default_factory=dict)
    answers: dict[str, list[Any]] = field(default_factory=dict)

    def ask(self, pages: dict[str, tuple[int, Asking]], world: World) -> None:
        for page, (_, asking) in pages.items():
            asking(world)  # sessions and content types are looked up once
            with CaptureQueriesContext(connection) as queries:
                answer = asking(world)
            self.queries.setdefault(page, []).append(len(queries))
            self.answers.setdefault(page, []).append(answer)


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Asked]:
    asked = Asked()
    with django_db_blocker.unblock(), transaction.atomic():
        editor, reviewer = sign_in(make_user(EDITOR)), sign_in(make_user(REVIEWER))
        for rows in (1, 20):
            world = World(editor, reviewer, complete(linked_article(rows)))
            world.corrected = world.article.revision.text.replace("Claim", "Claims")
            asked.ask(PAGES | ADMIN_LISTS, world)
            point = transaction.savepoint()
            world.article = correct_text(world.article, world.corrected)
            asked.ask(AFTER_A_CORRECTION, world)
            transaction.savepoint_rollback(point)
        yield asked
        transaction.set_rollback(True)


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def complete(article: Article) -> Article:
    """The article, its claims and their links with the reviewer; for each claim an article, a post, an attempt."""
    editor = usual(EDITOR)
    for reply in ReplyRecord.objects.filter(claim__article=article):
        make_article(text=f"Another of {reply.claim_id}.")
        speaker = reply.claim.speakers()[0].actor
        name.give_post(user=editor, holder=speaker, details=name.PostDetails("head", make_actor()))
        record_reply.attempt_contact(
            user=editor,
            record=reply,
            version=reply.version,
            attempted_at=timezone.now(),
            means="phone",
        )
    for kind in (Statement, Response, Restatement, ReplyRecord):
        of = {Statement: "article", Response: "response__article", Restatement: "by__article"}
        for row in kind.objects.filter(**{of.get(kind, "claim__article"): article}):
            submit(row)
    return fresh(article)


@pytest.mark.parametrize("what", PAGES | AFTER_A_CORRECTION | ADMIN_LISTS)
def test_it_costs_the_same_at_one_row_and_at_twenty(asked: Asked, what: str) -> None:
    literal, _ = (PAGES | AFTER_A_CORRECTION | ADMIN_LISTS)[what]

    assert asked.queries[what] == [literal, literal]
    assert [answer.status_code for answer in asked.answers[what]] == [200, 200]


@pytest.mark.parametrize("what", ADMIN_LISTS)
def test_an_admin_list_shows_its_rows(asked: Asked, what: str) -> None:
    at_one, at_twenty = (len(answer.context["cl"].result_list) for answer in asked.answers[what])

    assert at_one >= 1
    assert at_twenty >= 20


def test_words_wait_after_the_correction(asked: Asked) -> None:
    one, twenty = (answer.text for answer in asked.answers["the queue of what waits"])

    assert "Claim 10 stands." in one
    assert "Claim 12 stands." in twenty
    assert not Placement.objects.waiting().exists()
