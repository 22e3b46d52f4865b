"""Spans come into a text and go out of it; the server checks the exact words on every write."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from annotations.anchoring.carry import Carried, carry
from annotations.anchoring.graphemes import whole
from annotations.anchoring.quotation import Quotation, describe
from annotations.editing.change import store, take_out
from annotations.models import (
    Article,
    Placement,
    ReplyRecord,
    Response,
    Revision,
    Span,
    Statement,
)
from annotations.models.record import LIVE
from annotations.models.review import Reviewed
from annotations.models.span import role_words

Owner = Statement | Response | ReplyRecord


@dataclass(frozen=True)
class Selection:
    """Words that an editor chose: [start, end) in code points of the revision's text, and the words themselves.

    `uid` names the span that is there already, where there is one.
    """

    role: str
    start: int
    end: int
    exact: str
    uid: uuid.UUID | None = None


@dataclass(frozen=True)
class Ground:
    """The revision that words were chosen in, and the newest one, in which they are to stand."""

    chosen: Revision
    newest: Revision


def hold(article: Article) -> Article:
    """The article as stored, its row held to the end of the transaction.

    So no correction can come between reading its newest text and placing words in it. A correction
    holds the article before the records in it: whoever takes both does so in this order.
    """
    return Article.objects.select_for_update(no_key=True, of=("self",)).get(pk=article.pk)


def hold_all(articles: Collection[int]) -> dict[int, Article]:
    """The articles of these keys as stored, without their texts, their rows held as `hold` does.

    In the order of their keys: two that hold several never wait for each other.
    """
    rows = Article.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=articles)
    return {article.pk: article for article in rows.order_by("pk")}


def hold_texts(record: Reviewed) -> None:
    """The articles that the record's words stand in, held: until the end no correction comes between."""
    of_record = _of(record)
    if of_record is None:
        return
    articles = of_record.values("revision__article")
    held = Article.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=articles)
    list(held.order_by("pk").values_list("pk"))


def waits(record: Reviewed) -> bool:
    """Whether words of the record need placing; asked of a deleted record, as if it were there."""
    of_record = _of(record)
    if of_record is None:
        return False
    newest = F("revision__article__current_revision")
    waiting = of_record.filter(state=Placement.State.NEEDS_PLACING, revision=newest)
    return waiting.exists()


def _of(record: Reviewed) -> "QuerySet[Placement] | None":
    """The placements of the record's spans in use; None for what has no spans."""
    if not isinstance(record, Owner):
        return None
    spans = record.spans.filter(withdrawn_at__isnull=True).order_by()
    return Placement.objects.filter(span__in=spans).order_by()


def ground(article: Article, chosen_in: int | None = None) -> Ground:
    """The ground of words chosen in the revision of this number (the newest where none is named), the article held.

    ValidationError where there is no such revision.
    """
    return ground_in(hold(article).revision, chosen_in)


def ground_in(newest: Revision, chosen_in: int | None = None) -> Ground:
    """Like `ground`, in an article that is held already and whose newest text this is."""
    if chosen_in in (None, newest.number):
        return Ground(newest, newest)
    chosen = Revision.objects.filter(article=newest.article_id, number=chosen_in).first()
    if chosen is None:
        raise ValidationError(
            {"spans": _("The article has no revision %(number)s.") % {"number": chosen_in}}
        )
    return Ground(chosen, newest)


def place(
    owner: Owner,
    article: Article,
    selections: Iterable[Selection],
    *,
    chosen_in: int | None = None,
) -> bool:
    """Make the owner's spans in the article's text these; True where anything changed.

    Words chosen in an older revision (`chosen_in` is its number) are carried into the newest where
    they stand there beyond doubt, else they need placing. ValidationError where other words stand at
    a place than the ones chosen, or the same are chosen twice.
    """
    existing = {span.uid: span for span in owner.spans.filter(withdrawn_at__isnull=True)}
    chosen = list(selections)
    kept = {selection.uid for selection in chosen if selection.uid in existing}
    added = [selection for selection in chosen if selection.uid not in existing]
    for uid, span in existing.items():
        if uid not in kept:
            take_out(span)
    if added:
        _place_new(owner, ground(article, chosen_in), added)
    return bool(added) or len(kept) < len(existing)


def _place_new(owner: Owner, found: Ground, added: Sequence[Selection]) -> None:
    placed = rows_at(found, [words_at(found.chosen, selection) for selection in added])
    for selection, rows in zip(added, placed, strict=True):
        refuse_second_place(owner, selection, rows[-1])
        span = new_span(owner, selection.role)
        for row in rows:
            row.span = span
            store(row)


