"""What the list of articles is asked for."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.forms.chips import Chip, chips_of, query_without
from annotations.forms.lookups import TextFilter, date_field, name_field
from annotations.models import Actor, Article, Assignment
from annotations.models.article import ArticleQuerySet, Work
from annotations.models.words import listed

TAKEN = [("me", _("me")), ("others", _("others")), ("nobody", _("nobody"))]


class ArticleFilters(django_filters.FilterSet):
    """Articles by their words, outlet, date, language, and how far the work on them is."""

    text = TextFilter(method="by_text", label=_("Headline or text"), max_length=200)
    outlet = name_field("by_outlet", _("Outlet"))
    work = django_filters.ChoiceFilter(
        label=_("State"), choices=Work.choices, empty_label=_("any state")
    )
    taken = django_filters.ChoiceFilter(
        method="by_holder", label=_("Taken by"), choices=TAKEN, empty_label=_("anyone")
    )
    published_from = date_field("published_on", "gte", _("Published on or after"))
    published_to = date_field("published_on", "lte", _("Published on or before"))
    language = TextFilter(lookup_expr="istartswith", label=_("Language"), max_length=35)

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        self.notices: list[str] = []
        self.shown: dict[str, str] = {}
        self.user: permissions.User = request.user
        rows = Article.objects.visible_to(self.user).with_work(self.user)
        super().__init__(data, rows, request=request)
        if not permissions.sees_everything(self.user):
            del self.filters["work"], self.filters["taken"]

    def filter_queryset(self, queryset: ArticleQuerySet) -> ArticleQuerySet:
        """The rows asked for; none where a value is unknown."""
        if self.errors:
            return queryset.none()
        found: ArticleQuerySet = super().filter_queryset(queryset)
        return found

    def chips(self) -> list[Chip]:
        """What the list is filtered by."""
        return chips_of(self)

    def without(self, *names: str) -> str:
        """The address's query without these and without its place in the list."""
        return query_without(self, *names)

    def by_text(self, rows: ArticleQuerySet, name: str, value: str) -> ArticleQuerySet:
        return rows.holding(value)

    def by_holder(self, rows: ArticleQuerySet, name: str, value: str) -> ArticleQuerySet:
        held = Assignment.objects.visible_to(self.user).live()
        if value == "nobody":
            return rows.exclude(Exists(held.filter(article=OuterRef("pk"))))
        mine = Q(editor_id=self.user.pk)
        held = held.filter(mine if value == "me" else ~mine)
        return rows.filter(pk__in=held.order_by().values("article"))

    def by_outlet(self, rows: ArticleQuerySet, name: str, value: str) -> ArticleQuerySet:
        actors = Actor.objects.visible_to(self.user).meant_by(value)
        self.shown[name] = listed(actor.name for actor in actors) or value
        if not actors:
            self.notices.append(gettext("No outlet is called “%(name)s”.") % {"name": value})
        keys = [actor.pk for actor in actors]
        return rows.filter(outlet__in=Actor.objects.being(keys).values("pk"))
