"""Sentences as other newspapers print them, the selection in [[ ]]."""

import pytest

from annotations.suggestions.statement import suggest
from annotations.tests.suggestions.tables import FIELDS, rows


@pytest.mark.parametrize("expected", rows("sentences.tsv"), ids=lambda row: row[0][:40])
def test_a_sentence_is_read_as_printed(expected: tuple[str, ...]) -> None:
    before, rest = expected[0].split("[[")
    selected, after = rest.split("]]")

    suggestion = suggest(before + selected + after, len(before), len(before + selected))

    given = (
        suggestion.form,
        suggestion.act,
        suggestion.cue and suggestion.cue.exact,
        suggestion.source and suggestion.source.exact,
        suggestion.as_printed,
        suggestion.title_as_printed,
        suggestion.speaker_basis,
    )
    assert dict(zip(FIELDS, given, strict=True)) == dict(zip(FIELDS, expected[1:], strict=True))
