"""The musts of selectors and states (sections 4.2 and 4.3 of the Recommendation)."""

from annotations.exports.w3c_check import values
from annotations.exports.w3c_check.found import Finding, Findings, Json, listed, shown

WITH_VALUE = frozenset({"FragmentSelector", "CssSelector", "XPathSelector", "HttpRequestState"})
WITH_PLACE = frozenset({"TextPositionSelector", "DataPositionSelector"})
STATES = frozenset({"TimeState", "HttpRequestState"})
SELECTORS = WITH_VALUE - STATES | WITH_PLACE | {"TextQuoteSelector", "SvgSelector", "RangeSelector"}


def selector(node: Json, where: str) -> Findings:
    """One selector, with those that refine it; an IRI stands for one elsewhere."""
    if isinstance(node, str):
        if not values.is_iri(node):
            yield Finding(where, "a selector is an object or an IRI", shown(node))
        return
    if not isinstance(node, dict):
        yield Finding(where, "a selector is an object or an IRI", shown(node))
        return
    kind = node.get("type")
    if kind not in SELECTORS and not values.is_iri(kind):
        yield Finding(f"{where}.type", "a selector has exactly one known type", shown(kind))
    if kind in WITH_VALUE:
        yield from values.text(node, "value", where, must=True)
    elif kind == "TextQuoteSelector":
        yield from _quote(node, where)
    elif kind in WITH_PLACE:
        yield from _place(node, where)
    elif kind == "RangeSelector":
        yield from _range(node, where)
    for number, each in enumerate(listed(node.get("refinedBy"))):
        refined = selector if each and not _is_state(each) else state
        yield from refined(each, f"{where}.refinedBy[{number}]")


def _is_state(node: Json) -> bool:
    return isinstance(node, dict) and node.get("type") in STATES


def _quote(node: dict[str, Json], where: str) -> Findings:
    yield from values.text(node, "exact", where, must=True)
    for name in ("prefix", "suffix"):
        yield from values.text(node, name, where)


def _place(node: dict[str, Json], where: str) -> Findings:
    for name in ("start", "end"):
        if name not in node:
            yield Finding(where, f"{name} is missing", "a position has both ends")
        yield from values.count(node, name, where)
    start, end = node.get("start"), node.get("end")
    if values.is_count(start) and values.is_count(end) and start > end:
        yield Finding(where, "a position starts before it ends", f"{start} to {end}")


def _range(node: dict[str, Json], where: str) -> Findings:
    for name in ("startSelector", "endSelector"):
        if name not in node:
            yield Finding(where, f"{name} is missing", "a range has both ends")
        else:
            yield from selector(node[name], f"{where}.{name}")


def state(node: Json, where: str) -> Findings:
    """One state; a TimeState has sourceDate, or both ends of a stretch of time, never both ways."""
    if not isinstance(node, dict):
        if not values.is_iri(node):
            yield Finding(where, "a state is an object or an IRI", shown(node))
        return
    kind = node.get("type")
    if kind not in STATES and not values.is_iri(kind):
        yield Finding(f"{where}.type", "a state has exactly one known type", shown(kind))
    if kind == "HttpRequestState":
        yield from values.text(node, "value", where, must=True)
    if kind == "TimeState":
        yield from _time_state(node, where)


def _time_state(node: dict[str, Json], where: str) -> Findings:
    dates, ends = listed(node.get("sourceDate")), ("sourceDateStart", "sourceDateEnd")
    given = [name for name in ends if name in node]
    if len(given) == 1 or (given and dates):
        yield Finding(where, "a TimeState has sourceDate, or both ends of a time", shown(node))
    for value in dates:
        if not values.is_utc(value):
            yield Finding(f"{where}.sourceDate", "a time is in UTC and ends in Z", shown(value))
    for name in given:
        yield from values.time(node, name, where)
