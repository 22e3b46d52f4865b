"""A text with its highlights, as HTML: thousands of pieces, which the template language takes ten times as long for.

Of a text in parts, those that the page has already (it names them, see elements/in-place.js) are left empty.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from annotations.views.blocks import Block, Piece

register = template.Library()


@dataclass(frozen=True)
class Drawing:
    """Whether the text stands in the pane beside the article, and whether it is a still one of an old revision."""

    beside: bool
    still: bool

    def block(self, block: Block) -> str:
        """The pieces, in the element of their zone."""
        inside = "".join(self.piece(piece) for piece in block.pieces)
        if not block.zone:
            return inside
        role = ""
        if block.zone == "headline":
            role = f' role="heading" aria-level="{3 if self.beside else 1}"'
        return f'<span class="zone {block.zone}"{role}>{inside}</span>'

    def piece(self, piece: Piece) -> str:
        """The words, in a <mark> where there are any marks over them."""
        turn = '<span class="from-right" data-from-right></span>' if piece.is_turned else ""
        words = escape(piece.text)
        if not piece.marks:
            return turn + words
        anchors = "" if self.beside else "".join(f'<span id="{a}"></span>' for a in piece.anchors)
        return f"{turn}<mark {self._attributes(piece)}>{anchors}{words}</mark>"

    def _attributes(self, piece: Piece) -> str:
        """Classes and uids need no escape."""
        said = f'class="{piece.classes}" data-statements="{piece.statements}"'
        spoken = piece.spoken
        if spoken:
            said += f' data-spoken="{escape(spoken)}"'
        if piece.closes_content:
            said += " data-closes"
        if piece.is_stop and not self.still:
            said += ' tabindex="0"'
        return said


@register.simple_tag
def drawn(
    blocks: Iterable[Block], *, beside: bool = False, still: bool = False, has: Collection[str] = ()
) -> SafeString:
    """The blocks as HTML; of the parts of a long text, those whose names are in `has` without their words."""
    drawing = Drawing(bool(beside), bool(still))
    html = "".join(_parts(blocks, drawing, has or ()))
    return mark_safe(html)  # noqa: S308  each piece of it is escaped


def _parts(blocks: Iterable[Block], drawing: Drawing, has: Collection[str]) -> Iterator[str]:
    held: list[str] | None = None
    number = 0
    for block in blocks:
        if block.opens_part:
            held = []
        if held is None:
            yield drawing.block(block)
            continue
        held.append(drawing.block(block))
        if block.closes_part:
            yield _part(number, "".join(held), has, is_late=block.is_late)
            held, number = None, number + 1


def _part(number: int, inside: str, has: Collection[str], *, is_late: bool) -> str:
    same = hashlib.blake2b(f"{number} {inside}".encode(), digest_size=6).hexdigest()
    kind = "part late" if is_late else "part"
    if same in has:
        return f'<div class="{kind}" data-same="{same}" data-kept></div>'
    return f'<div class="{kind}" data-same="{same}">{inside}</div>'
