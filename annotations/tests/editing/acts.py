"""One of each act of the article page, done to a world; and what all rows hold, to compare."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from annotations.doctor.found import kept_models
from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.change import noting
from annotations.editing.highlight import StatementDetails, add_span, highlight, revise
from annotations.editing.join import join
from annotations.editing.place import Selection
from annotations.editing.recast import recast
from annotations.editing.receive import ArticleDetails, describe, mark_zones
from annotations.editing.record_reply import (
    ReplyDetails,
    attempt_contact,
    mend_attempt,
    record_reply,
    revise_reply,
)
from annotations.editing.remove import remove
from annotations.editing.resize import resize
from annotations.editing.respond import respond, restate, revise_response, revise_restatement
from annotations.editing.review import submit, submit_article, submit_with_links
from annotations.editing.settle import settle
from annotations.editing.split import Along, split
from annotations.editing.withdraw import bring_back, withdraw
from annotations.models import Actor, Article, Placement, Response, Statement
from annotations.models.history import Change
from annotations.tests.doctor.world import World
from annotations.tests.factories import (
    delete,
    fresh,
    make_response,
    make_statement,
    select,
    speaks,
)

Act = Callable[[World, User], Any]
Rows = dict[tuple[str, int], dict[str, Any]]
ACTS: dict[str, Act] = {}
UNSEEN = {"version", "created_at", "changed_at"}


def act(function: Act) -> Act:
    """Have the act tried."""
    ACTS[function.__name__] = function
    return function


def change_of(doing: Act, world: World, user: User) -> Change:
    """The one change that the act made."""
    with noting() as made:
        doing(world, user)
    (change,) = made
    return change


def rows() -> Rows:
    """All rows that have a history, with what an editor may know of them; of a part taken out, only that it is."""
    return {
        (model.__name__, row.pk): _columns(row)
        for model in kept_models()
        for row in model._default_manager.all()
    }


def _columns(row: Any) -> dict[str, Any]:
    names = [f.attname for f in row._meta.concrete_fields if f.attname not in UNSEEN]
    values = {name: getattr(row, name) for name in names}
    if "withdrawn_at" in values:
        values["withdrawn_at"] = values["withdrawn_at"] is not None
    return values


def in_use(found: Rows, known: Rows) -> Rows:
    """The rows that are among the known, and of the new ones those that are in use."""
    deleted = {key for key, row in found.items() if row.get("state") == "withdrawn"}
    return {key: row for key, row in found.items() if key in known or not _gone(row, deleted)}


def prepare(w: World) -> None:
    """What the acts find beside the world: a second claim, and an answer to it that was deleted."""
    second = make_statement(
        w.other, "The army denied the claim.", about=[w.accused, w.speaker], gist="Second"
    )
    delete(make_response(second, w.elsewhere, parties=[w.accused], marker="a spokesman said"))


def second_claim() -> Statement:
    return Statement.objects.get(gist="Second")


OWNERS = {"statement_id": "Statement", "response_id": "Response", "reply_record_id": "ReplyRecord"}


def _gone(row: dict[str, Any], deleted: set[tuple[str, int]]) -> bool:
    """Deleted, taken out, a part of what is deleted; or a place, which says nothing by itself."""
    owners = {(model, row[name]) for name, model in OWNERS.items() if row.get(name)}
    is_place = "span_id" in row and "exact" in row
    return bool(
        row.get("state") == "withdrawn" or row.get("withdrawn_at") or is_place or owners & deleted
    )


def kept(statement: Statement) -> list[Selection]:
    return [Selection(span.role, 0, 0, "", span.uid) for span in statement.live_spans()]


def parts_of(statement: Statement) -> list[PartInput]:
    return [
        PartInput(
            row.part,
            row.actor,
            row.as_printed,
            row.title_as_printed,
            row.speaker_basis,
            row.uid,
        )
        for row in statement.live_attributions()
    ]


def details_of(statement: Statement) -> StatementDetails:
    names = StatementDetails.__dataclass_fields__
    return StatementDetails(**{name: getattr(statement, name) for name in names})


def revised(statement: Statement, user: User, **more: Any) -> Statement:
    """The statement, revised as it is now but for what is given."""
    now = fresh(statement)
    same: dict[str, Any] = {
        "version": now.version,
        "details": details_of(now),
        "parts": parts_of(now),
        "points": [PointInput(point.text, point.uid) for point in now.live_points()],
        "selections": kept(now),
        "revision_number": Article.objects.get(pk=now.article_id).revision.number,
    }
    return revise(user=user, statement=now, **same | more)


@act
def record(w: World, user: User) -> None:
    highlight(
        user=user,
        article=w.article,
        revision_number=2,
        selections=[select(w.article, "The army denied the claim.")],
        details=StatementDetails("indirect", "denial"),
        parts=[speaks(w.speaker), PartInput("about", w.accused)],
        points=[PointInput("It denied")],
    )


@act
def change_details(w: World, user: User) -> None:
    more = replace(
        details_of(fresh(w.claim)), act="opinion", gist="A gist", venue="Kabul", said_on=None,
        said_on_precision="", said_on_as_printed="on Monday", note="A note",
    )  # fmt: skip
    revised(w.claim, user, details=more)


@act
def change_words(w: World, user: User) -> None:
    claim = fresh(w.claim)
    revised(claim, user, selections=[*kept(claim)[1:], select(w.article, "The ministry said")])


@act
def name_another_speaker(w: World, user: User) -> None:
    speaker, *rest = parts_of(fresh(w.claim))
    actor = Actor.objects.get(name="Accused")
    revised(w.claim, user, parts=[replace(speaker, actor=actor, as_printed="He"), *rest])


@act
def attribute_more(w: World, user: User) -> None:
    about = [part for part in parts_of(fresh(w.claim)) if part.part == "about"]
    more = [PartInput("about", w.speaker), *about, PartInput("via", w.speaker)]
    speaker = parts_of(fresh(w.claim))[0]
    revised(w.claim, user, parts=[speaker, *more, PartInput("addressee", w.accused)])


@act
def attribute_less(w: World, user: User) -> None:
    second = fresh(second_claim())
    revised(second, user, parts=[part for part in parts_of(second) if part.actor != w.speaker])


@act
def change_points(w: World, user: User) -> None:
    first = fresh(w.claim).live_points()[0]
    revised(
        w.claim, user, points=[PointInput("It crossed again.", first.uid), PointInput("It stayed.")]
    )


@act
def add_a_source(w: World, user: User) -> None:
    answer = fresh(w.answer)
    add_span(
        user=user,
        statement=answer,
        version=answer.version,
        selection=select(w.article, "The army", "source", suffix=" denied"),
        revision_number=2,
    )


@act
def link(w: World, user: User) -> None:
    respond(
        user=user,
        claim=w.claim,
        response=w.elsewhere,
        relation="disputes",
        link_basis="editor_inferred",
        parties=[w.accused],
        answers=w.claim.live_points()[:1],
        marker=[select(w.other, "an expert called it", "marker")],
    )


@act
def change_a_link(w: World, user: User) -> None:
    now = fresh(w.link)
    revise_response(
        user=user,
        link=now,
        version=now.version,
        relation="concedes",
        link_basis="anaphora",
        parties=[],
        answers=w.claim.live_points()[1:],
        marker=[select(w.article, "denied the claim", "marker")],
        note="Another note",
    )


@act
def say_again(w: World, user: User) -> None:
    restate(user=user, of=w.claim, by=w.elsewhere, scope="whole")


@act
def change_a_restatement(w: World, user: User) -> None:
    now = fresh(w.restatement)
    revise_restatement(user=user, link=now, version=now.version, scope="whole", note="Word by word")


@act
def record_a_silence(w: World, user: User) -> None:
    record_reply(
        user=user,
        claim=second_claim(),
        party=w.accused,
        details=ReplyDetails("declined"),
        evidence=[select(w.other, "“Nothing of the kind happened,”", "evidence")],
        evidence_in=w.other,
    )


@act
def change_a_reply(w: World, user: User) -> None:
    now = fresh(w.reply)
    details = ReplyDetails("declined", as_of=date(2026, 3, 3), claimant=w.speaker, note="Asked")
    revise_reply(
        user=user,
        record=now,
        version=now.version,
        details=details,
        evidence=[select(w.article, "a spokesman said", "evidence")],
    )


@act
def ask_once_more(w: World, user: User) -> None:
    now = fresh(w.reply)
    attempt_contact(
        user=user, record=now, version=now.version, attempted_at=timezone.now(), means="email"
    )


@act
def mend_what_was_asked(w: World, user: User) -> None:
    now = fresh(w.reply)
    mend_attempt(
        user=user,
        attempt=now.attempts.order_by("pk")[0],
        version=now.version,
        attempted_at=timezone.now(),
        means="letter",
        outcome="None",
    )


@act
def send_to_review(w: World, user: User) -> None:
    now = fresh(w.elsewhere)
    submit(user=user, record=now, version=now.version)


@act
def send_back_what_came_back(w: World, user: User) -> None:
    now = fresh(w.claim)
    submit_with_links(user=user, statement=now, version=now.version)


@act
def send_all(w: World, user: User) -> None:
    submit_article(user=user, article=w.other)


@act
def place_by_hand(w: World, user: User) -> None:
    span = Placement.objects.waiting().get(exact="an expert called it likely.").span
    settle(
        user=user,
        span=span,
        version=fresh(w.waiting).version,
        selection=select(w.article, "an expert called it unlikely."),
        chosen_in=2,
    )


@act
def move_the_ends(w: World, user: User) -> None:
    claim = fresh(w.claim)
    (content,) = claim.live_spans("content")
    resize(
        user=user,
        span=content,
        version=claim.version,
        selection=select(w.article, "said the army crossed the border."),
        chosen_in=2,
    )


@act
def split_words_off(w: World, user: User) -> None:
    claim = fresh(w.claim)
    split(
        user=user,
        statement=claim,
        version=claim.version,
        selections=[select(w.article, "the border.")],
        revision_number=2,
        links=[Along(row, row.version) for row in (fresh(w.link), fresh(w.restatement))],
    )


@act
def change_a_role(w: World, user: User) -> None:
    claim = fresh(w.claim)
    (source,) = claim.live_spans("source")
    recast(user=user, span=source, version=claim.version, role="cue")


@act
def remove_a_source(w: World, user: User) -> None:
    claim = fresh(w.claim)
    source = [*claim.live_spans("source"), *claim.live_spans("cue")][0]
    remove(user=user, span=source, version=claim.version)


@act
def change_the_articles_details(w: World, user: User) -> None:
    article = fresh(w.article)
    details = ArticleDetails(
        headline="The ministry said the army crossed the border. The army denied the claim.",
        outlet=w.speaker,
        byline="Somebody",
        published_on=date(2026, 4, 1),
        language="fa-AF",
    )
    describe(user=user, article=article, version=article.version, details=details)


@act
def set_words_apart(w: World, user: User) -> None:
    article = fresh(w.article)
    mark_zones(user=user, article=article, version=article.version, zones=[("dateline", 0, 6)])


@act
def bring_a_link_back(w: World, user: User) -> None:
    gone = Response.objects.get(claim=second_claim())
    bring_back(user=user, record=gone, version=gone.version)


@act
def merge_two(w: World, user: User) -> None:
    kept, gone = fresh(w.elsewhere), fresh(second_claim())
    join(
        user=user,
        statement=kept,
        version=kept.version,
        other=gone,
        other_version=gone.version,
    )


def _deleting(kind: str) -> Act:
    def deleting(w: World, user: User) -> None:
        now = fresh(getattr(w, kind))
        withdraw(user=user, record=now, version=now.version)

    return deleting


for _kind in ("claim", "answer", "waiting", "link", "restatement", "reply", "elsewhere"):
    ACTS[f"delete_{_kind}"] = _deleting(_kind)
