"""Files to be checked: JSON-LD documents, by themselves or in an archive with the texts that they are about."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from annotations.exports.w3c_check.found import Json

TEXTS = "texts.json"
LARGEST = 512 * 1024 * 1024  # bytes of one file, unpacked


class Unreadable(ValueError):
    """Which file cannot be read, and why."""


@dataclass(frozen=True)
class Given:
    """Documents by file name; texts by address."""

    documents: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def read(paths: Sequence[Path]) -> Given:
    """All that the files hold; a folder is read like an archive. Unreadable names the file."""
    given = Given()
    for path in paths:
        members = _members(path)
        listed = members.pop(TEXTS, None)
        if listed is not None:
            given.texts.update(_texts(path, listed, members))
        for name, content in members.items():
            if name.endswith((".json", ".jsonld")):
                given.documents[name] = _parsed(name, content)
    if not given.documents:
        raise Unreadable("No .json or .jsonld file is among them.")
    return given


def _members(path: Path) -> dict[str, bytes]:
    try:
        if path.is_dir():
            found = (each for each in sorted(path.rglob("*")) if each.is_file())
            return {each.relative_to(path).as_posix(): each.read_bytes() for each in found}
        if is_zipfile(path):
            return dict(_unpacked(path))
        name = path.name if path.suffix in (".json", ".jsonld") else f"{path.name}.jsonld"
        return {name: path.read_bytes()}
    except (OSError, BadZipFile) as error:
        raise Unreadable(f"{path}: {error}") from error


def _unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    with ZipFile(path) as archive:
        for member in archive.infolist():
            if member.file_size > LARGEST:
                raise Unreadable(f"{path}: {member.filename} has {member.file_size} bytes")
            yield member.filename, archive.read(member)


def _texts(path: Path, listed: bytes, members: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    index = _parsed(f"{path.name}/{TEXTS}", listed)
    if not isinstance(index, dict):
        raise Unreadable(f"{path}: {TEXTS} is no list of texts by address")
    for address, name in index.items():
        if name not in members:
            raise Unreadable(f"{path}: {TEXTS} names {name}, which is not there")
        yield address, _decoded(f"{path.name}/{name}", members[name])


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name}: not UTF-8 at byte {error.start + 1}") from error


def _parsed(name: str, content: bytes) -> Json:
    try:
        return json.loads(
            _decoded(name, content), object_pairs_hook=_once, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name}: {error}") from error


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice} stands twice in one object")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
