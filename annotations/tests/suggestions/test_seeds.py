"""What is suggested for the seeds' statements, beside what a careful editor recorded for them.

The word lists were written with these two articles at hand: the numbers here are a floor that
must not sink, not a measure of other articles. sentences.tsv holds sentences of other kinds.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from annotations.anchoring.quotation import Quotation, find
from annotations.suggestions.statement import Piece, Suggestion, suggest
from annotations.tests.suggestions.tables import FIELDS, rows

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
# seeds.tsv: what is suggested; where that is not what the seeds record, MISSED tells their value.
SUGGESTED = rows("seeds.tsv")
# What the seeds record where the suggestion differs.
MISSED = {
    ("A2", "act"): "denial",
    ("A7", "act"): "accusation",
    ("B4", "act"): "accusation",
    ("B5", "act"): "opinion",
}


def _statements() -> dict[str, tuple[str, dict[str, Any]]]:
    seeds = json.loads((SEEDS / "annotations.json").read_text())
    return {
        statement["id"]: ((SEEDS / article["file"]).read_text(), statement)
        for article in seeds["articles"]
        for statement in article["statements"]
    }


STATEMENTS = _statements()


def _place(text: str, words: str | dict[str, str]) -> Quotation:
    return find(text, **({"exact": words} if isinstance(words, str) else words))


def _suggested(statement: str) -> Suggestion:
    text, recorded = STATEMENTS[statement]
    content = _place(text, recorded["content"][0])
    return suggest(text, content.start, content.end)


def _first(text: str, spans: list[str | dict[str, str]]) -> Piece | None:
    if not spans:
        return None
    place = _place(text, spans[0])
    return Piece(place.start, place.end, place.exact)


def _recorded(statement: str) -> dict[str, object]:
    text, recorded = STATEMENTS[statement]
    speaker = next(each for each in recorded["attributions"] if each["part"] == "speaker")
    return {
        "form": recorded["form"],
        "act": recorded["act"],
        "cue": _first(text, recorded.get("cue", [])),
        "source": _first(text, recorded.get("source", [])),
        "as_printed": speaker["as_printed"],
        "title": speaker.get("title_as_printed", ""),
        "basis": speaker["speaker_basis"],
    }


def _given(suggestion: Suggestion) -> dict[str, object]:
    return {
        "form": suggestion.form,
        "act": suggestion.act,
        "cue": suggestion.cue,
        "source": suggestion.source,
        "as_printed": suggestion.as_printed,
        "title": suggestion.title_as_printed,
        "basis": suggestion.speaker_basis,
    }


@pytest.mark.parametrize("expected", SUGGESTED, ids=lambda row: row[0])
def test_each_seed_statement_is_suggested_as_in_the_table(expected: tuple[str, ...]) -> None:
    suggestion = _suggested(expected[0])

    given = _given(suggestion) | {
        "cue": suggestion.cue.exact if suggestion.cue else "",
        "source": suggestion.source.exact if suggestion.source else "",
    }

    assert given == dict(zip(FIELDS, expected[1:], strict=True))


def test_the_table_has_every_seed_statement() -> None:
    assert [row[0] for row in SUGGESTED] == list(STATEMENTS)


def test_suggestions_differ_from_the_seeds_only_where_known() -> None:
    recorded = {name: _recorded(name) for name in STATEMENTS}

    given = {name: _given(_suggested(name)) for name in STATEMENTS}

    differences = {
        (name, field): recorded[name][field]
        for name in STATEMENTS
        for field in FIELDS
        if given[name][field] != recorded[name][field]
    }
    assert differences == MISSED
