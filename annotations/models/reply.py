"""Silence as data: what is known of one accused party's reply, or sought reply, to one claim."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from annotations.models.actor import Actor
from annotations.models.history import kept_history
from annotations.models.record import LIVE, Part
from annotations.models.response import NOT_WITHDRAWN
from annotations.models.review import (
    Reviewed,
    ReviewedQuerySet,
    a_reason_goes_with_sending_back,
)
from annotations.models.span import Span, revisions_of_spans
from annotations.models.statement import Statement
from annotations.models.validators import refuse_unstorable


class ReplyRecordQuerySet(ReviewedQuerySet["ReplyRecord"]):
    """Reply records; visible when the record and its claim are."""

    states = ("state", "claim__state")

    def for_display(self) -> Self:
        """With party, evidence and attempts, in a fixed number of queries."""
        return self.select_related("party__merged_into", "claimant__merged_into").prefetch_related(
            Prefetch("spans", Span.objects.filter(LIVE).order_by("ordinal")),
            revisions_of_spans(),
            "spans__placements__revision__article",
            Prefetch("attempts", ContactAttempt.objects.filter(LIVE).order_by("attempted_at")),
        )


class ReplyRecord(Reviewed):
    """A stored status for a claim and an accused party; a row exists only once something is known."""

    class Status(models.TextChoices):
        SOUGHT = "sought", _("reply sought")
        DECLINED = "declined", _("declined to comment")
        NO_REPLY_BY_DEADLINE = "no_reply_by_deadline", _("no reply by the deadline")
        UNREACHABLE = "unreachable", _("could not be reached")
        REPORTED_NO_RESPONSE = (
            "reported_no_response",
            _("reported as not having responded"),
        )

    claim = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="reply_records")
    party = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="reply_records")
    status = models.CharField(max_length=30, choices=Status.choices)
    as_of = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    claimant = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimant_as_printed = models.CharField(
        max_length=300, blank=True, validators=[refuse_unstorable]
    )
    title_as_printed = models.CharField(max_length=300, blank=True, validators=[refuse_unstorable])
    note = models.TextField(blank=True, validators=[refuse_unstorable])
    history = kept_history()

    objects = ReplyRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="reply_record_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "party"],
                condition=NOT_WITHDRAWN,
                name="reply_record_is_kept_once_for_a_claim_and_party",
                violation_error_message=_(
                    "This party has a reply record on this claim already; change that one."
                ),
            ),
            a_reason_goes_with_sending_back("reply_record_goes_back_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_status_display()}"

    def live_evidence(self) -> list[Span]:
        """The evidence spans in use."""
        return [span for span in self.spans.all() if span.withdrawn_at is None]

    def evidence(self) -> str:
        """The words that say so, or an empty string."""
        return " … ".join(span.exact() for span in self.live_evidence())


class ContactAttempt(Part):
    """One attempt to get a reply. Shares the reply record's version."""

    class Means(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        MESSAGE = "message", _("message")
        IN_PERSON = "in_person", _("in person")
        LETTER = "letter", _("letter")
        OTHER = "other", _("other")

    reply_record = models.ForeignKey(ReplyRecord, on_delete=models.PROTECT, related_name="attempts")
    attempted_at = models.DateTimeField()
    means = models.CharField(max_length=20, choices=Means.choices)
    outcome = models.CharField(max_length=500, blank=True, validators=[refuse_unstorable])
    attempted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    history = kept_history()

    class Meta:
        ordering = ["attempted_at"]

    def __str__(self) -> str:
        return f"{self.get_means_display()}, {self.attempted_at:%Y-%m-%d %H:%M}"
