"""Stores the seeds through the editing functions that the pages use: all of them, or nothing."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.highlight import highlight
from annotations.editing.name import name_actor
from annotations.editing.receive import ArticleDetails, receive
from annotations.editing.record_reply import ReplyDetails, record_reply
from annotations.editing.respond import respond, restate
from annotations.editing.review import approve, submit
from annotations.imports.seed_file import read
from annotations.imports.seed_records import (
    ActorSeed,
    ArticleSeed,
    ReplySeed,
    ResponseSeed,
    RestatementSeed,
    SeedError,
    Seeds,
    StatementSeed,
)
from annotations.models import (
    Actor,
    Article,
    Attribution,
    Point,
    ReplyRecord,
    Response,
    Restatement,
    Span,
    Statement,
)
from annotations.models.record import LIVE
from annotations.models.review import Reviewed
from annotations.permissions import User

NAMESPACE = uuid.UUID("5b0c7e2a-3f59-4d6f-9a35-7d6c0f0e8a41")  # any, and for ever the same


def uid_of(kind: str, *names: str) -> uuid.UUID:
    """The uid of a seed, the same in every database: exports can be compared."""
    return uuid.uuid5(NAMESPACE, "/".join([kind, *names]))


def load(folder: Path, *, editor: User, reviewer: User) -> dict[str, int] | None:
    """How many of each are stored now; None where they were there before, and nothing was touched.

    The editor writes and submits, the reviewer approves. SeedError names what is wrong; then, as
    with any other exception, nothing is stored.
    """
    seeds = read(folder)
    with transaction.atomic():
        if _are_there(seeds):
            return None
        return _Loading(seeds, editor, reviewer).run()


def _are_there(seeds: Seeds) -> bool:
    """Whether all articles were loaded before; SeedError where only some were."""
    wanted = {uid_of("article", article.file): article.file for article in seeds.articles}
    there = set(Article.objects.filter(uid__in=wanted).values_list("uid", flat=True))
    if there and there != set(wanted):
        missing = ", ".join(file for uid, file in wanted.items() if uid not in there)
        raise SeedError(f"The seeds were loaded before, without {missing}")
    return bool(wanted) and there == set(wanted)


@contextmanager
def _named(place: str) -> Iterator[None]:
    """What editing refuses becomes a SeedError that names the place."""
    try:
        yield
    except ValidationError as error:
        raise SeedError(f"{place}: {' '.join(error.messages)}") from error
    except PermissionDenied as error:
        raise SeedError(f"{place}: {error}") from error


@dataclass
class _Loading:
    """One load: what was stored so far, by the names that the file uses."""

    seeds: Seeds
    editor: User
    reviewer: User
    actors: dict[str, Actor] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    reviewed: list[Reviewed] = field(default_factory=list)

    def run(self) -> dict[str, int]:
        for actor in self.seeds.actors:
            self._name(actor)
        for article in self.seeds.articles:
            self._receive(article)
        for response in self.seeds.responses:
            self._respond(response)
        for restatement in self.seeds.restatements:
            self._restate(restatement)
        for reply in (reply for article in self.seeds.articles for reply in article.replies):
            self._record_reply(reply)
        self._review()
        return self._counted()

    def _name(self, seed: ActorSeed) -> None:
        with _named(seed.place):
            self.actors[seed.key] = name_actor(
                user=self.editor,
                name=seed.name,
                kind=seed.kind,
                aliases=seed.aliases,
                although_near=True,
                uid=uid_of("actor", seed.key),
            )

    def _receive(self, seed: ArticleSeed) -> None:
        details = ArticleDetails(
            headline=seed.headline,
            outlet=self.actors[seed.outlet] if seed.outlet else None,
            dateline=seed.dateline,
            published_on=seed.published_on,
            language=seed.language,
        )
        with _named(seed.place):
            article = receive(
                user=self.editor, text=seed.text, details=details, uid=uid_of("article", seed.file)
            )
        self.articles[seed.file] = article
        for statement in seed.statements:
            self._highlight(article, statement)

    def _highlight(self, article: Article, seed: StatementSeed) -> None:
        parts = [
            PartInput(
                part=part.part,
                actor=self.actors[part.actor],
                as_printed=part.as_printed,
                title_as_printed=part.title_as_printed,
                speaker_basis=part.speaker_basis,
            )
            for part in seed.parts
        ]
        with _named(seed.place):
            statement = highlight(
                user=self.editor,
                article=article,
                revision_number=article.revision.number,
                selections=seed.selections,
                details=seed.details,
                parts=parts,
                points=[PointInput(text) for text in seed.points],
                uid=uid_of("statement", seed.id),
            )
        self.statements[seed.id] = statement
        self.reviewed.append(statement)

    def _respond(self, seed: ResponseSeed) -> None:
        claim = self.statements[seed.claim]
        points = claim.live_points()
        with _named(seed.place):
            link = respond(
                user=self.editor,
                claim=claim,
                response=self.statements[seed.response],
                relation=seed.relation,
                link_basis=seed.link_basis,
                parties=[self.actors[key] for key in seed.for_parties],
                answers=[points[number - 1] for number in seed.answers],
                marker=seed.marker,
                marker_in=self.articles[seed.marker_in],
                note=seed.note,
                uid=uid_of("response", seed.claim, seed.response, seed.relation),
            )
        self.reviewed.append(link)

    def _restate(self, seed: RestatementSeed) -> None:
        with _named(seed.place):
            link = restate(
                user=self.editor,
                of=self.statements[seed.of],
                by=self.statements[seed.by],
                scope=seed.scope,
                note=seed.note,
                uid=uid_of("restatement", seed.of, seed.by),
            )
        self.reviewed.append(link)

    def _record_reply(self, seed: ReplySeed) -> None:
        details = ReplyDetails(
            status=seed.status,
            as_of=seed.as_of,
            claimant=self.actors[seed.claimant] if seed.claimant else None,
            title_as_printed=seed.title_as_printed,
            note=seed.note,
        )
        with _named(seed.place):
            record = record_reply(
                user=self.editor,
                claim=self.statements[seed.claim],
                party=self.actors[seed.party],
                details=details,
                evidence=seed.evidence,
                evidence_in=self.articles[seed.evidence_in],
                uid=uid_of("reply_record", seed.claim, seed.party),
            )
        self.reviewed.append(record)

    def _review(self) -> None:
        for record in self.reviewed:
            with _named(str(record)):
                submitted = submit(user=self.editor, record=record, version=record.version)
                approve(user=self.reviewer, record=submitted, version=submitted.version)

    def _counted(self) -> dict[str, int]:
        """How many of each the database holds; SeedError unless the file promises the same."""
        stored = {name: rows.count() for name, rows in self._stored().items()}
        wrong = [
            f"{name}: {stored[name]} stored, {promised} promised"
            for name, promised in self.seeds.counts.items()
            if stored[name] != promised
        ]
        if wrong:
            raise SeedError(f"Other counts than promised: {'; '.join(wrong)}")
        return stored

    def _stored(self) -> Mapping[str, QuerySet[Any]]:
        statements = Statement.objects.filter(article__in=self.articles.values())
        spans = Span.objects.filter(LIVE, statement__in=statements)
        responses = Response.objects.filter(claim__in=statements)
        return {
            "articles": Article.objects.filter(pk__in=[row.pk for row in self.articles.values()]),
            "actors": Actor.objects.filter(pk__in=[row.pk for row in self.actors.values()]),
            "statements": statements,
            "content_spans": spans.filter(role=Span.Role.CONTENT),
            "source_spans": spans.filter(role=Span.Role.SOURCE),
            "cue_spans": spans.filter(role=Span.Role.CUE),
            "attributions": Attribution.objects.filter(LIVE, statement__in=statements),
            "points": Point.objects.filter(LIVE, statement__in=statements),
            "responses": responses,
            "responses_across_articles": responses.exclude(claim__article=F("response__article")),
            "restatements": Restatement.objects.filter(of__in=statements),
            "reply_records": ReplyRecord.objects.filter(claim__in=statements),
        }
