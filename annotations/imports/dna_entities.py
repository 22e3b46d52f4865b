"""What a Discourse Network Analyzer database says of its persons and organizations, and what it says that stays out.

The program gives each entity the attributes “Type”, “Alias” and “Notes”; whoever uses it may add others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.anchoring.fold import fold
from annotations.imports.dna_file import DnaDatabase, DnaEntity
from annotations.models import Actor, ActorAlias
from annotations.models.record import LIVE
from annotations.permissions import User

ACTORS = ("person", "organization")  # variables whose entities become actors
ALIAS, NOTES, TYPE = "alias", "notes", "type"  # of attributes, folded
KINDS = {fold(kind.value): kind for kind in (Actor.Kind.STATE, Actor.Kind.MEDIA)}
CHUNK = 500  # names asked for at once
MOST_NAMES = 20  # shown of one kind

Who = tuple[str, str]  # a variable of ACTORS, and the entity's value in one line


@dataclass(frozen=True)
class About:
    """What an actor that is new here is made with; `kind` is empty where the attributes say none.

    `of_others` are other names that another entity has as its own, `unfit` the attributes that cannot be stored.
    """

    kind: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    of_others: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


def one_line(value: object) -> str:
    """Without line breaks and runs of spaces."""
    return " ".join(str(value).split())


def described(entities: Iterable[DnaEntity]) -> dict[Who, About]:
    """What attributes make of persons and organizations: other names, a kind of ours, else lines of the note."""
    given: dict[Who, list[tuple[str, str]]] = {}
    names = set[str]()
    for entity in entities:
        who = (entity.variable, one_line(entity.value))
        if entity.variable in ACTORS and who[1]:
            names.add(fold(who[1]))
            if entity.attributes:
                given.setdefault(who, []).extend(entity.attributes)
    return {who: _about(who, dict.fromkeys(said), names) for who, said in given.items()}


def _about(who: Who, attributes: Iterable[tuple[str, str]], names: Collection[str]) -> About:
    """`names` are those of all entities, folded: none of them is another's other name."""
    kind, aliases, lines = "", list[str](), list[str]()
    of_others, unfit = list[str](), list[str]()
    for name, value in attributes:
        if fold(name) == ALIAS:
            for alias in dict.fromkeys(one_line(each) for each in value.split(";")):
                if not alias or fold(alias) == fold(who[1]):
                    continue
                if fold(alias) in names:
                    of_others.append(alias)
                elif _is_refused(ActorAlias(name=alias, folded=fold(alias)), "name", "folded"):
                    unfit.append(name)
                else:
                    aliases.append(alias)
        elif fold(name) == TYPE and who[0] == "organization" and fold(value) in KINDS:
            kind = KINDS[fold(value)].value
        else:
            line = value.strip() if fold(name) == NOTES else f"{name}: {value.strip()}"
            if _is_refused(Actor(note=line), "note"):
                unfit.append(name)
            else:
                lines.append(line)
    note = "\n".join(lines)
    return About(kind, tuple(dict.fromkeys(aliases)), note, tuple(of_others), tuple(unfit))


def _is_refused(record: Model, *fields: str) -> bool:
    """Whether a field's value would be when it is stored."""
    others = {each.name for each in record._meta.fields} - {*fields}
    try:
        record.clean_fields(exclude=others)
    except ValidationError:
        return True
    return False


def left_out(database: DnaDatabase, about: Mapping[Who, About], user: User) -> Iterator[str]:
    """What of the database does not come in, and how much of it, in plain sentences."""
    named = dict.fromkeys(  # in the order in which they are met
        (variable, one_line(statement.values.get(variable, "")))
        for document in database.documents
        for statement in document.statements
        for variable in ACTORS
    )
    yield from _not_as_they_should_be(database)
    yield from _of_others(database.entities)
    unnamed = sum(who not in named for who in about)
    if unnamed:
        yield ngettext(
            "%(number)s person or organization with attributes stands in no statement and does not come in.",
            "%(number)s persons or organizations with attributes stand in no statement and do not come in.",
            unnamed,
        ) % {"number": f"{unnamed:,}"}
    here = _here({who[1] for who in about if who in named}, user)
    if here:
        yield _("Here already, and not changed by their attributes: %(names)s.") % {
            "names": _some(here)
        }
    yield from _not_taken({who: said for who, said in about.items() if who in named})
    yield from _of_one_name(named, about)
    yield from _without_place(database)


