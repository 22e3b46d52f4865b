"""Rules for single values: IRIs, times, numbers, terms."""

import re
from datetime import datetime
from typing import TypeGuard

from annotations.exports.w3c_check.found import Finding, Findings, Json, listed, shown

ANNO = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = frozenset(
    {
        "assessing",
        "bookmarking",
        "classifying",
        "commenting",
        "describing",
        "editing",
        "highlighting",
        "identifying",
        "linking",
        "moderating",
        "questioning",
        "replying",
        "tagging",
    }
)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_UTC = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def is_iri(value: Json) -> bool:
    """An absolute IRI, or a prefixed name, which the context makes one."""
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


def iri(node: dict[str, Json], name: str, where: str, *, must: bool = False) -> Findings:
    """At most one IRI (exactly one, where it must be there)."""
    if name not in node:
        if must:
            yield Finding(where, f"{name} is missing", "exactly one IRI is required")
    elif not is_iri(node[name]):
        yield Finding(f"{where}.{name}", f"{name} is one absolute IRI", shown(node[name]))


def context(node: dict[str, Json], where: str, *, must: bool) -> Findings:
    """The standard's context; a plain string where it is the only one."""
    if "@context" not in node:
        if must:
            yield Finding(where, "@context is missing", ANNO)
        return
    found = node["@context"]
    if ANNO not in listed(found):
        yield Finding(f"{where}.@context", "@context names the standard's", shown(found))
    elif isinstance(found, list) and len(found) == 1:
        yield Finding(f"{where}.@context", "a single @context is a string", shown(found))


def time(node: dict[str, Json], name: str, where: str) -> Findings:
    """At most one date and time, in UTC with Z."""
    value = node.get(name)
    if value is not None and not is_utc(value):
        yield Finding(f"{where}.{name}", "a time is in UTC and ends in Z", shown(value))


def is_utc(value: Json) -> bool:
    if not isinstance(value, str) or not _UTC.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_count(value: Json) -> TypeGuard[int]:
    """A number of 0 or more, without fraction; true is none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def count(node: dict[str, Json], name: str, where: str) -> Findings:
    if name in node and not is_count(node[name]):
        yield Finding(f"{where}.{name}", f"{name} is a whole number, 0 or more", shown(node[name]))


def text(node: dict[str, Json], name: str, where: str, *, must: bool = False) -> Findings:
    """At most one string (exactly one, where it must be there)."""
    if name not in node:
        if must:
            yield Finding(where, f"{name} is missing", "exactly one string is required")
    elif not isinstance(node[name], str):
        yield Finding(f"{where}.{name}", f"{name} is one string", shown(node[name]))


def motivations(node: dict[str, Json], name: str, where: str) -> Findings:
    """Terms of the standard, or IRIs of others."""
    for value in listed(node.get(name)):
        if not (isinstance(value, str) and value in MOTIVATIONS) and not is_iri(value):
            yield Finding(f"{where}.{name}", f"{name} is a motivation or an IRI", shown(value))
