"""The review state that statements, responses, restatements and reply records share."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models.history import JUDGEMENTS, Verb
from annotations.models.record import Record
from annotations.models.validators import refuse_unstorable


class ReviewState(models.TextChoices):
    """suggested → draft → submitted → approved | changes_requested | rejected; any → withdrawn."""

    SUGGESTED = "suggested", _("suggested")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("deleted")


PENDING = (ReviewState.DRAFT, ReviewState.SUBMITTED, ReviewState.CHANGES_REQUESTED)
SENT_BACK = (ReviewState.CHANGES_REQUESTED, ReviewState.REJECTED)
COUNTS_AS_ANSWER = (ReviewState.APPROVED, *PENDING)
NEXT_STATES: dict[str, frozenset[str]] = {
    ReviewState.SUGGESTED: frozenset({ReviewState.DRAFT}),
    ReviewState.DRAFT: frozenset({ReviewState.SUBMITTED}),
    ReviewState.SUBMITTED: frozenset({ReviewState.APPROVED, *SENT_BACK}),
    ReviewState.APPROVED: frozenset({ReviewState.SUBMITTED}),
    ReviewState.CHANGES_REQUESTED: frozenset({ReviewState.DRAFT, ReviewState.SUBMITTED}),
    ReviewState.REJECTED: frozenset({ReviewState.DRAFT, ReviewState.SUBMITTED}),
    ReviewState.WITHDRAWN: frozenset(),
}

M_co = TypeVar("M_co", bound="Reviewed", covariant=True)


def every(paths: tuple[str, ...], state: ReviewState) -> Q:
    """All of the named state columns hold this state."""
    return Q(*((path, state) for path in paths))


class ReviewedQuerySet(models.QuerySet[M_co]):
    """What the four reviewed records are asked for; `visible_to` is where every read starts.

    `states` names the state columns that count: the row's own and, for a link, its ends'.
    """

    states: tuple[str, ...] = ("state",)

    def visible_to(self, user: permissions.User) -> Self:
        """Everything for editors and reviewers, approved work for reporters, nothing for the rest."""
        if permissions.sees_everything(user):
            return self
        if not permissions.may_read(user):
            return self.none()
        return self.filter(every(self.states, ReviewState.APPROVED))

    def live(self) -> Self:
        """Without what was deleted: the row itself or, for a link, one of its ends."""
        return self.exclude(
            Q(*((path, ReviewState.WITHDRAWN) for path in self.states), _connector=Q.OR)
        )

    def undeleted(self) -> Self:
        """Without rows that were deleted themselves; a link stays whatever became of its ends."""
        return self.exclude(state=ReviewState.WITHDRAWN)

    def awaiting_review(self) -> Self:
        """Submitted work."""
        return self.filter(state=ReviewState.SUBMITTED)

    def to_judge_by(self, user: permissions.User) -> Self:
        """Submitted work that the user may judge: what others wrote."""
        return self.awaiting_review().without_work_of(user)

    def without_work_of(self, user: permissions.User) -> Self:
        """Without what the user wrote or changed since its last approval."""
        return self.exclude(self._is_written_by(user))

    def sent_back_to(self, user: permissions.User) -> Self:
        """What came back from a reviewer, of what the user created or changed since its last approval."""
        return self.filter(
            Q(created_by_id=user.pk) | Q(self._is_written_by(user)), state__in=SENT_BACK
        )

    def written_by(self, user: permissions.User) -> Self:
        """What the user wrote or changed since its last approval: what they may not approve."""
        return self.filter(self._is_written_by(user))

    def _is_written_by(self, user: permissions.User) -> Exists:
        history = self.model.history.model.objects
        own = history.filter(id=OuterRef("pk"))
        approval = (  # of the record that the history row is of
            history.filter(id=OuterRef("id"), verb=Verb.APPROVED)
            .order_by()
            .values("id")
            .annotate(last=Max("history_id"))
            .values("last")
        )
        changed = own.filter(history_user_id=user.pk, history_id__gt=Coalesce(approval, 0)).exclude(
            verb__in=JUDGEMENTS
        )
        return Exists(changed)


class Reviewed(Record):
    """A record that goes through review."""

    state = models.CharField(max_length=20, choices=ReviewState.choices, default=ReviewState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    review_reason = models.TextField(blank=True, validators=[refuse_unstorable])
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.state == ReviewState.WITHDRAWN)

    @property
    def is_approved(self) -> bool:
        return bool(self.state == ReviewState.APPROVED)

    @property
    def is_sent_back(self) -> bool:
        return self.state in SENT_BACK

    def author_ids(self) -> set[int]:
        """Who wrote it or changed it since its last approval, from its history."""
        rows = self.history.order_by("history_id").values_list("history_user_id", "verb")
        authors: set[int] = set()
        for user_id, verb in rows:
            if verb == Verb.APPROVED:
                authors = set()
            elif verb not in JUDGEMENTS:
                authors.add(user_id)
        return authors


def a_reason_goes_with_sending_back(name: str) -> models.CheckConstraint:
    """The constraint, under the record's own name for it."""
    return models.CheckConstraint(
        condition=~Q(state__in=SENT_BACK) | ~Q(review_reason=""),
        name=name,
        violation_error_message=_("Say why it goes back: its author reads it."),
    )
