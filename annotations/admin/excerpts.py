"""A quote as it stands in its article: the words marked, with what stands around them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Greatest, Least, Substr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotations.anchoring.segments import segments
from annotations.models import Placement, Span, Statement

AROUND = 160  # code points either side: enough for the sentence before and after


def fetch_surroundings(spans: Iterable[Span]) -> None:
    """Give the spans' placements what stands `before` and `after` them, and in which language."""
    placements = {place.pk: place for span in spans if (place := span.placement())}
    found = Placement.objects.filter(pk__in=placements, start__isnull=False).values_list(
        "pk",
        Substr("revision__text", Greatest(F("start") - AROUND, 0) + 1, Least(F("start"), AROUND)),
        Substr("revision__text", F("end") + 1, AROUND + 1),
        "revision__article__language",
    )
    for pk, before, after, language in found:
        vars(placements[pk]).update(before=before, after=after, language=language)


def in_context(spans: Iterable[Span]) -> SafeString:
    """The spans' words as <mark>, with surroundings; words that lost their place stand alone."""
    by_revision: dict[int, list[Placed]] = defaultdict(list)
    lost = []
    for span in spans:
        placement = span.placement()
        if placement and placement.start is not None:
            by_revision[placement.revision_id].append(Placed.of(placement))
        elif placement:
            lost.append(placement)
    parts = [
        (group[0].language, _window(group))
        for places in by_revision.values()
        for group in windows(places)
    ]
    shown = format_html_join("", '<p class="excerpt" dir="auto" lang="{}">{}</p>', parts)
    return shown + format_html_join("", '<p class="excerpt" dir="auto">{}</p>', _each(_alone(lost)))


@dataclass(frozen=True, order=True)
class Placed:
    """Words and what stands around them; `text` begins at `begin`, counted in code points."""

    start: int
    end: int
    begin: int
    text: str
    goes_on: bool
    language: str = ""

    @classmethod
    def of(cls, placement: Placement) -> "Placed":
        before, after = getattr(placement, "before", ""), getattr(placement, "after", "")
        start = placement.start or 0
        text = before + placement.exact + after[:AROUND]
        end, goes_on = start + len(placement.exact), len(after) > AROUND
        language = getattr(placement, "language", "")
        return cls(start, end, start - len(before), text, goes_on, language)


def quote(statement: Statement) -> SafeString:
    """The statement's words in their context, with links to the article and the statement."""
    return format_html(
        '{}<p class="quiet"><a href="{}">{}</a> · <a href="{}">{}</a></p>',
        in_context(statement.live_spans(Span.Role.CONTENT)),
        f"{statement.article.get_absolute_url()}?statement={statement.uid}#s-{statement.uid}",
        gettext("In the article"),
        statement.get_absolute_url(),
        gettext("Statement page"),
    )


def windows(places: Iterable[Placed]) -> list[list[Placed]]:
    """The places in groups whose surroundings touch, in order of the text."""
    groups: list[list[Placed]] = []
    reach = -1
    for place in sorted(places):
        if groups and place.begin <= reach:
            groups[-1].append(place)
        else:
            groups.append([place])
        reach = max(reach, place.begin + len(place.text))
    return groups


def _window(places: list[Placed]) -> SafeString:
    """The group's text, put together from its places, with their words marked."""
    begin = places[0].begin
    text = ""
    for place in places:
        text += place.text[begin + len(text) - place.begin :]
    spans = [
        (number, place.start - begin, place.end - begin) for number, place in enumerate(places)
    ]
    pieces = (_piece(piece.text, bool(piece.keys)) for piece in segments(text, spans))
    last = max(places, key=lambda place: place.begin + len(place.text))
    whole = format_html_join("", "{}", _each(pieces))
    return format_html("{}{}{}", "…" if begin else "", whole, "…" if last.goes_on else "")


def _piece(text: str, marked: bool) -> SafeString:
    return format_html("<mark>{}</mark>" if marked else "{}", text)


def spans_of(*statements: Statement) -> list[Span]:
    """The spans that hold the statements' words."""
    return [span for each in statements for span in each.live_spans(Span.Role.CONTENT)]


def _alone(lost: list[Placement]) -> list[SafeString]:
    why = gettext("(needs placing in the corrected text)")
    return [format_html("<mark>{}</mark> {}", placement.exact, why) for placement in lost]


def _each(parts: Iterable[SafeString]) -> Iterable[tuple[SafeString]]:
    return ((part,) for part in parts)
