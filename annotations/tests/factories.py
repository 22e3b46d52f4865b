"""Records for tests, made as the pages make them: through the editing functions."""

import itertools
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.utils import timezone

from annotations.anchoring.quotation import find
from annotations.editing import (
    correct,
    highlight,
    name,
    receive,
    record_reply,
    respond,
    review,
    withdraw,
)
from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.place import Selection
from annotations.models import (
    Actor,
    Article,
    ContactAttempt,
    LinkBasis,
    Point,
    ReplyRecord,
    Response,
    Restatement,
    ReviewState,
    Statement,
)
from annotations.models.review import Reviewed
from annotations.permissions import ADMINISTRATOR, EDITOR, REPORTER, REVIEWER

R = TypeVar("R", bound=Reviewed)
M = TypeVar("M", bound=Model)

TEXT = (
    "The ministry said the army crossed the border. The army denied the claim.\n\n"
    "“Nothing of the kind happened,” a spokesman said. The minister repeated that the army "
    "crossed the border on Monday, and an expert called it likely.\n"
)
_numbers = itertools.count(1)


def make_user(role: str = EDITOR, *, username: str = "", superuser: bool = False) -> User:
    """A new account with this role (empty: without any); `client.force_login` signs it in."""
    user = User.objects.create_user(
        username=username or f"{role or 'nobody'}-{next(_numbers)}",
        is_staff=superuser or role in {REVIEWER, ADMINISTRATOR},
        is_superuser=superuser,
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def usual(role: str) -> User:
    """The account of this role that makes whatever a test does not say the maker of."""
    username = f"usual-{role}"
    return User.objects.filter(username=username).first() or make_user(role, username=username)


def make_article(
    *,
    user: User | None = None,
    text: str = TEXT,
    headline: str = "",
    outlet: Actor | None = None,
    url: str = "",
    dateline: str = "",
    published_on: date | None = None,
    language: str = "en",
) -> Article:
    """A received article."""
    details = receive.ArticleDetails(
        headline=headline,
        outlet=outlet,
        url=url,
        dateline=dateline,
        published_on=published_on,
        language=language,
    )
    return receive.receive(user=user or usual(EDITOR), text=text, details=details)


def make_actor(
    called: str = "",
    *,
    user: User | None = None,
    kind: str = Actor.Kind.PERSON,
    aliases: Sequence[str] = (),
    wikidata: str = "",
) -> Actor:
    """An actor, although others may be called nearly the same."""
    return name.name_actor(
        user=user or usual(EDITOR),
        name=called or f"Actor {next(_numbers)}",
        kind=kind,
        aliases=aliases,
        wikidata=wikidata,
        although_near=True,
    )


def select(
    article: Article, exact: str, role: str = "content", *, prefix: str = "", suffix: str = ""
) -> Selection:
    """The words as an editor selects them: they stand once between prefix and suffix."""
    found = find(article.revision.text, exact, prefix, suffix)
    return Selection(role, found.start, found.end, found.exact)


def make_statement(
    article: Article | None = None,
    exact: str | Sequence[str] = "the army crossed the border.",
    *,
    user: User | None = None,
    speaker: Actor | None = None,
    about: Sequence[Actor] = (),
    acting_for: Sequence[Actor] = (),
    via: Sequence[Actor] = (),
    addressee: Sequence[Actor] = (),
    source: str = "",
    title: str = "",
    cue: str = "",
    selections: Sequence[Selection] = (),
    chosen_in: int | None = None,
    points: Sequence[str] = (),
    form: str = Statement.Form.INDIRECT,
    act: str = Statement.Act.ACCUSATION,
    gist: str = "",
    said_on: date | None = None,
    said_on_as_printed: str = "",
    venue: str = "",
    note: str = "",
) -> Statement:
    """A draft statement of these content, source and cue words, or of the selections given."""
    article = article or make_article()
    words = [exact] if isinstance(exact, str) else exact
    chosen = list(selections) or [
        *(select(article, each) for each in words),
        *(select(article, each, "source") for each in [source] if each),
        *(select(article, each, "cue") for each in [cue] if each),
    ]
    return highlight.highlight(
        user=user or usual(EDITOR),
        article=article,
        revision_number=chosen_in or article.revision.number,
        selections=chosen,
        details=highlight.StatementDetails(
            form=form,
            act=act,
            gist=gist,
            said_on=said_on,
            said_on_precision=Statement.Precision.DAY if said_on else "",
            said_on_as_printed=said_on_as_printed,
            venue=venue,
            note=note,
        ),
        parts=[
            speaks(speaker or make_actor(), source, title),
            *(PartInput("acting_for", actor) for actor in acting_for),
            *(PartInput("via", actor) for actor in via),
            *(PartInput("addressee", actor) for actor in addressee),
            *(PartInput("about", actor) for actor in about),
        ],
        points=[PointInput(text) for text in points],
    )


def speaks(actor: Actor, as_printed: str = "", title_as_printed: str = "") -> PartInput:
    """The actor as a named speaker."""
    return PartInput("speaker", actor, as_printed, title_as_printed, "named")


def correct_text(article: Article, text: str, reason: str = "correction") -> Article:
    """The article with this text from now on."""
    article.refresh_from_db()
    correct.correct(
        user=usual(EDITOR), article=article, version=article.version, text=text, reason=reason
    )
    return Article.objects.select_related("current_revision").get(pk=article.pk)


def make_response(
    claim: Statement | None = None,
    response: Statement | None = None,
    *,
    user: User | None = None,
    relation: str = "denies",
    link_basis: str = "",
    parties: Sequence[Actor] = (),
    answers: Sequence[Point] = (),
    marker: str = "",
    note: str = "",
) -> Response:
    """A draft link; its basis is same_article or editor_inferred where none is given."""
    claim = claim or make_statement()
    response = response or make_statement(claim.article, "denied the claim", act="denial")
    same = claim.article_id == response.article_id
    return respond.respond(
        user=user or usual(EDITOR),
        claim=claim,
        response=response,
        relation=relation,
        link_basis=link_basis or (LinkBasis.SAME_ARTICLE if same else LinkBasis.EDITOR_INFERRED),
        parties=parties,
        answers=answers,
        marker=[select(response.article, marker, "marker")] if marker else [],
        note=note,
    )


def make_restatement(
    of: Statement | None = None,
    by: Statement | None = None,
    *,
    user: User | None = None,
    scope: str = Restatement.Scope.PART,
    note: str = "",
) -> Restatement:
    """A draft restatement."""
    of = of or make_statement()
    by = by or make_statement(of.article, "the army crossed the border on Monday")
    return respond.restate(user=user or usual(EDITOR), of=of, by=by, scope=scope, note=note)


def make_reply_record(
    claim: Statement | None = None,
    party: Actor | None = None,
    *,
    user: User | None = None,
    status: str = ReplyRecord.Status.SOUGHT,
    evidence: str = "",
    as_of: date | None = None,
    due_on: date | None = None,
    claimant: Actor | None = None,
    title_as_printed: str = "",
    note: str = "",
) -> ReplyRecord:
    """A draft reply record of a party that the claim accuses: the first, where none is given."""
    claim = claim or make_statement(about=[party or make_actor()])
    return record_reply.record_reply(
        user=user or usual(EDITOR),
        claim=claim,
        party=party or claim.accused()[0],
        details=record_reply.ReplyDetails(
            status=status,
            as_of=as_of,
            due_on=due_on,
            claimant=claimant,
            title_as_printed=title_as_printed,
            note=note,
        ),
        evidence=[select(claim.article, evidence, "evidence")] if evidence else [],
    )


def make_attempt(
    attempted_at: datetime | None = None, *, means: str = "phone", outcome: str = ""
) -> ContactAttempt:
    """An attempt to get a reply, on a reply record of its own."""
    record = make_reply_record()
    changed = record_reply.attempt_contact(
        user=usual(EDITOR),
        record=record,
        version=record.version,
        attempted_at=attempted_at or timezone.now(),
        means=means,
        outcome=outcome,
    )
    return changed.attempts.get()


def fresh(record: M) -> M:
    """The record, or part of one, as it is stored now."""
    stored: M = type(record)._default_manager.get(pk=record.pk)
    return stored


def submit(record: R, *, user: User | None = None) -> R:
    """The record, submitted as it is stored now."""
    return review.submit(user=user or usual(EDITOR), record=record, version=fresh(record).version)


def approve(record: R, *, reviewer: User | None = None) -> R:
    """The record, approved by somebody who did not write it; submitted first where it was not."""
    if fresh(record).state in review.UNSENT:
        submit(record)
    return review.approve(
        user=reviewer or usual(REVIEWER), record=record, version=fresh(record).version
    )


def approve_all(*records: Reviewed) -> None:
    """Each of them approved."""
    for record in records:
        approve(record)


def request_changes(record: R, reason: str = "Name the speaker.") -> R:
    """The record, back with its author; submitted first where it was not."""
    if fresh(record).state in review.UNSENT:
        submit(record)
    return review.request_changes(
        user=usual(REVIEWER), record=record, version=fresh(record).version, reason=reason
    )


def reject(record: R, reason: str = "Not a statement.") -> R:
    """The record, rejected; submitted first where it was not."""
    if fresh(record).state in review.UNSENT:
        submit(record)
    return review.reject(
        user=usual(REVIEWER), record=record, version=fresh(record).version, reason=reason
    )


def delete(record: R) -> R:
    """The record, deleted as the page calls it."""
    return withdraw.withdraw(user=usual(EDITOR), record=record, version=fresh(record).version)


def make_in_state(record: R, state: str) -> R:
    """The draft, brought into another state by the acts that lead there."""
    acts: dict[str, Callable[[R], R]] = {
        ReviewState.DRAFT: fresh,
        ReviewState.SUBMITTED: submit,
        ReviewState.APPROVED: approve,
        ReviewState.CHANGES_REQUESTED: request_changes,
        ReviewState.REJECTED: reject,
        ReviewState.WITHDRAWN: delete,
    }
    return acts[ReviewState(state)](record)


def usual_people() -> dict[str, User]:
    """One account of each role, by role."""
    return {role: usual(role) for role in (EDITOR, REVIEWER, REPORTER, ADMINISTRATOR)}
