"""A quote as it stands in its article: the words marked, with what stands around them."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.anchoring.segments import segments
from annotations.models import Placement, Revision, Span, Statement

AROUND = 160  # code points either side: enough for the sentence before and after


def in_context(spans: Iterable[Span]) -> SafeString:
    """The spans' words as <mark>, with surroundings; words that lost their place stand alone."""
    placements = [placement for span in spans if (placement := span.placement())]
    by_revision: dict[Revision, list[tuple[int, int]]] = {}
    lost = []
    for placement in placements:
        if placement.start is None or placement.end is None:
            lost.append(placement)
        else:
            places = by_revision.setdefault(placement.revision, [])
            places.append((placement.start, placement.end))
    parts = [
        _window(revision.text, window)
        for revision, places in by_revision.items()
        for window in windows(places)
    ]
    return format_html_join(
        "", '<p class="excerpt" dir="auto">{}</p>', _each([*parts, *_alone(lost)])
    )


def quote(statement: Statement) -> SafeString:
    """The statement's words in their context, with links to the article and the statement."""
    return format_html(
        '{}<p class="quiet"><a href="{}">In the article</a> · <a href="{}">Statement page</a></p>',
        in_context(statement.live_spans(Span.Role.CONTENT)),
        f"{statement.article.get_absolute_url()}?statement={statement.uid}#s-{statement.uid}",
        statement.get_absolute_url(),
    )


def windows(places: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The (start, end) places in groups whose surroundings touch, in order of the text."""
    groups: list[list[tuple[int, int]]] = []
    reach = -1
    for start, end in sorted(places):
        if groups and start - AROUND <= reach:
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
        reach = max(reach, end + AROUND)
    return groups


def _window(text: str, places: list[tuple[int, int]]) -> SafeString:
    begin = max(0, places[0][0] - AROUND)
    finish = min(len(text), max(end for _, end in places) + AROUND)
    spans = [(number, start - begin, end - begin) for number, (start, end) in enumerate(places)]
    pieces = format_html_join(
        "",
        "{}",
        _each(
            _piece(piece.text, bool(piece.keys)) for piece in segments(text[begin:finish], spans)
        ),
    )
    return format_html("{}{}{}", "…" if begin else "", pieces, "…" if finish < len(text) else "")


def _piece(text: str, marked: bool) -> SafeString:
    return format_html("<mark>{}</mark>" if marked else "{}", text)


def _alone(lost: list[Placement]) -> list[SafeString]:
    return [
        format_html("<mark>{}</mark> (needs placing in the corrected text)", placement.exact)
        for placement in lost
    ]


def _each(parts: Iterable[SafeString]) -> Iterable[tuple[SafeString]]:
    return ((part,) for part in parts)
