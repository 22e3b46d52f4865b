from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse

from annotations.editing.record_reply import ReplyDetails, attempt_contact, revise_reply
from annotations.models import ContactAttempt, ReplyRecord, Statement
from annotations.permissions import EDITOR
from annotations.tests.factories import (
    delete,
    fresh,
    make_actor,
    make_attempt,
    make_reply_record,
    make_statement,
    make_user,
    select,
)
from annotations.tests.views.typed import ABSENT, HTMX, spans, text_content

pytestmark = pytest.mark.django_db
SILENCE = "Nothing of the kind happened"


def make_claim() -> Statement:
    return make_statement(about=[make_actor("Bob"), make_actor("Eve")])


def typed_reply(claim: Statement, **more: Any) -> dict[str, Any]:
    return {"party": claim.accused()[0].uid, "status": "reported_no_response"} | more


def test_a_silence_is_recorded_with_its_evidence(client: Client, editor: User) -> None:
    claim, claimant = make_claim(), make_actor("Ann")
    evidence = select(claim.article, SILENCE, "evidence")
    typed = typed_reply(
        claim,
        evidence=spans(evidence),
        as_of="2026-05-12",
        claimant=claimant.uid,
        claimant_as_printed="Ann",
        title_as_printed="minister",
    )

    page = client.post(reverse("reply_new", args=[claim.uid]), typed, headers=HTMX)

    record = ReplyRecord.objects.get()
    assert page.status_code == 200
    assert "Recorded." in page.text
    assert SILENCE in page.text.split("data-article-text")[1].split("<aside")[1]
    assert (record.party.name, record.status, record.as_of) == (
        "Bob",
        "reported_no_response",
        date(2026, 5, 12),
    )
    assert (record.evidence(), record.claimant, record.title_as_printed) == (
        SILENCE,
        claimant,
        "minister",
    )


