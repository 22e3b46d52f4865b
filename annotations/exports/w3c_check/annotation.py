"""The musts of an annotation, its bodies and targets (sections 3 and 4 of the Recommendation)."""

from annotations.exports.w3c_check import selectors, values
from annotations.exports.w3c_check.found import Finding, Findings, Json, listed, shown

DIRECTIONS = ("ltr", "rtl", "auto")
AGENTS = frozenset({"Person", "Organization", "Software"})
SPECIFIC = ("source", "selector", "state", "styleClass", "renderedVia")


def annotation(node: Json, where: str, *, embedded: bool = False) -> Findings:
    """One annotation; embedded in a page, it has the page's context."""
    if not isinstance(node, dict):
        yield Finding(where, "an annotation is an object", shown(node))
        return
    yield from values.context(node, where, must=not embedded)
    yield from values.iri(node, "id", where, must=True)
    if "Annotation" not in listed(node.get("type")):
        yield Finding(f"{where}.type", "type includes Annotation", shown(node.get("type")))
    if not listed(node.get("target")):
        yield Finding(where, "target is missing", "an annotation has one or more targets")
    yield from _bodies(node, where)
    for number, target in enumerate(listed(node.get("target"))):
        yield from resource(target, f"{where}.target[{number}]")
    yield from values.motivations(node, "motivation", where)
    yield from _life(node, where)


def _bodies(node: dict[str, Json], where: str) -> Findings:
    if "bodyValue" in node:
        yield from values.text(node, "bodyValue", where)
        if "body" in node:
            yield Finding(where, "bodyValue stands without body", shown(node["bodyValue"]))
    for number, body in enumerate(listed(node.get("body"))):
        yield from resource(body, f"{where}.body[{number}]")


def _life(node: dict[str, Json], where: str) -> Findings:
    """Who made it and when, its licence, its other addresses."""
    for name in ("created", "modified", "generated"):
        yield from values.time(node, name, where)
    for name in ("creator", "generator"):
        for number, agent in enumerate(listed(node.get(name))):
            yield from _agent(agent, f"{where}.{name}[{number}]")
    yield from values.iri(node, "canonical", where)
    for name in ("rights", "via", "cached", "conformsTo"):
        for value in listed(node.get(name)):
            if not values.is_iri(value):
                yield Finding(f"{where}.{name}", f"{name} is an IRI", shown(value))


def _agent(node: Json, where: str) -> Findings:
    if isinstance(node, str):
        if not values.is_iri(node):
            yield Finding(where, "an agent is an object or an IRI", shown(node))
        return
    if not isinstance(node, dict):
        yield Finding(where, "an agent is an object or an IRI", shown(node))
        return
    yield from values.iri(node, "id", where)
    yield from values.text(node, "nickname", where)
    for kind in listed(node.get("type")):
        if kind not in AGENTS and not values.is_iri(kind):
            yield Finding(f"{where}.type", "an agent is of a known type", shown(kind))


def resource(node: Json, where: str) -> Findings:
    """A body or target: an IRI, or an object that is external, textual, specific or a choice."""
    if not isinstance(node, dict):
        if not values.is_iri(node):
            yield Finding(where, "a body or target is an object or an IRI", shown(node))
        return
    kinds = listed(node.get("type"))
    yield from values.iri(node, "id", where)
    yield from _languages(node, where)
    yield from values.motivations(node, "purpose", where)
    yield from _life(node, where)
    if "Choice" in kinds:
        yield from _choice(node, where)
    elif "TextualBody" in kinds or "value" in node:
        yield from values.text(node, "value", where, must=True)
    elif "SpecificResource" in kinds or any(name in node for name in SPECIFIC):
        yield from _specific(node, where)
    elif "id" not in node:
        yield Finding(where, "id is missing", "an external resource has exactly one IRI")


def _languages(node: dict[str, Json], where: str) -> Findings:
    direction = node.get("textDirection")
    if direction is not None and direction not in DIRECTIONS:
        yield Finding(
            f"{where}.textDirection", "textDirection is ltr, rtl or auto", shown(direction)
        )
    yield from values.text(node, "processingLanguage", where)
    for name in ("language", "format"):
        if any(not isinstance(value, str) for value in listed(node.get(name))):
            yield Finding(f"{where}.{name}", f"{name} is a string", shown(node[name]))


def _choice(node: dict[str, Json], where: str) -> Findings:
    items = node.get("items")
    if not isinstance(items, list) or not items:
        yield Finding(where, "a Choice has a list of items", shown(items))
        return
    for number, item in enumerate(items):
        yield from resource(item, f"{where}.items[{number}]")


def _specific(node: dict[str, Json], where: str) -> Findings:
    source = node.get("source")
    if "source" not in node:
        yield Finding(where, "source is missing", "a SpecificResource has exactly one")
    elif isinstance(source, dict):
        yield from values.iri(source, "id", f"{where}.source", must=True)
    elif not values.is_iri(source):
        yield Finding(f"{where}.source", "source is one IRI or object", shown(source))
    for number, each in enumerate(listed(node.get("selector"))):
        yield from selectors.selector(each, f"{where}.selector[{number}]")
    for number, each in enumerate(listed(node.get("state"))):
        yield from selectors.state(each, f"{where}.state[{number}]")
