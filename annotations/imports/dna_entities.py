"""What a Discourse Network Analyzer database says of its persons and organizations, and what it says that stays out.

The program gives each entity the attributes “Type”, “Alias” and “Notes”; whoever uses it may add others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

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
    """What an actor that is new here is made with; `kind` is empty where the attributes say none."""

    kind: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


def one_line(value: object) -> str:
    """Without line breaks and runs of spaces."""
    return " ".join(str(value).split())


def described(entities: Iterable[DnaEntity]) -> dict[Who, About]:
    """What attributes make of persons and organizations: other names, a kind of ours, else lines of the note."""
    given: dict[Who, list[tuple[str, str]]] = {}
    for entity in entities:
        if entity.variable in ACTORS and one_line(entity.value):
            given.setdefault((entity.variable, one_line(entity.value)), []).extend(
                entity.attributes
            )
    return {who: _about(who, dict.fromkeys(attributes)) for who, attributes in given.items()}


def _about(who: Who, attributes: Iterable[tuple[str, str]]) -> About:
    kind, aliases, lines = "", list[str](), list[str]()
    for name, value in attributes:
        if fold(name) == ALIAS:
            aliases += [one_line(each) for each in value.split(";")]
        elif fold(name) == TYPE and who[0] == "organization" and fold(value) in KINDS:
            kind = KINDS[fold(value)].value
        else:
            lines.append(value.strip() if fold(name) == NOTES else f"{name}: {value.strip()}")
    others = (alias for alias in aliases if alias and fold(alias) != fold(who[1]))
    return About(kind, tuple(dict.fromkeys(others)), "\n".join(lines))


def left_out(database: DnaDatabase, about: Mapping[Who, About], user: User) -> Iterator[str]:
    """What of the database does not come in, and how much of it, in plain sentences."""
    named = {
        (variable, one_line(statement.values.get(variable, "")))
        for document in database.documents
        for statement in document.statements
        for variable in ACTORS
    }
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
    yield from _without_place(database)


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
