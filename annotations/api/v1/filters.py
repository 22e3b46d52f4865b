"""What the lists of the API are asked for: the pages' filters where there are some, and orders by name."""

import re
from datetime import UTC, date
from typing import Any, Protocol

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django_filters.fields import IsoDateTimeField

from annotations import permissions
from annotations.api.v1.problems import Fault, refuse_parameters
from annotations.forms.actor import ActorFilters
from annotations.forms.article_filters import ArticleFilters
from annotations.forms.filters import StatementFilters
from annotations.models import (
    Actor,
    Article,
    LinkBasis,
    Post,
    Relation,
    ReplyRecord,
    Response,
    Restatement,
    ReviewState,
    Revision,
    Statement,
)
from annotations.models.record import LIVE

ORDERS: dict[str, tuple[str, ...]] = {"newest": ("-id",), "oldest": ("id",)}
STATES = list(ReviewState.choices)
FROM_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


class Filters(Protocol):
    """A list's filters, their errors, and how the rows are sorted."""

    filters: dict[str, Any]
    queryset: Any
    notices: list[str]

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None: ...

    @property
    def errors(self) -> Any: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def found(self) -> "QuerySet[Any]": ...

    def anchors(self) -> "QuerySet[Any]": ...


def sort_field(orders: dict[str, Any]) -> Any:
    """The order of the rows, by its name."""
    choices = [(name, name) for name in orders]
    return django_filters.ChoiceFilter(
        method="in_order", label="The order of the rows.", choices=choices
    )


def changed_field() -> Any:
    """Rows written since a moment."""
    return MomentFilter(
        field_name="changed_at", lookup_expr="gte", label="Changed at this moment or later."
    )


def uid_field(method: str, label: str) -> Any:
    """A record by its uid."""
    return django_filters.UUIDFilter(method=method, label=label)


class UtcField(IsoDateTimeField):
    """A moment in UTC: PostgreSQL refuses offsets of more than 15 hours, which ISO 8601 allows."""

    def to_python(self, value: Any) -> Any:
        try:
            moment = super().to_python(value)
            return moment and moment.astimezone(UTC)
        except OverflowError as error:
            raise ValidationError("No calendar has this day.", code="invalid") from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    """A filter by a moment."""

    field_class = UtcField


class Sorted(django_filters.FilterSet):
    """Filters with an order, newest first where none is asked for."""

    orders: dict[str, tuple[str, ...]] = ORDERS
    sort = sort_field(ORDERS)
    changed_since = changed_field()
    notices: list[str]
    record: type[Model]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.orders[self.form.cleaned_data.get("sort") or "newest"]

    def found(self) -> "QuerySet[Any]":
        """The rows asked for."""
        rows: QuerySet[Any] = self.qs
        return rows.order_by()

    def anchors(self) -> "QuerySet[Any]":
        """All rows: see `paging`."""
        return self.record._default_manager.all()

    def in_order(self, rows: Any, name: str, value: str) -> Any:
        return rows  # the page sorts, after filtering


class StatementQuery(Sorted, StatementFilters):
    """The filters of the list of statements."""

    orders: dict[str, tuple[str, ...]] = {**ORDERS, "published": ("-article_day", "-id")}
    sort = sort_field(orders)
    record = Statement

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        StatementFilters.__init__(self, data, request=request)


class ArticleQuery(Sorted, ArticleFilters):
    """The filters of the list of articles."""

    record = Article

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        ArticleFilters.__init__(self, data, request=request)


class ActorQuery(Sorted, ActorFilters):
    """The filters of the list of actors; those merged into others only where they are asked for."""

    merged = uid_field("by_merged", "Merged into the actor of this uid.")
    record = Actor

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        ActorFilters.__init__(self, data, request=request)
        self.notices = []
        if data.get("merged"):
            self.queryset = Actor.objects.visible_to(request.user)

    def by_merged(self, rows: Any, name: str, value: Any) -> Any:
        return rows.filter(merged_into__uid=value)


class OwnQuery(Sorted):
    """The filters of a kind of record that no page lists; `rows` are those that the user sees."""

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        self.notices = []
        self.user: permissions.User = request.user
        super().__init__(data, self.seen(), request=request)

    def seen(self) -> "QuerySet[Any]":
        """What the user sees."""
        raise NotImplementedError


