"""What a correction does to the work in an article, counted, in one line."""

from collections import Counter
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.anchoring.carry import Outcome
from annotations.models.words import listed

WAITED = "waited"  # an outcome beside those of the text: it needs placing since an earlier one
Named = Callable[[int], str]  # so many, in words


def statements(number: int) -> str:
    return ngettext("%(number)s statement", "%(number)s statements", number) % {"number": number}


def others(number: int) -> str:
    said = ngettext("%(number)s link or reply record", "%(number)s links and reply records", number)
    return said % {"number": number}


def outcome_line(counts: Counter[str], named: Named, *, done: bool = False) -> str:
    """“19 statements stay, 2 move, 1 needs placing”, without what there is none of; `done`: it happened."""
    said: list[str] = []
    for outcome, verb in _verbs(done).items():
        if number := counts[outcome]:
            count = str(number) if said else named(number)
            said.append(_("%(count)s %(verb)s") % {"count": count, "verb": verb(number)})
    return listed(said)


def _verbs(done: bool) -> dict[str, Named]:
    return {
        Outcome.PLACED: lambda number: ngettext("stays", "stay", number),
        Outcome.MOVED: _moved if done else _moves,
        Outcome.NEEDS_PLACING: lambda number: ngettext("needs placing", "need placing", number),
        WAITED: _waited,
    }


def _moves(number: int) -> str:
    return ngettext("moves", "move", number)


def _moved(number: int) -> str:
    return ngettext("moved", "moved", number)


def _waited(number: int) -> str:
    return ngettext("waited already", "waited already", number)
