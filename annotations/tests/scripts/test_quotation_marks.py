"""A selection takes the quotation marks at its ends in, or leaves them out."""

import pytest

from annotations.tests.scripts.node import call

# The text, with [ ] around what is selected: as selected with the marks, and without them.
QUOTES = [
    ("He said “[We left.]” Then", "“We left.”", "We left."),
    ("He said “[We left,]” she", "“We left,”", "We left,"),
    ('He said "[We left]" and "we" too', '"We left"', "We left"),
    ('"One" and "[two]".', '"two"', "two"),
    ("Er sagte: „[Nein]“, dann", "„Nein“", "Nein"),
    ("Han sagde: »[Nej]«, og", "»Nej«", "Nej"),
    ("Hon sa: ”[Nej]”, och", "”Nej”", "Nej"),
    ("Hon sa: ”Nej”, sedan ”[Ja]”.", "”Ja”", "Ja"),
    ("Il dit « [Non] », puis", "« Non »", "Non"),
    ("Il dit «\u202f[Non]\u202f».", "«\u202fNon\u202f»", "Non"),
    ("She said ‘[We left]’, he", "‘We left’", "We left"),
    ("She said '[We left]', he", "'We left'", "We left"),
    ("“‘[No]’”", "“‘No’”", "No"),
    ("他说“[你好]”。", "“你好”", "你好"),
    ("彼は「[はい]」と", "「はい」", "はい"),
    ("گفت: «[نه]». او", "«نه»", "نه"),
    ("the [Taliban]’s word", "Taliban", "Taliban"),
    ("the [Talibans’] word", "Talibans’", "Talibans’"),
    ("[don’t go]", "don’t go", "don’t go"),
    ("the ’[90s] were", "90s", "90s"),
    ("“A” [said he] “B”", "said he", "said he"),
    ("他[说]“你好”", "说", "说"),
    ("“One,” [and] “two”", "and", "and"),
    ("[“]", "“", "“"),
]


def selected(text: str) -> tuple[str, list[int]]:
    """The text, and what stands between the brackets."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), [start, end]


def snapped(how: str, *texts: tuple[str, list[int]]) -> list[str]:
    answers = call("quotation-marks.js", "withMarks", *([*text, how] for text in texts))
    return [text[slice(*place)] for (text, _), place in zip(texts, answers, strict=True)]


def test_marks_are_taken_in() -> None:
    found = snapped("in", *(selected(text) for text, _, _ in QUOTES))

    assert found == [with_marks for _, with_marks, _ in QUOTES]


@pytest.mark.parametrize("how", ["out", "keep"])
def test_marks_are_left_out_or_kept(how: str) -> None:
    texts = []
    for text, with_marks, _ in QUOTES:
        plain, (start, _end) = selected(text)
        first = plain.rindex(with_marks, 0, start + len(with_marks))
        texts.append((plain, [first, first + len(with_marks)]))

    found = snapped(how, *texts)

    assert found == [out if how == "out" else kept for _, kept, out in QUOTES]


def test_each_end_by_itself() -> None:
    text = "“We left,” she said, “and went.”"
    place = [0, len(text)]

    assert snapped("out", (text, place)) == ["We left,” she said, “and went."]
    assert snapped("in", (text, [1, 8])) == ["“We left"]