class PostQuery(OwnQuery):
    """Posts by who holds them and in which organisation."""

    holder = uid_field("by_end", "Held by the actor of this uid, or by one merged into it.")
    organisation = uid_field("by_end", "In the organisation of this uid, or one merged into it.")
    record = Post

    def seen(self) -> "QuerySet[Any]":
        return Post.objects.visible_to(self.user).filter(LIVE)

    def by_end(self, rows: Any, name: str, value: Any) -> Any:
        actors = Actor.objects.visible_to(self.user).filter(uid=value).values("pk")
        return rows.filter((f"{name}__in", Actor.objects.being(actors).values("pk")))


class RevisionQuery(OwnQuery):
    """The texts of one article, which the view sets."""

    changed_since = None
    record = Revision

    def seen(self) -> "QuerySet[Any]":
        return Revision.objects.none()


class WorkQuery(OwnQuery):
    """What goes through review, by its state; deleted work only where it is asked for."""

    state = django_filters.ChoiceFilter(label="The review state.", choices=STATES)

    def found(self) -> "QuerySet[Any]":
        rows: Any = self.qs
        asked = self.form.cleaned_data.get("state")
        found: QuerySet[Any] = rows if asked == ReviewState.WITHDRAWN else rows.live()
        return found.order_by()

    def by_end(self, rows: Any, name: str, value: Any) -> Any:
        return rows.filter((f"{name}__uid", value))


class ResponseQuery(WorkQuery):
    """Responses by their two ends, and how they answer."""

    claim = uid_field("by_end", "To the claim of this uid.")
    response = uid_field("by_end", "By the statement of this uid.")
    relation = django_filters.ChoiceFilter(label="How it answers.", choices=Relation.choices)
    link_basis = django_filters.ChoiceFilter(
        label="What the link rests on.", choices=LinkBasis.choices
    )
    record = Response

    def seen(self) -> "QuerySet[Any]":
        return Response.objects.visible_to(self.user)


class RestatementQuery(WorkQuery):
    """Restatements by their two ends."""

    of = uid_field("by_end", "Of the statement of this uid.")
    by = uid_field("by_end", "By the statement of this uid.")
    record = Restatement

    def seen(self) -> "QuerySet[Any]":
        return Restatement.objects.visible_to(self.user)


class ReplyQuery(WorkQuery):
    """Reply records by claim, party and what is known."""

    claim = uid_field("by_end", "On the claim of this uid.")
    party = uid_field("by_party", "Of the actor of this uid, or of one merged into it.")
    status = django_filters.ChoiceFilter(label="What is known.", choices=ReplyRecord.Status.choices)
    record = ReplyRecord

    def seen(self) -> "QuerySet[Any]":
        return ReplyRecord.objects.visible_to(self.user)

    def by_party(self, rows: Any, name: str, value: Any) -> Any:
        actors = Actor.objects.visible_to(self.user).filter(uid=value).values("pk")
        return rows.filter(party__in=Actor.objects.being(actors).values("pk"))


def refuse_wrong(filters: Filters) -> None:
    """Refused (400) for values that a filter does not take; days and moments as ISO 8601 writes them."""
    faults = [
        Fault(" ".join(error.messages), error.code or "invalid", parameter=name)
        for name, errors in filters.errors.as_data().items()
        for error in errors
        if isinstance(error, ValidationError)
    ]
    refuse_parameters(faults or list(_unlike_iso(filters)))


def _unlike_iso(filters: Any) -> Any:
    for name, each in filters.filters.items():
        sent = filters.data.get(name, "")
        if not sent:
            continue
        if isinstance(each, django_filters.IsoDateTimeFilter) and not _is_moment(sent):
            detail = "Write the time with its offset from UTC: 2026-05-12T10:00:00Z."
            yield Fault(detail, "invalid", parameter=name)
        elif isinstance(each, django_filters.DateFilter) and not _is_day(sent):
            yield Fault("Write the date as 2026-05-12.", "invalid", parameter=name)


def _is_moment(sent: str) -> bool:
    return bool(FROM_MOMENT.fullmatch(sent)) and parse_datetime(sent) is not None


def _is_day(sent: str) -> bool:
    try:
        return len(sent) == 10 and bool(date.fromisoformat(sent))
    except ValueError:
        return False
