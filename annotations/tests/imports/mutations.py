"""Files that were damaged on the way: cut, doubled, bytes changed, pieces swapped, marks put in."""

import random
from collections.abc import Iterator

SPLINTERS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b";",
    b",",
    b"\r",
    b"\n",
    b"<",
    b"]]>",
    b"&a;",
    b"\xed\xa0\xbd",
    b" | ",
    b"\\",
    b"=1+1",
    b"PK\x03\x04",
    "نیروها".encode(),
    "😀".encode(),
    "\u202e".encode(),
    b"9" * 400,
    b"-1",
)


def mutated(originals: dict[str, bytes], number: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of so many damaged files, the same for the same seed."""
    chance = random.Random(seed)
    names = sorted(originals)
    for each in range(number):
        name = names[each % len(names)]
        data = originals[name]
        for _time in range(chance.choice((1, 1, 2, 5, 20))):
            data = _hurt(data, chance)
        yield name, data


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """The file with up to twenty bytes changed, sometimes cut: what is found by its place stays there."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


def _hurt(data: bytes, chance: random.Random) -> bytes:
    at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    end = min(end, at + 200)
    match chance.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:at] + chance.choice(SPLINTERS) + data[at:]
        case 3:
            return data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[end:]
        case 4:
            return data[:at] + data[at:end] * 2 + data[end:]
        case _:
            return data[:at] + data[end:] + data[at:end]
