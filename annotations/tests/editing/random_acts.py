"""Random acts of editors on two articles, each allowed or refused, and each undone or done again at random."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.change import Stale, noting
from annotations.editing.correct import correct
from annotations.editing.highlight import StatementDetails, add_span, highlight
from annotations.editing.merge import merge, unmerge
from annotations.editing.place import Selection
from annotations.editing.receive import ArticleDetails, describe, mark_zones
from annotations.editing.record_reply import (
    ReplyDetails,
    attempt_contact,
    record_reply,
    revise_reply,
)
from annotations.editing.remove import remove
from annotations.editing.respond import respond, restate, revise_response, revise_restatement
from annotations.editing.review import (
    approve,
    request_changes,
    submit,
    submit_article,
    submit_with_links,
)
from annotations.editing.settle import settle
from annotations.editing.undo import undo
from annotations.editing.withdraw import bring_back, withdraw
from annotations.models import (
    Actor,
    Article,
    LinkBasis,
    Placement,
    Relation,
    ReplyRecord,
    Response,
    Restatement,
    Statement,
)
from annotations.tests.editing.acts import details_of, kept, parts_of, revised
from annotations.tests.factories import make_actor, make_article, speaks

REFUSED = (ValidationError, PermissionDenied, Stale)
SENTENCES = [f"Speaker number {n} said that the road {n} was closed by the army." for n in range(9)]
KINDS: tuple[Any, ...] = (Statement, Response, Restatement, ReplyRecord)


@dataclass
class Editor:
    """Somebody who acts: what they did that stands, and what they undid since."""

    user: User
    done: list[UUID] = field(default_factory=list)
    undone: list[UUID] = field(default_factory=list)


def set_stage() -> None:
    """Two articles and a few actors, in which and of whom everything is told."""
    for _ in range(2):
        make_article(text="\n\n".join(SENTENCES))
    for number in range(5):
        make_actor(f"Actor {number}")


class Play:
    """Random acts, repeatable by their seed."""

    def __init__(self, seed: int, users: list[User], reviewer: User, acts: list["Act"]) -> None:
        self.random = Random(seed)
        self.acts = acts
        self.reviewer = reviewer
        self.editors = [Editor(user) for user in users]
        self.applied: list[tuple[Editor, UUID]] = []  # what stands, in the order it was done
        self.acknowledged: list[UUID] = []
        self.refused = 0

    def step(self) -> str:
        """One act of one of the editors; its name."""
        editor = self.random.choice(self.editors)
        roll = self.random.random()
        if roll < 0.2:
            self.take_back(editor, editor.done, editor.undone)
            return "undo"
        if roll < 0.3:
            self.take_back(editor, editor.undone, editor.done)
            return "redo"
        act = self.random.choice(self.acts)
        with noting() as made:
            try:
                act(self, editor.user)
            except REFUSED:
                self.refused += 1
        self.acknowledged += [change.id for change in made]
        for change in (change for change in made if change.user == editor.user):
            editor.done.append(change.id)
            editor.undone.clear()
            self.applied.append((editor, change.id))
        return act.__name__

    def take_back(self, editor: Editor, acts: list[UUID], back: list[UUID]) -> None:
        if not acts:
            return
        change_id = acts.pop()
        try:
            undone = undo(user=editor.user, change_id=change_id)
        except ValidationError:
            self.refused += 1
            return
        self.acknowledged.append(undone.change_id)
        back.append(undone.change_id)
        if acts is editor.done:
            self.applied.remove((editor, change_id))
        else:
            self.applied.append((editor, undone.change_id))

    def take_all_back(self) -> None:
        """Everything that stands, undone by who did it, the last act first."""
        while self.applied:
            editor, change_id = self.applied.pop()
            undo(user=editor.user, change_id=change_id)

    def one(self, rows: Any) -> Any:
        """One of the rows at random; ValidationError where there is none."""
        found = list(rows.order_by("pk"))
        if not found:
            raise ValidationError("There is none yet.")
        return self.random.choice(found)

    def article(self) -> Article:
        found: Article = self.one(Article.objects.select_related("current_revision"))
        return found

    def actors(self, most: int) -> list[Actor]:
        found = list(Actor.objects.order_by("pk"))
        return self.random.sample(found, self.random.randint(0, most))

    def words(self, article: Article, role: str) -> Selection:
        """Some of the words of one of the text's sentences."""
        text = article.revision.text
        line = self.random.choice([line for line in text.splitlines() if line])
        first = line.index(" ") + 1
        begin = text.index(line) + self.random.choice([0, first])
        end = text.index(line) + len(line) - self.random.choice([0, 1])
        return Selection(role, begin, end, text[begin:end])

    def parts(self) -> list[PartInput]:
        speaker, *rest = self.random.sample(list(Actor.objects.order_by("pk")), 4)
        kinds = ("about", "about", "via", "acting_for")
        more = [PartInput(self.random.choice(kinds), actor) for actor in rest]
        return [speaks(speaker), *self.random.sample(more, self.random.randint(0, 3))]


