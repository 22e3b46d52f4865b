"""What a list of statements is asked for: by the page, the API and the CSV alike."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.forms.chips import Chip, chips_of, query_without
from annotations.forms.lookups import TextFilter, articles_meant, date_field, name_field
from annotations.models import (
    SENT_BACK,
    Actor,
    Assignment,
    Attribution,
    Relation,
    Response,
    ReviewState,
    Statement,
)
from annotations.models.accused import answering_states
from annotations.models.article import EARLIEST
from annotations.models.record import LIVE
from annotations.models.statement import StatementQuerySet
from annotations.models.words import listed

SORTS = {
    "newest": (_("Newest first"), ("-id",)),
    "oldest": (_("Oldest first"), ("id",)),
    "published": (_("Article date, latest first"), ("-article_day", "-id")),
}
ANY = "any"
SENT_BACK_STATES = "sent_back"
LINKED = [(ANY, _("any relation")), *Relation.choices]
STATES = [
    *(choice for choice in ReviewState.choices if choice[0] != ReviewState.WITHDRAWN),
    (SENT_BACK_STATES, _("sent back")),
    (ReviewState.WITHDRAWN.value, _("deleted")),
]
ANSWERED = [("open", _("open claims")), ("answered", _("answered claims"))]
TAKEN = [("me", _("me"))]
OPENING = ("text", "actor", "part", "answered", "act")  # the fields shown unfolded


class StatementFilters(django_filters.FilterSet):
    """Statements by what they say, who has which part in them, and how they are answered.

    Give `request`: its user decides what is seen. What is asked for and not there is in `notices`.
    """

    text = TextFilter(method="by_text", label=_("Words"), max_length=200)
    actor = name_field("by_actor", _("Actor"))
    part = django_filters.ChoiceFilter(
        method="by_part",
        label=_("Part"),
        choices=Attribution.Kind.choices,
        empty_label=_("any part"),
    )
    answered = django_filters.ChoiceFilter(
        method="by_answered", label=_("Replies"), choices=ANSWERED, empty_label=_("any")
    )
    form = django_filters.ChoiceFilter(
        label=_("Form"), choices=Statement.Form.choices, empty_label=_("any form")
    )
    act = django_filters.ChoiceFilter(
        label=_("Act"), choices=Statement.Act.choices, empty_label=_("any act")
    )
    response = django_filters.ChoiceFilter(
        method="by_response", label=_("Has a response that"), choices=LINKED, empty_label="—"
    )
    answers = django_filters.ChoiceFilter(
        method="by_answers", label=_("Is a response that"), choices=LINKED, empty_label="—"
    )
    answers_for = name_field("by_answers_for", _("Answers on behalf of"))
    state = django_filters.ChoiceFilter(
        method="by_state", label=_("Review"), choices=STATES, empty_label=_("any state")
    )
    by = django_filters.ChoiceFilter(
        method="by_author",
        label=_("Recorded by"),
        choices=[("me", _("me"))],
        empty_label=_("anyone"),
    )
    taken = django_filters.ChoiceFilter(
        method="by_holder", label=_("Article taken by"), choices=TAKEN, empty_label=_("anyone")
    )
    article = name_field("by_article", _("Article"), names="")
    outlet = name_field("by_outlet", _("Outlet"))
    said_from = date_field("said_on", "gte", _("Said on or after"))
    said_to = date_field("said_on", "lte", _("Said on or before"))
    published_from = date_field("article_day", "gte", _("Published on or after"))
    published_to = date_field(
        "article_day", "lte", _("Published on or before"), method="by_last_day"
    )
    sort = django_filters.ChoiceFilter(
        method="in_order",
        label=_("Sort"),
        choices=[(key, label) for key, (label, columns) in SORTS.items()],
        empty_label=None,
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: "QuerySet[Statement] | None" = None,
        *,
        request: HttpRequest,
        prefix: str | None = None,
    ) -> None:
        self.notices: list[str] = []
        self.shown: dict[str, str] = {}
        self.user: permissions.User = request.user
        rows = Statement.objects.visible_to(self.user) if queryset is None else queryset
        super().__init__(data or QueryDict(), rows, request=request, prefix=prefix)
        if not permissions.sees_everything(self.user):
            del self.filters["state"], self.filters["by"], self.filters["taken"]

    def filter_queryset(self, queryset: StatementQuerySet) -> StatementQuerySet:
        """The rows asked for, deleted ones only if asked for; none where a value is unknown."""
        if self.errors:
            return queryset.none()
        found: StatementQuerySet = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("state")
        return found if asked == ReviewState.WITHDRAWN else found.live()

    @property
    def columns(self) -> tuple[str, ...]:
        """What the rows are sorted by."""
        asked = self.form.cleaned_data.get("sort") if self.form.is_valid() else ""
        return SORTS[asked or "newest"][1]

    @property
    def folded_fields(self) -> list[Any]:
        """The fields that are folded away on the page."""
        return [field for field in self.form if field.name not in (*OPENING, "sort")]

    @property
    def opening_fields(self) -> list[Any]:
        return [self.form[name] for name in OPENING]

    @property
    def is_folded_in_use(self) -> bool:
        return any(self.data.get(field.name) for field in self.folded_fields)

    def chips(self) -> list[Chip]:
        """What the list is filtered by."""
        return chips_of(self)

    def without(self, *names: str) -> str:
        """The address's query without these and without its place in the list."""
        return query_without(self, *names)

    # One method for each filter that is more than a column.

    def by_text(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return rows.saying(value)

    def _actors(self, name: str, value: str) -> list[Actor]:
        """The actors meant by a uid or a typed name; a notice where there is none."""
        actors = Actor.objects.using(self.queryset.db).visible_to(self.user).meant_by(value)
        self.shown[name] = listed(actor.name for actor in actors) or value
        if not actors:
            self.notices.append(gettext("No actor is called “%(name)s”.") % {"name": value})
        return actors

    def by_actor(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        part = self.form.cleaned_data.get("part") or ""
        return rows.with_any_actor([actor.pk for actor in self._actors(name, value)], part)

    def by_part(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        if self.form.cleaned_data.get("actor"):
            return rows  # by_actor has asked for the part
        return rows.filter(
            Exists(Attribution.objects.filter(LIVE, part=value, statement=OuterRef("pk")))
        )

    def by_answered(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return rows.open() if value == "open" else rows.answered(answering_states(self.user))

    def _links(self, relation: str) -> "QuerySet[Response]":
        links = Response.objects.visible_to(self.user).live()
        return links if relation == ANY else links.filter(relation=relation)

    def by_response(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return rows.filter(Exists(self._links(value).filter(claim=OuterRef("pk"))))

    def by_answers(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return rows.filter(Exists(self._links(value).filter(response=OuterRef("pk"))))

    def by_answers_for(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        keys = [actor.pk for actor in self._actors(name, value)]
        links = Response.objects.visible_to(self.user).live().for_any_party(keys)
        return rows.filter(Exists(links.filter(response=OuterRef("pk"))))

    def by_state(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return rows.filter(state__in=SENT_BACK if value == SENT_BACK_STATES else [value])

    def by_author(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return rows.filter(created_by_id=self.user.pk)

    def by_holder(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        mine = Assignment.objects.using(self.queryset.db).visible_to(self.user).of(self.user)
        return rows.filter(article__in=mine.order_by().values("article"))

    def by_article(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        articles = articles_meant(value, self.user, using=self.queryset.db)
        only = articles[0] if len(articles) == 1 else None
        self.shown[name] = only.title if only else value
        if not articles:
            self.notices.append(gettext("No article is found for “%(words)s”.") % {"words": value})
        return rows.filter(article__in=[article.pk for article in articles])

    def by_outlet(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        keys = [actor.pk for actor in self._actors(name, value)]
        return rows.filter(article__outlet__in=Actor.objects.being(keys).values("pk"))

    def by_last_day(self, rows: StatementQuerySet, name: str, value: date) -> StatementQuerySet:
        return rows.filter(article_day__lte=value, article_day__gt=EARLIEST)

    def in_order(self, rows: StatementQuerySet, name: str, value: str) -> StatementQuerySet:
        return rows  # a page sorts, after filtering
