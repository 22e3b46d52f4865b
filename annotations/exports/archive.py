"""Several files as one zip, sent while it is made; the same files make the same bytes."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, cast

from annotations.exports.brat import File, files
from annotations.exports.formats import Order

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can say


class _Pipe:
    """What zipfile writes to: it cannot go back, and is emptied after each file."""

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self.written = 0

    def write(self, data: bytes) -> int:
        self.held.append(bytes(data))
        self.written += len(data)
        return len(data)

    def tell(self) -> int:
        return self.written

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        data = b"".join(self.held)
        self.held.clear()
        return data


def zipped(members: Iterable[File]) -> Iterator[bytes]:
    """The zip, a piece for each member."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(
                zipfile.ZipInfo(member.name, EARLIEST), member.data, zipfile.ZIP_DEFLATED
            )
            yield pipe.taken()
    yield pipe.taken()


def brat_zip(order: Order, using: str) -> Iterator[bytes]:
    """brat standoff in a zip."""
    return zipped(files(order, using))
