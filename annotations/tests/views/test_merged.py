"""Somebody else saved first: what only one side changed is merged, what both changed is for a person."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.editing.change import Stale
from annotations.editing.highlight import add_span
from annotations.editing.review import submit_with_links
from annotations.models import Statement
from annotations.models.as_of import at_version
from annotations.models.attribution import Attribution, Point
from annotations.models.span import Span
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    approve,
    correct_text,
    fresh,
    make_actor,
    make_article,
    make_response,
    make_statement,
    make_user,
    select,
    submit,
)
from annotations.tests.views.typed import HTMX, spans, typed_change, typed_statement
from annotations.views import statement_forms

pytestmark = pytest.mark.django_db
BOTH = ("with script", "without")


@pytest.fixture
def farida(client: Client) -> Client:
    """Another editor's browser."""
    other = Client()
    other.force_login(make_user(EDITOR, username="Farida"))
    return other


def typed(statement: Statement, **more: Any) -> dict[str, Any]:
    """The form with all that the statement has, and what is given."""
    whole = typed_change(statement)
    for number, part in enumerate(statement.live_attributions()):
        row = {"part": part.part, "actor": part.actor.uid, "uid": part.uid}
        row |= {"as_printed": part.as_printed, "title_as_printed": part.title_as_printed}
        row["speaker_basis"] = part.speaker_basis
        whole |= {f"parts-{number}-{name}": value for name, value in row.items()}
        whole["parts-TOTAL_FORMS"] = number + 1
    for number, point in enumerate(statement.live_points()):
        whole |= {f"points-{number}-uid": point.uid, f"points-{number}-text": point.text}
        whole["points-TOTAL_FORMS"] = number + 1
    same = {name: getattr(statement, name) for name in ("form", "gist", "venue", "note")}
    return whole | same | more


def save(browser: Client, statement: Statement, sent: dict[str, Any], **how: Any) -> Any:
    return browser.post(reverse("statement_edit", args=[statement.uid]), sent, **how)


def test_what_each_changed_alone_is_kept_of_both(
    client: Client, editor: User, farida: Client
) -> None:
    ann, bob, eve = (make_actor(name) for name in ("Ann", "Bob", "Eve"))
    statement = make_statement(speaker=ann, about=[bob], points=["One"], venue="Kabul", note="old")
    source = select(statement.article, "The ministry", "source")
    mine = typed(statement, gist="mine", **{"points-1-text": "Two", "points-TOTAL_FORMS": 2})
    theirs = typed(statement, venue="Herat", spans=spans(*words_of(statement), source))
    theirs |= {"parts-0-title_as_printed": "Deputy Minister", "parts-2-part": "via"}
    theirs |= {"parts-2-actor": eve.uid, "parts-TOTAL_FORMS": 3}
    assert save(farida, statement, theirs, headers=HTMX).status_code == 200

    page = save(client, statement, mine, headers=HTMX)

    now = fresh(statement)
    assert page.status_code == 200
    assert "What Farida changed meanwhile is kept too: Source, Venue, Speaker, Via." in page.text
    assert (now.gist, now.venue, now.note) == ("mine", "Herat", "old")
    assert [point.text for point in now.live_points()] == ["One", "Two"]
    assert [part.title_as_printed for part in now.speakers()] == ["Deputy Minister"]
    assert [part.actor for part in now.live_attributions("via")] == [eve]
    assert [part.actor for part in now.live_attributions("about")] == [bob]
    assert [span.exact() for span in now.live_spans("source")] == ["The ministry"]
    assert now.version == statement.version + 2


def words_of(statement: Statement) -> list[Any]:
    from annotations.forms.fields import selections_of

    return selections_of(statement.live_spans())


def test_a_judgement_in_between_is_no_conflict(client: Client, editor: User) -> None:
    statement = make_statement()
    sent = typed(statement, gist="mine")
    approve(submit(statement))

    assert save(client, statement, sent, headers=HTMX).status_code == 200
    assert (fresh(statement).gist, fresh(statement).state) == ("mine", "submitted")


