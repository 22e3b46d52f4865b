"""Who is meant by the words of a source: an actor called as printed, one for all who are not named.

A name (“Donald Trump”, or “Sharif Ahmad Chaudhry” of “the army spokesperson, Sharif Ahmad Chaudhry”)
is the one actor that is called exactly so, else a new one. Words for a role (“officials”) are an
unnamed actor so called, which stands for the words and not for the same people each time. Pronouns,
and attributions without a source, are the one actor “Unnamed source”. The printed words are kept
beside each; editors give a statement its speaker, or merge actors, as with any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotations.anchoring.fold import fold
from annotations.editing.attribute import PartInput
from annotations.editing.name import name_actor
from annotations.imports.brat_found import PartFound
from annotations.models import Actor, ActorAlias, Attribution
from annotations.models.record import LIVE
from annotations.models.validators import refuse_unstorable
from annotations.permissions import User
from annotations.suggestions.cues import listed
from annotations.suggestions.names import take_apart

UNNAMED = "Unnamed source"
LONGEST = 300  # characters of a name, and of what is kept as printed
PRONOUNS = listed(
    """he she they it i we who you him her them us me his hers their theirs its our my your mine
    yours which that this these those whom whose himself herself themselves itself myself ourselves
    one others some many most few all both several none everyone someone nobody"""
)
BODIES = listed(
    """campaign party committee department ministry court university administration agency
    commission council government senate congress house foundation company institute association
    union bureau office army police bank fund"""
)
STATED = {"named", "surname_only", "role_only", "pronoun"}


@dataclass
class Actors:
    """The actors that were met, by folded name; `meet` makes those that are missing."""

    user: User
    known: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def parts(self, found: Iterable[PartFound]) -> list[PartInput]:
        """The parts with their actors; an actor stands once in each part."""
        parts: dict[tuple[str, int], PartInput] = {}
        for each in found:
            part = self._part(each)
            parts.setdefault((part.part, part.actor.resolved_id), part)
        return list(parts.values())

    def _part(self, found: PartFound) -> PartInput:
        if found.name:
            actor = self.meet(found.name[:LONGEST], found.kind)
            title, basis = found.title, found.basis
        else:
            actor, title, basis = self._printed(found.as_printed)
        is_speaker = found.part == Attribution.Kind.SPEAKER
        return PartInput(
            part=found.part,
            actor=actor,
            as_printed=found.as_printed[:LONGEST],
            title_as_printed=title[:LONGEST],
            speaker_basis=(basis or Attribution.Basis.MACHINE) if is_speaker else "",
        )

    def _printed(self, words: str) -> tuple[Actor, str, str]:
        """The actor, the title and the basis of what a source says."""
        name = take_apart(words)
        if not fold(words):
            return self.meet(UNNAMED, Actor.Kind.UNNAMED_PERSON), "", Attribution.Basis.MACHINE
        if fold(words) in PRONOUNS or name.basis == "pronoun" or not fold(name.as_printed):
            return self.meet(UNNAMED, Actor.Kind.UNNAMED_PERSON), "", Attribution.Basis.PRONOUN
        if name.basis == "role_only":
            return self.meet(words, _unnamed_kind(words)), name.title, name.basis
        basis = name.basis if name.basis in STATED else Attribution.Basis.MACHINE
        return self.meet(name.as_printed, _named_kind(name.as_printed)), name.title, basis

    def meet(self, name: str, kind: str, *, aliases: Iterable[str] = (), note: str = "") -> Actor:
        """The one actor that is called exactly so (of this kind, where it is unnamed), else a new one.

        An actor's own name goes before others' other names.
        A new one has these other names and this note; one that is here stays as it is.
        """
        refuse_unstorable(name)
        kind = kind if kind in Actor.Kind.values else Actor.Kind.PERSON
        unnamed = kind if kind.startswith("unnamed") else ""
        key = (fold(name), unnamed)
        if key not in self.known:
            self.known[key] = self._called(key) or name_actor(
                user=self.user,
                name=name,
                kind=kind,
                aliases=aliases,
                note=note,
                although_near=True,
            )
        return self.known[key]

    def _called(self, key: tuple[str, str]) -> Actor | None:
        folded, unnamed = key
        rows = Actor.objects.visible_to(self.user).select_related("merged_into")
        aliases = ActorAlias.objects.filter(LIVE, folded=folded).values("actor")
        for found in (rows.filter(folded=folded), rows.filter(pk__in=aliases)):
            fitting = [each for each in found if each.kind.startswith("unnamed") == bool(unnamed)]
            resolved = {actor.resolved_id: actor.resolved for actor in fitting}
            if resolved:
                return next(iter(resolved.values())) if len(resolved) == 1 else None
        return None


def _named_kind(name: str) -> str:
    words = set(fold(name).split())
    return Actor.Kind.ORGANISATION if words & BODIES else Actor.Kind.PERSON


def _unnamed_kind(words: str) -> str:
    last = fold(words.split(",", maxsplit=1)[0]).split()[-1:]
    is_several = (bool(last) and last[0].endswith("s")) or fold(words).startswith(("both ", "two "))
    return Actor.Kind.UNNAMED_GROUP if is_several else Actor.Kind.UNNAMED_PERSON
