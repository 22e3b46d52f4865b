from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from annotations.editing.attribute import PartInput, PointInput
from annotations.editing.highlight import StatementDetails, add_span, highlight
from annotations.editing.merge import merge
from annotations.editing.place import Selection
from annotations.models import Article, Span, Statement
from annotations.models.review import ReviewState
from annotations.tests.factories import (
    approve,
    make_actor,
    make_article,
    make_statement,
    make_user,
    select,
    speaks,
)

pytestmark = pytest.mark.django_db

DETAILS = StatementDetails(form="indirect", act="accusation")


def _highlight(article: Article, *selections: Selection, **other: Any) -> Statement:
    given: dict[str, Any] = {
        "user": article.created_by,
        "revision_number": 1,
        "details": DETAILS,
        "parts": [speaks(make_actor("The Ministry"))],
    } | other
    return highlight(article=article, selections=selections, **given)


def test_a_statement_is_a_draft_of_its_author_with_its_words_in_place() -> None:
    article = make_article()
    content = select(article, "the army crossed the border.")

    statement = _highlight(article, content, select(article, "The ministry", "source"))

    spans = [(span.role, span.exact()) for span in statement.live_spans()]
    assert spans == [("content", "the army crossed the border."), ("source", "The ministry")]
    assert (statement.state, statement.version) == (ReviewState.DRAFT, 1)
    assert statement.created_by == article.created_by


def test_a_placement_keeps_the_words_and_their_surroundings() -> None:
    article = make_article(text="😀 He said: the army left. All of it.")

    statement = _highlight(article, select(article, "the army left."))

    placement = statement.live_spans()[0].placement()
    assert placement
    assert (placement.start, placement.end) == (11, 25)
    assert (placement.prefix, placement.suffix) == ("😀 He said: ", " All of it.")


def test_several_spans_of_a_role_are_read_as_they_stand_in_the_text() -> None:
    article = make_article()

    statement = make_statement(article, ["an expert called it likely", "crossed the border."])

    assert [span.ordinal for span in statement.live_spans("content")] == [2, 1]
    assert statement.quote() == "crossed the border. … an expert called it likely"


def test_the_same_words_are_not_chosen_twice_in_one_role() -> None:
    statement = make_statement(make_article(), "the army crossed the border.")
    again = select(statement.article, "the army crossed the border.")

    with pytest.raises(ValidationError, match="is chosen as content already"):
        add_span(
            user=make_user(),
            statement=statement,
            version=statement.version,
            selection=again,
            revision_number=1,
        )


def test_one_actor_has_a_part_once_under_all_its_names() -> None:
    article, actor, slip = make_article(), make_actor("Army"), make_actor("The army")
    slip = merge(user=make_user(), actor=slip, version=slip.version, into=actor)

    with pytest.raises(ValidationError, match="are one actor"):
        _highlight(article, select(article, "The ministry"), parts=[speaks(actor), speaks(slip)])


def test_a_span_may_begin_in_one_paragraph_and_end_in_the_next() -> None:
    article = make_article()
    words = "denied the claim.\n\n“Nothing of the kind happened,”"

    statement = _highlight(article, select(article, words))

    assert statement.quote() == words


def test_the_folded_copy_holds_quote_gist_and_the_speakers_printed_words() -> None:
    article = make_article(text="Ma’arij said: “Pakistan’s EPICENTRE.”")
    speaker = PartInput("speaker", make_actor("Azizuddin Ma’arij"), "Ma’arij", "", "surname_only")

    statement = _highlight(
        article,
        select(article, "“Pakistan’s EPICENTRE.”"),
        details=replace(DETAILS, gist="Où"),
        parts=[speaker],
    )

    assert statement.folded == "“pakistans epicentre.” ou maarij"


