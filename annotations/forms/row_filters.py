"""What the rows and highlights of one article are filtered by: who speaks or is spoken about, open claims, state."""

from typing import Any

import django_filters
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.forms.filters import STATES, StatementFilters
from annotations.models import Article, Attribution, ReviewState, Statement
from annotations.models.record import LIVE

NAMES = ("actor", "part", "answered", "state")
PARTS = [("speaker", _("speaks")), ("about", _("is spoken about"))]
OPEN = [("open", _("open claims")), ("answered", _("answered claims"))]


class RowFilters(StatementFilters):
    """The filters of the list of statements that make sense within one article."""

    def __init__(self, data: QueryDict, article: Article, *, request: HttpRequest) -> None:
        seen = Statement.objects.visible_to(request.user).filter(article=article)
        super().__init__(data, seen, request=request)
        for name in set(self.filters) - set(NAMES):
            del self.filters[name]
        self._choose("actor", self.by_actor, _("Who"), actors_in(article, self.user), _("anybody"))
        self._choose("part", self.by_part, _("In which part"), PARTS, _("either"))
        self._choose("answered", self.by_answered, _("Answered"), OPEN, _("all statements"))
        if "state" in self.filters:
            states = [row for row in STATES if row[0] != ReviewState.WITHDRAWN]
            self._choose("state", self.by_state, _("State"), states, _("any state"))
        self.form.auto_id = "rows_%s"

    def _choose(self, name: str, method: Any, label: Any, choices: Any, empty: Any) -> None:
        field = django_filters.ChoiceFilter(
            field_name=name,
            method=method,
            label=label,
            choices=choices,
            empty_label=empty,
            error_messages={"invalid_choice": _("Not in this article.")},
        )
        field.parent, field.model = self, Statement
        self.filters[name] = field

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for, known or not."""
        return any(self.data.get(name) for name in self.filters)

    def keys(self) -> set[int] | None:
        """The statements asked for; None for all, also where a value is unknown: it is left out of account."""
        if not self.is_asked or self.errors:
            return None
        return set(self.qs.order_by().values_list("pk", flat=True))


def actors_in(article: Article, user: Any) -> list[tuple[str, str]]:
    """Who speaks or is spoken about in what the user sees of the article, by name, merges resolved."""
    seen = Statement.objects.visible_to(user).live().filter(article=article)
    uid, name = (
        Coalesce(f"actor__merged_into__{column}", f"actor__{column}") for column in ("uid", "name")
    )
    found = Attribution.objects.filter(
        LIVE, statement__in=seen.order_by().values("pk"), part__in=["speaker", "about"]
    ).order_by()
    named = found.annotate(who=uid, called=name).values_list("who", "called").distinct()
    return sorted(((str(who), called) for who, called in named), key=lambda row: row[1].casefold())
