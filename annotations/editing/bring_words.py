"""What one record's spans mark, another marks from now on as well."""

from annotations.anchoring.quotation import describe
from annotations.editing.change import take_out
from annotations.editing.place import Owner, move, new_span, row_at
from annotations.models import Placement, Span
from annotations.models.record import LIVE

BLANK = " \t\u00a0\u202f"  # what may stand between two pieces that touch: no new line


def copy_places(span: Span, to: Span) -> None:
    """Give a new span the places of another, in every text that this one stands or waits in."""
    for row in span.placements.order_by("revision__number"):
        move(Placement(span=to, revision=row.revision), row)


def bring_words(owner: Owner, to: Owner) -> None:
    """What another owner's spans mark, `to` marks from now on as well; its pieces never lie over each other."""
    for span in owner.spans.filter(LIVE).order_by("role", "ordinal"):
        row = span.placement()
        if row is not None and row.start is not None:
            over = _over(row, to, span.role)
            if over:
                _widen(over, row)
                continue
        copy_places(span, new_span(to, span.role))


def _over(row: Placement, to: Owner, role: str) -> list[Placement]:
    """Where the owner's pieces of this role lie over these words or, for content, touch them."""
    assert row.start is not None
    assert row.end is not None
    first, last = row.start + 1, row.end - 1
    if role == Span.Role.CONTENT:
        before, after = row.revision.text[: row.start], row.revision.text[row.end :]
        first = len(before.rstrip(BLANK))
        last = row.end + len(after) - len(after.lstrip(BLANK))
    spans = to.spans.filter(LIVE, role=role)
    found = Placement.objects.filter(span__in=spans, revision=row.revision)
    return list(found.filter(start__lte=last, end__gte=first).order_by("start"))


def _widen(over: list[Placement], row: Placement) -> None:
    """The first of the pieces reaches over all of these words; the others go out."""
    first, *others = over
    pieces = [(p.start, p.end) for p in (*over, row) if p.start is not None and p.end is not None]
    start, end = min(p[0] for p in pieces), max(p[1] for p in pieces)
    for other in others:
        take_out(other.span)
    if (first.start, first.end) != (start, end):
        move(first, row_at(row.revision, describe(row.revision.text, start, end)))
