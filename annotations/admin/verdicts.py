"""Judging many records at once: each by itself, under the version its reviewer saw."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from annotations.admin.records import is_key
from annotations.editing.change import Stale
from annotations.editing.review import OwnWork
from annotations.models import ReplyRecord, Response, Restatement, ReviewState, Statement
from annotations.models.review import Reviewed
from annotations.models.words import listed

Act = Callable[[Reviewed, int], object]
Said = Callable[[int], str]  # how many were judged, in words

LINKS: dict[str, type[Reviewed]] = {
    "response": Response,
    "restatement": Restatement,
    "reply": ReplyRecord,
}
WAITING = ("waiting_responses", "waiting_answers", "waiting_of", "waiting_by", "waiting_replies")


@dataclass(frozen=True)
class Shown:
    """A record and the version that the reviewer's page showed; 0 where it named none."""

    record: Reviewed
    version: int


def carried(record: Reviewed) -> SafeString:
    """The hidden fields that name the versions a page shows: the record's, its waiting links'."""
    fields = [(f"version_{record.pk}", str(record.version))]
    if isinstance(record, Statement):
        fields += [(f"link_{record.pk}", _name(link)) for link in waiting_links(record)]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


def waiting_links(statement: Statement) -> list[Reviewed]:
    """The prefetched links and reply records at the statement that wait for a reviewer."""
    return [link for name in WAITING for link in getattr(statement, name)]


def shown(records: Iterable[Reviewed], posted: QueryDict) -> list[Shown]:
    """Each record with the version that the posted page carried."""
    return [Shown(record, _number(posted.get(f"version_{record.pk}", ""))) for record in records]


def shown_links(statement: Reviewed, posted: QueryDict) -> list[Shown]:
    """The statement's links that the posted page carried; others are not judged."""
    found = []
    for name in posted.getlist(f"link_{statement.pk}"):
        kind, _, rest = name.partition(":")
        key, _, version = rest.partition(":")
        if kind in LINKS and is_key(key):
            link = LINKS[kind]._default_manager.filter(pk=key).first()
            if link is not None and _is_at(link, statement):
                found.append(Shown(link, _number(version)))
    return found


class Tally:
    """How many were judged, and which were left, by reason."""

    def __init__(self, done: Said) -> None:
        self.done = done
        self.count = 0
        self.left: dict[str, list[str]] = defaultdict(list)

    def judge(self, act: Act, each: Shown) -> bool:
        """Whether it was judged; where not, it is noted with the reason."""
        try:
            act(each.record, each.version)
        except OwnWork:
            self.leave(gettext("you wrote it or changed it"), each.record)
        except Stale:
            self.leave(gettext("changed since you opened the page; look again"), each.record)
        except ValidationError as error:
            self.leave(" ".join(error.messages), each.record)
        else:
            self.count += 1
            return True
        return False

    def leave(self, why: str, record: Reviewed) -> None:
        self.left[why].append(title(record))

    def __str__(self) -> str:
        parts = [self.done(self.count)]
        parts += [_left(why.rstrip("."), names) for why, names in self.left.items()]
        return gettext("; ").join(parts) + "."


def _left(why: str, names: list[str]) -> str:
    said = ngettext(
        "%(number)s left: %(why)s (%(names)s)", "%(number)s left: %(why)s (%(names)s)", len(names)
    )
    return said % {"number": len(names), "why": why, "names": listed(names)}


def approve_with_links(act: Act, each: Shown, links: list[Shown], tally: Tally) -> None:
    """The statement, then its links; where the statement is left, so are they."""
    if each.record.state != ReviewState.APPROVED and not tally.judge(act, each):
        for link in links:
            tally.leave(gettext("its statement was left"), link.record)
        return
    for link in links:
        tally.judge(act, link)


def title(record: Reviewed) -> str:
    """What a message calls the record."""
    return Truncator(str(record)).chars(80)


def _name(link: Reviewed) -> str:
    kind = next(kind for kind, model in LINKS.items() if isinstance(link, model))
    return f"{kind}:{link.pk}:{link.version}"


def _number(given: str) -> int:
    return int(given) if is_key(given) else 0


def _is_at(link: Any, statement: Reviewed) -> bool:
    ends = ("claim_id", "response_id", "of_id", "by_id")
    return statement.pk in {getattr(link, end, None) for end in ends}
