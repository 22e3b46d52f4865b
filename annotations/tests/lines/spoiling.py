"""Files spoiled at random, for importers that must refuse them or come to something sound."""

import random

FILES = 2_000


class Undone(Exception):
    """Ends a transaction that is not to be kept."""


def spoiled(file: bytes, chance: random.Random) -> bytes:
    """The file with bytes changed, cut out or doubled, or lines swapped, dropped or doubled."""
    lines = file.splitlines(keepends=True)
    at, to = sorted(chance.sample(range(len(lines)), 2))
    where = chance.randrange(len(file))
    long = chance.choice([1, 1, 2, 8, 64])
    noise = bytes(chance.choices(b'0123456789abcdef"{}[],:\\\xff\x00-nulltrue', k=long))
    ways = (
        lambda: file[:where] + noise + file[where + long :],
        lambda: file[:where] + file[where + long :],
        lambda: file[:where] + file[where : where + long] * 2 + file[where + long :],
        lambda: file[:where],
        lambda: b"".join([*lines[:at], *lines[at + 1 :]]),
        lambda: b"".join([*lines[:at], lines[to], *lines[at:]]),
        lambda: b"".join(
            [*lines[:at], lines[to], *lines[at + 1 : to], lines[at], *lines[to + 1 :]]
        ),
    )
    return chance.choice(ways)()
