"""What is said of a text, compared with the text: offsets in code points, exact words, what stands beside them."""

from collections.abc import Iterator, Mapping

from annotations.exports.w3c_check import values
from annotations.exports.w3c_check.found import Finding, Findings, Json, listed, shown


def targets(node: dict[str, Json], where: str) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Where, the address of the text, and the target, of each target that selects from a text."""
    for number, target in enumerate(listed(node.get("target"))):
        if isinstance(target, dict) and "selector" in target:
            source = target.get("source")
            address = source.get("id") if isinstance(source, dict) else source
            if isinstance(address, str):
                yield f"{where}.target[{number}]", address, target


def check(node: dict[str, Json], where: str, texts: Mapping[str, str]) -> Findings:
    """Each target against the text at its address; what selects from another text is passed over."""
    for at, address, target in targets(node, where):
        if address in texts:
            yield from _target(target, at, texts[address])


def _target(target: dict[str, Json], where: str, text: str) -> Findings:
    chosen = [each for each in listed(target.get("selector")) if isinstance(each, dict)]
    quotes = [each for each in chosen if each.get("type") == "TextQuoteSelector"]
    places = [each for each in chosen if each.get("type") == "TextPositionSelector"]
    for place in places:
        start, end = place.get("start"), place.get("end")
        if not (values.is_count(start) and values.is_count(end)):
            continue  # told by the musts
        if not start < end <= len(text):
            yield Finding(
                where, f"a place in a text of {len(text)} code points", f"{start} to {end}"
            )
        else:
            for quote in quotes:
                yield from _at(quote, start, end, where, text)
    if not places:
        for quote in quotes:
            yield from _somewhere(quote, where, text)


def _at(quote: dict[str, Json], start: int, end: int, where: str, text: str) -> Findings:
    exact, prefix, suffix = (str(quote.get(name, "")) for name in ("exact", "prefix", "suffix"))
    stands = text[start:end]
    if stands != exact:
        in_units = text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")
        why = " (the offsets count UTF-16 units)" if in_units == exact else ""
        yield Finding(where, f"exact words stand at {start} to {end}{why}", shown(stands))
        return
    if text[max(0, start - len(prefix)) : start] != prefix:
        yield Finding(where, "prefix stands right before the words", shown(prefix))
    if text[end : end + len(suffix)] != suffix:
        yield Finding(where, "suffix stands right behind the words", shown(suffix))


def _somewhere(quote: dict[str, Json], where: str, text: str) -> Findings:
    """Without a position a quote is meant wherever it stands: exactly once."""
    whole = "".join(str(quote.get(name, "")) for name in ("prefix", "exact", "suffix"))
    first = text.find(whole)
    if first < 0:
        yield Finding(where, "the words stand in the text", shown(whole))
    elif text.find(whole, first + 1) >= 0:
        yield Finding(where, "prefix and suffix make the words unique", shown(whole))
