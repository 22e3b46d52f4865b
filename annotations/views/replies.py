"""A silence, or a sought reply, is recorded: who, to which claim, what is known, and the words that say so."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import permissions
from annotations.editing.change import Stale
from annotations.editing.place import Selection
from annotations.editing.record_reply import (
    attempt_contact,
    mend_attempt,
    record_reply,
    revise_reply,
)
from annotations.forms.errors import name_version, show
from annotations.forms.fields import selections_of
from annotations.forms.response import AttemptForm, ReplyForm, attempt_initial
from annotations.models import Article, ContactAttempt, ReplyRecord, Statement
from annotations.models.as_of import AsOf
from annotations.views.carried import said_of
from annotations.views.desk import desk, open_article, panel, visible_statement
from annotations.views.guard import only
from annotations.views.merged import Compared, Merged, settle
from annotations.views.sheets import Sheet, earlier_spans, sheet
from annotations.views.work import CHANGED

FORM = "annotations/partials/_reply_form.html"


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def reply_new(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What is known of an accused party's reply to this claim; then the reply record."""
    claim = visible_statement(request, uid)
    article = open_article(request, claim.article)
    if request.method == "GET":
        initial = {"status": ReplyRecord.Status.REPORTED_NO_RESPONSE, "evidence": []}
        return _form(request, ReplyForm(claim, request.user, initial=initial), article, claim)
    form = ReplyForm(claim, request.user, request.POST)
    if form.is_valid():
        try:
            record = record_reply(
                user=request.user,
                claim=claim,
                party=form.cleaned_data["party"],
                details=form.details(),
                evidence=form.cleaned_data["evidence"],
                evidence_in=article,
                evidence_revision=form.cleaned_data["revision"],
            )
            return desk(request, article, claim, said_of(record, _("Recorded.")))
        except ValidationError as error:
            show(form, error)
    return _form(request, form, article, claim, status=422)


@require_http_methods(["GET", "POST"])
@only(permissions.may_annotate)
def reply_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The record's status, dates and evidence; what others saved meanwhile is merged, or shown beside it."""
    record = _visible_record(request, uid)
    claim = visible_statement(request, record.claim.uid)
    article = open_article(request, claim.article)
    if request.method == "GET":
        shown = ReplyForm(claim, request.user, record=record, initial=_initial(record))
        return _form(request, shown, article, claim, record)
    form = ReplyForm(claim, request.user, request.POST, record=record)
    if not form.is_valid():
        return _form(request, form, article, claim, record, 422)
    done = settle(
        request,
        form,
        Compared(lambda: _visible_record(request, uid), _sheet_of, _sheet_typed, _sheet_then),
        again=lambda data: ReplyForm(claim, request.user, data, record=record),
        save=lambda typed: _revise(request, record, article, typed),
    )
    if done.saved:
        return desk(request, article, claim, said_of(done.saved, done.said))
    record = _visible_record(request, uid)
    return _form(request, done.forms, article, claim, record, done.status, merged=done.merged)


def _revise(
    request: HttpRequest, record: ReplyRecord, article: Article, form: ReplyForm
) -> ReplyRecord:
    return revise_reply(
        user=request.user,
        record=record,
        version=form.cleaned_data["version"] or 0,
        details=form.details(),
        evidence=form.cleaned_data["evidence"],
        evidence_in=article,
        evidence_revision=form.cleaned_data["revision"],
    )


