"""Posts: the titles that actors hold in organisations."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models.actor import Actor
from annotations.models.history import kept_history
from annotations.models.record import LIVE, Record
from annotations.models.validators import refuse_unstorable


class PostQuerySet(models.QuerySet["Post"]):
    """Posts."""

    def visible_to(self, user: permissions.User) -> Self:
        """All for editors and reviewers; for reporters those of the actors they see."""
        if permissions.sees_everything(user):
            return self
        return self.filter(
            holder__in=Actor.objects.visible_to(user),
            organisation__in=Actor.objects.visible_to(user),
        )

    def live(self) -> Self:
        return self.filter(LIVE)

    def of(self, end: str, actors: Collection[int]) -> Self:
        """Whose `end`, holder or organisation, is one of the actors or was merged into one of them."""
        at = Q((f"{end}__in", actors)) | Q((f"{end}__merged_into__in", actors))
        both = self.select_related("holder__merged_into", "organisation__merged_into")
        return both.filter(at).order_by("id")

    def by_holder(self, actors: Collection[int]) -> "dict[int, list[Post]]":
        """The posts of each of the standing actors, in one query."""
        found: dict[int, list[Post]] = {key: [] for key in actors}
        for post in self.of("holder", found):
            found[post.holder.resolved_id].append(post)
        return found


class Post(Record):
    """A title that an actor holds in an organisation, with dates where they are known."""

    holder = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=300, validators=[refuse_unstorable])
    organisation = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="post_holders")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = kept_history()

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="post_begins_before_it_ends",
                violation_error_message=_("The post ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(holder=F("organisation")),
                name="post_is_held_in_another_actor",
                violation_error_message=_("Nobody holds a post in themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"

    def was_held_on(self, day: date | None) -> bool:
        """Held on that day, as far as its dates say; on a day that is not known, only a post without an end."""
        if day is None:
            return self.until is None
        return not (self.since and self.since > day) and not (self.until and self.until < day)

    @property
    def is_current(self) -> bool:
        """Held today, as far as its dates say."""
        return self.was_held_on(timezone.localdate())