def _not_as_they_should_be(database: DnaDatabase) -> Iterator[str]:
    if database.unread:
        said = _("Tables that are not as they should be, and left out: %(names)s.")
        yield said % {"names": ", ".join(database.unread)}
    if database.odd:
        said = _("Values of another kind than they should be, left out: %(names)s.")
        yield said % {"names": _numbers(database.odd)}


def _not_taken(about: Mapping[Who, About]) -> Iterator[str]:
    """Other names and attributes of those who come in, by the entity's name."""
    others = [f"{who[1][:80]} / {each}" for who, said in about.items() for each in said.of_others]
    if others:
        said = _(
            "Not taken as other names, since others in the file have them as their own: %(names)s."
        )
        yield said % {"names": _some(others)}
    unfit = Counter(f"{who[1][:50]} / {name}" for who, said in about.items() for name in said.unfit)
    if unfit:
        yield _("Attributes that cannot be stored and are left out: %(names)s.") % {
            "names": _numbers(unfit)
        }


def _of_one_name(named: Iterable[Who], about: Mapping[Who, About]) -> Iterator[str]:
    """What is not taken of those who become one actor with another, since it is called so, too."""
    met: dict[str, Who] = {}
    dropped = []
    for who in named:
        first = met.setdefault(fold(who[1]), who)
        lost = list(_lost(who, first, about)) if who[1] and who != first else []
        if lost:
            dropped.append(f"{who[0]} {who[1][:40]} ({', '.join(lost)})")
    if dropped:
        yield ngettext(
            "%(number)s person or organization becomes one actor with another of its name and loses: %(names)s.",
            "%(number)s persons or organizations become one actor with another of their name and lose: %(names)s.",
            len(dropped),
        ) % {"number": f"{len(dropped):,}", "names": _some(dropped)}


def _lost(who: Who, first: Who, about: Mapping[Who, About]) -> Iterator[str]:
    own, taken = about.get(who, About()), about.get(first, About())
    if (own.kind or who[0]) != (taken.kind or first[0]):
        yield _("kind")
    if set(own.aliases) - set(taken.aliases):
        yield _("other names")
    if own.note and own.note != taken.note:
        yield _("note")


def _of_others(entities: Iterable[DnaEntity]) -> Iterator[str]:
    """The attributes of what is no actor."""
    counted = Counter(
        f"{entity.variable} / {name}"
        for entity in entities
        if entity.variable not in ACTORS
        for name, _value in entity.attributes
    )
    if counted:
        yield _(
            "Attributes that are not taken, since only actors have a place for them: %(names)s."
        ) % {"names": _numbers(counted)}


def _without_place(database: DnaDatabase) -> Iterator[str]:
    if database.coders:
        said = _(
            "Who coded is not taken: drafts are the work of who brings them in. Statements by coder: %(names)s."
        )
        coders = {name or _("nobody named"): each for name, each in database.coders.items()}
        yield said % {"names": _numbers(coders)}
    words = {"VARIABLELINKS": _("links between variables"), "REGEXES": _("words to be coloured")}
    others = {words[name]: number for name, number in database.others.items() if number}
    if others:
        yield _("Not taken: %(names)s.") % {"names": _numbers(others)}


def _here(names: Collection[str], user: User) -> list[str]:
    """Those of the names that an actor has already."""
    visible = Actor.objects.visible_to(user)
    folded, known = sorted({fold(name) for name in names}), set[str]()
    for start in range(0, len(folded), CHUNK):
        chunk = folded[start : start + CHUNK]
        aliases = ActorAlias.objects.filter(LIVE, folded__in=chunk, actor__in=visible)
        known.update(visible.filter(folded__in=chunk).values_list("folded", flat=True))
        known.update(aliases.values_list("folded", flat=True))
    return sorted(name for name in names if fold(name) in known)


def _numbers(counted: Mapping[str, int]) -> str:
    return _some([f"{name} ({number:,})" for name, number in sorted(counted.items())])


def _some(names: list[str]) -> str:
    shown = ", ".join(name[:80] for name in names[:MOST_NAMES])
    return f"{shown} …" if len(names) > MOST_NAMES else shown
