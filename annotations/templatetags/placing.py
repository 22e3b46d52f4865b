"""Words that a correction left without a certain place, for templates."""

from collections.abc import Iterable

from django import template

from annotations.models import Placement, Span

register = template.Library()


@register.filter
def waiting(spans: Iterable[Span]) -> list[Placement]:
    """Where the spans in use that need placing stood last: their old words, and why."""
    rows = [(span, span.placement()) for span in spans if span.withdrawn_at is None]
    return [place for _, place in rows if place and place.needs_placing]