@require_POST
@only(permissions.may_annotate)
def reply_attempt(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One more attempt to get a reply."""
    record = _visible_record(request, uid)
    claim = visible_statement(request, record.claim.uid)
    article = open_article(request, claim.article)
    form, status = AttemptForm(request.POST), 422
    if form.is_valid():
        try:
            attempt_contact(user=request.user, record=record, **form.cleaned_data)
            return desk(request, article, claim, _("Attempt recorded."))
        except Stale:
            record, status = _visible_record(request, uid), 409
            name_version(form, record.version)
            form.add_error(None, CHANGED)
        except ValidationError as error:
            show(form, error)
    reply = ReplyForm(claim, request.user, record=record, initial=_initial(record))
    return _form(request, reply, article, claim, record, status, attempt=form)


@require_POST
@only(permissions.may_annotate)
def attempt_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """An attempt as it should have been recorded."""
    visible = ReplyRecord.objects.visible_to(request.user)
    attempt = get_object_or_404(ContactAttempt, uid=uid, reply_record__in=visible)
    record = _visible_record(request, attempt.reply_record.uid)
    claim = visible_statement(request, record.claim.uid)
    article = open_article(request, claim.article)
    form, status = AttemptForm(request.POST, auto_id=_ids(attempt)), 422
    if form.is_valid():
        try:
            mend_attempt(user=request.user, attempt=attempt, **form.cleaned_data)
            return desk(request, article, claim, _("Attempt saved."))
        except Stale:
            record, status = _visible_record(request, record.uid), 409
            name_version(form, record.version)
            form.add_error(None, CHANGED)
        except ValidationError as error:
            show(form, error)
    reply = ReplyForm(claim, request.user, record=record, initial=_initial(record))
    return _form(request, reply, article, claim, record, status, mended={attempt.pk: form})


def _visible_record(request: HttpRequest, uid: uuid.UUID) -> ReplyRecord:
    records = (
        ReplyRecord.objects.visible_to(request.user)
        .for_display()
        .select_related("claim", "party__merged_into")
    )
    return get_object_or_404(records, uid=uid)


def _initial(record: ReplyRecord) -> dict[str, Any]:
    return {
        "version": record.version,
        "party": record.party.resolved.uid,
        "status": record.status,
        "as_of": record.as_of,
        "due_on": record.due_on,
        "claimant": record.claimant.uid if record.claimant else None,
        "claimant_name": record.claimant.name if record.claimant else "",
        "claimant_as_printed": record.claimant_as_printed,
        "title_as_printed": record.title_as_printed,
        "evidence": selections_of(record.live_evidence()),
        "note": record.note,
    }


COMPARED = (
    "status",
    "as_of",
    "due_on",
    "claimant",
    "claimant_as_printed",
    "title_as_printed",
    "note",
)


def _sheet(form: ReplyForm, row: Any, evidence: list[Selection]) -> Sheet:
    """The record's columns, or those of a row of its history, with its evidence."""
    return sheet(form, {name: getattr(row, name) for name in COMPARED} | {"evidence": evidence})


def _sheet_typed(form: ReplyForm) -> Sheet:
    return sheet(form, {name: form.cleaned_data[name] for name in (*COMPARED, "evidence")})


def _sheet_of(form: ReplyForm, record: ReplyRecord) -> Sheet:
    return _sheet(form, record, selections_of(record.live_evidence()))


def _sheet_then(form: ReplyForm, then: AsOf) -> Sheet:
    return _sheet(form, then.row, earlier_spans(then, "reply_record"))


def _form(
    request: HttpRequest,
    form: ReplyForm,
    article: Article,
    claim: Statement,
    record: ReplyRecord | None = None,
    status: int = 200,
    attempt: AttemptForm | None = None,
    merged: Merged | None = None,
    mended: Mapping[int, AttemptForm] = MappingProxyType({}),
) -> HttpResponse:
    form.initial.setdefault("revision", article.revision.number)
    context = {
        "form": form,
        "claim": claim,
        "record": record,
        "statement": claim,
        "attempt": attempt
        or (AttemptForm(initial={"version": record.version}) if record else None),
        "attempts": _attempts(record, mended) if record else [],
        "merged": merged,
    }
    return panel(request, FORM, context, article, status)


def _attempts(
    record: ReplyRecord, mended: Mapping[int, AttemptForm]
) -> list[tuple[ContactAttempt, AttemptForm]]:
    """The record's attempts, each with the form that mends it: as it was sent, or as it is stored."""
    return [
        (
            attempt,
            mended.get(attempt.pk)
            or AttemptForm(initial=attempt_initial(attempt, record.version), auto_id=_ids(attempt)),
        )
        for attempt in record.attempts.all()
    ]


def _ids(attempt: ContactAttempt) -> str:
    """How the ids of the attempt's own form are made: there may be several on the page."""
    return f"id_attempt_{attempt.pk}_%s"


urlpatterns = [
    path("statements/<uuid:uid>/replies/new/", reply_new, name="reply_new"),
    path("replies/<uuid:uid>/edit/", reply_edit, name="reply_edit"),
    path("replies/<uuid:uid>/attempts/", reply_attempt, name="reply_attempt"),
    path("attempts/<uuid:uid>/edit/", attempt_edit, name="attempt_edit"),
]
