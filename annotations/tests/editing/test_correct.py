"""A text is corrected: every highlight is exactly right, or openly waits for a person."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from annotations.editing.change import Stale
from annotations.editing.correct import correct, foresee
from annotations.editing.highlight import StatementDetails, revise
from annotations.editing.place import Selection
from annotations.editing.receive import mark_zones
from annotations.editing.settle import settle
from annotations.models import Article, Placement, ReviewState, Revision, Span, Statement, Zone
from annotations.models.history import Verb
from annotations.permissions import EDITOR, REPORTER
from annotations.tests.factories import (
    TEXT,
    approve,
    correct_text,
    delete,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    select,
    speaks,
    usual,
)

pytestmark = pytest.mark.django_db
QUOTE = "Nothing of the kind happened"


def places(statement: Statement) -> list[tuple[int, str, str, str]]:
    """Revision, state, reason and words of the statement's content, the oldest first."""
    rows = Placement.objects.filter(span__statement=statement, span__role="content")
    return [
        (row.revision.number, row.state, row.reason, row.exact)
        for row in rows.select_related("revision").order_by("revision__number")
    ]


def test_words_that_stay_are_placed_where_they_now_stand() -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)

    article = correct_text(article, "A new first line.\n\n" + TEXT)

    row = Placement.objects.get(span__statement=statement, revision=article.revision)
    assert article.revision.text[row.start : row.end] == QUOTE
    assert places(statement) == [(1, "placed", "", QUOTE), (2, "placed", "", QUOTE)]


def test_a_paragraph_that_moved_takes_its_words_along() -> None:
    moved = (
        "Speaking to reporters in Kabul on Monday, he said no such order was given to the border "
        "guards, and left the room."
    )
    others = [f"Paragraph {n} tells of something else, at some length." for n in range(4)]
    article = make_article(text="\n\n".join([moved, *others]))
    statement = make_statement(article, "no such order")

    article = correct_text(article, "\n\n".join([*others, moved]))

    assert places(statement)[1] == (2, "moved", "", "no such order")


def test_words_that_changed_wait_with_the_words_they_had() -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)

    article = correct_text(article, TEXT.replace("Nothing of the kind", "Something of the kind"))

    assert places(statement)[1] == (2, "needs_placing", "wording_changed", QUOTE)
    assert list(Placement.objects.waiting()) == [
        Placement.objects.get(revision=article.revision, span__statement=statement)
    ]


def test_what_moved_stays_approved_and_what_waits_goes_back() -> None:
    article = make_article()
    stays = approve(make_statement(article, "an expert called it likely"))
    waits = approve(make_statement(article, QUOTE))

    correct_text(article, TEXT.replace("Nothing of the kind", "Something of the kind"))

    stays.refresh_from_db()
    waits.refresh_from_db()
    assert (stays.state, waits.state) == (ReviewState.APPROVED, ReviewState.SUBMITTED)


def test_a_correction_is_one_change_in_the_history() -> None:
    article = make_article()
    make_statement(article, QUOTE)
    approve(make_statement(article, "The army denied the claim."))

    correct_text(article, TEXT.replace("denied", "rejected"))

    changes = {
        (row.change_id, row.history_user_id)
        for model in (Article, Placement, Statement, Zone)
        for row in model.history.filter(verb=Verb.CORRECTED)
    }
    assert len(changes) == 1
    assert Placement.history.filter(verb=Verb.CORRECTED).count() == 2


def test_markers_are_carried_and_approved_links_go_back_with_them() -> None:
    article = make_article()
    claim = make_statement(article, "The ministry said the army crossed the border.")
    answer = make_statement(article, QUOTE)
    link = make_response(claim, answer, marker="a spokesman said")
    for record in (claim, answer, link):
        approve(record)

    correct_text(article, TEXT.replace("a spokesman said", "a spokeswoman said"))

    link.refresh_from_db()
    marker = Placement.objects.get(span__response=link, revision__number=2)
    assert (marker.state, marker.exact, link.state) == (
        "needs_placing",
        "a spokesman said",
        ReviewState.SUBMITTED,
    )


