"""What a .ann file says is read line by line, and every word compared with its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.imports.brat_file import Shift, read
from annotations.imports.brat_plan import plan
from annotations.imports.brat_types import Types, from_json
from annotations.tests.brat.corpus import ANN, TEXT, entity


def faults(ann: str, text: str = TEXT) -> list[tuple[int, str, bool]]:
    return [(p.line, p.what, p.refuses) for p in read(ann, text).problems]


def test_discontinuous_words_and_characters_beyond_the_first_plane_are_read_where_they_stand() -> (
    None
):
    found = read(ANN, TEXT)

    pieces = {key: [TEXT[a:b] for a, b in e.pieces] for key, e in found.entities.items()}
    assert (pieces["T3"], pieces["T6"]) == (
        ["the bridge “is safe 🌉”."],
        ["it was not", "that it would close"],
    )
    assert found.problems == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T1\tCue 4 9\tdenied", "T1: “mayor” stands there, not “denied”."),
        ("T1\tCue 4 4\t", "T1 is not a place in the text."),
        ("T1\tCue 4 999\tmayor", "T1 is not a place in the text."),
        ("T1\tCue 4\tmayor", "The line is not like “T1⇥Content 0 5;10 20⇥words”."),
        ("T1\tCue 4 9", "The line is not like “T1⇥Content 0 5⇥words”."),
        ("E1\t", "The line is not like “E1⇥Attribution:T4 Content:T3”."),
        ("E1\tAttribution", "The line is not like “Content:T3”."),
        ("R1\tdenies Arg1:E1", "The line is not like “R1⇥denies Arg1:E2 Arg2:E1”."),
        ("A1\tForm", "The line is not like “A1⇥Form E1 direct”."),
        ("hello", "The line cannot be read: “hello”."),
    ],
)  # fmt: skip
def test_a_line_that_is_not_so_refuses_the_file_and_is_named(line: str, said: str) -> None:
    assert faults(f"\n{line}\n") == [(2, said, True)]


def test_an_id_that_stands_twice_refuses_the_file() -> None:
    assert faults(entity(1, "Cue", "said") * 2) == [(2, "T1 stands twice.", True)]


def test_words_with_a_line_break_are_put_together_and_told() -> None:
    text = "He said:\n\nGo home."

    assert faults("T1\tContent 3 17\tsaid:\n\nGo home\n", text) == [
        (3, "The words go on in a new line.", False)
    ]


@given(st.text(alphabet="a\r\n\ufeff🌉", max_size=30), st.integers(0, 30))
def test_places_in_the_text_as_received_are_found_in_it_as_stored(received: str, at: int) -> None:
    stored = received.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    before = received[: min(at, len(received))]
    if before.endswith("\r") and received[len(before) :].startswith("\n"):
        before = before[:-1]
    kept = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    assert stored.startswith(kept)
    assert Shift.of(received)(len(before)) == len(kept)


def test_what_no_statement_is_made_of_is_told() -> None:
    more = (
        entity(20, "Discuss", "bridge") + "E9\tAttribution:T4 Cue:T2 Source:T99\nE8\tMeeting:T4\n"
    )

    found = plan(read(ANN + more, TEXT), TEXT, Types())

    assert [(p.line, p.what) for p in found.problems] == [
        (18, "E9 names T99, which is not in the file."),
        (19, "“Meeting” is not imported."),
        (18, "E9 has no content: it is left out."),
        (0, "1 “Discuss” belong to no statement."),
    ]
    assert [each.key for each in found.statements] == ["E1", "E2", "E3"]


def test_a_corpus_of_its_own_types_ties_source_and_cue_by_relations() -> None:
    types = from_json(
        '{"content": ["Utterance"], "source": ["Who"], "responses": {"Rebuttal": "rebuts"}}'
    )
    ann = (
        entity(1, "Who", "The mayor of Ötz") + entity(2, "Utterance", "the bridge")
        + entity(3, "Who", "Officials") + entity(4, "Utterance", "it was not")
        + "R1\tSaid_by Arg1:T2 Arg2:T1\nR2\tSaid_by Arg1:T3 Arg2:T4\nR3\tRebuttal Arg1:T4 Arg2:T2\n"
    )  # fmt: skip

    found = plan(read(ann, TEXT), TEXT, types)

    assert [(s.key, [x.exact for x in s.selections]) for s in found.statements] == [
        ("T2", ["the bridge", "The mayor of Ötz"]),
        ("T4", ["it was not", "Officials"]),
    ]
    assert [(x.first, x.second, x.relation) for x in found.links] == [("T2", "T4", "rebuts")]
    assert found.problems == []


@pytest.mark.parametrize(
    "given", ["[]", '{"horse": []}', '{"cue": "Cue"}', '{"responses": {"a": "b"}}', "{"]
)
def test_a_file_of_types_that_is_not_so_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(given)
