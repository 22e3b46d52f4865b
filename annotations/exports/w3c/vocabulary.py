"""The vocabulary that the annotations use beside the standard's own, published at /ns/statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotations.exports import closed_sets
from annotations.exports.closed_sets import ClosedSet
from annotations.exports.part_columns import WHO
from annotations.models.response import GROUP_OF

PATH = "/ns/statements"  # stable: files that were taken away name it
PREFIX = "nr"
ANNO = "http://www.w3.org/ns/anno.jsonld"

PART = ClosedSet(
    "part",
    {
        **{part.value: who for part, who in WHO.items()},
        "for_party": ("each accused party whose answer this is"),
    },
)
POINT = ClosedSet("point", {"alleged": "one separately answerable allegation of a claim"})
SPAN = ClosedSet(
    "span",
    {
        "content": "the words of what was said",
        "source": "the words that name the speaker",
        "cue": "the words that mark it as said",
        "marker": "the words that mark it as a response",
        "evidence": "the words that tell of a reply or of silence",
    },
)
LINK = ClosedSet(
    "link",
    {
        "response": "one statement answers another; the relation says how",
        "restatement": "one statement says the same thing again; the fuller wording is the target",
    },
)
SETS = (
    LINK,
    closed_sets.RELATION,
    closed_sets.RELATION_GROUP,
    closed_sets.LINK_BASIS,
    closed_sets.SCOPE,
    closed_sets.FORM,
    closed_sets.ACT,
    PART,
    closed_sets.BASIS,
    closed_sets.KIND,
    SPAN,
    POINT,
    closed_sets.REPLY_STATUS,
    closed_sets.STATE,
)
PROPERTIES = {
    "term": "the term of this vocabulary that a body's words stand for",
    "part": "which part the actor has in the statement",
    "kind": "what kind of actor it is",
    "basis": "how the speaker is known from the article's words",
    "asPrinted": "the article's words for the actor",
    "titleAsPrinted": "the title that the article gives the actor",
    "saidOn": "when it was said, as far as it is known: 2026, 2026-03 or 2026-03-05",
    "saidOnAsPrinted": "when it was said, in the article's words",
    "venue": "where or on what occasion it was said",
    "ordinal": "the number of a point within its claim",
    "answersPoint": "the number of a point of the claim that the response answers",
    "reviewState": "where the record stands in review",
    "page": "the page on which people read of what the annotation says",
    "asOf": "the day for which what is known of a reply holds",
}


@dataclass(frozen=True)
class Term:
    """A term as the page and the JSON-LD show it; `broader` names the term above it, or is empty."""

    name: str
    label: str
    meaning: str
    broader: str = ""


def term(closed_set: ClosedSet, value: str) -> str:
    """The term's name within the vocabulary; KeyError for a value that is not of the set."""
    closed_set.meanings[value]
    return f"{closed_set.name.replace(' ', '-')}-{value}"


def terms_of(closed_set: ClosedSet) -> Iterator[Term]:
    for value, meaning in closed_set.meanings.items():
        broader = ""
        if closed_set is closed_sets.RELATION:
            broader = term(closed_sets.RELATION_GROUP, GROUP_OF[value])
        yield Term(term(closed_set, value), value.replace("_", " "), meaning, broader)


def context(site: str) -> list[Any]:
    """What stands as @context of each file: the standard's, and this prefix, which need not be fetched."""
    return [ANNO, {PREFIX: f"{site}{PATH}#"}]


def vocabulary(site: str) -> dict[str, Any]:
    """The vocabulary as JSON-LD: a SKOS concept scheme, and the properties."""
    scheme = f"{site}{PATH}"
    return {
        "@context": {
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "broader": {"@id": "skos:broader", "@type": "@id"},
            "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
            "prefLabel": {"@id": "skos:prefLabel", "@language": "en"},
            "definition": {"@id": "skos:definition", "@language": "en"},
            "comment": {"@id": "rdfs:comment", "@language": "en"},
        },
        "@graph": [
            {"@id": scheme, "@type": "skos:ConceptScheme", "prefLabel": "Statements and responses"},
            *_concepts(scheme),
            *(
                {"@id": f"{scheme}#{name}", "@type": "rdf:Property", "comment": meaning}
                for name, meaning in PROPERTIES.items()
            ),
        ],
    }


def _concepts(scheme: str) -> Iterator[dict[str, Any]]:
    for each in (found for closed_set in SETS for found in terms_of(closed_set)):
        concept = {
            "@id": f"{scheme}#{each.name}",
            "@type": "skos:Concept",
            "inScheme": scheme,
            "prefLabel": each.label,
            "definition": each.meaning,
        }
        yield {**concept, "broader": f"{scheme}#{each.broader}"} if each.broader else concept
