"""1,000 quotes carried into a corrected text of 100 KB, beside the way of the Hypothesis client.

Run from the project's folder, with npm's approx-string-match installed into a folder of its own:
  npm install --prefix FOLDER approx-string-match && python -m bench.anchor FOLDER
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annotations.anchoring.carry import Carried, carry
from annotations.anchoring.quotation import Quotation, describe

_SIZE, _QUOTES, _ROUNDS, _SEED = 100_000, 1_000, 7, 42
_OVER = 100  # of the quotes run over the end of a paragraph
_EDIT = 40  # characters put in at one place, at most, that part no quote
_ALIKE = 0.15  # of the sentences read like an earlier one
_LETTERS = "abcdefghijklmnopqrstuvwxyz     "
Char = tuple[str, int]  # and its offset in the old text, -1 for what was typed anew
Place = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """A correction with the true place of each quote: None where less than half of it is left."""

    name: str
    new: str
    truths: list[Place | None]
    kept: list[bool]  # whether every code point of the quote survived, unbroken


def text_of(chance: random.Random) -> str:
    """Paragraphs of made-up words, frequent ones more often, with look-alike sentences, as in news."""
    parts = [
        "".join(chance.choices("bcdfglmnprst", k=1) + chance.choices("aeiou", k=1))
        for _ in range(60)
    ]
    words = [
        "".join(chance.choices(parts, k=chance.choice([1, 1, 2, 2, 3, 4]))) for _ in range(8_000)
    ]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    paragraphs: list[str] = []
    frames: list[list[str]] = []
    size = 0
    while size < _SIZE:
        sentences: list[str] = []
        for _ in range(chance.randint(2, 5)):
            if frames and chance.random() < _ALIKE:
                sentences.append(look_alike(chance.choice(frames), words, chance))
                continue
            said = chance.choices(words, weights, k=chance.randint(6, 28))
            frames.append(said)
            sentences.append(" ".join(said).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:_SIZE]


def look_alike(frame: list[str], words: list[str], chance: random.Random) -> str:
    """The same sentence with another name, a number or a negation, as news has it."""
    said = list(frame)
    said[chance.randrange(len(said))] = chance.choice(words).capitalize()
    said.insert(chance.randrange(len(said)), chance.choice(["not", str(chance.randint(2, 900))]))
    return " ".join(said).capitalize() + "."


def quotes_of(old: str, chance: random.Random, over: int) -> list[Quotation]:
    """Quotes of 100 to 200 characters, so many of them over the end of a paragraph, the rest within one."""
    wanted = {True: over, False: _QUOTES - over}
    found: list[Quotation] = []
    while len(found) < _QUOTES:
        start = chance.randrange(len(old) - 200)
        end = start + chance.randint(100, 200)
        is_over = "\n" in old[start:end]
        if wanted[is_over]:
            wanted[is_over] -= 1
            found.append(describe(old, start, end))
    return found


def edited(chars: list[Char], chance: random.Random) -> list[Char]:
    """1 % of the characters replaced, put in or taken out."""
    found: list[Char] = []
    for char in chars:
        kind = chance.choice(["other", "more", "less"]) if chance.random() < 0.01 else ""
        if kind in ("other", "more"):
            found.append((chance.choice(_LETTERS.replace(char[0], "")), -1))
        if kind in ("", "more"):
            found.append(char)
    return found


def moved(chars: list[Char], chance: random.Random) -> list[Char]:
    """10 % of the paragraphs put elsewhere."""
    paragraphs: list[list[Char]] = [[]]
    for char in chars:
        paragraphs[-1].append(char)
        if char[0] == "\n" and len(paragraphs[-1]) > 1 and paragraphs[-1][-2][0] == "\n":
            paragraphs.append([])
    for _ in range(len(paragraphs) // 10):
        paragraphs.insert(
            chance.randrange(len(paragraphs) - 1),
            paragraphs.pop(chance.randrange(len(paragraphs) - 1)),
        )
    return [char for paragraph in paragraphs for char in paragraph]


def reworded(quotes: list[Quotation]) -> Callable[[list[Char], random.Random], list[Char]]:
    """10 % of the quotes edited: 15 % of their words other ones, or gone."""

    def edit(chars: list[Char], chance: random.Random) -> list[Char]:
        inside = {
            at
            for one in chance.sample(quotes, len(quotes) // 10)
            for at in range(one.start, one.end)
        }
        words = "".join(char for char, _ in chars).split()
        found: list[Char] = []
        drops = False
        for at, char in enumerate(chars):
            begins = at > 0 and chars[at - 1][0] == " " and char[0] != " "
            if begins or char[0].isspace():
                drops = begins and at in inside and chance.random() < 0.15
                if drops and chance.random() < 0.8:
                    found += [(letter, -1) for letter in chance.choice(words)]
            if not drops:
                found.append(char)
        return found

    return edit


def case_of(name: str, chars: list[Char], quotes: list[Quotation]) -> Case:
    """The new text, and where what is left of each quote stands in it: the longer part, if it was parted."""
    at = {origin: place for place, (_, origin) in enumerate(chars) if origin >= 0}
    truths: list[Place | None] = []
    kept = []
    for one in quotes:
        left = [at[origin] for origin in range(one.start, one.end) if origin in at]
        size = one.end - one.start
        part = max(together(left), key=len, default=[])
        truths.append((part[0], part[-1] + 1) if len(part) * 2 >= size else None)
        kept.append(len(left) == size and left == list(range(left[0], left[0] + size)))
    return Case(name, "".join(char for char, _ in chars), truths, kept)


def together(places: list[int]) -> list[list[int]]:
    """The places in runs that nothing longer than an edit parts."""
    runs: list[list[int]] = []
    for place in places:
        if not runs or not 0 < place - runs[-1][-1] <= _EDIT:
            runs.append([])
        runs[-1].append(place)
    return runs


def is_right(place: Place | None, truth: Place | None) -> bool:
    """Whether at least 80 % of both together is shared; nowhere, where it is gone."""
    if place is None or truth is None:
        return place is truth
    shared = min(place[1], truth[1]) - max(place[0], truth[0])
    return shared >= 0.8 * (max(place[1], truth[1]) - min(place[0], truth[0]))


def theirs(case: Case, quotes: list[Quotation], folder: Path) -> tuple[float, list[Place | None]]:
    """Milliseconds and places of the other way, timed inside Node, after the text is read."""
    asked = [
        {"exact": one.exact, "prefix": one.prefix, "suffix": one.suffix, "start": one.start}
        for one in quotes
    ]
    done = subprocess.run(  # noqa: S603
        ["node", str(Path(__file__).with_suffix(".mjs")), str(folder)],  # noqa: S607
        input=json.dumps({"new": case.new, "quotes": asked}),
        capture_output=True,
        check=True,
        text=True,
    )
    answer = json.loads(done.stdout)
    return answer["milliseconds"], [place and (place[0], place[1]) for place in answer["places"]]


def ours(old: str, case: Case, quotes: list[Quotation]) -> tuple[float, list[Carried]]:
    """Milliseconds and outcomes of our engine, its difference and index of the texts included."""
    began = time.perf_counter()
    found = carry(old, case.new, quotes)
    return (time.perf_counter() - began) * 1000, found


def counted(case: Case, found: list[Carried]) -> Counter[str]:
    """What became of the quotes: carried ones must be the very characters chosen, exactly."""
    figures: Counter[str] = Counter()
    for one, truth, is_kept in zip(found, case.truths, case.kept, strict=True):
        if one.place is not None:
            exact = is_kept and (one.place.start, one.place.end) == truth
            figures["right" if exact else "wrong"] += 1
            continue
        figures["to a person"] += 1
        first = one.proposals[0].place if one.proposals else None
        figures["first proposal right"] += is_right(
            (first.start, first.end) if first else None, truth
        )
        figures["though unbroken"] += is_kept
    return figures


def report(old: str, case: Case, quotes: list[Quotation], folder: Path) -> None:
    """Run both ways in turn and print what they took and found."""
    times: list[tuple[float, float]] = []
    for _ in range(_ROUNDS):
        mine, found = ours(old, case, quotes)
        other, places = theirs(case, quotes, folder)
        times.append((mine, other))
    figures = counted(case, found)
    guessed = [is_right(place, truth) for place, truth in zip(places, case.truths, strict=True)]
    exact = sum(place == truth for place, truth in zip(places, case.truths, strict=True))
    ratios = sorted(other / mine for mine, other in times)
    mine, other = min(mine for mine, _ in times), min(other for _, other in times)
    print(
        f"{case.name}: {sum(case.kept)} of {len(quotes)} quotes unbroken\n"
        f"  ours   {mine:7.0f} ms"
        f"  placed or moved right {figures['right']}, wrong {figures['wrong']},"
        f" to a person {figures['to a person']}"
        f" (first proposal right {figures['first proposal right']};"
        f" unbroken ones {figures['though unbroken']})\n"
        f"  theirs {other:7.0f} ms"
        f"  applied without a person: right {sum(guessed)} (both ends exact {exact}),"
        f" wrong {len(guessed) - sum(guessed)}\n"
        f"  times as fast {other / mine:.1f} (single rounds {ratios[0]:.1f} to {ratios[-1]:.1f})"
    )


def main() -> None:
    """Print three cases."""
    folder = Path(sys.argv[1])
    chance = random.Random(_SEED)  # noqa: S311
    old = text_of(chance)
    chars = [(char, at) for at, char in enumerate(old)]
    print(
        f"seed {_SEED}; {len(old)} characters, {_QUOTES} quotes, the fastest of {_ROUNDS} rounds;"
        f" {_OVER} quotes run over the end of a paragraph, but where it says within.\n"
        "Ours applies a quote only where each of its characters is the one chosen (right: exactly"
        " so; wrong: otherwise)\nand leaves the rest to a person; a proposal, and the other way's"
        " guess, is right when it shares 80 % of the true place."
    )
    quotes = quotes_of(old, chance, _OVER)
    edits = {"1 % edits": edited, "moves": moved, "10 % of quotes edited": reworded(quotes)}
    for name, edit in edits.items():
        report(old, case_of(name, edit(chars, chance), quotes), quotes, folder)
    within = quotes_of(old, chance, 0)
    report(old, case_of("moves, within", moved(chars, chance), within), within, folder)


if __name__ == "__main__":
    main()
