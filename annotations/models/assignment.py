"""Who works on which article: taken by an editor, or given, until it is given back."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models.article import Article, ArticleQuerySet

HELD = Q(released_at__isnull=True)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments."""

    def visible_to(self, user: permissions.User) -> Self:
        """All for editors and reviewers; who works on what is nothing that reporters are told."""
        return self if permissions.sees_everything(user) else self.none()

    def live(self) -> Self:
        """Those not given back yet, with their editors."""
        return self.filter(HELD).select_related("editor")

    def of(self, user: permissions.User) -> Self:
        """What the user has now, the last taken first."""
        return self.live().filter(editor_id=user.pk).order_by("-taken_at", "-id")


class Assignment(models.Model):
    """An article with one editor for a time: a working record, its own history, since its rows stay.

    It forbids nobody to work on the article.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="assignments")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=HELD,
                name="article_is_with_one_editor_at_a_time",
                violation_error_message=_("Somebody has this article already."),
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="assignment_ends_at_a_time_and_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["editor", "taken_at"], condition=HELD, name="assignment_by_editor")
        ]

    def __str__(self) -> str:
        return gettext("%(article)s with %(editor)s") % {
            "article": self.article,
            "editor": self.editor,
        }


def with_holder(rows: ArticleQuerySet, user: permissions.User) -> ArticleQuerySet:
    """The articles, each with `holders`: the one assignment that is live, as far as the user may know."""
    held = Assignment.objects.visible_to(user).live()
    return rows.prefetch_related(Prefetch("assignments", held, "holders"))
