"""What a corrected text would do to the work in an article, as it is shown before it is saved."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from annotations.anchoring.carry import Outcome
from annotations.anchoring.quotation import CONTEXT
from annotations.anchoring.wording import what_changed, word_diff
from annotations.editing.correct import Fate, foresee
from annotations.models import (
    Article,
    Attribution,
    Placement,
    ReplyRecord,
    Response,
    Span,
    Statement,
)
from annotations.models.record import LIVE
from annotations.permissions import User
from annotations.views.beside import Beside, beside
from annotations.views.changes import Run, called_out, runs
from annotations.views.outcomes import WAITED, others, outcome_line, statements

MOST = 100  # records listed of each outcome
LONGEST = 20_000  # code points of words that are compared
SHOWN = 600  # code points shown of words that stay
WORST = (Outcome.NEEDS_PLACING, Outcome.MOVED, Outcome.PLACED)


@dataclass(frozen=True)
class Words:
    """A span in its fate: the words it had and, where it has to be placed, why and the best proposal."""

    fate: Fate

    @property
    def role(self) -> str:
        return str(self.fate.span.get_role_display())

    @property
    def exact(self) -> str:
        return self.fate.stood.exact[:SHOWN]

    @property
    def left_out(self) -> int:
        return max(0, len(self.fate.stood.exact) - SHOWN)

    @property
    def waits(self) -> bool:
        return self.fate.needs_placing

    @property
    def reason(self) -> str:
        reason = self.fate.carried.reason
        return str(Placement.Reason(reason.value).label) if reason else ""

    @property
    def proposal(self) -> "Proposed | None":
        best = next(iter(self.fate.carried.proposals), None)
        if best is None or len(best.place.exact) > LONGEST or len(self.fate.stood.exact) > LONGEST:
            return None
        old, new = self.fate.stood.exact, best.place.exact
        return Proposed(
            _before(best.place.prefix),
            runs(word_diff(old, new)),
            _after(best.place.suffix),
            called_out(what_changed(old, new)),
            len(self.fate.carried.proposals) - 1,
        )


def _before(prefix: str) -> str:
    """What stands before the words, from where a word of it begins; the dots say that more does."""
    return f"…{prefix.partition(' ')[2] or prefix}" if len(prefix) == CONTEXT else prefix


def _after(suffix: str) -> str:
    """What stands after the words, to where a word of it ends."""
    return f"{suffix.rpartition(' ')[0] or suffix}…" if len(suffix) == CONTEXT else suffix


@dataclass(frozen=True)
class Proposed:
    """Where the words may stand now: what changed in them, between what stands around them."""

    prefix: str
    words: list[Run]
    suffix: str
    changes: list[str]
    others: int

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.words)


@dataclass(frozen=True)
class Affected:
    """A record with words in the article: a statement, or a link's marker, or a reply record's evidence.

    `newest` is the number of the revision that the new text replaces.
    """

    record: Statement | Response | ReplyRecord
    words: list[Words]
    newest: int

    @property
    def outcome(self) -> Outcome:
        """The worst of its words."""
        found = {each.fate.carried.outcome for each in self.words}
        return next(outcome for outcome in WORST if outcome in found)

    @property
    def waited(self) -> bool:
        """Whether all of its words that need placing needed it before: the new text has no part in it."""
        waiting = [each.fate.stood.revision.number for each in self.words if each.waits]
        return bool(waiting) and max(waiting) < self.newest

    @property
    def told_as(self) -> str:
        """What it is counted and listed under: its outcome, or that it waited already."""
        return WAITED if self.waited else self.outcome

    @property
    def is_statement(self) -> bool:
        return isinstance(self.record, Statement)

    @property
    def quote(self) -> str:
        """What was said; of a marker or evidence, its words."""
        said = [each for each in self.words if each.fate.span.role == Span.Role.CONTENT]
        return " … ".join(each.exact for each in said or self.words)

    @property
    def told(self) -> list[Words]:
        """The words that something happens to."""
        worst = self.outcome
        happens = [each for each in self.words if each.fate.carried.outcome == worst != "placed"]
        return sorted(happens, key=lambda each: each.fate.span.role != Span.Role.CONTENT)

    @property
    def goes_back(self) -> bool:
        """Whether it was approved and has to be approved again."""
        return bool(self.record.is_approved and self.outcome == Outcome.NEEDS_PLACING)

    @property
    def who(self) -> str:
        """Whose words they are, or at which link or record they stand."""
        if isinstance(self.record, Statement):
            return self.record.speakers_line()
        if isinstance(self.record, Response):
            by = self.record.response.speakers_line()
            return _("marker of the answer by %(who)s") % {"who": by}
        return _("evidence on %(party)s") % {"party": self.record.party.resolved}

    @property
    def statement(self) -> Statement:
        """Where it is looked at."""
        if isinstance(self.record, Statement):
            return self.record
        return self.record.claim


@dataclass(frozen=True)
class Listed:
    """The records of one outcome that are listed; `more` are not."""

    rows: list[Affected]
    more: int


@dataclass(frozen=True)
class Foreseen:
    """The preview: how many stay, move, wait or waited already, the lists of them, and both texts side by side.

    `goes_by` is what an article without a headline is called from then on; empty where nothing changes.
    """

    statements: Counter[str]
    others: Counter[str]
    to_place: Listed
    waited: Listed
    moved: Listed
    kept: Listed
    back: int
    goes_by: str
    diff: Beside

    @property
    def line(self) -> str:
        return outcome_line(self.statements, statements)

    @property
    def others_line(self) -> str:
        return outcome_line(self.others, others)


def foreseen(article: Article, text: str, reason: str, user: User) -> Foreseen:
    """What the text, as it would be stored, does to the work that the user sees; nothing is written."""
    opening = article.revision.next_opening(text, reason)
    affected = affected_by(foresee(article, text), article, user, article.revision.number)
    return Foreseen(
        statements=counted(row for row in affected if row.is_statement),
        others=counted(row for row in affected if not row.is_statement),
        to_place=_listed(affected, Outcome.NEEDS_PLACING),
        waited=_listed(affected, WAITED),
        moved=_listed(affected, Outcome.MOVED),
        kept=_listed(affected, Outcome.PLACED),
        back=sum(row.goes_back for row in affected),
        goes_by="" if article.headline or opening == article.revision.opening else opening,
        diff=beside(article.revision.text, text),
    )


def affected_by(fates: Iterable[Fate], article: Article, user: User, newest: int) -> list[Affected]:
    """The records that the fates' words belong to, in the order of the text; without deleted ones.

    `newest` is the number of the revision that the new text replaces.
    """
    owners = _owners(article, user)
    words: dict[tuple[str, int], list[Words]] = {}
    for fate in fates:
        key = _key(fate.span)
        if fate.span.withdrawn_at is None and key in owners:
            words.setdefault(key, []).append(Words(fate))
    return [Affected(owners[key], found, newest) for key, found in words.items()]


def counted(affected: Iterable[Affected]) -> Counter[str]:
    """How many records come to which outcome; apart from them those that waited already."""
    return Counter(row.told_as for row in affected)


def _key(span: Span) -> tuple[str, int]:
    if span.statement_id:
        return "statement", span.statement_id
    if span.response_id:
        return "response", span.response_id
    return "reply", span.reply_record_id or 0


def _owners(article: Article, user: User) -> dict[tuple[str, int], Any]:
    """The records with words in the article, in a fixed number of queries."""
    here = Placement.objects.filter(revision=article.revision).order_by()
    statements = Statement.objects.visible_to(user).live().filter(article=article)
    links = (
        Response.objects.visible_to(user)
        .live()
        .filter(pk__in=here.values("span__response"))
        .select_related("claim")
    )
    replies = (
        ReplyRecord.objects.visible_to(user)
        .live()
        .filter(pk__in=here.values("span__reply_record"))
        .select_related("claim", "party__merged_into")
    )
    return {
        **{("statement", each.pk): each for each in _named(statements)},
        **{("response", each.pk): each for each in _with_responses(list(links), user)},
        **{("reply", each.pk): each for each in replies},
    }


def _named(statements: "QuerySet[Statement]") -> "QuerySet[Statement]":
    """The statements, ready to be named by their speakers."""
    speakers = Attribution.objects.filter(LIVE, part=Attribution.Kind.SPEAKER)
    rows = speakers.select_related("actor__merged_into").order_by("ordinal")
    return statements.prefetch_related(Prefetch("attributions", rows))


def _with_responses(links: list[Response], user: User) -> list[Response]:
    keys = {link.response_id for link in links}
    answers = _named(Statement.objects.visible_to(user).filter(pk__in=keys)).in_bulk()
    for link in links:
        link.response = answers[link.response_id]
    return links


def _listed(affected: list[Affected], told_as: str) -> Listed:
    rows = [row for row in affected if row.told_as == told_as]
    return Listed(rows[:MOST], max(0, len(rows) - MOST))
