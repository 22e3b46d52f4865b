"""Spans and where they stand, as far as the texts need not be read for it."""

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from annotations.doctor.constraints import broken
from annotations.doctor.found import CHUNK, Found, history_of, invariant
from annotations.doctor.texts import shown
from annotations.models import Attribution, Placement, Span
from annotations.models.history import BY_A_PERSON
from annotations.models.record import LIVE


@invariant
def every_span_stands_in_the_newest_text(using: str) -> Iterator[Found]:
    """Every span in use has a placement, or waits for one, in the newest text of its article."""
    newest = Placement.objects.filter(
        span=OuterRef("pk"), revision=F("revision__article__current_revision")
    )
    rows = Span.objects.using(using).filter(LIVE, ~Exists(newest))
    for pk, role in rows.values_list("pk", "role").iterator(CHUNK):
        yield Found(Span, pk, f"A {role} of it has no place in the newest text, nor waits for one.")


@invariant
def a_span_stands_in_one_article(using: str) -> Iterator[Found]:
    """A span stands in the texts of one article; a statement's, in its own."""
    rows = Placement.objects.using(using).order_by().values("span_id", "span__statement__article")
    apart = rows.annotate(first=Min("revision__article"), last=Max("revision__article")).filter(
        ~Q(first=F("last"))
        | Q(span__statement__isnull=False) & ~Q(span__statement__article=F("first"))
    )
    for row in apart.iterator(CHUNK):
        yield Found(Span, row["span_id"], "Its words stand in the text of another article.")


@invariant
def what_needs_placing_says_why_and_has_no_place(using: str) -> Iterator[Found]:
    """A placement has start and end, or needs placing: then it has a reason and neither."""
    return broken(using, "placement_has_a_place_unless_it_needs_one")


@invariant
def a_span_keeps_the_words_chosen(using: str) -> Iterator[Found]:
    """Rule 2: from one text to the next a highlight keeps its words, unless a person placed it anew."""
    rows = Placement.objects.using(using).order_by().values("span_id")
    varied = rows.annotate(low=Min("exact"), high=Max("exact")).exclude(low=F("high"))
    for span_id in varied.values_list("span_id", flat=True).iterator(CHUNK):
        yield from _changed_words(span_id, using)


def _changed_words(span_id: int, using: str) -> Iterator[Found]:
    by_person = history_of(Placement).objects.filter(id=OuterRef("pk"), verb__in=BY_A_PERSON)
    rows = (
        Placement.objects.using(using)
        .filter(span=span_id)
        .annotate(by_person=Exists(by_person))
        .order_by("revision__number")
    )
    for before, after in pairwise(rows):
        if after.exact != before.exact and not vars(after)["by_person"]:
            yield Found(
                Placement,
                after.pk,
                f"{shown(before.exact)} became {shown(after.exact)}, and nobody placed it there.",
            )


@invariant
def no_words_are_chosen_twice(using: str) -> Iterator[Found]:
    """A record has no two spans of one role in use at the same place."""
    owner = ("span__statement", "span__response", "span__reply_record", "span__role")
    rows = Placement.objects.using(using).filter(
        span__withdrawn_at__isnull=True, start__isnull=False
    )
    places = rows.order_by().values(*owner, "revision", "start", "end")
    twice = places.annotate(rows=Count("pk"), last=Max("pk")).filter(rows__gt=1)
    for row in twice.iterator(CHUNK):
        yield Found(
            Placement,
            row["last"],
            f"It has {row['rows']} spans of the role {row['span__role']} from "
            f"{row['start']} to {row['end']}.",
        )


@invariant
def a_source_span_is_of_its_own_statement(using: str) -> Iterator[Found]:
    """The words that name an actor are a source span of the same statement; removed, it can be put back."""
    rows = Attribution.objects.using(using).filter(LIVE, source_span__isnull=False)
    own = Q(
        source_span__statement=F("statement"),
        source_span__role=Span.Role.SOURCE,
    )
    wrong = rows.filter(~own).values_list("pk", "actor__name")
    for pk, name in wrong.iterator(CHUNK):
        yield Found(Attribution, pk, f"The words for {name} are no source of this statement.")