def test_deleted_work_is_carried_but_waits_for_nobody() -> None:
    article = make_article()
    gone = delete(make_statement(article, QUOTE))

    correct_text(article, TEXT.replace("Nothing", "Something"))

    assert places(gone)[1][1] == "needs_placing"
    assert not Placement.objects.waiting().exists()


def test_a_second_correction_that_restores_the_words_places_them_again() -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)
    article = correct_text(article, TEXT.replace("Nothing", "Something"))

    article = correct_text(article, TEXT)

    assert places(statement)[2][:3] in [(3, "placed", ""), (3, "moved", "")]


def test_foreseeing_writes_nothing() -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)
    text = TEXT.replace("Nothing", "Something")

    fates = foresee(article, text)

    assert [(fate.span.statement, fate.needs_placing) for fate in fates] == [(statement, True)]
    assert (Revision.objects.count(), Placement.objects.count()) == (1, 1)


@pytest.mark.parametrize("text", ["", "  \n", "nul\0", "half \ud800 pair"])
def test_a_text_that_is_none_is_refused_by_name_and_nothing_is_stored(text: str) -> None:
    article = make_article()

    with pytest.raises(ValidationError) as refused:
        correct_text(article, text)

    assert set(refused.value.message_dict) == {"text"}
    assert Revision.objects.count() == 1


def test_the_same_text_is_no_correction() -> None:
    article = make_article()

    with pytest.raises(ValidationError, match="same as before"):
        correct_text(article, TEXT.replace("\n", "\r\n"))


def test_a_reason_is_required() -> None:
    article = make_article()

    with pytest.raises(ValidationError):
        correct_text(article, TEXT + "More.", reason="")


def test_of_two_corrections_the_second_is_stale() -> None:
    article = make_article()
    correct_text(Article.objects.get(pk=article.pk), TEXT + "One.")

    with pytest.raises(Stale):
        correct(user=usual(EDITOR), article=article, version=1, text=TEXT, reason="update")


def test_a_reporter_corrects_nothing() -> None:
    article = make_article()

    with pytest.raises(PermissionDenied):
        correct(
            user=make_user(REPORTER), article=article, version=1, text=TEXT + "x", reason="update"
        )


def test_marked_zones_are_carried_and_new_ones_found() -> None:
    article = make_article(text=TEXT + "\nENDS\n", headline="Army denies")

    article = correct_text(article, "Army denies\n\n" + TEXT + "\nENDS\n")

    zones = Zone.objects.filter(revision=article.revision)
    assert {(zone.kind, article.revision.text[zone.start : zone.end]) for zone in zones} == {
        ("headline", "Army denies"),
        ("boilerplate", "ENDS"),
    }


def test_words_chosen_before_a_correction_are_carried_over() -> None:
    article = make_article()
    chosen = select(article, QUOTE)
    correct_text(Article.objects.get(pk=article.pk), "A new first line.\n\n" + TEXT)

    statement = make_statement(article, selections=[chosen], chosen_in=1)

    assert places(statement) == [(1, "placed", "", QUOTE), (2, "placed", "", QUOTE)]


def test_words_that_a_correction_changed_meanwhile_need_placing_and_are_kept() -> None:
    article = make_article()
    chosen = select(article, QUOTE)
    correct_text(Article.objects.get(pk=article.pk), TEXT.replace("Nothing", "Something"))

    statement = make_statement(article, selections=[chosen], chosen_in=1)

    assert places(statement) == [
        (1, "placed", "", QUOTE),
        (2, "needs_placing", "wording_changed", QUOTE),
    ]


