"""The marks of an article's text: where each span stands, and what is told of its statement.

Read as plain columns, not as records: an article may hold ten thousand highlights, of which the panel
shows a part, but the text shows all.
"""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.models import (
    Article,
    Attribution,
    Placement,
    Response,
    Span,
    Statement,
)
from annotations.models.accused import kind_of
from annotations.models.record import LIVE
from annotations.models.words import listed
from annotations.permissions import User

ROLE_WORDS = {"source": _("source: "), "cue": _("cue: ")}
KIND_WORDS = {
    "claim": _("claim by %(who)s"),
    "response": _("response by %(who)s"),
    "both": _("claim and response by %(who)s"),
    "plain": _("statement by %(who)s"),
}
NOBODY = _("nobody named yet")


@dataclass(frozen=True)
class Mark:
    """A span as it is drawn: whose it is, what it carries, what its statement is in the exchanges."""

    key: int
    statement: uuid.UUID
    role: str
    kind: str
    words: str  # what it is, by whom, how often it was answered
    start: int
    end: int
    is_first: bool  # where the statement's words begin
    is_dimmed: bool = False  # the filters leave its statement out

    @property
    def spoken(self) -> str:
        """What a screen reader says before the words."""
        if self.role != Span.Role.CONTENT:
            return str(ROLE_WORDS[self.role])
        return f"{self.words}: "


@dataclass(frozen=True)
class Told:
    """What is told of a statement beside its words: its kind in the exchanges and who speaks."""

    uid: uuid.UUID
    kind: str
    speakers: str
    responses: int = 0

    @property
    def words(self) -> str:
        """For screen readers: “claim by Ann, 2 responses”."""
        return words_of(self.kind, self.speakers, self.responses)


def words_of(kind: str, speakers: str, responses: int) -> str:
    """What a statement is in the exchanges, by whom, and how often it was answered."""
    who = str(KIND_WORDS[kind] % {"who": speakers})
    if not responses:
        return who
    answered = ngettext("%(number)d response", "%(number)d responses", responses)
    return listed([who, answered % {"number": responses}])


class End(NamedTuple):
    """A link by the keys of its two statements."""

    claim: int
    response: int
    relation: str


def ends_of(article: Article, user: User) -> list[End]:
    """The links at the article's statements that the user sees; one query."""
    links = Response.objects.visible_to(user).live().order_by("id")
    at = links.filter(Q(claim__article=article) | Q(response__article=article))
    return [End(*row) for row in at.values_list("claim_id", "response_id", "relation")]


def told_of(
    article: Article, user: User, ends: list[End] | None = None, *, with_deleted: bool = False
) -> dict[int, Told]:
    """By key, what is told of each statement in the article that the user sees.

    Four queries, or three where the links were read before.
    """
    seen = Statement.objects.visible_to(user)
    rows = (seen if with_deleted else seen.live()).filter(article=article).order_by("id")
    ends = ends_of(article, user) if ends is None else ends
    claims, answers = Counter(end.claim for end in ends), {end.response for end in ends}
    speakers, accusing = _parts(article)
    return {
        key: Told(
            uid,
            kind_of(
                is_claim=key in claims or (act == Statement.Act.ACCUSATION and key in accusing),
                is_answer=key in answers,
            ),
            listed(speakers.get(key, ())) or str(NOBODY),
            claims[key],
        )
        for key, uid, act in rows.values_list("pk", "uid", "act")
    }


def _parts(article: Article) -> tuple[dict[int, list[str]], set[int]]:
    """The speakers' names by statement key, in their order, and the keys of those about somebody."""
    rows = Attribution.objects.filter(
        LIVE, statement__article=article, part__in=["speaker", "about"]
    ).order_by("ordinal")
    name = Coalesce("actor__merged_into__name", "actor__name")
    speakers: dict[int, list[str]] = {}
    accusing = set()
    for key, part, called in rows.values_list("statement_id", "part", name):
        if part == Attribution.Kind.SPEAKER:
            speakers.setdefault(key, []).append(called)
        else:
            accusing.add(key)
    return speakers, accusing


def marks_in(places: "QuerySet[Placement]", told: dict[int, Told]) -> list[Mark]:
    """The marks of these statements at the places of a revision, in the order of the text; one query."""
    rows = (
        places.filter(start__isnull=False, span__statement__isnull=False)
        .order_by("start", "end", "id")
        .values_list("span__statement_id", "span__role", "span__ordinal", "start", "end")
    )
    found = [
        (key, role, ordinal, start or 0, end or 0)
        for key, role, ordinal, start, end in rows
        if key in told
    ]
    first: dict[int, int] = {}
    for key, role, ordinal, *_places in found:
        if role == Span.Role.CONTENT:
            first.setdefault(key, ordinal)  # the rows come in the order of the text
    words = _words_of_all({key: told[key] for key, *_ in found})
    return [
        Mark(
            key=key,
            statement=told[key].uid,
            role=role,
            kind=told[key].kind,
            words=words[key],
            start=start,
            end=end,
            is_first=role == Span.Role.CONTENT and first[key] == ordinal,
        )
        for key, role, ordinal, start, end in found
    ]


def _words_of_all(told: Mapping[int, Told]) -> dict[int, str]:
    """The words of each, put together once for all that have the same: who speaks, speaks often."""
    said = {(t.kind, t.speakers, t.responses): "" for t in told.values()}
    said = {each: words_of(*each) for each in said}
    return {key: said[t.kind, t.speakers, t.responses] for key, t in told.items()}
