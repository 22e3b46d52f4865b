"""Compressed bytes, taken apart only as far as is allowed: so many bytes, so many times as large."""

import zlib
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from newsroom.public_addresses import Refused

HIGHEST_RATIO = 100  # decoded to sent; text compresses to a tenth, a bomb to a thousandth
UNWATCHED = 1024 * 1024  # bytes below which the ratio says nothing
PIECE = 64 * 1024  # bytes
PADDING = b"\0"  # after the last member
_MEMBER = b"\x1f\x8b"  # begins each of gzip
MOST_MEMBERS = 1_000  # of one gzip answer: each costs a decoder
_CODINGS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


def whole(pieces: Iterable[bytes], coding: str, largest: int) -> bytes:
    """The pieces decoded and joined; Refused beyond `largest` bytes or HIGHEST_RATIO, or if cut short."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return _joined(pieces, largest)
    if coding not in _CODINGS:
        raise Refused(_("The answer is packed in a way that is not read here."))
    sent = _Counted(pieces, largest)
    try:
        return _joined(_decoded(sent, _CODINGS[coding]), largest, sent)
    except zlib.error as error:
        raise Refused(_("The answer is damaged.")) from error


class _Counted:
    """The pieces as they pass, and how many bytes they were."""

    def __init__(self, pieces: Iterable[bytes], largest: int) -> None:
        self.pieces = pieces
        self.number = 0
        self.largest = largest

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.number += len(piece)
            if self.number > self.largest:
                raise _too_large(self.largest)
            yield piece


def _joined(pieces: Iterable[bytes], largest: int, sent: _Counted | None = None) -> bytes:
    joined = bytearray()
    for piece in pieces:
        joined += piece
        if len(joined) > largest:
            raise _too_large(largest)
        if sent and len(joined) > max(UNWATCHED, HIGHEST_RATIO * sent.number):
            raise Refused(_("The answer is packed far too densely to be a text."))
    return bytes(joined)


def _decoded(pieces: Iterable[bytes], bits: int) -> Iterator[bytes]:
    """At most PIECE bytes at a time, so that a bomb is noticed before it is large.

    gzip may have several members, one after the other (RFC 1952, 2.2). Stray bytes after the last are left out, as
    Chromium and requests do (curl gives up).
    """
    decoder, members, held = zlib.decompressobj(bits), 1, b""
    is_first = True
    for piece in pieces:
        if is_first and bits == zlib.MAX_WBITS and not _has_zlib_head(piece):
            decoder = zlib.decompressobj(-zlib.MAX_WBITS)  # what some servers call deflate
        is_first = False
        packed, held = held + piece, b""
        while packed:
            if decoder.eof:
                packed = packed.lstrip(PADDING)
                if packed in _MEMBER:  # nothing, or too little to tell
                    held = packed
                    break
                if bits != _CODINGS["gzip"] or not packed.startswith(_MEMBER):
                    return
                members += 1
                if members > MOST_MEMBERS:
                    raise zlib.error("too many members")
                decoder = zlib.decompressobj(bits)
            yield decoder.decompress(packed, PIECE)
            packed = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    yield from iter(lambda: decoder.decompress(b"", PIECE), b"")
    if not decoder.eof:
        raise Refused(_("The answer broke off."))


def _has_zlib_head(piece: bytes) -> bool:
    return len(piece) > 1 and piece[0] & 15 == 8 and int.from_bytes(piece[:2]) % 31 == 0


def _too_large(largest: int) -> Refused:
    return Refused(_("The answer is larger than %(most)s MB.") % {"most": largest // 1024 // 1024})
