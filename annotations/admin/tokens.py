"""Everybody's tokens for programs, for those who manage accounts: looked at and revoked, never read."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations import permissions
from annotations.admin.rows import RowAdmin
from annotations.editing.issue import revoke
from annotations.models import Token


@admin.register(Token)
class TokenAdmin(RowAdmin):
    """Whose, for what, until when; the secret is nowhere."""

    list_display = ("name", "starts", "owner", "scope", "expires_at", "last_used_at", "revoked_at")
    list_filter = ("scope",)
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username", "starts")
    ordering = ("-created_at", "-id")
    actions = ("revoke",)
    fields = (
        "name",
        "starts",
        "owner",
        "scope",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )

    def allows(self, request: HttpRequest) -> bool:
        return permissions.may_manage_users(request.user)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return permissions.may_manage_users(request.user)

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for token in queryset:
            revoke(user=request.user, token=token)
        count = len(queryset)
        said = ngettext("%(count)d token revoked.", "%(count)d tokens revoked.", count)
        messages.success(request, said % {"count": count})
