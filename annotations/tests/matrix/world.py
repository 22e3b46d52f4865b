"""For each role somebody signed in, and records of each kind: their own, another's, approved, deleted."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from annotations.editing.issue import issue
from annotations.editing.name import PostDetails, give_post
from annotations.editing.record_reply import attempt_contact
from annotations.models import ContactAttempt, Delivery, Post, Statement, Webhook
from annotations.permissions import ADMINISTRATOR, REPORTER, REVIEWER
from annotations.tests.factories import (
    fresh,
    make_actor,
    make_article,
    make_in_state,
    make_reply_record,
    make_response,
    make_restatement,
    make_statement,
    make_user,
)
from annotations.tests.matrix.addresses import ANONYMOUS, NOBODY, ROLES, SUPERUSER

WORK = {
    "statements": "statement",
    "responses": "response",
    "restatements": "restatement",
    "replies": "reply",
}
STATES = ("own", "other", "unapproved", "approved", "absent")
Records = dict[str, Any]  # by kind
Case = tuple[str, str, str]  # work, kind and state of a record
Answers = dict[tuple[str, str, Case], tuple[str, Any]]  # by role, method and case


@dataclass
class World:
    """Who is signed in, and the records: by (role, “own”) or (“”, state), then by kind."""

    sessions: dict[str, str] = field(default_factory=dict)
    records: dict[tuple[str, str], Records] = field(default_factory=dict)
    answers: dict[tuple[str, bool], Answers] = field(default_factory=dict)
    handlers: dict[str, ClientHandler] = field(default_factory=dict)

    def client(self, role: str, **more: Any) -> Client:
        """A browser in which somebody of this role is signed in; nobody, for the anonymous."""
        browser = Client(**more)
        # Loading the middleware anew for each of thousands of requests takes a fifteenth of their time.
        browser.handler = self.handlers.setdefault(str(more), browser.handler)
        if role in self.sessions:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return browser

    def record(self, role: str, state: str, kind: str) -> Any:
        return self.records[(role, "own") if state == "own" else ("", state)][kind]


def make_world() -> World:
    """People wrote their own drafts while they were administrators; then each got their role."""
    world = World()
    author = make_user(ADMINISTRATOR)
    world.records["", "other"] = make_records(author, "submitted")
    world.records["", "unapproved"] = make_records(author, "draft")
    world.records["", "approved"] = make_records(author, "approved")
    world.records["", "absent"] = dict.fromkeys(world.records["", "other"])
    for role in ROLES:
        user = make_user(ADMINISTRATOR)
        world.records[role, "own"] = make_records(user, "draft")
        if role != ANONYMOUS:
            _give(user, role)
            world.sessions[role] = _sign_in(user)
    return world


def _give(user: User, role: str) -> None:
    user.groups.set([] if role in (NOBODY, SUPERUSER) else [Group.objects.get(name=role)])
    User.objects.filter(pk=user.pk).update(is_superuser=role == SUPERUSER, is_staff=False)


def _sign_in(user: User) -> str:
    """The key of a session in which the user has been seen already: reading writes nothing more."""
    browser = Client()
    browser.force_login(user)
    browser.get("/healthz")
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def make_records(user: User, state: str) -> Records:
    """One record of each kind, written by the user, in this state."""
    article = make_article(user=user)
    speaker, accused, office = (make_actor(user=user) for _ in range(3))
    claim = make_statement(article, user=user, speaker=speaker, about=[accused, office])
    answer = make_statement(article, "denied the claim", user=user, speaker=accused)
    reply = make_reply_record(claim, accused, user=user)
    attempt_contact(
        user=user, record=reply, version=reply.version, attempted_at=timezone.now(), means="phone"
    )
    post = give_post(user=user, holder=speaker, details=PostDetails("spokesman", office))
    work = {
        "statement": claim,
        "second": answer,
        "response": make_response(claim, answer, user=user),
        "restatement": make_restatement(claim, answer, user=user),
        "reply": reply,
    }
    for record in work.values():
        make_in_state(record, state)
    webhook = Webhook.objects.create(
        owner=user, url="https://hooks.example.org/", secret="x", created_at=timezone.now()
    )
    return {
        "webhook": webhook,
        "delivery": Delivery.objects.create(
            webhook=webhook, event="linked", payload="{}", created_at=timezone.now()
        ),
        "article": article,
        "actor": speaker,
        "post": Post.objects.get(pk=post.pk),
        "user": make_user(REPORTER),
        "group": Group.objects.get(name=REVIEWER),
        "span": claim.live_spans()[0],
        "token": issue(user=user, name="desk", scope="read", lasts=timedelta(days=1)).token,
        "attempt": ContactAttempt.objects.get(reply_record=reply),
        **{kind: fresh(record) for kind, record in work.items()},
    }


def fill(route: str, record: Any, kind: str = "") -> str:
    """The route with the record in it; where it is None, with a name or key that nothing has."""
    statement = ContentType.objects.get_for_model(Statement)
    return (
        ("/" + route)
        .replace("<uuid:uid>", str(record.uid if hasattr(record, "uid") else uuid.uuid4()))
        .replace("<uuid:attempt>", str(uuid.uuid4()))
        .replace("<int:number>", "1")
        .replace("<str:file>", "statements.csv")
        .replace("<path:object_id>", str(record.pk if record else 10**9))
        .replace("<id>", str(record.pk if record else 10**9))
        .replace("<path:content_type_id>", str(statement.pk))
        .replace("<work:kind>", kind)
        .replace("<slug:kind>", "articles")
        .replace("^(?P<app_label>annotations|auth)/$", "annotations/")
        .replace("(?P<url>.*)$", "nothing/at/all")
    )
