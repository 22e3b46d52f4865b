"""Who has an article open just now: a trace of half a minute, no domain record."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import IntegrityError, models, transaction

from annotations import permissions
from annotations.models.article import Article

GONE_AFTER = timedelta(seconds=30)  # without a sign of life
OLD = timedelta(hours=1)  # rows that nobody asks for any more


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Presences."""

    def visible_to(self, user: permissions.User) -> Self:
        """All for editors and reviewers; who works on what is nothing that reporters are told."""
        return self if permissions.sees_everything(user) else self.none()

    def names_in(self, article_id: int, besides: permissions.User, now: datetime) -> list[str]:
        """The names of the others who have the article open."""
        here = self.filter(article=article_id, seen_at__gt=now - GONE_AFTER)
        others = here.exclude(user_id=besides.pk or 0).order_by("user__username")
        return list(others.values_list("user__username", flat=True))

    def note(self, article: Article, user: permissions.User, now: datetime) -> None:
        """The user is in the article now; one write, and where it is the first also one that tidies up."""
        if self.filter(article=article, user_id=user.pk or 0).update(seen_at=now):
            return
        try:
            with transaction.atomic():
                self.filter(seen_at__lt=now - OLD).delete()
                self.create(article=article, user_id=user.pk or 0, seen_at=now)
        except IntegrityError:  # another window of theirs came at the same moment
            return


class Presence(models.Model):
    """A user in an article, and when their page last said so. Without a history; old rows go."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_is_noted_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.article}"