@pytest.mark.parametrize("headers", [HTMX, {}], ids=BOTH)
@pytest.mark.parametrize(
    ("chosen", "gist", "speaker"),
    [
        ({"choose-gist": "mine", "choose-parts:speaker": "mine"}, "mine", "Eve"),
        ({"choose-gist": "theirs", "choose-parts:speaker": "theirs"}, "theirs", "Bob"),
    ],
    ids=["mine", "theirs"],
)
def test_what_both_changed_is_chosen_and_the_rest_is_merged(
    client: Client,
    editor: User,
    farida: Client,
    headers: dict[str, str],
    chosen: dict[str, str],
    gist: str,
    speaker: str,
) -> None:
    ann, bob, eve = (make_actor(name) for name in ("Ann", "Bob", "Eve"))
    statement = make_statement(speaker=ann, gist="old")
    mine = typed(statement, gist="mine", note="my note", **{"parts-0-actor": eve.uid})
    theirs = typed(statement, gist="theirs", venue="Herat", **{"parts-0-actor": bob.uid})
    save(farida, statement, theirs, headers=HTMX)

    page = save(client, statement, mine, headers=headers)

    assert page.status_code == 409
    assert "Farida saved this statement while you were changing it." in page.text
    merged = page.context["merged"]
    assert {(each.name, each.theirs, each.mine) for each in merged.both} == {
        ("choose-gist", "theirs", "mine"),
        ("choose-parts:speaker", "Bob, named", "Eve, named"),
    }
    assert merged.theirs == ["Venue"]
    assert fresh(statement).gist == "theirs"
    again = sent_again(page)
    asked = again | {"to-choose": ["choose-gist", "choose-parts:speaker"]}
    unchosen = save(client, statement, asked | {"choose-gist": "theirs"}, headers=headers)
    assert (unchosen.status_code, fresh(statement).gist) == (422, "theirs")
    assert [each.name for each in unchosen.context["merged"].both] == ["choose-parts:speaker"]
    assert "Choose one of the two wherever you both changed." in unchosen.text
    assert "checked" not in page.text.split('class="both"')[1].split("</fieldset>")[0]
    chosen = asked | chosen
    assert (again["gist"], again["venue"], again["note"]) == ("mine", "Herat", "my note")
    assert save(client, statement, chosen, headers=HTMX).status_code == 200
    now = fresh(statement)
    assert (now.gist, now.venue, now.note) == (gist, "Herat", "my note")
    assert [part.actor.name for part in now.speakers()] == [speaker]


def sent_again(page: Any) -> dict[str, Any]:
    """What the form that came back would send."""
    return dict(page.context["forms"].form.data.items())


def test_a_third_save_is_compared_with_what_was_chosen_from(
    client: Client, editor: User, farida: Client
) -> None:
    statement = make_statement(gist="old")
    mine = typed(statement, gist="mine", venue="Kabul")
    save(farida, statement, typed(statement, gist="second"), headers=HTMX)
    again = sent_again(save(client, statement, mine, headers=HTMX))
    save(farida, statement, typed(fresh(statement), note="third"), headers=HTMX)

    page = save(client, statement, again | {"choose-gist": "theirs"}, headers=HTMX)

    now = fresh(statement)
    assert page.status_code == 200
    assert (now.gist, now.venue, now.note) == ("second", "Kabul", "third")


