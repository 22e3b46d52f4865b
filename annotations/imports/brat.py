"""brat standoff comes in: each text with its annotations, all of it or nothing, as work of one user."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from annotations.anchoring.fold import fold
from annotations.editing.attribute import PointInput
from annotations.editing.highlight_many import NewStatement, highlight_many
from annotations.editing.receive import ArticleDetails, as_stored, decode, receive
from annotations.editing.respond import respond, restate
from annotations.imports.brat_actors import Actors
from annotations.imports.brat_file import Problem, read
from annotations.imports.brat_folder import About, Pair
from annotations.imports.brat_found import Found, StatementFound
from annotations.imports.brat_plan import plan
from annotations.imports.brat_types import Types
from annotations.models import Actor, Article, ReviewState, Revision, Statement
from annotations.permissions import User

NAMESPACE = uuid.UUID("0f6d6bb5-5a8e-4a0e-9df2-3a8f0b1f4c11")  # any, and for ever the same


class Fate(StrEnum):
    """What became of a text with its annotations."""

    MADE = "made"
    THERE = "there"
    REFUSED = "refused"


@dataclass(frozen=True)
class Told:
    """A problem with the file it is in."""

    file: str
    problem: Problem


@dataclass(frozen=True)
class Read:
    """One text, read whole: what would be made of it."""

    name: str
    text: str
    about: About
    found: Sequence[tuple[str, Found]]  # by the name of the .ann file
    problems: tuple[Told, ...]

    @property
    def uid(self) -> uuid.UUID:
        """The article's: the same for the same text under the same name, whichever run brings it."""
        return uuid.uuid5(NAMESPACE, f"{self.name}/{Revision.digest(self.text)}")

    @property
    def is_refused(self) -> bool:
        return any(told.problem.refuses for told in self.problems)

    @property
    def statements(self) -> int:
        return sum(len(found.statements) for _name, found in self.found)

    @property
    def links(self) -> int:
        return sum(len(found.links) for _name, found in self.found)


@dataclass(frozen=True)
class Outcome:
    """What became of one text; a refused one left nothing behind."""

    name: str
    fate: Fate
    statements: int
    links: int
    problems: tuple[Told, ...]


def read_pair(pair: Pair, types: Types) -> Read:
    """The text and its annotations, from their files."""
    try:
        received = decode(pair.text.read_bytes())
        anns = [(path.name, decode(path.read_bytes())) for path in pair.anns]
    except (ValidationError, OSError) as error:
        said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        refused = Told(pair.text.name, Problem(0, said, refuses=True))
        return Read(pair.name, "", pair.about, (), (refused,))
    return read_texts(pair.name, received, anns, pair.about, types)


def read_texts(
    name: str, received: str, anns: Sequence[tuple[str, str]], about: About, types: Types
) -> Read:
    """The text and its annotations, given as (name of the file, its text)."""
    found: list[tuple[str, Found]] = []
    problems: list[Told] = []
    for file, ann in anns:
        standoff = read(ann, received)
        problems += [Told(file, problem) for problem in standoff.problems]
        if not standoff.is_refused:
            planned = plan(standoff, received, types)
            problems += [Told(file, problem) for problem in planned.problems]
            found.append((file, planned))
    return Read(name, as_stored(received), about, found, tuple(problems))


class Importing:
    """One run: each text by itself, in a transaction of its own."""

    def __init__(self, user: User, state: ReviewState = ReviewState.DRAFT) -> None:
        self.user, self.state = user, state
        self.actors = Actors(user)

    def carry_out(self, pair: Read) -> Outcome:
        """Store the text with its annotations, or nothing of it; one stored before is left as it is."""
        if pair.is_refused:
            return self._outcome(pair, Fate.REFUSED)
        if Article.objects.filter(uid=pair.uid).exists():
            return self._outcome(pair, Fate.THERE)
        met = dict(self.actors.known)
        try:
            with transaction.atomic():
                self.store(pair)
        except (ValidationError, PermissionDenied, DatabaseError) as error:
            self.actors.known = met  # actors made for it are gone again
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            refused = Told(f"{pair.name}.txt", Problem(0, said, refuses=True))
            return self._outcome(pair, Fate.REFUSED, refused)
        return self._outcome(pair, Fate.MADE)

    def _outcome(self, pair: Read, fate: Fate, *more: Told) -> Outcome:
        made = fate == Fate.MADE
        return Outcome(
            pair.name,
            fate,
            pair.statements if made else 0,
            pair.links if made else 0,
            (*pair.problems, *more),
        )

    def store(self, pair: Read) -> Article:
        """The article of the text, with all its statements and links. ValidationError."""
        article = receive(
            user=self.user, text=pair.text, details=self._details(pair.about), uid=pair.uid
        )
        keys = [(file, each) for file, found in pair.found for each in found.statements]
        new = [self._new(pair, article, file, each) for file, each in keys]
        stored = highlight_many(user=self.user, statements=new, state=self.state)
        by_key = {(file, each.key): row for (file, each), row in zip(keys, stored, strict=True)}
        for file, found in pair.found:
            self._link(file, found, by_key)
        return article

    def _details(self, about: About) -> ArticleDetails:
        outlet = self.actors.meet(about.outlet, Actor.Kind.MEDIA) if about.outlet else None
        return ArticleDetails(
            headline=about.headline,
            outlet=outlet,
            url=about.url,
            byline=about.byline,
            published_on=about.published_on,
            language=about.language,
        )

    def _new(self, pair: Read, article: Article, file: str, found: StatementFound) -> NewStatement:
        place = _("%(file)s, line %(line)d") % {"file": file, "line": found.line}
        return NewStatement(
            uid=uuid.uuid5(pair.uid, f"{file}/{found.key}"),
            place=place,
            article=article,
            selections=found.selections,
            details=found.details,
            parts=self.actors.parts(found.parts),
            points=[PointInput(text) for text in found.points],
        )

    def _link(self, file: str, found: Found, statements: dict[tuple[str, str], Statement]) -> None:
        for link in found.links:
            first, second = statements[file, link.first], statements[file, link.second]
            try:
                if link.relation:
                    respond(
                        user=self.user,
                        claim=first,
                        response=second,
                        relation=link.relation,
                        link_basis=link.basis,
                        parties=_accused(first, link.parties),
                        answers=[p for p in first.live_points() if p.ordinal in link.answers],
                        note=link.note,
                    )
                else:
                    restate(user=self.user, of=first, by=second, scope=link.scope, note=link.note)
            except ValidationError as error:
                place = _("%(file)s, line %(line)d") % {"file": file, "line": link.line}
                raise ValidationError(f"{place}: {' '.join(error.messages)}") from error


def _accused(claim: Statement, names: Sequence[str]) -> list[Actor]:
    """Those whom the claim accuses under one of the names."""
    wanted = {fold(name) for name in names}
    return [actor for actor in claim.accused() if fold(actor.name) in wanted]


def import_folder(
    found: Iterator[Pair], *, user: User, types: Types, state: ReviewState = ReviewState.DRAFT
) -> Iterator[Outcome]:
    """The outcome of each text, as soon as it is stored; end early and go on another time."""
    importing = Importing(user, state)
    for pair in found:
        yield importing.carry_out(read_pair(pair, types))
