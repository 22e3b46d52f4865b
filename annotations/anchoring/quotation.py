"""Finding words in a text and describing where they stand. Offsets are half-open, in Unicode code points."""

from dataclasses import dataclass

CONTEXT = 32  # code points of prefix and suffix kept beside a quotation (W3C TextQuoteSelector)


@dataclass(frozen=True)
class Quotation:
    """Exact words and where they stand: `text[start:end] == exact`."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class NotFoundOnce(ValueError):
    """The words stand nowhere in the text, or at several places; `places` holds each start."""

    def __init__(self, exact: str, places: list[int]) -> None:
        self.exact = exact
        self.places = places
        found = "is not in the text" if not places else f"stands {len(places)} times in the text"
        super().__init__(f"“{exact}” {found}")


def describe(text: str, start: int, end: int) -> Quotation:
    """The words at [start, end) with their surroundings; ValueError when the place is not in the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is not a place in a text of {len(text)} characters")
    return Quotation(
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> Quotation:
    """The one place where the exact words stand between prefix and suffix; NotFoundOnce otherwise."""
    places = places_of(text, exact, prefix, suffix)
    if len(places) != 1:
        raise NotFoundOnce(exact, places)
    return describe(text, places[0], places[0] + len(exact))


def places_of(
    text: str, exact: str, prefix: str = "", suffix: str = "", most: int | None = None
) -> list[int]:
    """Where the exact words start between prefix and suffix; no more than `most`, where that is given."""
    whole = prefix + exact + suffix
    places: list[int] = []
    at = text.find(whole) if exact else -1
    while at >= 0 and len(places) != most:
        places.append(at + len(prefix))
        at = text.find(whole, at + 1)
    return places
