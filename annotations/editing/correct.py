"""A text is corrected: a new revision, and a place in it, or the need of one, for every span."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from annotations.anchoring.carry import SECONDS, Carried, Outcome, carry
from annotations.anchoring.quotation import Quotation, describe
from annotations.editing.change import change, send_back_to_review, store, take, take_as_it_is
from annotations.editing.place import row_at, waiting_row
from annotations.editing.receive import (
    ArticleDetails,
    as_stored,
    find_zones,
    keep_words,
    refuse_unfit,
)
from annotations.models import Article, Placement, Revision, Span, Zone
from annotations.models.history import Change, Verb
from annotations.permissions import User


@dataclass(frozen=True)
class Fate:
    """What becomes of a span in the new text; `stood` is where it last stood."""

    span: Span
    stood: Placement
    carried: Carried

    @property
    def needs_placing(self) -> bool:
        return self.carried.outcome == Outcome.NEEDS_PLACING


def foresee(article: Article, text: str) -> list[Fate]:
    """What the text, as `as_stored` makes it, would do to each span of the article; nothing is written.

    All spans are carried, those of deleted work too: it may be brought back.
    """
    fates = []
    began = time.thread_time()
    stood = sorted(_last_places(article), key=lambda place: place.revision_id)
    for _key, group in groupby(stood, key=lambda place: place.revision_id):
        places = list(group)
        old = places[0].revision.text
        quotations = [_quotation(place) for place in places]
        left = SECONDS - (time.thread_time() - began)
        answers = carry(old, text, quotations, seconds=max(0.0, left))
        for place, carried in zip(places, answers, strict=True):
            fates.append(Fate(place.span, place, carried))
    return sorted(fates, key=lambda fate: fate.stood.start or 0)


def correct(
    *,
    user: User,
    article: Article,
    version: int,
    text: str,
    reason: str,
    note: str = "",
) -> list[Fate]:
    """The article with a new revision; what became of each span. Stale, ValidationError.

    Approved work whose words have to be placed goes back to submitted; what only moved stays approved.
    """
    stored = as_stored(text)
    refuse_unfit(stored)
    with change(Verb.CORRECTED, user) as recorded:
        article = take(article, version)
        refuse_same(article, stored, reason)
        fates = foresee(article, stored)
        article.current_revision = store(
            Revision(
                article=article,
                number=article.revision.number + 1,
                text=stored,
                opening=article.revision.next_opening(stored, reason),
                sha256=Revision.digest(stored),
                received_at=timezone.now(),
                received_by=recorded.user,
                reason=reason,
                note=note,
            )
        )
        _carry_zones(article, article.revision)
        store(article)
        keep_words(article)
        _place_all(article.revision, fates, recorded)
        _send_back(fates)
    return fates


def refuse_same(article: Article, stored: str, reason: str) -> None:
    """ValidationError where the text is the article's newest, unless the article is taken back."""
    if stored == article.revision.text and reason != Revision.Reason.RETRACTION:
        raise ValidationError({"text": _("The text is the same as before.")})


def _row(revision: Revision, fate: Fate) -> Placement:
    """The span's placement in the revision, unsaved: never on other words than the ones it had."""
    stood, place = _quotation(fate.stood), fate.carried.place
    if place is None:
        row = waiting_row(revision, stood, str(fate.carried.reason))
    else:
        row = row_at(revision, place, str(fate.carried.outcome))
        if revision.text[place.start : place.end] != stood.exact:
            raise AssertionError(f"span {fate.span.pk} would stand on other words")
    row.span = fate.span
    return row


def _last_places(article: Article) -> list[Placement]:
    """For each span that ever stood in the article, the newest row that says where."""
    rows = (
        Placement.objects.filter(revision__article=article, start__isnull=False)
        .select_related("revision", "span__statement", "span__response", "span__reply_record")
        .defer("revision__text")
        .order_by("revision__number")
    )
    last = {place.span_id: place for place in rows}
    texts = Revision.objects.in_bulk({place.revision_id for place in last.values()})
    for place in last.values():
        place.revision = texts[place.revision_id]
    return list(last.values())


def _quotation(place: Placement) -> Quotation:
    assert place.start is not None
    assert place.end is not None
    return Quotation(place.start, place.end, place.exact, place.prefix, place.suffix)


def _place_all(revision: Revision, fates: Sequence[Fate], recorded: Change) -> None:
    """In one statement for all, with their history: an article may have thousands."""
    bulk_create_with_history(
        [_row(revision, fate) for fate in fates],
        Placement,
        batch_size=500,
        default_user=recorded.user,
        custom_historical_attrs={"change_id": recorded.id, "verb": recorded.verb},
    )


def _send_back(fates: Iterable[Fate]) -> None:
    """Approved work that a reader would now see without its words goes back to its reviewers."""
    waiting = {
        (type(fate.span.owner), fate.span.owner.pk): fate.span.owner
        for fate in fates
        if fate.needs_placing and fate.span.withdrawn_at is None
    }
    for owner in waiting.values():
        if owner.is_approved:
            taken = take_as_it_is(owner)
            send_back_to_review(taken)
            store(taken)


def _carry_zones(article: Article, revision: Revision) -> None:
    """The zones found in the new text, and those marked in the old one that stand in it unchanged."""
    details = ArticleDetails(headline=article.headline, dateline=article.dateline)
    wanted = set(find_zones(revision.text, details))
    before = Revision.objects.get(article=article, number=revision.number - 1)
    zones = list(Zone.objects.filter(revision=before))
    asked = [describe(before.text, zone.start, zone.end) for zone in zones]
    marked: set[tuple[str, int, int]] = set()
    taken_out: set[tuple[str, int, int]] = set()
    for zone, carried in zip(zones, carry(before.text, revision.text, asked), strict=True):
        if carried.place is not None:
            places = marked if zone.withdrawn_at is None else taken_out
            places.add((zone.kind, carried.place.start, carried.place.end))
    wanted = (wanted - taken_out) | marked  # what an editor took out is not found again
    for kind, start, end in sorted(wanted, key=lambda zone: zone[1:]):
        store(Zone(revision=revision, kind=kind, start=start, end=end))
