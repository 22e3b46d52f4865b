"""What is offered as the other end of a link: the statements in their order, each with why in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Statement
from annotations.models.candidates import Found, candidates_for
from annotations.permissions import User
from annotations.suggestions.candidates import ACTORS, EXCHANGE, TIME, WORDS, Candidate, Reason

BEST = 9  # each has a digit
MOST_IN_ARTICLE = 200
DAYS, WEEKS, MONTHS = 14, 60, 700  # up to so many days they are told in days, weeks, months


@dataclass(frozen=True)
class Offer:
    """A statement that may be chosen, and what speaks for it."""

    statement: Statement
    why: str
    address: str = ""  # where choosing it leads


@dataclass(frozen=True)
class Offers:
    """The best of all statements, then the others in the article that is read, in their own order."""

    best: list[Offer]
    here: list[Offer]

    def at(self, address: str) -> "Offers":
        """Each with its own uid in the address, for `OTHER`."""
        return Offers(*([_at(offer, address) for offer in part] for part in (self.best, self.here)))

    @property
    def number(self) -> int:
        return len(self.best) + len(self.here)


def _at(offer: Offer, address: str) -> Offer:
    return replace(offer, address=address.replace("OTHER", str(offer.statement.uid)))


def offers_for(statement: Statement, user: User, other_is: str, article_key: int) -> Offers:
    """What may be the statement's other end."""
    found = candidates_for(statement, user, other_is)
    best = [each for each in found.candidates if each.reasons and not each.is_linked][:BEST]
    seen = Statement.objects.visible_to(user).live().exclude(pk=statement.pk)
    here = seen.filter(article=article_key).exclude(pk__in=[each.key for each in best])
    rest = list(here.order_by("id").values_list("pk", flat=True)[:MOST_IN_ARTICLE])
    whys = _whys(found, other_is)
    shown = seen.filter(pk__in=[each.key for each in best] + rest).for_display().in_bulk()
    return Offers(
        [Offer(shown[each.key], whys[each.key]) for each in best if each.key in shown],
        [Offer(shown[key], whys.get(key, "")) for key in rest if key in shown],
    )


def ranked(found: Iterable[Statement], statement: Statement, user: User, other_is: str) -> Offers:
    """These statements, ready for display, in the order in which they are offered."""
    by_key = {each.pk: each for each in found}
    compared = candidates_for(statement, user, other_is, among=by_key.keys())
    whys = _whys(compared, other_is)
    return Offers([Offer(by_key[each.key], whys[each.key]) for each in compared.candidates], [])


def _whys(found: Found, other_is: str) -> dict[int, str]:
    again = other_is in ("by", "of")
    return {each.key: _why(each, found.names, again=again) for each in found.candidates}


def _why(candidate: Candidate, names: dict[int, str], *, again: bool) -> str:
    said = [_("linked already")] if candidate.is_linked else []
    said += [_reason(reason, names, again=again) for reason in candidate.reasons]
    return " · ".join(words for words in said if words)


def _reason(reason: Reason, names: dict[int, str], *, again: bool) -> str:
    if reason.kind == EXCHANGE:
        return _("same exchange")
    if reason.kind == ACTORS:
        return _actors(names.get(reason.speaker or 0), names.get(reason.about or 0), again=again)
    if reason.kind == WORDS:
        return _("same words: %(words)s") % {"words": ", ".join(reason.words)}
    assert reason.kind == TIME
    return apart(reason.days)


def _actors(speaker: str | None, about: str | None, *, again: bool) -> str:
    who = {"speaker": speaker, "about": about}
    if speaker and about:
        return (
            _("%(speaker)s about %(about)s again") if again else _("%(speaker)s about %(about)s")
        ) % who
    if speaker:
        return (_("%(speaker)s again") if again else _("by %(speaker)s")) % who
    return _("about %(about)s") % who if about else ""


def apart(days: int) -> str:
    """How much later or earlier, in plain words."""
    if days == 0:
        return _("the same day")
    number = abs(days)
    if number <= DAYS:
        later = ngettext("a day later", "%(number)d days later", number)
        earlier = ngettext("a day earlier", "%(number)d days earlier", number)
    elif number <= WEEKS:
        number = round(number / 7)
        later = ngettext("a week later", "%(number)d weeks later", number)
        earlier = ngettext("a week earlier", "%(number)d weeks earlier", number)
    elif number <= MONTHS:
        number = round(number / 30.4)
        later = ngettext("a month later", "%(number)d months later", number)
        earlier = ngettext("a month earlier", "%(number)d months earlier", number)
    else:
        number = round(number / 365.25)
        later = ngettext("a year later", "%(number)d years later", number)
        earlier = ngettext("a year earlier", "%(number)d years earlier", number)
    return (later if days > 0 else earlier) % {"number": number}
