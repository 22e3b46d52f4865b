"""What the lists of reviewed records can be narrowed to."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from annotations.admin.records import is_key
from annotations.models import Actor, Article, ReviewState
from annotations.models.review import ReviewedQuerySet
from annotations.models.statement import StatementQuerySet

ALL = "all"
OFFERED = 25  # articles offered by name; any other is reached by the link in its row


class StateFilter(SimpleListFilter):
    """Shows what waits for a reviewer unless another state, or all, is chosen."""

    title = pgettext_lazy("field", "state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        states = [(value, str(label)) for value, label in ReviewState.choices]
        return [*states, (ALL, pgettext("states", "all"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        chosen = self.value() or ReviewState.SUBMITTED
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen == value, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ReviewState.SUBMITTED
        if chosen == ALL:
            return queryset
        if chosen not in ReviewState.values:
            raise IncorrectLookupParameters
        return queryset.filter(state=chosen)


class JudgeFilter(SimpleListFilter):
    """Leaves out what the reviewer wrote, since somebody else has to judge that."""

    title = _("who judges")
    parameter_name = "judge"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", gettext("I may judge it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen != "mine":
            raise IncorrectLookupParameters
        assert isinstance(queryset, ReviewedQuerySet)
        return queryset.without_work_of(request.user)


class KeyFilter(SimpleListFilter):
    """Narrows to rows of one other record, named by its key; `at` says where."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        chosen = self.value()
        if chosen is None:
            return None
        if not is_key(chosen):
            raise IncorrectLookupParameters
        return self.at(queryset, int(chosen))

    def at(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        raise NotImplementedError


class EditorFilter(KeyFilter):
    title = _("editor")
    parameter_name = "editor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        users = get_user_model().objects.order_by("username").values_list("pk", "username")
        return [(str(pk), name) for pk, name in users]

    def at(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        return queryset.filter(created_by=key)


class ArticleFilter(KeyFilter):
    """Offers the newest articles; the one chosen is always among them."""

    title = _("article")
    parameter_name = "article"
    paths: tuple[str, ...] = ("article",)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        articles = (
            Article.objects.visible_to(request.user)
            .select_related("current_revision")
            .defer("current_revision__text")
        )
        offered = list(articles.order_by("-id")[:OFFERED])
        chosen = self.value() or ""
        if is_key(chosen) and int(chosen) not in {article.pk for article in offered}:
            offered += articles.filter(pk=chosen)
        return [(str(article.pk), article.title) for article in offered]

    def at(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        return queryset.filter(any_of(self.paths, key))


class ClaimArticleFilter(ArticleFilter):
    paths = ("claim__article",)


class ResponseArticleFilter(ArticleFilter):
    paths = ("claim__article", "response__article")


class RestatementArticleFilter(ArticleFilter):
    paths = ("of__article", "by__article")


class ActorFilter(KeyFilter):
    """Shown where an actor's count of statements led here."""

    title = _("actor")
    parameter_name = "actor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        chosen = self.value() or ""
        key = chosen if is_key(chosen) else 0
        found = Actor.objects.visible_to(request.user).filter(pk=key)
        return [(str(actor.pk), actor.name) for actor in found]

    def at(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        assert isinstance(queryset, StatementQuerySet)
        return queryset.with_actor(Actor(pk=key))


def any_of(paths: Iterable[str], value: int | str) -> Q:
    """One of the paths, or several, has this value."""
    return Q(*((path, value) for path in paths), _connector=Q.OR)
