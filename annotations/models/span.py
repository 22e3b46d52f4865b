"""Spans, the pieces of text that carry something, and where each stands in each revision."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models.history import kept_history
from annotations.models.record import Part
from annotations.models.review import ReviewState, every
from annotations.models.revision import Revision
from annotations.models.validators import refuse_unstorable

if TYPE_CHECKING:  # they import this module
    from annotations.models.reply import ReplyRecord
    from annotations.models.response import Response
    from annotations.models.statement import Statement


OWNER_STATES = (  # for each kind of owner, the state columns that count: its own and, at a link, its ends'
    ("span__statement__state",),
    (
        "span__response__state",
        "span__response__claim__state",
        "span__response__response__state",
    ),
    ("span__reply_record__state", "span__reply_record__claim__state"),
)


def revisions_of_spans() -> "Prefetch[str, QuerySet[Revision], str]":
    """What a span's `exact` and `placement` read, without the revisions' texts: those may be megabytes."""
    return Prefetch("spans__placements__revision", Revision.objects.defer("text"))


class Span(Part):
    """A piece of text that carries something: of a statement, a response (marker) or a reply record (evidence)."""

    class Role(models.TextChoices):
        CONTENT = "content", _("content")
        SOURCE = "source", _("source")
        CUE = "cue", _("cue")
        MARKER = "marker", _("marker")
        EVIDENCE = "evidence", _("evidence")

    statement = models.ForeignKey(
        "Statement", on_delete=models.PROTECT, null=True, blank=True, related_name="spans"
    )
    response = models.ForeignKey(
        "Response", on_delete=models.PROTECT, null=True, blank=True, related_name="spans"
    )
    reply_record = models.ForeignKey(
        "ReplyRecord", on_delete=models.PROTECT, null=True, blank=True, related_name="spans"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    ordinal = models.PositiveIntegerField()
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="span_has_one_owner_that_fits_its_role",
                condition=Q(
                    statement__isnull=False,
                    response__isnull=True,
                    reply_record__isnull=True,
                    role__in=["content", "source", "cue"],
                )
                | Q(
                    statement__isnull=True,
                    response__isnull=False,
                    reply_record__isnull=True,
                    role="marker",
                )
                | Q(
                    statement__isnull=True,
                    response__isnull=True,
                    reply_record__isnull=False,
                    role="evidence",
                ),
            ),
            models.UniqueConstraint(
                fields=["statement", "role", "ordinal"],
                name="statement_span_has_its_own_ordinal",
            ),
            models.UniqueConstraint(
                fields=["response", "ordinal"], name="marker_has_its_own_ordinal"
            ),
            models.UniqueConstraint(
                fields=["reply_record", "ordinal"], name="evidence_has_its_own_ordinal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.exact()}"

    def placement(self) -> "Placement | None":
        """Where it stands in the newest revision it was placed in."""
        return max(
            self.placements.all(),
            key=lambda placement: placement.revision.number,
            default=None,
        )

    @property
    def owner(self) -> "Statement | Response | ReplyRecord":
        """The statement, response or reply record that it belongs to."""
        found = self.statement or self.response or self.reply_record
        assert found is not None  # span_has_one_owner_that_fits_its_role
        return found

    def exact(self) -> str:
        """The words as they stand (or last stood) in the text."""
        placement = self.placement()
        return placement.exact if placement else ""


def role_words(role: str) -> str:
    """What the role is called; an unknown one as it is."""
    return str(dict(Span.Role.choices).get(role, role))


def in_order(spans: "Iterable[Span]") -> "list[Span]":
    """By role, and in each as they stand in the text; where one of a role waits for its place, by their numbers.

    A piece that stands before another may have been added after it.
    """
    numbered = sorted(spans, key=lambda span: (span.role, span.ordinal))
    groups = [list(group) for _, group in groupby(numbered, key=lambda span: span.role)]
    return [span for group in groups for span in _as_they_stand(group)]


def _as_they_stand(spans: "list[Span]") -> "list[Span]":
    if len(spans) < 2:
        return spans
    starts = [place.start if (place := span.placement()) else None for span in spans]
    if None in starts:
        return spans
    ranked = sorted(zip(starts, range(len(spans)), strict=True))
    return [spans[index] for _, index in ranked]


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Placements; visible when all that the span belongs to is."""

    def visible_to(self, user: permissions.User) -> Self:
        """Everything for editors and reviewers, of approved work for reporters, nothing for the rest."""
        if permissions.sees_everything(user):
            return self
        if not permissions.may_read(user):
            return self.none()
        return self.filter(
            Q(*(every(states, ReviewState.APPROVED) for states in OWNER_STATES), _connector=Q.OR)
        )

    def waiting(self) -> Self:
        """Of spans in use that need placing in the newest text of their article; the oldest first.

        What was deleted waits for nobody, until it is brought back; nor does what stands at it.
        """
        states = [state for states in OWNER_STATES for state in states]
        return self.filter(
            *(~Q((state, ReviewState.WITHDRAWN)) for state in states),
            state=Placement.State.NEEDS_PLACING,
            span__withdrawn_at__isnull=True,
            revision=F("revision__article__current_revision"),
        ).order_by("id")

    def of_statements_then(self, replaced_at: Mapping[int, datetime]) -> Self:
        """Of statements' spans, those that were in use when their revision was replaced by the next one.

        `replaced_at` tells when, by the revision's key: looked up by the database, it would have to read
        past each text. Of the newest revision, which is not in it, those in use now. What was deleted or
        taken out only later is among them.
        """
        from annotations.models.statement import Statement

        moments = (When(revision=key, then=Value(moment)) for key, moment in replaced_at.items())
        begun = Placement.history.model.objects.filter(
            id=OuterRef("pk"), history_type="+", history_date__lt=OuterRef("replaced_at")
        )
        before = Statement.history.model.objects.filter(
            id=OuterRef("span__statement"), history_date__lt=OuterRef("replaced_at")
        )
        state_then = before.order_by("-history_date", "-history_id").values("state")[:1]
        is_newest = Q(replaced_at__isnull=True)
        return (
            self.filter(span__statement__isnull=False)
            .alias(
                replaced_at=Case(*moments, default=None, output_field=models.DateTimeField()),
                state_then=Case(
                    When(is_newest, then=F("span__statement__state")), default=Subquery(state_then)
                ),
            )
            .filter(
                Q(span__withdrawn_at__isnull=True) | Q(span__withdrawn_at__gt=F("replaced_at")),
                is_newest | Exists(begun),
                ~Q(state_then=ReviewState.WITHDRAWN),
            )
        )


