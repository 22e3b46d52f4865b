"""What the queue “Needs placing” shows of words that wait: whose they are, and where they may stand now."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from annotations.anchoring.carry import Carried, carry
from annotations.anchoring.quotation import Quotation
from annotations.anchoring.wording import Change, what_changed, word_diff
from annotations.models import Article, Placement, ReplyRecord, Response, Revision, Statement
from annotations.permissions import User
from annotations.views.alike import Alike, alike, stood_of
from annotations.views.changes import Run, called_out, runs

SECONDS = 6.0  # for all the proposals of one page
AROUND = 120  # code points shown on either side of the words
LONGEST = 20_000  # code points of words that are compared word by word


@dataclass(frozen=True)
class Surrounded:
    """What stands before and after words in a text."""

    before: str
    after: str


@dataclass(frozen=True)
class Guess:
    """A place where the words may stand now; `sent` is the selection as a form sends it.

    Grave is a change that may turn what is said: of a negation, a number, a name, quotation marks.
    """

    number: int
    around: Surrounded
    words: list[Run]
    changes: list[str]
    is_grave: bool
    is_same: bool
    sent: str


@dataclass(frozen=True)
class Entry:
    """Words that wait, whose they are, and the guesses; `refused` says why the last act on them failed.

    `alike` is what else waits at the same words, None where nothing does.
    """

    row: Placement
    owner: Statement | Response | ReplyRecord
    around: Surrounded
    stood_in: int
    guesses: list[Guess]
    refused: str = ""
    alike: Alike | None = None

    @property
    def uid(self) -> uuid.UUID:
        return self.row.span.uid

    @property
    def kind(self) -> str:
        """statement, response or replyrecord: what the template tells apart."""
        return str(self.owner._meta.model_name)

    @property
    def is_whole(self) -> bool:
        """Whether deleting it means its statement: a source or a cue is a piece of one."""
        return self.row.span.role == "content"


@dataclass(frozen=True)
class Group:
    """The entries of one article; the revision is its newest."""

    article: Article
    revision: Revision
    entries: list[Entry]


@dataclass(frozen=True)
class Refusal:
    """Why an act was refused, and for which span."""

    uid: uuid.UUID
    words: str


def groups_of(rows: list[Placement], user: User, refusal: Refusal | None = None) -> list[Group]:
    """The rows by article, in their order, with all they show, in a fixed number of queries.

    The rows come with their span, its owner, and their revision with its article.
    """
    stood = stood_of(rows)
    others = alike(rows, user)
    texts = _texts(rows, stood.values())
    carried = _carried(rows, stood, texts)
    owners = _owners(rows, user)
    entries = [
        replace(
            _entry(row, owners[row.pk], stood[row.span_id], carried.get(row.pk), texts, refusal),
            alike=others.get(row.pk),
        )
        for row in rows
        if row.pk in owners and row.span_id in stood
    ]
    return [
        Group(found[0].row.revision.article, found[0].row.revision, found)
        for _, group in groupby(entries, key=lambda entry: entry.row.revision_id)
        if (found := list(group))
    ]


def _texts(rows: Iterable[Placement], stood: Iterable[Placement]) -> dict[int, str]:
    """The texts by revision, each read once: they may be long."""
    keys = {row.revision_id for row in rows} | {row.revision_id for row in stood}
    return dict(Revision.objects.filter(pk__in=keys).values_list("pk", "text"))


def _carried(
    rows: list[Placement], stood: dict[int, Placement], texts: dict[int, str]
) -> dict[int, Carried]:
    """Where the words may stand, by row: asked once for all that stood in one text and wait in another."""
    pairs: dict[tuple[int, int], list[Placement]] = defaultdict(list)
    for row in rows:
        if row.span_id in stood:
            pairs[stood[row.span_id].revision_id, row.revision_id].append(row)
    found: dict[int, Carried] = {}
    for (old, new), waiting in pairs.items():
        asked = [_quotation(stood[row.span_id]) for row in waiting]
        answers = carry(texts[old], texts[new], asked, seconds=SECONDS / len(pairs))
        found |= {row.pk: answer for row, answer in zip(waiting, answers, strict=True)}
    return found


def _quotation(place: Placement) -> Quotation:
    assert place.start is not None
    assert place.end is not None
    return Quotation(place.start, place.end, place.exact, place.prefix, place.suffix)


def _owners(rows: list[Placement], user: User) -> dict[int, Statement | Response | ReplyRecord]:
    """By row, what the span belongs to, its statements ready for display."""
    plain = {row.pk: row.span.owner for row in rows}
    keys = {key for owner in plain.values() for key in _statements(owner)}
    shown = Statement.objects.visible_to(user).filter(pk__in=keys).for_display()
    by_key = {statement.pk: statement for statement in shown}
    for owner in plain.values():
        if isinstance(owner, Response):
            owner.claim, owner.response = by_key[owner.claim_id], by_key[owner.response_id]
        elif isinstance(owner, ReplyRecord):
            owner.claim = by_key[owner.claim_id]
    return {
        key: by_key[owner.pk] if isinstance(owner, Statement) else owner
        for key, owner in plain.items()
    }


def _statements(owner: Statement | Response | ReplyRecord) -> list[int]:
    if isinstance(owner, Statement):
        return [owner.pk]
    return [owner.claim_id, *([owner.response_id] if isinstance(owner, Response) else [])]


def _entry(
    row: Placement,
    owner: Statement | Response | ReplyRecord,
    stood: Placement,
    carried: Carried | None,
    texts: dict[int, str],
    refusal: Refusal | None,
) -> Entry:
    start, end = stood.start or 0, stood.end or 0
    return Entry(
        row=row,
        owner=owner,
        around=_around(texts[stood.revision_id], start, end),
        stood_in=stood.revision.number,
        guesses=_guesses(row, carried, texts[row.revision_id]) if carried else [],
        refused=refusal.words if refusal and refusal.uid == row.span.uid else "",
    )


def _guesses(row: Placement, carried: Carried, text: str) -> list[Guess]:
    """The places proposed; one that is certain after all, where there was no time to see it."""
    places = [one.place for one in carried.proposals]
    if carried.place is not None:
        places = [carried.place]
    return [_guess(number, row, place, text) for number, place in enumerate(places, 1)]


def _guess(number: int, row: Placement, place: Quotation, text: str) -> Guess:
    compared = max(len(row.exact), len(place.exact)) <= LONGEST
    pieces = word_diff(row.exact, place.exact) if compared else ()
    changed = what_changed(row.exact, place.exact) if compared else frozenset()
    sent = {"role": row.span.role, "start": place.start, "end": place.end, "exact": place.exact}
    return Guess(
        number=number,
        around=_around(text, place.start, place.end),
        words=runs(pieces),
        changes=called_out(changed),
        is_grave=bool(changed - {Change.OTHER}),
        is_same=row.exact == place.exact,
        sent=json.dumps([sent], ensure_ascii=False),
    )


def _around(text: str, start: int, end: int) -> Surrounded:
    """The words' surroundings, cut between words."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Surrounded(before, after)