def test_other_words_than_those_at_the_place_are_refused() -> None:
    article = make_article()
    words = select(article, "the army crossed the border.")

    with pytest.raises(ValidationError, match="does not stand there") as refused:
        _highlight(article, replace(words, start=words.start + 1, end=words.end + 1))

    assert list(refused.value.message_dict) == ["spans"]
    assert Statement.objects.count() == Span.objects.count() == 0


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (0, 100_000)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    article = make_article()

    with pytest.raises(ValidationError, match="The content is outside the text"):
        _highlight(article, Selection("content", start, end, "x"))


def test_a_place_in_a_text_that_is_not_there_is_refused() -> None:
    article = make_article()

    with pytest.raises(ValidationError, match="The article has no revision 2"):
        _highlight(article, select(article, "denied the claim"), revision_number=2)


def test_a_statement_has_words() -> None:
    article = make_article()

    with pytest.raises(ValidationError, match="A statement needs its words"):
        _highlight(article, select(article, "The ministry", "source"))

    assert Statement.history.count() == 0


def test_a_statement_has_a_speaker() -> None:
    article = make_article()

    with pytest.raises(ValidationError, match="Who said it"):
        _highlight(article, select(article, "denied the claim"), parts=[])

    assert Statement.objects.count() == 0


def test_a_speaker_has_a_basis() -> None:
    article = make_article()
    nameless = PartInput("speaker", make_actor())

    with pytest.raises(ValidationError, match="how the speaker is known"):
        _highlight(article, select(article, "denied the claim"), parts=[nameless])


def test_an_actor_has_a_part_once() -> None:
    article, actor = make_article(), make_actor()
    parts = [speaks(actor), PartInput("about", actor), PartInput("about", actor)]

    with pytest.raises(ValidationError, match="This actor has this part already"):
        _highlight(article, select(article, "denied the claim"), parts=parts)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (replace(DETAILS, form="shout"), "form"),
        (replace(DETAILS, act=""), "act"),
        (replace(DETAILS, gist="a\x00b"), "gist"),
        (replace(DETAILS, note="\ud83d"), "note"),
        (replace(DETAILS, said_on=date(2026, 1, 1)), "__all__"),
        (replace(DETAILS, said_on_precision="day"), "__all__"),
    ],
)
def test_an_error_names_its_field(details: StatementDetails, field: str) -> None:
    article = make_article()

    with pytest.raises(ValidationError) as refused:
        _highlight(article, select(article, "denied the claim"), details=details)

    assert list(refused.value.message_dict) == [field]


def test_points_are_numbered_as_given() -> None:
    article = make_article()

    statement = _highlight(
        article,
        select(article, "denied the claim"),
        points=[PointInput("It crossed"), PointInput("It was the army")],
    )

    points = [(point.ordinal, point.text) for point in statement.live_points()]
    assert points == [(1, "It crossed"), (2, "It was the army")]


def test_all_its_rows_carry_one_change() -> None:
    statement = make_statement(about=[make_actor()], points=["It crossed"], source="The ministry")

    histories = [
        statement.history.all(),
        *(span.history.all() for span in statement.spans.all()),
        *(p.history.all() for span in statement.spans.all() for p in span.placements.all()),
        *(row.history.all() for row in statement.attributions.all()),
        *(point.history.all() for point in statement.points.all()),
    ]
    rows = [row for history in histories for row in history]
    assert len({row.change_id for row in rows}) == 1
    assert {(row.verb, row.history_user_id) for row in rows} == {
        ("highlighted", statement.created_by_id)
    }


def test_one_more_span_sends_approved_work_back_to_review() -> None:
    statement = approve(make_statement())
    selection = select(statement.article, "The ministry", "source")

    changed = add_span(
        user=make_user(),
        statement=statement,
        version=statement.version,
        selection=selection,
        revision_number=1,
    )

    assert changed.state == ReviewState.SUBMITTED
    assert [span.exact() for span in changed.live_spans("source")] == ["The ministry"]
    assert len(changed.live_spans("content")) == 1
