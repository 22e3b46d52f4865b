"""Whether every attribution of a brat corpus (PolNeAR) is in the database, word for word; and in what we wrote.

    DATABASE_URL=… .venv/bin/python -m bench.brat_check CORPUS [EXPORTED]

CORPUS is the folder that import_brat was given, EXPORTED one that export_brat wrote. Reads the .ann
files by itself: nothing of annotations.imports is used. Of each attribution compared: the places of its
content, source and cue, and the exact words. Exceptions are listed by name; exit code 1 where there are any
that the corpus does not explain.
"""

import hashlib
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROLES = ("Content", "Source", "Cue")
PLACES = re.compile(r"\d+ \d+(?:;\d+ \d+)*")

Piece = tuple[int, int, str]
Said = tuple[frozenset[Piece], frozenset[Piece], frozenset[Piece]]  # content, source, cue
ByText = dict[str, Counter[Said]]  # by the SHA-256 of the text


def texts_of(folder: Path) -> dict[str, str]:
    """Every text, by the name of its file without .txt."""
    return {path.stem: path.read_bytes().decode() for path in sorted(folder.rglob("*.txt"))}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def of_folder(folder: Path, explained: list[str], words: Counter[str]) -> ByText:
    """The attributions of a folder's .ann files; what is odd in the corpus itself is added to `explained`."""
    texts = texts_of(folder)
    found: ByText = {digest(text): Counter() for text in texts.values()}
    for path in sorted(folder.rglob("*.ann")):
        name = path.stem if path.stem in texts else path.stem.rpartition("_")[0]
        if name not in texts:
            explained.append(f"{path.name}: no text")
            continue
        for said in _attributions(path, texts[name], explained, words):
            found[digest(texts[name])][said] += 1
    return found


def _attributions(
    path: Path, text: str, explained: list[str], words: Counter[str]
) -> Iterator[Said]:
    raw = path.read_bytes().decode()
    entities: dict[str, tuple[str, frozenset[Piece]]] = {}
    for match in re.finditer(
        r"^(T\d+)\t(\S+) ([\d ;]+)\t(.*(?:\n(?![TEAR#]\d+\t).*)*)", raw, re.MULTILINE
    ):
        name, kind, places, printed = match.groups()
        if not PLACES.fullmatch(places):
            explained.append(f"{path.name}: {name} has no places")
            continue
        pieces = [tuple(map(int, place.split())) for place in places.split(";")]
        there = " ".join(text[start:end] for start, end in pieces)
        if " ".join(there.split()) != " ".join(printed.split()):
            explained.append(f"{path.name}: {name} has other words than the text")
        words[kind] += 1
        entities[name] = (kind, frozenset((s, e, text[s:e]) for s, e in pieces))
    for match in re.finditer(r"^(E\d+)\t(.*)$", raw, re.MULTILINE):
        roles: dict[str, set[Piece]] = defaultdict(set)
        for arg in match[2].split()[1:]:
            role, target = arg.split(":")
            if target not in entities:
                explained.append(f"{path.name}: {match[1]} names {target}, which is not there")
                continue
            roles[role.rstrip("0123456789")] |= entities[target][1]
        if not roles["Content"]:
            explained.append(f"{path.name}: {match[1]} has no content")
            continue
        content, source, cue = (frozenset(roles[role]) for role in ROLES)
        yield content, source, cue


def of_database() -> ByText:
    """The same of what is stored, deleted work left out."""
    from annotations.models import Article, Placement

    found: ByText = defaultdict(Counter)
    for article in Article.objects.select_related("current_revision"):
        rows = Placement.objects.filter(
            revision=article.current_revision_id,
            span__withdrawn_at__isnull=True,
            span__statement__isnull=False,
        ).exclude(span__statement__state="withdrawn")
        spoken: dict[int, dict[str, set[Piece]]] = defaultdict(lambda: defaultdict(set))
        values = rows.values_list("span__statement", "span__role", "start", "end", "exact")
        for statement, role, start, end, exact in values:
            spoken[statement][role.capitalize()].add((start, end, exact))
        counted = found[digest(article.revision.text)]
        for roles in spoken.values():
            content, source, cue = (frozenset(roles[role]) for role in ROLES)
            counted[content, source, cue] += 1
    return found


def compare(what: str, corpus: ByText, other: ByText) -> int:
    """How many attributions of the corpus are not there, or there and not of the corpus; each text is told."""
    wrong = 0
    for key, wanted in corpus.items():
        there = other.get(key, Counter())
        missing, more = wanted - there, there - wanted
        if missing or more:
            wrong += sum(missing.values()) + sum(more.values())
            print(
                f"{what}: text {key[:12]}: {sum(missing.values())} missing, {sum(more.values())} more"
            )
    return wrong


def pieces_in(found: ByText) -> dict[str, int]:
    counts = dict.fromkeys(ROLES, 0)
    for counted in found.values():
        for said, number in counted.items():
            for role, pieces in zip(ROLES, said, strict=True):
                counts[role] += number * len(pieces)
    return counts


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    explained: list[str] = []
    words: Counter[str] = Counter()
    corpus = of_folder(Path(sys.argv[1]), explained, words)
    wrong = compare("database", corpus, of_database())
    if len(sys.argv) > 2:
        ours: list[str] = []
        wrong += compare("exported", corpus, of_folder(Path(sys.argv[2]), ours, Counter()))
        for line in ours:
            print(f"exported {line}")
        wrong += len(ours)
    for line in explained:
        print(line)
    said = ", ".join(f"{kind} {number:,}" for kind, number in words.most_common())
    print(f"Words compared with the text: {said}")
    print(
        f"Texts: {len(corpus):,}; attributions: {sum(map(Counter.total, corpus.values())):,}; "
        f"pieces {pieces_in(corpus)}; odd in the corpus: {len(explained)}; differences: {wrong}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
