"""What the four reviewed records share in the admin: the review actions, in lists and on pages."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from annotations import permissions
from annotations.admin.excerpts import fetch_surroundings
from annotations.admin.filters import any_of
from annotations.admin.records import RecordAdmin, is_key
from annotations.admin.verdicts import (
    Act,
    Said,
    Tally,
    approve_with_links,
    carried,
    shown,
    shown_links,
    title,
    waiting_links,
)
from annotations.anchoring.fold import fold
from annotations.editing import review
from annotations.forms.review import ReasonForm
from annotations.models import ReviewState, Span, Statement
from annotations.models.review import Reviewed

REVIEW = (
    _("Review"),
    {"fields": ("review_state", "author", "age", "review_reason", "judgement", "version")},
)
NEVER_TYPED = ("review_state", "author", "age", "judgement", "version")


class ReviewAdmin(RecordAdmin):
    """A list of work with the actions that judge it, and the same actions beside each record."""

    ordering = ["id"]
    actions: Sequence[str] = ("approve", "request_changes", "reject")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return permissions.may_review(request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows that hold each of the words in one of the folded `search_fields`."""
        for word in fold(search_term).split():
            queryset = queryset.filter(
                any_of((f"{name}__contains" for name in self.search_fields), word)
            )
        return queryset, False

    # The quotes, each with what stands around it

    def quoted_spans(self, record: Any) -> list[Span]:
        """The spans that the record's row and page show in their context."""
        raise NotImplementedError

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist: ChangeList = super().get_changelist_instance(request)
        fetch_surroundings(
            span for row in changelist.result_list for span in self.quoted_spans(row)
        )
        return changelist

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        record = super().get_object(*args, **kwargs)
        if record is not None:
            fetch_surroundings(self.quoted_spans(record))
        return record

    # The columns that all four show

    def action_checkbox(self, obj: Reviewed) -> SafeString:
        """The row's box and, unseen, the version of the record that this page shows."""
        return format_html("{}{}", super().action_checkbox(obj), carried(obj))

    @admin.display(description=pgettext_lazy("field", "state"), ordering="state")
    def review_state(self, obj: Reviewed) -> str:
        return str(ReviewState(obj.state).label)

    @admin.display(description=_("author"), ordering="created_by__username")
    def author(self, obj: Reviewed) -> str:
        return obj.created_by.get_username()

    @admin.display(description=_("last change"), ordering="changed_at")
    def age(self, obj: Reviewed) -> str:
        return gettext("%(time)s ago") % {"time": timesince(obj.changed_at, depth=1)}

    @admin.display(description=_("judged"))
    def judgement(self, obj: Reviewed) -> str:
        if obj.reviewed_by is None or obj.reviewed_at is None:
            return gettext("not yet")
        return f"{obj.reviewed_by.get_username()}, {obj.reviewed_at:%Y-%m-%d %H:%M} UTC"

    # The actions

    @admin.action(description=_("Approve"), permissions=["review"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        tally = Tally(_approved)
        for each in shown(self.chosen(request), request.POST):
            tally.judge(_approve(request), each)
        self.tell(request, tally)

    @admin.action(description=_("Approve with its links and reply records"), permissions=["review"])
    def approve_with_links(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        tally = Tally(_approved)
        for each in shown(self.chosen(request), request.POST):
            links = shown_links(each.record, request.POST)
            approve_with_links(_approve(request), each, links, tally)
        self.tell(request, tally)

    @admin.action(description=_("Request changes…"), permissions=["review"])
    def request_changes(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.send_back(
            request,
            review.request_changes,
            "request_changes",
            gettext("Request changes"),
            _sent_back,
        )

    @admin.action(description=_("Reject…"), permissions=["review"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.send_back(request, review.reject, "reject", gettext("Reject"), _rejected)

    def send_back(
        self,
        request: HttpRequest,
        act: Callable[..., Any],
        action: str,
        label: str,
        done: Said,
    ) -> HttpResponse | None:
        """The page that asks for the reason; once it is given, the records are judged."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        records = self.chosen(request)
        if form.is_valid():
            tally = Tally(done)
            judge = partial(_judge, act, request, form.cleaned_data["reason"])
            for each in shown(records, request.POST):
                tally.judge(judge, each)
            self.tell(request, tally)
            return None
        return TemplateResponse(
            request,
            "admin/annotations/reason.html",
            {
                **self.admin_site.each_context(request),
                "title": label,
                "action": action,
                "form": form,
                "opts": self.opts,
                "records": [
                    {"pk": each.record.pk, "version": each.version, "title": title(each.record)}
                    for each in shown(records, request.POST)
                ],
            },
        )

    def chosen(self, request: HttpRequest) -> list[Any]:
        """The ticked records, whatever the list's filter: one that moved on is named, not lost."""
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        return list(self.get_queryset(request).filter(pk__in=keys).order_by("id"))

    def tell(self, request: HttpRequest, tally: Tally) -> None:
        level = messages.WARNING if tally.left else messages.SUCCESS
        self.message_user(request, str(tally), level)

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest(_("A ticked box that is not from this list"))
        response: HttpResponse | None = super().response_action(request, queryset)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The record's page, with the actions that can be taken on it now."""
        obj = context.get("original")
        if isinstance(obj, Reviewed):
            links = waiting_links(obj) if isinstance(obj, Statement) else []
            context["review"] = {
                "carried": carried(obj),
                "links": len(links),
                "offered": obj.state == ReviewState.SUBMITTED,
                "own": not permissions.may_approve(request.user, obj),
            }
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response


def _approved(number: int) -> str:
    return ngettext("%(number)s approved", "%(number)s approved", number) % {"number": number}


def _sent_back(number: int) -> str:
    return ngettext("%(number)s sent back", "%(number)s sent back", number) % {"number": number}


def _rejected(number: int) -> str:
    return ngettext("%(number)s rejected", "%(number)s rejected", number) % {"number": number}


def _approve(request: HttpRequest) -> Act:
    def act(record: Reviewed, version: int) -> object:
        return review.approve(user=request.user, record=record, version=version)

    return act


def _judge(
    act: Callable[..., Any], request: HttpRequest, reason: str, record: Reviewed, version: int
) -> object:
    return act(user=request.user, record=record, version=version, reason=reason)