def test_without_the_script_it_leads_back_to_the_claim(client: Client, editor: User) -> None:
    claim = make_claim()
    address = reverse("reply_new", args=[claim.uid])

    form, answer = client.get(address), client.post(address, typed_reply(claim))

    assert text_content(form) == claim.article.revision.text
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(claim.article.get_absolute_url())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"party": ""}, "Choose whose reply this is about."),
        ({"party": ABSENT}, "Select a valid choice."),
        ({"status": "answered"}, "Select a valid choice."),
        ({"as_of": "soon"}, "Enter a valid date."),
        ({"claimant_name": "Nobody"}, "Choose “Nobody” from the list, or create it there."),
        ({"evidence": "?"}, "The selected words did not arrive whole. Select them again."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: Client, editor: User, wrong: dict[str, str], said: str
) -> None:
    claim = make_claim()
    typed = typed_reply(claim, note="a kept note") | wrong

    page = client.post(reverse("reply_new", args=[claim.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert page.headers["HX-Retarget"] == "#work"
    assert said in page.text
    assert "a kept note" in page.text
    assert not ReplyRecord.objects.exists()


def test_a_party_has_one_record_on_a_claim(client: Client, editor: User) -> None:
    record = make_reply_record(make_claim())

    page = client.post(
        reverse("reply_new", args=[record.claim.uid]), typed_reply(record.claim), headers=HTMX
    )

    assert page.status_code == 422
    assert "already" in page.text or "There is a reply record" in page.text
    assert ReplyRecord.objects.count() == 1


def test_a_record_is_changed_and_stays_with_its_party(client: Client, editor: User) -> None:
    record = make_reply_record(make_claim())
    address = reverse("reply_edit", args=[record.uid])
    form = client.get(address, headers=HTMX).context["form"]
    other = record.claim.accused()[1]
    typed = typed_reply(record.claim, version=form["version"].value(), status="declined")

    refused = client.post(address, typed | {"party": other.uid}, headers=HTMX)
    page = client.post(address, typed, headers=HTMX)

    assert (refused.status_code, page.status_code) == (422, 200)
    assert [str(party) for party in form.fields["party"].queryset] == ["Bob"]
    assert fresh(record).status == "declined"


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["with script", "without"])
def test_a_stale_save_shows_both_versions_and_saves_the_second_time(
    client: Client, editor: User, headers: dict[str, str]
) -> None:
    record = make_reply_record(make_claim())
    address = reverse("reply_edit", args=[record.uid])
    typed = typed_reply(record.claim, version=record.version, note="mine")
    revise_reply(
        user=make_user(EDITOR, username="Farida"),
        record=record,
        version=record.version,
        details=ReplyDetails(
            "declined", as_of=date(2026, 5, 1), claimant=make_actor("Ann"), note="theirs"
        ),
        evidence=[select(record.claim.article, SILENCE, "evidence")],
    )

    page = client.post(address, typed, headers=headers)

    assert page.status_code == 409
    assert "Farida saved this reply record while you were changing it." in page.text
    merged = page.context["merged"]
    assert [(each.label, each.mine) for each in merged.both] == [
        ("What is known?", "reported as not having responded"),
        ("Note", "mine"),
    ]
    assert merged.theirs == ["As of", "Claimant", "Evidence"]
    again = page.context["form"].data.dict()
    assert again["claimant_name"] == "Ann"
    chosen = again | {"choose-status": "theirs"}
    assert client.post(address, chosen, headers=HTMX).status_code == 200
    now = fresh(record)
    assert (now.note, now.status, now.as_of) == ("mine", "declined", date(2026, 5, 1))
    assert (str(now.claimant), now.evidence()) == ("Ann", SILENCE)


ATTEMPT = {"attempted_at": "2026-05-12T10:30", "means": "phone", "outcome": "no answer"}


def test_an_attempt_to_get_a_reply_is_recorded(client: Client, editor: User) -> None:
    record = make_reply_record()

    page = client.post(
        reverse("reply_attempt", args=[record.uid]),
        ATTEMPT | {"version": record.version},
        headers=HTMX,
    )

    [attempt] = record.attempts.all()
    assert page.status_code == 200
    assert "Attempt recorded." in page.text
    assert attempt.attempted_at == datetime(2026, 5, 12, 10, 30, tzinfo=UTC)
    assert (attempt.means, attempt.outcome) == ("phone", "no answer")


@pytest.mark.parametrize("server", ["UTC", "Asia/Kabul"])
@pytest.mark.parametrize(("offset", "moment"), [("-270", "06:00"), ("120", "12:30"), ("", "10:30")])
def test_an_attempt_is_dated_by_the_clock_of_who_typed_it(
    client: Client, editor: User, server: str, offset: str, moment: str
) -> None:
    record = make_reply_record()
    typed = ATTEMPT | {"version": record.version, "utc_offset": offset}

    with override_settings(TIME_ZONE=server):
        page = client.post(reverse("reply_attempt", args=[record.uid]), typed, headers=HTMX)

    stored = record.attempts.get().attempted_at
    assert f"{stored.astimezone(UTC):%Y-%m-%d %H:%M}" == f"2026-05-12 {moment}"
    assert f"2026-05-12 {moment} UTC" in page.text


def test_an_attempt_that_is_wrong_is_kept(client: Client, editor: User) -> None:
    record = make_reply_record()

    page = client.post(
        reverse("reply_attempt", args=[record.uid]),
        ATTEMPT | {"version": record.version, "means": "pigeon"},
        headers=HTMX,
    )

    assert page.status_code == 422
    assert "Select a valid choice." in page.text
    assert 'value="no answer"' in page.text
    assert not record.attempts.exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_an_attempt_that_some_clock_cannot_show_is_refused(
    client: Client, editor: User, moment: str
) -> None:
    record = make_reply_record()
    typed = ATTEMPT | {"version": record.version, "attempted_at": moment}

    page = client.post(reverse("reply_attempt", args=[record.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert "Enter a valid date/time." in page.text
    assert not record.attempts.exists()


def test_a_stale_attempt_is_kept_and_recorded_the_second_time(client: Client, editor: User) -> None:
    record = make_reply_record()
    address = reverse("reply_attempt", args=[record.uid])
    attempt_contact(
        user=make_user(EDITOR),
        record=record,
        version=record.version,
        attempted_at=datetime(2026, 5, 11, tzinfo=UTC),
        means="email",
    )

    page = client.post(address, ATTEMPT | {"version": record.version}, headers=HTMX)

    assert page.status_code == 409
    assert "Somebody changed this just now." in page.text
    assert 'value="no answer"' in page.text
    version = page.context["attempt"]["version"].value()
    assert client.post(address, ATTEMPT | {"version": version}, headers=HTMX).status_code == 200
    assert [row.means for row in record.attempts.order_by("id")] == ["email", "phone"]


def _typed_attempt(attempt: ContactAttempt, **more: Any) -> dict[str, Any]:
    return ATTEMPT | {"version": fresh(attempt.reply_record).version} | more


@pytest.mark.parametrize("server", ["UTC", "Asia/Kabul"])
def test_the_form_holds_each_attempt_as_it_is_stored_in_utc(
    client: Client, editor: User, server: str
) -> None:
    attempt = make_attempt(datetime(2026, 5, 12, 10, 30, tzinfo=UTC), outcome="rang out")
    address = reverse("reply_edit", args=[attempt.reply_record.uid])

    with override_settings(TIME_ZONE=server):
        page = client.get(address, headers=HTMX)

    [(shown, form)] = page.context["attempts"]
    assert shown == attempt
    assert 'value="2026-05-12T10:30"' in page.text
    assert (form["means"].value(), form["outcome"].value()) == ("phone", "rang out")


def test_an_attempt_is_mended(client: Client, editor: User) -> None:
    attempt = make_attempt()
    typed = _typed_attempt(attempt, means="letter", outcome="came back")

    page = client.post(reverse("attempt_edit", args=[attempt.uid]), typed, headers=HTMX)

    mended = fresh(attempt)
    assert page.status_code == 200
    assert "Attempt saved." in page.text
    assert mended.attempted_at == datetime(2026, 5, 12, 10, 30, tzinfo=UTC)
    assert (mended.means, mended.outcome) == ("letter", "came back")


def test_a_mending_that_is_wrong_is_kept_at_its_attempt(client: Client, editor: User) -> None:
    attempt = make_attempt(outcome="rang out")
    typed = _typed_attempt(attempt, means="pigeon", outcome="flew off")

    page = client.post(reverse("attempt_edit", args=[attempt.uid]), typed, headers=HTMX)

    assert page.status_code == 422
    assert page.context["attempts"][0][1].errors.keys() == {"means"}
    assert page.context["attempt"].errors == {}
    assert 'value="flew off"' in page.text
    assert fresh(attempt).outcome == "rang out"


def test_a_stale_mending_is_kept_and_saved_the_second_time(client: Client, editor: User) -> None:
    attempt = make_attempt()
    address, typed = reverse("attempt_edit", args=[attempt.uid]), _typed_attempt(attempt)
    record = fresh(attempt.reply_record)
    revise_reply(
        user=make_user(EDITOR),
        record=record,
        version=record.version,
        details=ReplyDetails("declined"),
        evidence=[],
    )

    page = client.post(address, typed, headers=HTMX)

    assert page.status_code == 409
    assert "Somebody changed this just now." in page.text
    version = page.context["attempts"][0][1]["version"].value()
    assert client.post(address, typed | {"version": version}, headers=HTMX).status_code == 200
    assert (fresh(attempt).outcome, fresh(record).status) == ("no answer", "declined")


def test_an_attempt_on_a_deleted_record_is_kept_and_explained(client: Client, editor: User) -> None:
    record = delete(make_reply_record())

    page = client.post(
        reverse("reply_attempt", args=[record.uid]),
        ATTEMPT | {"version": record.version},
        headers=HTMX,
    )

    assert page.status_code == 422
    assert "This reply record was deleted meanwhile." in page.text
    assert 'value="no answer"' in page.text