def words_at(revision: Revision, selection: Selection) -> Quotation:
    """The selection as it stands in the revision; ValidationError where other words do.

    And where an end of it would cut in two what readers see as one character. The page widens such
    selections before it sends them; see text/graphemes.js for pages and servers of unlike age.
    """
    try:
        words = describe(revision.text, selection.start, selection.end)
    except ValueError as error:
        said = _("The %(role)s is outside the text.") % {"role": role_words(selection.role)}
        raise _refusal(said, "outside") from error
    if words.exact != selection.exact:
        said = _("The %(role)s “%(words)s” does not stand there; “%(there)s” does.")
        raise _refusal(said % _named(selection, there=words.exact), "elsewhere")
    _refuse_cut(revision.text, selection)
    return words


def _refuse_cut(text: str, selection: Selection) -> None:
    start, end = whole(text, selection.start, selection.end)
    if (start, end) != (selection.start, selection.end):
        said = _(
            "The %(role)s “%(words)s” would cut a character in two: "
            "select the whole of “%(there)s”."
        )
        raise _refusal(said % _named(selection, there=text[start:end]), "cut")


def _refusal(said: str, code: str) -> ValidationError:
    return ValidationError({"spans": ValidationError(said, code)})


def _named(selection: Selection, there: str = "") -> dict[str, str]:
    role = role_words(selection.role)
    return {"role": role, "words": selection.exact, "there": there}


def rows_at(found: Ground, chosen: Sequence[Quotation]) -> list[list[Placement]]:
    """The placements of each, unsaved and without their span: in the revision chosen in, then in the newest.

    All are carried at once: what two texts share is looked for once, and takes seconds where they are long.
    """
    rows = [[row_at(found.chosen, words)] for words in chosen]
    if found.newest != found.chosen:
        carried = carry(found.chosen.text, found.newest.text, chosen)
        for of_one, words, one in zip(rows, chosen, carried, strict=True):
            of_one.append(_row_carried(found.newest, words, one))
    return rows


def _row_carried(newest: Revision, words: Quotation, carried: Carried) -> Placement:
    if carried.place is None:
        return waiting_row(newest, words, str(carried.reason))
    return row_at(newest, carried.place, str(carried.outcome))


def row_at(
    revision: Revision, words: Quotation, state: str = Placement.State.PLACED.value
) -> Placement:
    """The placement, unsaved and without its span, of words that stand there."""
    row = Placement(revision=revision, state=state, start=words.start, end=words.end)
    row.exact, row.prefix, row.suffix = words.exact, words.prefix, words.suffix
    return row


def move(row: Placement, to: Placement) -> Placement:
    """The row, saved with the state, place and words of another."""
    row.state, row.reason, row.start, row.end = to.state, to.reason, to.start, to.end
    row.exact, row.prefix, row.suffix = to.exact, to.prefix, to.suffix
    return store(row)


def waiting_row(revision: Revision, words: Quotation, reason: str) -> Placement:
    """The placement, unsaved and without its span, of words that need placing: as they last stood."""
    row = Placement(revision=revision, state=Placement.State.NEEDS_PLACING, reason=reason)
    row.exact, row.prefix, row.suffix = words.exact, words.prefix, words.suffix
    return row


def refuse_second_place(owner: Owner, selection: Selection, row: Placement) -> None:
    """ValidationError where the owner has a span of this role at this place already."""
    if row.start is None:
        return
    same = Placement.objects.filter(
        span__in=owner.spans.filter(LIVE, role=selection.role),
        revision=row.revision,
        start=row.start,
        end=row.end,
    )
    if same.exists():
        raise chosen_twice(selection)


def chosen_twice(selection: Selection) -> ValidationError:
    """The refusal of words that have this role already."""
    said = _("“%(words)s” is chosen as %(role)s already.")
    return ValidationError({"spans": said % _named(selection)})


def refuse_overlap(owner: Owner, role: str, row: Placement, but: Span | None = None) -> None:
    """ValidationError where other words of the owner with this role stand there, if only in part."""
    spans = owner.spans.filter(LIVE, role=role)
    if but is not None:
        spans = spans.exclude(pk=but.pk)
    over = Placement.objects.filter(span__in=spans, revision=row.revision)
    other = over.filter(start__lt=row.end, end__gt=row.start).first()
    if other is not None:
        said = _("“%(words)s” is %(role)s of it already: no two pieces may lie over each other.")
        told = {"words": Truncator(other.exact).chars(80), "role": role_words(role)}
        raise ValidationError({"spans": said % told})


def new_span(owner: Owner, role: str) -> Span:
    """A span of the owner's, the last of its role; it has no place yet."""
    span = Span(role=role)
    setattr(span, _owner_field(owner), owner)
    last = owner.spans.filter(role=role).order_by("-ordinal").first()
    span.ordinal = last.ordinal + 1 if last else 1
    return store(span)


def _owner_field(owner: Owner) -> str:
    return {Statement: "statement", Response: "response", ReplyRecord: "reply_record"}[type(owner)]