def test_a_save_that_others_come_before_again_and_again_is_told_to_be_unsaved(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = make_statement(gist="old")

    def lose(**typed: Any) -> Statement:
        raise Stale(fresh(statement), typed["version"])

    monkeypatch.setattr(statement_forms, "revise", lose)
    page = save(client, statement, typed(statement, gist="mine"), headers=HTMX)

    assert (page.status_code, sent_again(page)["gist"]) == (409, "mine")


def test_a_draft_that_was_taken_up_again_is_compared_and_nothing_is_saved(
    client: Client, editor: User, farida: Client
) -> None:
    statement = make_statement(gist="old")
    mine = typed(statement, gist="mine")
    same = save(client, statement, mine | {"compare": "1"}, headers=HTMX)
    save(farida, statement, typed(statement, venue="Herat"), headers=HTMX)
    merged = save(client, statement, mine | {"compare": "1"}, headers=HTMX)
    save(farida, statement, typed(fresh(statement), gist="theirs"), headers=HTMX)
    both = save(client, statement, mine | {"compare": "1"}, headers=HTMX)

    assert [page.status_code for page in (same, merged, both)] == [200, 200, 409]
    assert (sent_again(merged)["venue"], sent_again(merged)["gist"]) == ("Herat", "mine")
    assert "What only Farida changed is in the form already:" in merged.text
    assert fresh(statement).gist == "theirs"
    assert "compare" not in sent_again(both)


def test_words_and_points_that_both_changed_are_fields_of_their_own(
    client: Client, editor: User, farida: Client
) -> None:
    statement = make_statement(points=["One"])
    source = select(statement.article, "The ministry", "source")
    cue = select(statement.article, "said", "cue", suffix=" the army")
    others = select(statement.article, "The army", "source")
    mine = typed(statement, spans=spans(*words_of(statement), source), **{"points-0-text": "Mine"})
    theirs = typed(statement, spans=spans(*words_of(statement), others, cue))
    save(farida, statement, theirs | {"points-0-text": "Theirs"}, headers=HTMX)

    page = save(client, statement, mine, headers=HTMX)

    merged = page.context["merged"]
    assert [(each.label, each.theirs, each.mine) for each in merged.both] == [
        ("Source", "source: “The army”", "source: “The ministry”"),
        ("Points", "Theirs", "Mine"),
    ]
    assert merged.theirs == ["Cue"]
    choice = {"choose-spans:spans:source": "theirs"}
    save(client, statement, sent_again(page) | choice, headers=HTMX)
    now = fresh(statement)
    assert [span.exact() for span in now.live_spans("source")] == ["The army"]
    assert [span.exact() for span in now.live_spans("cue")] == ["said"]
    assert [point.text for point in now.live_points()] == ["Mine"]


def test_links_submitted_in_between_leave_a_version_to_merge_from(
    client: Client, editor: User, farida: Client
) -> None:
    statement = submit(make_statement(gist="old", venue="Kabul"))
    make_response(statement)
    sent = submit_with_links(user=editor, statement=statement, version=fresh(statement).version)
    mine = typed(sent, venue="Herat")
    save(farida, statement, typed(sent, gist="theirs"), headers=HTMX)

    page = save(client, statement, mine, headers=HTMX)

    now = fresh(statement)
    assert page.status_code == 200
    assert (now.gist, now.venue) == ("theirs", "Herat")


def test_a_version_that_never_was_leaves_every_difference_to_a_person(
    client: Client, editor: User
) -> None:
    statement = make_statement(gist="old", venue="Kabul")

    page = save(client, statement, typed(statement, gist="mine", version=77), headers=HTMX)

    assert page.status_code == 409
    assert [each.label for each in page.context["merged"].both] == ["Gist, in one neutral line"]


def test_a_correction_in_between_is_no_conflict(client: Client, editor: User) -> None:
    statement = make_statement()
    sent = typed(statement, gist="mine")
    correct_text(statement.article, "CORRECTED\n\n" + statement.article.revision.text)

    page = save(client, statement, sent, headers=HTMX)

    assert page.status_code == 200
    assert (fresh(statement).gist, fresh(statement).quote()) == ("mine", statement.quote())


def test_a_record_is_read_as_it_was_at_each_version(editor: User) -> None:
    statement = make_statement(points=["One"], about=[make_actor("Bob")])
    first = statement.version
    source = select(statement.article, "The ministry", "source")
    add_span(user=editor, statement=statement, version=first, selection=source, revision_number=1)

    statement = fresh(statement)
    then, now = at_version(statement, first), at_version(statement, first + 1)

    assert then
    assert now
    assert [row.role for row in then.parts(Span, "statement")] == ["content"]
    assert [row.role for row in now.parts(Span, "statement")] == ["content", "source"]
    assert [row.text for row in now.parts(Point, "statement")] == ["One"]
    assert len(now.parts(Attribution, "statement", "actor")) == 2
    assert at_version(statement, first + 2) is None
    assert at_version(statement, 0) is None


def test_a_new_statement_whose_answer_got_lost_is_recorded_once(
    client: Client, editor: User
) -> None:
    article = make_article()
    address = reverse("statement_new", args=[article.uid])
    form = client.get(f"{address}?start=0&end=12", headers=HTMX).context["forms"].form
    sent = typed_statement(article, "the army crossed the border.", make_actor("Ann"))
    sent |= {"made_as": form["made_as"].value()}
    first = client.post(address, sent, headers=HTMX)

    again = client.post(address, sent, headers=HTMX)
    made = Statement.objects.get()
    versions = [made.version]
    more = client.post(address, sent | {"gist": "typed since"}, headers=HTMX)

    assert [page.status_code for page in (first, again, more)] == [200, 200, 200]
    assert "Saved." in again.text
    assert versions == [1]
    assert Statement.objects.get().gist == "typed since"
    other = Client()
    other.force_login(make_user(EDITOR))
    assert other.post(address, sent, headers=HTMX).status_code == 422
    assert Statement.objects.count() == 1
