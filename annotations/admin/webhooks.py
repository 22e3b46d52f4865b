"""Webhooks, and the log of what was told to whom, for administrators."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from annotations import permissions
from annotations.admin.records import link
from annotations.admin.rows import RowAdmin
from annotations.editing.deliver import redeliver
from annotations.editing.subscribe import Subscribed, resubscribe, subscribe
from annotations.forms.webhook import WebhookForm
from annotations.models.webhook import Delivery, Event, Webhook
from annotations.models.words import listed

admin.site.unregister(DBTaskResult)  # arguments and tracebacks: the machine's people read the log


@admin.register(Webhook)
class WebhookAdmin(RowAdmin):
    """Made and changed here; the secret is shown with the answer that makes it, and never again."""

    form = WebhookForm
    list_display = ("url", "told", "is_active", "owner", "created_at", "log")
    list_filter = ("is_active",)
    list_select_related = ("owner",)
    search_fields = ("url", "owner__username")
    ordering = ("-created_at", "-id")
    fields = ("url", "events", "is_active", "owner", "created_at", "log")
    readonly_fields = ("owner", "created_at", "log")

    def allows(self, request: HttpRequest) -> bool:
        return permissions.may_manage_webhooks(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.allows(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.allows(request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ("url", "events", "is_active")

    @admin.display(description=_("told"))
    def told(self, webhook: Webhook) -> str:
        return listed(str(Event(event).label) for event in webhook.events)

    @admin.display(description=_("log"))
    def log(self, webhook: Webhook) -> SafeString:
        address = reverse("admin:annotations_delivery_changelist")
        return link(f"{address}?webhook__id__exact={webhook.pk}", gettext("its deliveries"))

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Without Django's own assignment of what was typed: `editing` writes."""
        return form.instance

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            resubscribe(user=request.user, webhook=obj, **form.values())
            return
        made: Subscribed = subscribe(user=request.user, **form.values())
        obj.pk, obj.uid, obj.secret = made.webhook.pk, made.webhook.uid, made.secret

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is nothing related."""

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("The webhook's secret"),
            "webhook": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/annotations/webhook_secret.html", context)


@admin.register(Delivery)
class DeliveryAdmin(RowAdmin):
    """What was told where, what was answered, when it is tried again."""

    list_display = (
        "created_at",
        "event",
        "webhook",
        "status",
        "attempts",
        "answer_code",
        "next_attempt_at",
    )
    list_filter = ("status", "event")
    list_select_related = ("webhook",)
    ordering = ("-created_at", "-id")
    actions = ("redeliver",)
    fields = (
        "webhook",
        "event",
        "status",
        "attempts",
        "created_at",
        "tried_at",
        "next_attempt_at",
        "answer_code",
        "answer",
        "payload",
    )

    def allows(self, request: HttpRequest) -> bool:
        return permissions.may_manage_webhooks(request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        is_of_one = lookup == "webhook__id__exact" and value.isdecimal() and len(value) < 19
        return is_of_one or super().lookup_allowed(lookup, value, request)

    def has_redeliver_permission(self, request: HttpRequest) -> bool:
        return self.allows(request)

    @admin.action(description=_("Send again"), permissions=["redeliver"])
    def redeliver(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for delivery in queryset:
            redeliver(user=request.user, delivery=delivery)
        count = len(queryset)
        said = ngettext(
            "%(count)d delivery is sent again: its row says what comes of it.",
            "%(count)d deliveries are sent again: their rows say what comes of it.",
            count,
        )
        messages.success(request, said % {"count": count})