def test_a_person_places_what_waits() -> None:
    article = make_article()
    statement = approve(make_statement(article, QUOTE))
    article = correct_text(article, TEXT.replace("Nothing", "Something"))
    statement.refresh_from_db()
    words = select(article, "Something of the kind happened")

    settled = settle(
        user=usual(EDITOR),
        span=statement.spans.get(role="content"),
        version=statement.version,
        selection=words,
        chosen_in=2,
    )

    assert places(statement)[1] == (2, "placed", "", "Something of the kind happened")
    assert isinstance(settled, Statement)
    assert settled.folded.startswith("something of the kind happened")
    assert not Placement.objects.waiting().exists()


def test_the_words_to_place_must_stand_there() -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)
    correct_text(article, TEXT.replace("Nothing", "Something"))

    with pytest.raises(ValidationError, match="does not stand there"):
        settle(
            user=usual(EDITOR),
            span=statement.spans.get(role="content"),
            version=statement.version,
            selection=Selection("content", 0, 3, "Abc"),
            chosen_in=2,
        )


def test_what_does_not_wait_is_not_placed() -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)

    with pytest.raises(ValidationError, match="any more"):
        settle(
            user=usual(EDITOR),
            span=statement.spans.get(role="content"),
            version=statement.version,
            selection=select(article, "The army"),
            chosen_in=1,
        )


def test_a_stale_placing_is_refused() -> None:
    article = make_article()
    statement = make_statement(article, QUOTE)
    article = correct_text(article, TEXT.replace("Nothing", "Something"))

    with pytest.raises(Stale):
        settle(
            user=usual(EDITOR),
            span=statement.spans.get(role="content"),
            version=statement.version - 1,
            selection=select(article, "Something of the kind happened"),
            chosen_in=2,
        )


def test_an_edit_of_a_statement_that_waits_keeps_it_waiting() -> None:
    statement = make_statement(make_article(), QUOTE, speaker=make_actor("Zahir"))
    correct_text(statement.article, TEXT.replace("Nothing", "Something"))
    statement.refresh_from_db()
    span: Span = statement.spans.get(role="content")

    revise(
        user=usual(EDITOR),
        statement=statement,
        version=statement.version,
        details=StatementDetails(form=statement.form, act=statement.act, gist="Denies it."),
        parts=[speaks(make_actor("Zahir Khan"))],
        points=[],
        selections=[Selection("content", 0, 0, QUOTE, span.uid)],
        revision_number=1,
    )

    assert places(statement)[1][1] == "needs_placing"


def test_what_waits_is_not_approved_before_it_is_placed() -> None:
    article = make_article()
    statement = approve(make_statement(article, QUOTE))
    correct_text(article, TEXT.replace("Nothing", "Something"))

    with pytest.raises(ValidationError, match="its words need placing"):
        approve(statement)


def test_a_zone_that_an_editor_took_out_is_not_found_again() -> None:
    article = make_article(text=TEXT + "\nENDS\n")
    mark_zones(user=usual(EDITOR), article=article, version=article.version, zones=[])

    article = correct_text(article, "A line.\n\n" + TEXT + "\nENDS\n")

    assert not Zone.objects.filter(revision=article.revision).exists()


def test_an_article_is_taken_back_without_a_change_of_its_text() -> None:
    article = make_article()
    statement = approve(make_statement(article, QUOTE))

    article = correct_text(article, TEXT, "retraction")

    assert article.revision.is_retraction
    statement.refresh_from_db()
    assert statement.is_approved


def test_a_reporter_still_reads_what_was_taken_back() -> None:
    article, reporter = make_article(), make_user(REPORTER)
    approve(make_statement(article, QUOTE))
    never_seen = make_article(text="Another text of nobody.")

    correct_text(article, "This article was taken back.", "retraction")
    correct_text(never_seen, "Taken back, too.", "retraction")

    assert list(Article.objects.visible_to(reporter)) == [article]
    assert not Statement.objects.visible_to(reporter).exists()