Act = Callable[[Play, User], Any]


def record(play: Play, user: User) -> None:
    article = play.article()
    highlight(
        user=user,
        article=article,
        revision_number=article.revision.number,
        selections=[play.words(article, "content"), play.words(article, "source")],
        details=StatementDetails("indirect", play.random.choice(["accusation", "denial"])),
        parts=play.parts(),
        points=[PointInput(f"Point {play.random.random()}") for _ in range(2)],
    )


def change_details(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    gist = f"Gist {play.random.random()}"
    revised(statement, user, details=replace(details_of(statement), gist=gist))


def change_parts(play: Play, user: User) -> None:
    revised(play.one(Statement.objects), user, parts=play.parts())


def change_one_part(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    parts = parts_of(statement)
    number = play.random.randrange(len(parts))
    parts[number] = replace(parts[number], actor=play.one(Actor.objects), as_printed="Somebody")
    play.random.shuffle(parts)
    revised(statement, user, parts=parts)


def change_points(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    points = [PointInput(f"Point {play.random.random()}", p.uid) for p in statement.live_points()]
    revised(statement, user, points=[*points[1:], PointInput(f"Point {play.random.random()}")])


def change_words(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    content = play.words(statement.article, "content")
    revised(statement, user, selections=[content, *kept(statement)[1:]])


def add_words(play: Play, user: User) -> None:
    statement = play.one(Statement.objects)
    article = Article.objects.select_related("current_revision").get(pk=statement.article_id)
    add_span(
        user=user,
        statement=statement,
        version=statement.version,
        selection=play.words(article, play.random.choice(["content", "source", "cue"])),
        revision_number=article.revision.number,
    )


def remove_words(play: Play, user: User) -> None:
    owner = play.one(play.random.choice(KINDS[:2]).objects)
    span = play.one(owner.spans.filter(withdrawn_at__isnull=True))
    remove(user=user, span=span, version=owner.version)


def link(play: Play, user: User) -> None:
    claim, response = play.one(Statement.objects), play.one(Statement.objects)
    accused = claim.accused()
    respond(
        user=user,
        claim=claim,
        response=response,
        relation=play.random.choice(Relation.values),
        link_basis=LinkBasis.EDITOR_INFERRED,
        parties=play.random.sample(accused, play.random.randint(0, len(accused))),
        answers=claim.live_points()[: play.random.randint(0, 2)],
        marker=[play.words(response.article, "marker")],
    )


def change_link(play: Play, user: User) -> None:
    found = play.one(Response.objects)
    accused = found.claim.accused()
    revise_response(
        user=user,
        link=found,
        version=found.version,
        relation=play.random.choice(Relation.values),
        link_basis=found.link_basis,
        parties=play.random.sample(accused, play.random.randint(0, len(accused))),
        answers=found.claim.live_points()[play.random.randint(0, 2) :],
        marker=[play.words(found.response.article, "marker")],
    )


def say_again(play: Play, user: User) -> None:
    restate(user=user, of=play.one(Statement.objects), by=play.one(Statement.objects), scope="part")


def change_restatement(play: Play, user: User) -> None:
    found = play.one(Restatement.objects)
    note = f"Note {play.random.random()}"
    revise_restatement(user=user, link=found, version=found.version, scope="whole", note=note)


def record_silence(play: Play, user: User) -> None:
    claim = play.one(Statement.objects)
    party = play.random.choice([*claim.accused(), play.one(Actor.objects)])
    evidence = [play.words(claim.article, "evidence")]
    details = ReplyDetails(play.random.choice(ReplyRecord.Status.values))
    record_reply(user=user, claim=claim, party=party, details=details, evidence=evidence)


def change_reply(play: Play, user: User) -> None:
    found = play.one(ReplyRecord.objects)
    details = ReplyDetails("declined", note=f"Note {play.random.random()}")
    revise_reply(user=user, record=found, version=found.version, details=details, evidence=[])


def ask(play: Play, user: User) -> None:
    found = play.one(ReplyRecord.objects)
    now = timezone.now()
    attempt_contact(user=user, record=found, version=found.version, attempted_at=now, means="phone")


def send(play: Play, user: User) -> None:
    found = play.one(play.random.choice(KINDS).objects)
    if isinstance(found, Statement) and play.random.random() < 0.5:
        submit_with_links(user=user, statement=found, version=found.version)
    else:
        submit(user=user, record=found, version=found.version)


def send_all(play: Play, user: User) -> None:
    submit_article(user=user, article=play.article())


def delete(play: Play, user: User) -> None:
    found = play.one(play.random.choice(KINDS).objects)
    withdraw(user=user, record=found, version=found.version)


def return_it(play: Play, user: User) -> None:
    found = play.one(play.random.choice(KINDS).objects.filter(state="withdrawn"))
    bring_back(user=user, record=found, version=found.version)


def change_article(play: Play, user: User) -> None:
    article = play.article()
    details = ArticleDetails(headline=play.random.choice(SENTENCES), byline="Somebody")
    describe(user=user, article=article, version=article.version, details=details)


def set_apart(play: Play, user: User) -> None:
    article, begin = play.article(), play.random.randint(0, 50)
    zones = [("boilerplate", begin, begin + 20)]
    mark_zones(user=user, article=article, version=article.version, zones=zones)


def place(play: Play, user: User) -> None:
    row = play.one(Placement.objects.waiting())
    article = Article.objects.select_related("current_revision").get(pk=row.revision.article_id)
    settle(
        user=user,
        span=row.span,
        version=row.span.owner.version,
        selection=play.words(article, row.span.role),
        chosen_in=article.revision.number,
    )


def judge(play: Play, user: User) -> None:
    found = play.one(play.random.choice(KINDS).objects.filter(state="submitted"))
    if play.random.random() < 0.8:
        approve(user=play.reviewer, record=found, version=found.version)
    else:
        request_changes(
            user=play.reviewer, record=found, version=found.version, reason="Say who said it."
        )


def correct_text(play: Play, user: User) -> None:
    article = play.article()
    number = play.random.randint(0, 8)
    text = article.revision.text.replace(f"road {number} was", f"road {number} {number} was", 1)
    correct(
        user=play.reviewer, article=article, version=article.version, text=text, reason="update"
    )


def merge_actors(play: Play, user: User) -> None:
    actor, into = play.one(Actor.objects), play.one(Actor.objects)
    if actor.merged_into_id:
        unmerge(user=play.reviewer, actor=actor, version=actor.version)
    else:
        merge(user=play.reviewer, actor=actor, version=actor.version, into=into)


OF_EDITORS: list[Act] = [
    record, record, record, change_details, change_parts, change_one_part, change_points,
    change_words, add_words, remove_words, link, link, change_link, say_again, change_restatement,
    record_silence, record_silence, change_reply, ask, send, send_all, delete, return_it,
    change_article, set_apart,
]  # fmt: skip
OF_OTHERS: list[Act] = [place, judge, judge, judge, correct_text, merge_actors]
