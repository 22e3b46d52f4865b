"""From what a brat file says to what would be recorded: statements with their words, and links between them."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from annotations.editing.highlight import StatementDetails
from annotations.editing.place import Selection
from annotations.imports.brat_file import Entity, Piece, Problem, Relation, Shift, Standoff
from annotations.imports.brat_found import Found, LinkFound, PartFound, StatementFound
from annotations.imports.brat_types import Types
from annotations.models import Attribution, LinkBasis, Restatement, Statement
from annotations.suggestions.statement import suggest

OURS = "Newsroom"  # the type of the notes in which our own export keeps what brat has no place for
RESTATEMENTS = {f"restates_{scope}": scope for scope in Restatement.Scope.values}
KEPT = ("gist", "said_on", "said_on_precision", "said_on_as_printed", "venue", "note")


def plan(standoff: Standoff, received: str, types: Types) -> Found:
    """What the file would make, in its order; `received` is the text that its places are in."""
    return _Planning(standoff, received, types).run()


class _Planning:
    def __init__(self, standoff: Standoff, received: str, types: Types) -> None:
        self.standoff, self.types = standoff, types
        self.shift = Shift.of(received)
        self.stored = received.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.found = Found()
        self.used: set[str] = set()
        self.links: dict[str, Relation] = {}

    def run(self) -> Found:
        groups = self._groups()
        for key, (line, roles) in groups.items():
            self._state(key, line, roles)
        known = {each.key for each in self.found.statements}
        for relation in self.links.values():
            self._link(relation, groups, known)
        self._tell_what_is_left()
        return self.found

    def _groups(self) -> dict[str, tuple[int, dict[str, list[Entity]]]]:
        """By the key of each statement: its line, and its entities by role."""
        found = {}
        for event in self.standoff.events.values():
            if self.types.is_statement(event.type):
                self.used.add(event.args[0][1])
                found[event.id] = (event.line, self._roles(event))
            elif not self.types.is_ignored(event.type):
                self._tell(event.line, _("“%(type)s” is not imported.") % {"type": event.type})
        tied = self._tied()
        return found | tied

    def _roles(self, event: Relation) -> dict[str, list[Entity]]:
        roles: dict[str, list[Entity]] = {"content": [], "source": [], "cue": []}
        for name, target in event.args[1:]:
            entity = self.standoff.entities.get(target)
            role = self.types.role_of(name) or (self.types.role_of(entity.type) if entity else "")
            if entity is None:
                said = _("%(event)s names %(id)s, which is not in the file.")
                self._tell(event.line, said % {"event": event.id, "id": target})
            elif not role:
                said = _("%(event)s: “%(type)s” is not imported.")
                self._tell(event.line, said % {"event": event.id, "type": name})
            else:
                self.used.add(target)
                roles[role].append(entity)
        return roles

    def _tied(self) -> dict[str, tuple[int, dict[str, list[Entity]]]]:
        """Statements of corpora that tie source and cue to content by relations instead of events."""
        found: dict[str, tuple[int, dict[str, list[Entity]]]] = {}
        for relation in self.standoff.relations.values():
            ends = [self.standoff.entities.get(target) for _role, target in relation.args[:2]]
            roles = [self.types.role_of(end.type) if end else "" for end in ends]
            if None in ends or set(roles) not in ({"content", "source"}, {"content", "cue"}):
                self.links[relation.id] = relation
                continue
            content, other = sorted(
                zip(roles, ends, strict=True), key=lambda end: end[0] != "content"
            )
            assert content[1] is not None
            assert other[1] is not None
            group = found.setdefault(
                content[1].id,
                (content[1].line, {"content": [content[1]], "source": [], "cue": []}),
            )
            group[1][other[0]].append(other[1])
            self.used |= {content[1].id, other[1].id}
        return found

    def _state(self, key: str, line: int, roles: dict[str, list[Entity]]) -> None:
        if not roles["content"]:
            self._tell(line, _("%(id)s has no content: it is left out.") % {"id": key})
            return
        selections = self._selections(line, roles)
        content = [each for each in selections if each.role == "content"]
        printed = [" ".join(e.exact.split()) for e in roles["source"]]
        kept = self._kept(key)
        details = self._details(key, content, kept)
        self.found.statements.append(
            StatementFound(
                key=key,
                line=line,
                selections=tuple(selections),
                details=details,
                parts=tuple(_parts_kept(kept) or self._speakers(line, printed)),
                points=tuple(p for p in _listed(kept, "points") if isinstance(p, str) and p),
            )
        )

    def _speakers(self, line: int, printed: list[str]) -> list[PartFound]:
        longest = 300
        for words in printed:
            if len(words) > longest:
                self._tell(
                    line,
                    _("The source is longer than 300 characters: cut where it is kept as printed."),
                )
        return [PartFound("speaker", words[:longest]) for words in printed] or [
            PartFound("speaker", "")
        ]

    def _selections(self, line: int, roles: dict[str, list[Entity]]) -> list[Selection]:
        chosen: dict[tuple[str, Piece], Selection] = {}
        for role, entities in roles.items():
            for entity in entities:
                for start, end in entity.pieces:
                    place = (self.shift(start), self.shift(end))
                    if (role, place) in chosen:
                        said = _("%(id)s: the same words twice.") % {"id": entity.id}
                        self._tell(line, said)
                    exact = self.stored[place[0] : place[1]]
                    chosen[role, place] = Selection(role, *place, exact)
        return list(chosen.values())

    def _kept(self, key: str) -> dict[str, Any]:
        """What our own export wrote beside the statement; nothing where others wrote the file."""
        for remark in self.standoff.remarks:
            if remark.type == OURS and remark.target == key:
                try:
                    values = json.loads(remark.value)
                except (ValueError, RecursionError):
                    values = None
                if isinstance(values, dict):
                    return values
                self._tell(remark.line, _("The note cannot be read."))
        return {}

    def _details(
        self, key: str, content: Sequence[Selection], kept: dict[str, Any]
    ) -> StatementDetails:
        first = min(content, key=lambda each: each.start)
        guess = suggest(self.stored, first.start, first.end)
        said: dict[str, Any] = {k: v for k, v in kept.items() if k in KEPT and isinstance(v, str)}
        day = said.pop("said_on", "")
        details = StatementDetails(
            form=self._value(key, "Form", Statement.Form.values, guess.form),
            act=self._value(key, "Act", Statement.Act.values, guess.act),
            **said,
        )
        notes = [
            r.value for r in self.standoff.remarks if r.target == key and r.type == "AnnotatorNotes"
        ]
        if notes and not details.note:
            details = replace(details, note="\n".join(notes))
        return (
            replace(details, said_on=_day(day))
            if _day(day)
            else replace(details, said_on_precision="")
        )

    def _value(self, key: str, name: str, known: Sequence[str], otherwise: str) -> str:
        for remark in self.standoff.remarks:
            if remark.target == key and remark.type.casefold() == name.casefold():
                if remark.value in known:
                    return remark.value
                said = _("%(name)s “%(value)s” is unknown.")
                self._tell(remark.line, said % {"name": name, "value": remark.value[:60]})
        return otherwise

    def _link(
        self,
        relation: Relation,
        groups: dict[str, tuple[int, dict[str, list[Entity]]]],
        known: set[str],
    ) -> None:
        named = self.types.relation_of(relation.type)
        scope = RESTATEMENTS.get(relation.type.casefold(), "")
        if not named and not scope:
            if not self.types.is_ignored(relation.type):
                self._tell(
                    relation.line, _("“%(type)s” is not imported.") % {"type": relation.type}
                )
            return
        homes = {e.id: key for key, (_line, roles) in groups.items() for e in roles["content"]}
        second, first = (homes.get(target, target) for _role, target in relation.args[:2])
        if not {first, second} <= known or first == second:
            self._tell(
                relation.line, _("%(id)s does not tie two statements.") % {"id": relation.id}
            )
            return
        kept = self._kept(relation.id)
        basis, note = kept.get("basis"), kept.get("note", "")
        self.found.links.append(
            LinkFound(
                line=relation.line,
                first=first,
                second=second,
                relation=named,
                scope=scope,
                basis=basis if basis in LinkBasis.values else LinkBasis.SAME_ARTICLE.value,
                parties=tuple(each for each in _listed(kept, "for") if isinstance(each, str)),
                answers=tuple(each for each in _listed(kept, "answers") if type(each) is int),
                note=note if isinstance(note, str) else "",
            )
        )

    def _tell(self, line: int, what: str) -> None:
        self.found.problems.append(Problem(line, what))

    def _tell_what_is_left(self) -> None:
        left = Counter(
            entity.type
            for entity in self.standoff.entities.values()
            if entity.id not in self.used and not self.types.is_ignored(entity.type)
        )
        for kind, number in sorted(left.items()):
            said = _("%(number)d “%(type)s” belong to no statement.")
            self._tell(0, said % {"number": number, "type": kind})
        for remark in self.standoff.remarks:
            if remark.type not in {OURS, "AnnotatorNotes", "Form", "Act", "State"}:
                self._tell(remark.line, _("“%(type)s” is not imported.") % {"type": remark.type})


def _listed(kept: dict[str, Any], key: str) -> list[Any]:
    value = kept.get(key)
    return value if isinstance(value, list) else []


def _parts_kept(kept: dict[str, Any]) -> list[PartFound]:
    """The actors' parts that our own export wrote."""
    parts = []
    for each in _listed(kept, "parts"):
        if isinstance(each, dict) and all(isinstance(value, str) for value in each.values()):
            given = {k: each.get(k, "") for k in ("as_printed", "name", "kind", "title", "basis")}
            if each.get("part") in Attribution.Kind.values and given["name"]:
                parts.append(PartFound(each["part"], **given))
    return parts if any(part.part == Attribution.Kind.SPEAKER for part in parts) else []


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        return None
