"""What an editor is told of: that somebody linked a reply to a claim of theirs, or judged that link."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.models.response import Response

UNSEEN = Q(seen_at__isnull=True)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, user: permissions.User) -> Self:
        """The user's own, of links that are not deleted; for editors, who alone see work in every state."""
        if not permissions.may_annotate(user):
            return self.none()
        links = Response.objects.visible_to(user).live().filter(pk=models.OuterRef("response"))
        return self.filter(models.Exists(links), recipient_id=user.pk)

    def unseen(self) -> Self:
        """Those not dismissed yet, the newest first."""
        return self.filter(UNSEEN).order_by("-at", "-id")


class Notice(models.Model):
    """One line on a recipient's desk about a link to a claim that they recorded, until they have seen it.

    While it is unseen, what happens to the link next takes its place: there is one line for a link.
    """

    class Event(models.TextChoices):
        LINKED = "linked", _("linked a reply")
        APPROVED = "approved", _("approved a reply")
        SENT_BACK = "sent_back", _("sent back a reply")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="notices")
    event = models.CharField(max_length=20, choices=Event.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "response"],
                condition=UNSEEN,
                name="link_has_one_unseen_notice_for_each_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(recipient=models.F("by")), name="nobody_is_told_of_their_own_act"
            ),
        ]
        indexes = [models.Index(fields=["recipient", "at"], condition=UNSEEN, name="notice_unseen")]

    def __str__(self) -> str:
        return f"{self.by} {self.get_event_display()}"
