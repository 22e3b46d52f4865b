"""What an editor chose last in an article: offered in the form for the next statement, one key or click each."""

from dataclasses import dataclass

from annotations.models import Actor, Article, Attribution, Statement
from annotations.models.record import LIVE
from annotations.permissions import User

LOOKED_AT = 40  # attributions: a title that was used longer ago is nobody's next one


@dataclass(frozen=True)
class LastUsed:
    """None and “” for what the editor has not used in the article yet."""

    speaker: Actor | None
    title: str
    venue: str

    def __bool__(self) -> bool:
        return bool(self.speaker or self.title or self.venue)


def last_used(article: Article, user: User) -> LastUsed:
    """Speaker, title and venue of the statements that the user recorded in the article last; two queries."""
    own = Statement.objects.visible_to(user).live().filter(article=article, created_by=user.pk)
    rows = Attribution.objects.filter(
        LIVE, statement__in=own, part=Attribution.Kind.SPEAKER
    ).select_related("actor__merged_into")
    speakers = list(rows.order_by("-statement", "ordinal")[:LOOKED_AT])
    venue = own.exclude(venue="").order_by("-pk").values_list("venue", flat=True).first()
    return LastUsed(
        speakers[0].actor.resolved if speakers else None,
        next((row.title_as_printed for row in speakers if row.title_as_printed), ""),
        venue or "",
    )
