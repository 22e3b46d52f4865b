"""What every statement has."""

from collections.abc import Iterator

from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet

from annotations.anchoring.fold import fold
from annotations.doctor.constraints import broken
from annotations.doctor.found import CHUNK, Found, invariant
from annotations.models import Attribution, Placement, Point, Revision, Span, Statement
from annotations.models.record import LIVE


@invariant
def a_statement_has_words(using: str) -> Iterator[Found]:
    """A statement has one or more content spans in use."""
    words = Span.objects.filter(LIVE, statement=OuterRef("pk"), role=Span.Role.CONTENT)
    for pk in _without(using, Exists(words)):
        yield Found(Statement, pk, "It has no words: no content span is in use.")


@invariant
def a_statement_has_a_speaker(using: str) -> Iterator[Found]:
    """A statement is said by somebody, if only by an unnamed actor."""
    speakers = Attribution.objects.filter(
        LIVE, statement=OuterRef("pk"), part=Attribution.Kind.SPEAKER
    )
    for pk in _without(using, Exists(speakers)):
        yield Found(Statement, pk, "Nobody said it: it has no speaker.")


def _without(using: str, something: Exists) -> Iterator[int]:
    rows = Statement.objects.using(using).filter(~something)
    return rows.values_list("pk", flat=True).iterator(CHUNK)


@invariant
def a_speaker_says_how_it_is_known(using: str) -> Iterator[Found]:
    """A speaker, and nobody else, has a basis: named, pronoun, carried over …"""
    return broken(using, "speaker_and_nobody_else_has_a_basis")


@invariant
def a_date_says_how_precise_it_is(using: str) -> Iterator[Found]:
    """The day a thing was said comes with its precision: day, month or year."""
    return broken(using, "said_on_has_a_precision")


@invariant
def spans_and_points_are_numbered_without_gaps(using: str) -> Iterator[Found]:
    """Spans of a role, and points, are numbered 1, 2, 3 … with those taken out, since none is removed."""
    groups = (
        (Point, "statement", ()),
        (Span, "statement", ("role",)),
        (Span, "response", ()),
        (Span, "reply_record", ()),
    )
    for model, owner, more in groups:
        rows = model._default_manager.using(using).filter(**{f"{owner}__isnull": False})
        counted = (
            rows.order_by()
            .values(owner, *more)
            .annotate(rows=Count("pk"), first=Min("ordinal"), last=Max("ordinal"), newest=Max("pk"))
        )
        for row in counted.iterator(CHUNK):
            if (row["first"], row["last"]) != (1, row["rows"]):
                name = row.get("role", model._meta.verbose_name)
                yield Found(
                    model,
                    row["newest"],
                    f"It has {row['rows']} rows of {name}, numbered {row['first']} to {row['last']}.",
                )


@invariant
def attributions_have_their_own_place_in_the_order(using: str) -> Iterator[Found]:
    """Those who have the same part in a statement have an order: the chain of via depends on it."""
    rows = Attribution.objects.using(using).filter(LIVE).order_by()
    groups = rows.values("statement", "part", "ordinal")
    shared = groups.annotate(rows=Count("pk"), newest=Max("pk"))
    for row in shared.filter(Q(rows__gt=1) | Q(ordinal=0)).iterator(CHUNK):
        yield Found(
            Attribution,
            row["newest"],
            f"Place {row['ordinal']} among those of the part {row['part']} "
            + ("is taken twice." if row["rows"] > 1 else "is none."),
        )


@invariant
def the_search_copy_of_a_statement_is_up_to_date(using: str) -> Iterator[Found]:
    """Searches read a folded copy of the quote, the gist and the speakers' printed words: it is made of these."""
    for statement in _searched(using).iterator(CHUNK):
        printed = [row.as_printed for row in statement.speakers()]
        words = fold(" ".join([statement.quote(), statement.gist, *printed]))
        if statement.folded != words:
            yield Found(Statement, statement.pk, "Searches read other words than it has.")


def _searched(using: str) -> "QuerySet[Statement]":
    """The statements with what their copy is made from, and none of the texts."""
    return (
        Statement.objects.using(using)
        .only("gist", "folded")
        .order_by("pk")
        .prefetch_related(
            Prefetch("spans", Span.objects.filter(LIVE, role=Span.Role.CONTENT)),
            Prefetch(
                "spans__placements", Placement.objects.only("span", "revision", "start", "exact")
            ),
            Prefetch("spans__placements__revision", Revision.objects.only("number")),
            Prefetch(
                "attributions",
                Attribution.objects.filter(LIVE, part=Attribution.Kind.SPEAKER),
            ),
        )
    )
