"""The text of an article cut into marked pieces: what its highlights are drawn from.

Read as plain columns, not as records: an article may hold ten thousand highlights, of which the panel
shows a part, but the text shows all.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.anchoring.direction import turned
from annotations.anchoring.segments import Segment, segments
from annotations.models import (
    Article,
    Attribution,
    Placement,
    Response,
    Span,
    Statement,
    Zone,
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
PARTED = (
    20_000  # code points from which a text is drawn in parts: a change lays out only its own part
)
PART = 2_500  # code points in such a part
LONG = 200_000  # code points from which a part is laid out only when it comes near the screen
CHUNK = 40_000  # code points in a part of such a text


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
class Piece:
    """A stretch of text with one set of marks over it."""

    text: str
    marks: tuple[Mark, ...]
    opening: tuple[Mark, ...]
    closing: tuple[Mark, ...]
    is_turned: bool = (
        False  # where a paragraph begins that reads from the right against its first letter
    )

    @property
    def classes(self) -> str:
        """The kinds of the statements whose content it is, and the other roles it has."""
        kinds = {mark.kind for mark in self.marks if mark.role == Span.Role.CONTENT}
        if {"claim", "response"} <= kinds:
            kinds = kinds - {"claim", "response"} | {"both"}
        dimmed = ["dimmed"] if all(mark.is_dimmed for mark in self.marks) else []
        return " ".join([*sorted(kinds | {mark.role for mark in self.marks}), *dimmed])

    @property
    def statements(self) -> str:
        """The uids of the statements it belongs to, content first, separated by spaces."""
        ordered = sorted(self.marks, key=lambda mark: mark.role != Span.Role.CONTENT)
        return " ".join(dict.fromkeys(str(mark.statement) for mark in ordered))

    @property
    def spoken(self) -> str:
        return "".join(dict.fromkeys(mark.spoken for mark in self.opening))

    @property
    def closes_content(self) -> bool:
        return any(mark.role == Span.Role.CONTENT for mark in self.closing)

    @property
    def is_stop(self) -> bool:
        """Whether the keyboard stops here: where a statement's words begin."""
        return any(mark.role == Span.Role.CONTENT for mark in self.opening)

    @property
    def anchors(self) -> list[str]:
        """The ids that jumps lead to: one for each statement whose first words begin here."""
        return [f"s-{mark.statement}" for mark in self.opening if mark.is_first]


@dataclass(frozen=True)
class Block:
    """The pieces of one zone, or of the text between zones; of a long text, of one part of it."""

    zone: str
    pieces: tuple[Piece, ...]
    opens_part: bool = False
    closes_part: bool = False
    is_late: bool = False  # its part is laid out when it comes near the screen


@dataclass(frozen=True)
class Turn:
    """A paragraph that is laid out from the right against its first letter."""

    start: int


Key = Mark | Zone | Turn | int


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


def blocks_of(
    text: str, marks: Iterable[Mark], zones: Iterable[Zone], language: str
) -> Iterator[Block]:
    """The pieces, grouped by the zone they stand in; of overlapping zones the first one counts."""
    spans: list[tuple[Key, int, int]] = [(m, m.start, m.end) for m in marks]
    spans += [(Turn(start), start, end) for start, end in turned(text, language)]
    reached = 0
    for zone in zones:
        if reached <= zone.start < zone.end <= len(text):
            spans.append((zone, zone.start, zone.end))
            reached = zone.end
    spans += [(number, start, end) for number, (start, end) in enumerate(parts_of(text))]
    blocks = [
        (place, tuple(_piece(segment) for segment in group))
        for place, group in groupby(segments(text, spans), key=_place)
    ]
    for at, ((zone_kind, _key, part), pieces) in enumerate(blocks):
        is_first = at == 0 or blocks[at - 1][0][2] != part
        is_last = at + 1 == len(blocks) or blocks[at + 1][0][2] != part
        is_late = len(text) >= LONG
        yield Block(zone_kind, pieces, part >= 0 and is_first, part >= 0 and is_last, is_late)


def parts_of(text: str) -> list[tuple[int, int]]:
    """[start, end) of the parts of a long text, each ending with an empty line; none of a short one."""
    if len(text) < min(PARTED, LONG):
        return []
    size = CHUNK if len(text) >= LONG else PART
    cuts = [0]
    while len(text) - cuts[-1] > size:
        at = text.find("\n\n", cuts[-1] + size)
        if at < 0 or at + 2 >= len(text):
            break
        cuts.append(at + 2)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _place(segment: Segment[Key]) -> tuple[str, int, int]:
    """The zone's kind and key, and the part's number (-1 where the text is in one)."""
    zone = next((key for key in segment.keys if isinstance(key, Zone)), None)
    part = next((key for key in segment.keys if isinstance(key, int)), -1)
    return (zone.kind, zone.pk, part) if zone else ("", 0, part)


def _piece(segment: Segment[Key]) -> Piece:
    covering, opening, closing = (
        tuple(key for key in keys if isinstance(key, Mark))
        for keys in (segment.keys, segment.opening, segment.closing)
    )
    is_turned = any(isinstance(key, Turn) for key in segment.opening)
    return Piece(segment.text, covering, opening, closing, is_turned)
