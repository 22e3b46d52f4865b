"""Who recorded a claim is told that somebody linked a reply to it, or judged that link."""

from django.contrib.auth.models import User
from django.utils import timezone

from annotations import permissions
from annotations.models import Notice, Response, ReviewState
from annotations.models.record import Record

EVENTS = {
    ReviewState.APPROVED: Notice.Event.APPROVED,
    ReviewState.CHANGES_REQUESTED: Notice.Event.SENT_BACK,
    ReviewState.REJECTED: Notice.Event.SENT_BACK,
}


def tell_linked(link: Response, by: User) -> None:
    """A notice for who recorded the claim, unless they linked it."""
    _tell(link, by, Notice.Event.LINKED)


def tell_judged(record: Record, by: User) -> None:
    """A notice for who recorded the claim, where the record is a link that somebody else made."""
    if isinstance(record, Response) and record.state in EVENTS:
        _tell(record, by, EVENTS[ReviewState(record.state)])


def _tell(link: Response, by: User, event: Notice.Event) -> None:
    recipient = link.claim.created_by_id
    if recipient in (by.pk, link.created_by_id):
        return  # their own act, or their own link: that stands on the desk as work, where it came back
    Notice.objects.update_or_create(
        recipient_id=recipient,
        response=link,
        seen_at=None,
        defaults={"event": event, "by": by, "at": timezone.now()},
    )


def dismiss(*, user: permissions.User, notice: Notice) -> None:
    """The notice is seen; seen twice is seen once."""
    Notice.objects.visible_to(user).unseen().filter(pk=notice.pk).update(seen_at=timezone.now())
