"""A database of the Discourse Network Analyzer comes in: each document an article, with its statements as drafts.

The person is the speaker and the organisation whom it acts for; without a person the organisation speaks.
The concept is the gist, told as disagreed with where the agreement says so; every other variable, and the
type of the statement, stands in the note. Attributes of persons and organizations come with the actors
that are new here; what stays out is said in the plan's warnings.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.anchoring.units import InsideCharacter, Units
from annotations.editing.attribute import PartInput
from annotations.editing.highlight import StatementDetails
from annotations.editing.highlight_many import NewStatement, highlight_many
from annotations.editing.place import Selection
from annotations.editing.receive import ArticleDetails, as_stored, receive, refuse_unfit
from annotations.imports.brat_actors import UNNAMED, Actors
from annotations.imports.brat_file import Shift
from annotations.imports.carry import Watch, row_by_row
from annotations.imports.dna_entities import About, Who, described, left_out, one_line
from annotations.imports.dna_file import DnaDocument, DnaStatement, read
from annotations.imports.plan import CarryOut, Fate, Importer, Incoming, Made, Plan, Row, Setting
from annotations.models import Actor, Article, Attribution, Revision, Statement
from annotations.models.validators import language_tag, refuse_unstorable
from annotations.permissions import User
from annotations.suggestions.statement import suggest

NAMESPACE = uuid.UUID("5b9f1c1e-6a53-4c0e-8f4b-6f3d2a7d9c02")  # any, and for ever the same
TAKEN = ("person", "organization", "concept", "agreement")  # variables with a place of their own
LONGEST_GIST = 300
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Planned:
    """A statement with its words found; `person` and `organization` are names, or empty."""

    uid: uuid.UUID
    place: str
    words: Selection
    details: StatementDetails
    person: str
    organization: str

    def whose(self) -> Iterator[Who]:
        """The entities that become its actors."""
        yield "person", self.person
        yield "organization", self.organization


@dataclass(frozen=True)
class Ready:
    """A document that can be received with its statements."""

    uid: uuid.UUID
    text: str
    details: ArticleDetails
    outlet: str
    statements: tuple[Planned, ...]
    about: Mapping[Who, About]


def parse(file: Incoming, user: User) -> Plan:
    """A row for each document; ValidationError where the file is no such database."""
    try:
        language = file.settings.get("language", "").strip() or "en"
        language_tag(language)
        database = read(file.data)
    except ValidationError as error:
        raise ValidationError([f"“{file.name}”: {said}" for said in error.messages]) from error
    about = described(database.entities)
    found = [_row(document, language, about) for document in database.documents]
    there = _there(found, user)
    rows = tuple(_settled(row, there) for row in found)
    if not rows:
        raise ValidationError(_("“%(name)s”: there is no document in it.") % {"name": file.name})
    return Plan(rows, tuple(left_out(database, about, user)))


def carry_out(watch: Watch | None = None) -> CarryOut:
    """Receives each document with all its statements; `watch` is called with each row that is done."""
    return row_by_row(_store, watch)


def _row(document: DnaDocument, language: str, about: Mapping[Who, About]) -> Row:
    number = len(document.statements)
    made = ngettext(
        "Article “%(title)s” with %(number)s statement",
        "Article “%(title)s” with %(number)s statements",
        number,
    )
    row = Row(
        makes=made % {"title": document.title[:200], "number": number},
        facts=tuple(_facts(document)),
        warnings=tuple(_left_out(document)),
    )
    try:
        return replace(row, payload=_ready(document, language, about))
    except ValidationError as error:
        return replace(row, errors=tuple(error.messages))


def _facts(document: DnaDocument) -> Iterator[tuple[str, str]]:
    for label, value in ((_("Outlet"), document.source), (_("Byline"), document.author)):
        if value:
            yield label, value[:200]


def _left_out(document: DnaDocument) -> Iterator[str]:
    named = {"section": document.section, "type": document.type, "notes": document.notes}
    given = [f"{name} “{value[:60]}”" for name, value in named.items() if value]
    if given:
        yield _("Not taken, since articles have no such field: %(fields)s.") % {
            "fields": ", ".join(given)
        }


def _ready(document: DnaDocument, language: str, about: Mapping[Who, About]) -> Ready:
    """ValidationError says everything that is wrong with the document."""
    stored = as_stored(document.text)
    refuse_unfit(stored)
    for value in (stored, document.title, document.author, document.source):
        refuse_unstorable(value)
    uid = uuid.uuid5(NAMESPACE, f"{document.id}/{document.title}/{Revision.digest(stored)}")
    details = ArticleDetails(
        headline=document.title[:500],
        byline=document.author[:300],
        published_on=_day(document.date),
        language=language,
    )
    statements = tuple(_planned(document, stored, uid))
    named = {who: about[who] for each in statements for who in each.whose() if who in about}
    return Ready(uid, stored, details, document.source[:300], statements, named)


def _day(seconds: int) -> date | None:
    """The day in UTC; None for 0, which the program writes where it knows none, and for no day at all."""
    try:
        return (EPOCH + timedelta(seconds=seconds)).date() if seconds else None
    except OverflowError:
        return None


def _planned(document: DnaDocument, stored: str, uid: uuid.UUID) -> Iterator[Planned]:
    units, shift = Units.of(document.text), Shift.of(document.text)
    wrong: list[str] = []
    for each in document.statements:
        place = _("statement %(id)s") % {"id": each.id}
        try:
            start, end = (shift(units.point(unit)) for unit in (each.start, each.stop))
            if start >= end:
                raise ValueError
            words = Selection("content", start, end, stored[start:end])
            yield _statement(each, words, place, uuid.uuid5(uid, str(each.id)), stored)
        except InsideCharacter:
            wrong.append(_("%(place)s begins or ends inside a character.") % {"place": place})
        except ValueError:
            said = _("%(place)s: %(start)s to %(stop)s is not a place in the text.")
            wrong.append(said % {"place": place, "start": each.start, "stop": each.stop})
    if wrong:
        raise ValidationError(wrong)


def _statement(
    each: DnaStatement, words: Selection, place: str, uid: uuid.UUID, stored: str
) -> Planned:
    guess = suggest(stored, words.start, words.end)
    agrees = each.values.get("agreement", True)
    gist = one_line(each.values.get("concept", ""))
    if gist and not agrees:
        gist = f"Disagrees: {gist}"
    details = StatementDetails(
        form=guess.form,
        act=guess.act if agrees else Statement.Act.DENIAL,
        gist=gist[:LONGEST_GIST],
        note="\n".join(_noted(each)),
    )
    person, organization = (one_line(each.values.get(name, "")) for name in TAKEN[:2])
    return Planned(uid, place, words, details, person, organization)


def _noted(each: DnaStatement) -> Iterator[str]:
    if each.kind:
        yield f"Discourse Network Analyzer: {each.kind} {each.id}"
    for name, value in each.values.items():
        if name not in TAKEN and value != "":
            yield f"{name}: {value}"


def _there(rows: list[Row], user: User) -> Mapping[uuid.UUID, Article]:
    """The articles that an earlier run made of the same documents, by uid."""
    uids = [row.payload.uid for row in rows if row.payload]
    found = Article.objects.visible_to(user).select_related("current_revision")
    return {article.uid: article for article in found.filter(uid__in=uids)}


def _settled(row: Row, there: Mapping[uuid.UUID, Article]) -> Row:
    """A document that came in before is not chosen, and says where it is."""
    article = there.get(row.payload.uid) if row.payload else None
    if article is None:
        return row
    links = (Made(article.title, article.get_absolute_url()),)
    warnings = (*row.warnings, _("It came in before."))
    return replace(row, links=links, warnings=warnings, is_chosen=False)


def _store(row: Row, user: User) -> Row:
    ready: Ready = row.payload
    if Article.objects.filter(uid=ready.uid).exists():
        raise ValidationError(_("It came in before."))
    actors = Actors(user)
    outlet = actors.meet(ready.outlet, Actor.Kind.MEDIA) if ready.outlet else None
    details = replace(ready.details, outlet=outlet)
    article = receive(user=user, text=ready.text, details=details, uid=ready.uid)
    new = [_new(article, each, actors, ready.about) for each in ready.statements]
    if new:
        highlight_many(user=user, statements=new)
    made = (Made(article.title, article.get_absolute_url()),)
    return replace(row, fate=Fate.MADE, made=made)


def _new(
    article: Article, each: Planned, actors: Actors, about: Mapping[Who, About]
) -> NewStatement:
    parts = _parts(each, actors, about)
    return NewStatement(each.uid, each.place, article, (each.words,), each.details, parts)


def _parts(each: Planned, actors: Actors, about: Mapping[Who, About]) -> list[PartInput]:
    """Speaker and, where there are both, whom they act for; an editor of the database said so."""
    basis = Attribution.Basis.EDITOR_INFERRED
    named = [_actor(who, actors, about.get(who, About())) for who in each.whose() if who[1]]
    if not named:
        named = [actors.meet(UNNAMED, Actor.Kind.UNNAMED_PERSON)]
    parts = [PartInput("speaker", named[0], speaker_basis=basis)]
    return [*parts, *(PartInput("acting_for", behind) for behind in named[1:])]


def _actor(who: Who, actors: Actors, about: About) -> Actor:
    variable, name = who
    kind = Actor.Kind.PERSON if variable == "person" else Actor.Kind.ORGANISATION
    return actors.meet(name, about.kind or kind, aliases=about.aliases, note=about.note)


DNA = Importer(
    name="dna",
    label=gettext_lazy("Discourse Network Analyzer"),
    help=gettext_lazy(
        "A database of version 3 (.dna): its documents as articles, its statements as drafts with the "
        "person as speaker and the organisation whom they speak for, with what it says of them."
    ),
    accepts=(".dna", ".sqlite", ".db"),
    parse=parse,
    carry_out=carry_out(),
    settings=(
        Setting(
            "language",
            gettext_lazy("Language"),
            gettext_lazy("A language tag: en, fa-AF, ps …; the database does not say it."),
            "en",
        ),
    ),
)
