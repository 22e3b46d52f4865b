"""What “on record” covers, said wherever a page says that no reply is."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from annotations.models import Article
from annotations.models.keyset import Count, count_of
from annotations.permissions import User


@dataclass(frozen=True)
class Scope:
    """The articles that a user sees, on one day."""

    articles: Count
    as_of: date


def scope_of(user: User) -> Scope:
    """What is on record for the user now, in one query."""
    return Scope(count_of(Article.objects.visible_to(user)), timezone.localdate())