class Placement(models.Model):
    """Where a span stands in one revision: `revision.text[start:end] == exact`, in code points."""

    class State(models.TextChoices):
        PLACED = "placed", _("placed")
        MOVED = "moved", _("moved")
        NEEDS_PLACING = "needs_placing", _("needs placing")

    class Reason(models.TextChoices):
        WORDING_CHANGED = "wording_changed", _("the wording changed")
        LOOK_ALIKES = "look_alikes", _("the words stand at several places")
        GONE = "gone", _("the words are gone")
        CONTEXT_GONE = "context_gone", _("the words around it changed")
        OUT_OF_TIME = "out_of_time", _("the texts differ too much to tell in time")

    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="placements")
    revision = models.ForeignKey("Revision", on_delete=models.PROTECT, related_name="placements")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLACED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    exact = models.TextField(validators=[refuse_unstorable])
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    history = kept_history()

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["span", "revision"], name="span_is_placed_once_in_a_revision"
            ),
            models.CheckConstraint(
                name="placement_has_a_place_unless_it_needs_one",
                condition=Q(state="needs_placing", start__isnull=True, end__isnull=True)
                & ~Q(reason="")
                | Q(
                    state__in=["placed", "moved"],
                    start__isnull=False,
                    end__isnull=False,
                    reason="",
                ),
            ),
            models.CheckConstraint(
                name="placement_starts_before_it_ends",
                condition=Q(start__isnull=True) | Q(start__lt=F("end")),
            ),
            models.CheckConstraint(
                name="placement_is_as_long_as_its_words",
                condition=Q(start__isnull=True)
                | Q(end=F("start") + models.functions.Length("exact")),
            ),
            models.CheckConstraint(name="placement_has_words", condition=~Q(exact="")),
        ]
        indexes = [
            models.Index(
                fields=["revision", "id"],
                condition=Q(state="needs_placing"),
                name="placement_that_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end} {self.state}"

    @property
    def needs_placing(self) -> bool:
        return self.state == self.State.NEEDS_PLACING
