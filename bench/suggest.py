"""Milliseconds for one suggestion in a 10 MB paragraph beside one in 2 kB, and their ratio.

Run from the project's folder: python -m bench.suggest
"""

import time

from annotations.suggestions.statement import suggest

_SENTENCE = "“We have seen no proof,” Maria Silva, a spokeswoman for the bank, said on Friday. "
_WORST = ("‘", '"', "“", ".", "a", "’ ", ", ", "said ", "May 1", " ")
_ROUNDS = 200


def milliseconds(text: str, start: int, end: int) -> float:
    """The best of many calls: what the work costs, without the machine's other business."""
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        suggest(text, start, end)
        best = min(best, time.perf_counter() - began)
    return best * 1000


def repeated(unit: str, length: int) -> str:
    """A text of one paragraph, `length` code points long."""
    return (unit * (length // len(unit) + 1))[:length]


def main() -> None:
    """Print a line for a usual text, one for a selection of everything, one for each bad one."""
    small, large = repeated(_SENTENCE, 2_000), repeated(_SENTENCE, 10_000_000)
    at = len(_SENTENCE) * 12
    middle = len(_SENTENCE) * 60_000
    _print(
        "a quotation", milliseconds(small, at, at + 24), milliseconds(large, middle, middle + 24)
    )
    _print("everything", milliseconds(small, 0, 2_000), milliseconds(large, 0, 10_000_000))
    for unit in _WORST:
        short, long = repeated(unit, 2_000), repeated(unit, 10_000_000)
        times = milliseconds(short, 1_000, 1_050), milliseconds(long, 5_000_000, 5_000_050)
        _print(f"only {unit!r}", *times)


def _print(what: str, small: float, large: float) -> None:
    print(f"{what:14} 2 kB {small:7.3f} ms   10 MB {large:7.3f} ms   ratio {large / small:5.2f}")


if __name__ == "__main__":
    main()
