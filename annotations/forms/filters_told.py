"""What many kept filters are called, without asking for each: names are looked up for all of them at once."""

import uuid
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, QueryDict

from annotations import permissions
from annotations.forms.chips import Chip, chips_told
from annotations.forms.filters import StatementFilters
from annotations.models import Actor, Article

BY_ACTOR = ("actor", "answers_for", "outlet")
BY_ARTICLE = ("article",)


def filters_told(queries: Sequence[str], request: HttpRequest) -> list[list[Chip]]:
    """The chips of each query of the statements list, none for one that cannot be read.

    An actor or article that is named by its uid is called by its name where the user sees it; a typed
    name stands as it was typed.
    """
    kept = [StatementFilters(QueryDict(query), request=request) for query in queries]
    readable = [filters for filters in kept if filters.form.is_valid()]
    names = _actors(_uids(readable, BY_ACTOR), request.user)
    titles = _articles(_uids(readable, BY_ARTICLE), request.user)
    for filters in readable:
        for fields, found in ((BY_ACTOR, names), (BY_ARTICLE, titles)):
            for name, uid in _named(filters, fields):
                if uid in found:
                    filters.shown[name] = found[uid]
    return [chips_told(filters) for filters in kept]


def _uids(kept: Iterable[StatementFilters], fields: Iterable[str]) -> set[uuid.UUID]:
    return {uid for filters in kept for _, uid in _named(filters, fields)}


def _named(filters: StatementFilters, fields: Iterable[str]) -> Iterable[tuple[str, uuid.UUID]]:
    """The fields of these whose value is a uid, with it."""
    for name in fields:
        try:
            yield name, uuid.UUID(filters.form.cleaned_data.get(name, "").strip())
        except ValueError:
            continue


def _actors(uids: set[uuid.UUID], user: permissions.User) -> dict[uuid.UUID, str]:
    if not uids:
        return {}
    rows = Actor.objects.visible_to(user).filter(uid__in=uids).select_related("merged_into")
    return {row.uid: row.resolved.name for row in rows}


def _articles(uids: set[uuid.UUID], user: permissions.User) -> dict[uuid.UUID, str]:
    if not uids:
        return {}
    rows = Article.objects.visible_to(user).filter(uid__in=uids).select_related("current_revision")
    return {row.uid: row.title for row in rows.defer("current_revision__text")}
