"""What else waits at the same words: one decision may hold for all of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from annotations.forms.placing import MOST
from annotations.models import Placement, Span
from annotations.permissions import User


@dataclass(frozen=True)
class Alike:
    """Other rows that wait for the same words at the same place."""

    rows: tuple[Placement, ...] = ()

    @property
    def sent(self) -> list[str]:
        """Each as a form sends it: the span's uid and its owner's version."""
        return [f"{row.span.uid}:{row.span.owner.version}" for row in self.rows]

    @property
    def told(self) -> list[str]:
        """What they are to what they belong to: “content of 2 statements”."""
        return [_told(role, number) for role, number in Counter(self._roles()).items()]

    def _roles(self) -> Iterable[str]:
        return sorted(row.span.role for row in self.rows)


def alike(rows: Sequence[Placement], user: User) -> dict[int, Alike]:
    """By row that waits, the others that wait for the same words; in at most two queries."""
    found = _same_words(rows, user)
    if not found:
        return {}
    stood = stood_of(found)
    at: dict[tuple[int, ...], list[Placement]] = defaultdict(list)
    keys: dict[int, tuple[int, ...]] = {}
    for row in found:
        if place := stood.get(row.span_id):
            keys[row.pk] = (row.revision_id, place.revision_id, place.start or 0, place.end or 0)
            at[keys[row.pk]].append(row)
    return {
        row.pk: Alike(tuple(others[:MOST]))
        for row in rows
        if row.pk in keys
        and (others := [other for other in at[keys[row.pk]] if other.pk != row.pk])
    }


def stood_of(rows: Iterable[Placement]) -> dict[int, Placement]:
    """By span, the newest row that says where the words stood."""
    earlier = Placement.objects.filter(
        span__in=[row.span_id for row in rows], start__isnull=False
    ).select_related("revision")
    ordered = earlier.defer("revision__text").order_by("revision__number")
    return {row.span_id: row for row in ordered}


def _same_words(rows: Sequence[Placement], user: User) -> list[Placement]:
    """All that waits in the same texts for words for which something else waits, too, in the same surroundings."""
    waiting = Placement.objects.visible_to(user).waiting().order_by("id")
    found = waiting.filter(
        revision__in={row.revision_id for row in rows},
        exact__in={row.exact for row in rows},
        prefix__in={row.prefix for row in rows},
    ).select_related("span__statement", "span__response", "span__reply_record")
    number = Counter(map(_words, found))
    return [row for row in found if number[_words(row)] > 1]


def _words(row: Placement) -> tuple[int, str, str, str]:
    return row.revision_id, row.prefix, row.exact, row.suffix


def _told(role: str, number: int) -> str:
    if role == Span.Role.MARKER:
        words = ngettext("marker of a link", "marker of %(number)d links", number)
    elif role == Span.Role.EVIDENCE:
        words = ngettext(
            "evidence of a reply record", "evidence of %(number)d reply records", number
        )
    elif role == Span.Role.SOURCE:
        words = ngettext("source of a statement", "source of %(number)d statements", number)
    elif role == Span.Role.CUE:
        words = ngettext("cue of a statement", "cue of %(number)d statements", number)
    else:
        words = ngettext("content of a statement", "content of %(number)d statements", number)
    return words % {"number": number}
