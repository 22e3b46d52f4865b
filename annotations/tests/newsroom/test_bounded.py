"""Packed answers: every member of them is read, within the bounds, or none."""

import zlib
from collections.abc import Iterator
from gzip import compress

import pytest

from newsroom.bounded import MOST_MEMBERS, whole
from newsroom.public_addresses import Refused

MEMBERS = compress("یک ".encode()) + compress(b"") + compress("دو".encode())


def pieces(packed: bytes, size: int) -> Iterator[bytes]:
    yield from (packed[at : at + size] for at in range(0, len(packed), size))


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    "after",
    [b"", b"\0" * 20, b"more", b"\0\0\x1f", b"\x1f more", compress(b"")],
    ids=["bare", "padded", "stray", "half a head", "stray head", "empty"],
)
def test_all_members_are_read(size: int, after: bytes) -> None:
    assert whole(pieces(MEMBERS + after, size), "gzip", 1000).decode() == "یک دو"


@pytest.mark.parametrize("size", [7, 1000])
def test_what_follows_a_stream_is_left_out(size: int) -> None:
    packed = zlib.compress("یک".encode()) + b"more"

    assert whole(pieces(packed, size), "deflate", 1000).decode() == "یک"


@pytest.mark.parametrize(
    ("packed", "coding", "said"),
    [
        (MEMBERS + b"\x1f\x8b more", "gzip", "damaged"),
        (MEMBERS[:-9], "gzip", "broke off"),
        (compress(b"") * (MOST_MEMBERS + 1), "gzip", "damaged"),
        (compress(b"x" * 600) * 2, "gzip", "larger"),
    ],
    ids=[
        "more",
        "cut",
        "members",
        "large",
    ],  # gzip's head holds the second it was made in
)
def test_what_is_not_whole_is_refused(packed: bytes, coding: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        whole(pieces(packed, 100), coding, 100_000 if said != "larger" else 1000)
