"""The catalogues of translations: brought up to date with the code, compiled, looked at for gaps.

The compiled files are kept with the code, so that whoever runs the site needs no tool for them. polib
writes the same bytes each time, whatever its version or the day, which Babel does not.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import polib  # type: ignore[import-untyped]
from django.utils import translation

from newsroom import extraction
from newsroom.bootstrap import ROOT

LANGUAGE = "fa_AF"
FOLDER = ROOT / "locale" / LANGUAGE / "LC_MESSAGES"
DOMAINS = {"django": extraction.in_pages, "djangojs": extraction.in_scripts}
HEAD = {
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
# What a translation has as its original has: placeholders, HTML, commands for people's tools.
KEPT = re.compile(r"%\([a-z_]+\)[sd]|%[sd%]|\{[a-z_]+\}|</?[a-z]+[^>]*>")


def update() -> list[str]:
    """Bring the catalogues up to date and compile them; what is wrong with them then."""
    for domain, found in DOMAINS.items():
        catalogue = _from_code(found(), _read(domain))
        FOLDER.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(FOLDER / f"{domain}.po"))
        catalogue.save_as_mofile(str(FOLDER / f"{domain}.mo"))
    return problems()


def problems() -> list[str]:
    """What the catalogues lack, in plain words; empty where they are complete."""
    return [problem for domain in DOMAINS for problem in _problems(domain)]


def _problems(domain: str) -> Iterator[str]:
    kept = _read(domain)
    fresh = _from_code(DOMAINS[domain](), kept)
    if _keys(kept) != _keys(fresh):
        yield f"{domain}.po is behind the code: run manage.py catalogues"
    for entry in kept:
        yield from (f"{domain}.po: {problem}" for problem in _wrong(entry))
    compiled = FOLDER / f"{domain}.mo"
    if not compiled.exists() or compiled.read_bytes() != kept.to_binary():
        yield f"{domain}.mo is not what {domain}.po says: run manage.py catalogues"


def _wrong(entry: polib.POEntry) -> Iterator[str]:
    pairs = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        pairs = [
            (entry.msgid, entry.msgstr_plural.get(0, "")),
            (entry.msgid_plural, entry.msgstr_plural.get(1, "")),
        ]
    for original, translated in pairs:
        if not translated or entry.fuzzy:
            yield f"“{original}” is not translated"
        elif _kept(original) != _kept(translated):
            yield f"“{original}” has other placeholders or marks than its translation"


def _kept(words: str) -> list[str]:
    return sorted(KEPT.findall(words))


def _keys(catalogue: polib.POFile) -> set[tuple[str, str, str]]:
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in catalogue}


def _read(domain: str) -> polib.POFile:
    path = FOLDER / f"{domain}.po"
    return polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile()


def _from_code(found: Iterator[extraction.Marked], kept: polib.POFile) -> polib.POFile:
    """The words in the code, with the translations that are kept of them."""
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = HEAD
    translated = {(entry.msgctxt or "", entry.msgid): entry for entry in kept}
    with translation.override(None):
        by_words = extraction.merged(found)
    for (context, words), places in sorted(by_words.items(), key=lambda one: one[0][::-1]):
        old = translated.get((context, words), polib.POEntry())
        several = max(place.several for place in places)
        entry = polib.POEntry(
            msgid=words,
            msgctxt=context or None,
            msgid_plural=several,
            occurrences=[(place, "") for place in sorted({one.place for one in places})],
        )
        if several:
            entry.msgstr_plural = old.msgstr_plural or {0: old.msgstr, 1: old.msgstr}
        else:
            entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
        catalogue.append(entry)
    return catalogue


def path_of(domain: str) -> Path:
    return FOLDER / f"{domain}.po"
